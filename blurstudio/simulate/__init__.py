"""Exposures with exact answers, rendered from sharp photos.

Everything that makes a simulated exposure lives here; nothing here knows a network or a window.
"""
