"""Figures of parts of a photo: what their paths do, and how well they explain the photo there.

The figures of paths are `exposure.statistics`'; here they meet the residual. Where the parts come
from is not known here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch

from blurstudio.engine.pictures import bands, resize_picture
from blurstudio.exposure.statistics import PathStatistics, path_statistics
from blurstudio.sizes import bounded_size

if TYPE_CHECKING:
    import numpy.typing as npt

    from blurstudio.engine.analysis import Analysis
    from blurstudio.engine.parts import PartFigures

    Floats = npt.NDArray[np.float32]

_PIXELS = 1_000_000
"""The squared residual is kept at this size: a region is far larger than its pixels."""


@dataclass(frozen=True)
class RegionFigures:
    """Figures of one part of a photo.

    Attributes
    ----------
    share
        Share of the photo's area, [0, 1].
    paths
        What its paths do, edits included; px of the photo.
    reblur_error
        Root mean square of the residual there, [0, 1] of the photo's encoding. It is about the
        estimate, as every reblur figure.
    own
        Of a region that was analysed by itself: how it is explained without and with that.
    """

    share: float
    paths: PathStatistics
    reblur_error: float
    own: PartFigures | None = None


class RegionMeter:
    """Measures parts of one analysed photo; the residual is read once, for all of them.

    Parameters
    ----------
    analysis
        Computed, or it is now.
    """

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis

    def measure(
        self, mask: npt.NDArray[np.bool_], analysis: Analysis | None = None
    ) -> RegionFigures | None:
        """Measure a part.

        Parameters
        ----------
        mask
            ``(h, w)`` of any resolution, over the whole photo.
        analysis
            The same estimate with the edits that are to count; without any by default.

        Returns
        -------
        RegionFigures or None
            None for an empty part.
        """
        paths = (analysis or self._analysis).trajectory
        found = path_statistics(paths, torch.from_numpy(mask).to(paths.maps.device))
        if found is None:
            return None
        height, width = self._power.shape
        inside = cv2.resize(
            mask.astype(np.float32), (width, height), interpolation=cv2.INTER_AREA
        ).reshape(height, width)
        area = float(inside.sum())
        power = float((self._power * inside).sum()) / area if area > 0 else 0.0
        return RegionFigures(float(mask.mean()), found, math.sqrt(power))

    @cached_property
    def _power(self) -> Floats:
        """Mean square of the residual over the channels, (h, w), reduced."""
        residual = self._analysis.residual
        height, width = residual.shape[:2]
        power = np.empty((height, width), np.float32)
        for rows in bands((height, width)):
            power[rows] = np.square(residual[rows]).mean(axis=2)
        return resize_picture(power, bounded_size((height, width), _PIXELS))
