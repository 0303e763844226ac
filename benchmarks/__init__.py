"""Speed and memory beside what others take, measured on the machine at hand.

Run `python -m benchmarks.speed` in a checkout; it is no part of the installed package.
"""
