"""The parts around the canvas: notices, jobs, report, export, keys, empty state.

Each panel shows what it is told and says what was clicked; none of them knows the engine.
"""
