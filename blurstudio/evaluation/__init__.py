"""Measuring: picture metrics, the protocols behind every figure we state, and the results page.

`evaluate` runs the protocols and renews `docs/results.md`. Speed and memory are measured by the
`benchmarks` folder of the repository, not here.
"""
