"""The figures the project set out to reach, and whether a figure reaches them.

How figures are measured lives in the protocols; nothing here knows a network or a page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """On which side of its bound a figure should be."""

    AT_MOST = "at most"
    AT_LEAST = "at least"


@dataclass(frozen=True)
class Bound:
    """One value to reach.

    Parameters
    ----------
    value
        In the target's unit.
    given
        Where the networks must have been trained for it to be asked; empty when it always is.
    """

    value: float
    given: str = ""


@dataclass(frozen=True)
class Target:
    """What a figure should be.

    Parameters
    ----------
    side
        Above or below its bounds.
    bounds
        The hardest first; each is a target of its own.
    unit
        Written behind values, e.g. "dB".
    digits
        Decimals to write.
    signed
        Whether values are gains, written with their sign.
    """

    side: Side
    bounds: tuple[Bound, ...]
    unit: str = ""
    digits: int = 1
    signed: bool = False

    def text(self) -> str:
        """Say what is wanted, e.g. "at most 30 % (GPU), 55 % (CPU)"."""
        parts = [
            f"{bound.value:g}{self._unit()}" + (f" ({bound.given})" if bound.given else "")
            for bound in self.bounds
        ]
        return f"{self.side} {', '.join(parts)}"

    def write(self, value: float) -> str:
        """Write a value with its unit; a gain carries its sign."""
        sign = "+" if self.signed else ""
        return f"{value:{sign}.{self.digits}f}{self._unit()}"

    def verdict(self, value: float) -> str:
        """Say which bound a value reaches, and which harder one it misses; if any."""
        missed = ""
        for bound in self.bounds:
            if self._holds(value, bound.value):
                return f"{bound.given} target reached{missed}" if bound.given else "reached"
            missed = f", {bound.given} target not"
        return "not reached"

    def _holds(self, value: float, bound: float) -> bool:
        if math.isnan(value):
            return False
        return value <= bound if self.side is Side.AT_MOST else value >= bound

    def _unit(self) -> str:
        return f" {self.unit}" if self.unit else ""


def _for_both(side: Side, gpu: float, cpu: float, unit: str) -> Target:
    return Target(side, (Bound(gpu, "GPU"), Bound(cpu, "CPU")), unit)


def _gain(*bounds: Bound) -> Target:
    return Target(Side.AT_LEAST, bounds, "dB", 2, signed=True)


def _psnr(bound: float) -> Target:
    return Target(Side.AT_LEAST, (Bound(bound),), "dB", 2)


PATH_EVERYWHERE = _for_both(Side.AT_MOST, 20, 40, "%")
PATH_SURER_HALF = _for_both(Side.AT_MOST, 12, 25, "%")
KODAK_GAIN = _gain(Bound(2.5, "GPU"), Bound(1.2, "CPU"))
GOPRO_WORST = _gain(Bound(0))
GOPRO_MEAN = _gain(Bound(1))
CAMERA_ERROR = Target(Side.AT_MOST, (Bound(0.5),), "degrees", 2)
TIME_RATIO = Target(Side.AT_MOST, (Bound(0.3),), "times", 2)
REFINEMENT_TIME = Target(Side.AT_MOST, (Bound(20),), "s")
FRAME_TIME = Target(Side.AT_MOST, (Bound(16),), "ms")
PEAK_MEMORY = Target(Side.AT_MOST, (Bound(4),), "GiB", 2)
WINDOW_TIME = Target(Side.AT_MOST, (Bound(1),), "s", 2)
FIRST_RESULT_TIME = Target(Side.AT_MOST, (Bound(5),), "s")
CLOSING_TIME = Target(Side.AT_MOST, (Bound(3),), "s", 2)
STALL_TIME = Target(Side.AT_MOST, (Bound(50),), "ms", 0)
MEMORY_GROWTH = Target(Side.AT_MOST, (Bound(100),), "MB", 0)

REBLUR_FREE = _psnr(35.82)
REBLUR_LINEAR = _psnr(33.45)
REBLUR_BILINEAR = _psnr(33.79)
REBLUR_QUADRATIC = _psnr(34.68)
"""What the networks of Zhang et al. 2020 reach on the whole GoPro test set, from their README."""

REBLUR_GAIN = _gain(Bound(6))
KERNELS_AHEAD = Target(Side.AT_LEAST, (Bound(24),), digits=0)
REFINED_SHARE = Target(Side.AT_LEAST, (Bound(90),), "%", 0)
REFINED_WORST = _gain(Bound(-0.1))
REFINED_REBLUR = _psnr(36)
REFINED_KEPT = Target(Side.AT_LEAST, (Bound(90),), "%", 0)
GUIDED_GAIN = _gain(Bound(0.5))
