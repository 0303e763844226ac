"""Refining one photo's paths and sharp picture by what its reblur misses."""
