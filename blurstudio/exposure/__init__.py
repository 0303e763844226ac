"""The physics of an exposure: light, paths, warps, reblur, direction and flow.

Only torch is used here; nothing in this room knows networks, files, devices or screens.
"""
