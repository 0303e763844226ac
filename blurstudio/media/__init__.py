"""Photos in, results out: files, colour, metadata and drawings as numpy arrays.

Nothing here imports torch or Qt, and nothing here knows what the pixels are computed from.
"""
