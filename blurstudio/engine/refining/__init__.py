"""Refinements of one photo: its paths, the shake it may have moved by, its sharp picture."""
