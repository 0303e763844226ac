"""What protocols ask of whatever is measured, as types of plain functions.

The engine's own answers to these are in `pipeline`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from torch import Tensor

from blurstudio.engine.lanes.jobs import ProgressCallback
from blurstudio.exposure.report import ReblurReport
from blurstudio.exposure.trajectory import Trajectory

__all__ = ["Estimate", "Explain", "ProgressCallback", "Restore", "Sharpen", "silent"]

Estimate = Callable[[Tensor], Trajectory]
"""Blurred picture (3, H, W), sRGB-encoded [0, 1], to its paths."""

Restore = Callable[[Tensor], Tensor]
"""Blurred picture (3, H, W), sRGB-encoded [0, 1], to the sharp one."""

Sharpen = Callable[[Tensor, Trajectory], Tensor]
"""Blurred picture (3, H, W), sRGB-encoded [0, 1], and its paths to the sharp one."""

Explain = Callable[[Path], ReblurReport]
"""A photo's file to how well its analysis explains it."""


def silent(fraction: float, text: str) -> None:
    """Show no progress."""
