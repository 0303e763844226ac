"""Exposure times as photographers say them; it imports nothing, so anyone may ask."""

from __future__ import annotations


def exposure_time_text(seconds: float) -> str:
    """Say an exposure time as photographers do: 1/60 s, 0.5 s, 2 s."""
    if 0 < seconds < 0.3:
        return f"1/{round(1 / seconds)} s"
    return f"{seconds:.3g} s"
