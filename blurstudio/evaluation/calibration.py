"""Is confidence worth what it says? Path error against confidence, as figures and as a drawing.

The errors come from a `Ranking`, as path errors of any set of pictures carry one; what should be
found is said by `exposure.confidence`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import cv2
import numpy as np
import torch

from blurstudio.exposure.confidence import expected_error_share

if TYPE_CHECKING:
    import numpy.typing as npt

    from blurstudio.evaluation.ranking import Ranking

    Bytes = npt.NDArray[np.uint8]

LEVELS = 10
"""Levels of confidence that are told apart."""

_FEW = 0.001
"""Share of all pixels below which a level says little and is left out."""

_SIDE, _LEFT, _TOP = 420, 74, 26
_INK, _FAINT, _CURVE = (40, 40, 40), (222, 222, 222), (150, 150, 150)
_FOUND, _REFINED = (190, 70, 20), (20, 90, 190)


@dataclass(frozen=True)
class Level:
    """Pixels of about one confidence.

    Parameters
    ----------
    confidence
        Their mean.
    pixels
        Their share of all.
    expected, found
        Path error as a share of that of no motion: what the confidence says, and what it is.
    """

    confidence: float
    pixels: float
    expected: float
    found: float


@dataclass(frozen=True)
class Calibration:
    """Path error against confidence.

    Parameters
    ----------
    levels
        The least sure first.
    gap
        Mean distance between expected and found error share, every pixel counted by how far it
        moved; over all steps of confidence, however few their pixels.
    """

    levels: tuple[Level, ...]
    gap: float

    @classmethod
    def of(cls, ranking: Ranking) -> Self:
        """Compare what a ranking's confidences promise with what it found."""
        count, error, motion = ranking.sums.cpu()
        steps = len(count)
        confidence = 1 - (torch.arange(steps, dtype=torch.float64) + 0.5) / steps
        promised = expected_error_share(confidence) * motion
        level = (confidence * LEVELS).long().clamp(max=LEVELS - 1)
        columns = torch.stack([count, count * confidence, promised, error, motion])
        sums = torch.zeros(5, LEVELS, dtype=torch.float64).index_add_(1, level, columns)
        total = float(count.sum())
        levels = tuple(
            Level(sure / pixels, pixels / total, should / moved, off / moved)
            for pixels, sure, should, off, moved in sums.T.tolist()
            if pixels > _FEW * total and moved > 0
        )
        gap = (sums[2] - sums[3]).abs().sum() / sums[4].sum()
        return cls(levels, float(gap) if float(sums[4].sum()) > 0 else math.nan)


def calibration_rows(calibration: Calibration) -> list[tuple[str, ...]]:
    """Figures of a calibration as words: confidence, share of pixels, expected, found."""
    return [
        (
            f"{level.confidence:.2f}",
            f"{100 * level.pixels:.1f} %",
            f"{100 * level.expected:.0f} %",
            f"{100 * level.found:.0f} %",
        )
        for level in calibration.levels
    ]


def draw_calibration(calibration: Calibration, refined: Calibration | None = None) -> Bytes:
    """Draw path error over confidence: dots are what was found, the line what was to be expected.

    Parameters
    ----------
    calibration
        Of the motion network.
    refined
        Of refined paths: rings.

    Returns
    -------
    ndarray
        (H, W, 3) uint8, sRGB. A dot's area is its share of all pixels.
    """
    picture: Any = np.full((_SIDE + _TOP + 62, _SIDE + _LEFT + 30, 3), 255, np.uint8)
    for tenth in range(0, 11, 2):
        share = tenth / 10
        cv2.line(picture, _place(share, 0), _place(share, 1), _FAINT, 1)
        cv2.line(picture, _place(0, share), _place(1, share), _FAINT, 1)
        (x, _), (_, y) = _place(share, 0), _place(0, share)
        _write(picture, f"{share:.1f}", (x - 12, _TOP + _SIDE + 18))
        _write(picture, f"{100 * share:.0f} %", (_LEFT - 50, y + 5))
    cv2.rectangle(picture, _place(0, 0), _place(1, 1), _INK, 1)
    at = torch.linspace(0, 1, 101)
    curve = zip(at.tolist(), expected_error_share(at).tolist(), strict=True)
    line = np.array([_place(sure, share) for sure, share in curve], np.int32)
    cv2.polylines(picture, [line], isClosed=False, color=_CURVE, thickness=2, lineType=cv2.LINE_AA)
    marks = [(calibration, _FOUND, -1), (refined, _REFINED, 2)]
    for measured, colour, thickness in marks:
        for level in () if measured is None else measured.levels:
            centre = _place(level.confidence, min(level.found, 1.0))
            radius = max(3, round(40 * math.sqrt(level.pixels / math.pi)))
            cv2.circle(picture, centre, radius, colour, thickness, cv2.LINE_AA)
    _write(picture, "confidence", (_LEFT + _SIDE // 2 - 40, _TOP + _SIDE + 42))
    _write(picture, "path error, share of that of no motion", (_LEFT, _TOP - 10))
    return picture


def _place(confidence: float, share: float) -> tuple[int, int]:
    return _LEFT + round(confidence * _SIDE), _TOP + round((1 - share) * _SIDE)


def _write(picture: Bytes, text: str, place: tuple[int, int]) -> None:
    cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.45, _INK, 1, cv2.LINE_AA)
