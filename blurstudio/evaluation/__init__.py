"""Measuring: picture metrics, the protocols behind every figure we state, and the results page.

`run.evaluate` runs the protocols and renews the page; speed and memory are measured by the
`benchmarks` folder of the repository. Nothing is imported here, so that names are cheap.
"""
