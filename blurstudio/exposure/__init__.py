"""The physics of an exposure: light, paths, warps, reblur, direction and flow.

Torch computes, and OpenCV where shakes are read (`shaking`). Networks, files, devices and screens
are not known here.
"""
