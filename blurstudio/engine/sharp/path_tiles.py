"""The pieces in which a photo is worked on along its paths: its scale, tiles, the paths of each.

What is done with a piece is the business of `deconvolve` and `refine`.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from blurstudio.engine.compute.tiles import plan_spans
from blurstudio.exposure.path_blur import moment_count
from blurstudio.exposure.resample import resample
from blurstudio.exposure.window import Window
from blurstudio.sizes import MOTION_PIXELS

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

_LONGEST = 24.0
"""Longest path, px, that a large photo is reduced to."""

_ENOUGH_PIXELS = 600_000
"""Pixels that a large photo with long paths keeps while it is refined."""

_MARGIN, _WIDEST_MARGIN = 2, 192
"""Context of a tile in longest paths, and in px at most: a seam then shows by one level of 255."""

_TILE_BYTES = 384 << 20
_ROWS_AT_ONCE = 64


def working_scale(
    size: tuple[int, int], longest: float, enough_pixels: float = MOTION_PIXELS
) -> float:
    """Decide by how much a photo of (H, W) with such paths is reduced while it is worked on.

    Motion is read from a reduced photo, so that errors of paths, and with them the finest detail
    that can be won back, grow with the photo. Reducing to paths of 24 px costs at most 0.1 dB and
    saves nearly all the time; see decision 12. Some pixels are kept however long paths are.
    """
    enough = math.sqrt(enough_pixels / (size[0] * size[1]))
    return min(1.0, max(enough, _LONGEST / max(longest, _LONGEST)))


def refining_scale(size: tuple[int, int], longest: float) -> float:
    """Decide the same for a refinement, which is measured, and judged, at the size networks see.

    What it can add to a larger photo is the coarser the longer its paths are, and tiles overlap by
    most of their area there: 3 megapixels with paths of 300 px took a quarter of an hour.
    """
    if size[0] * size[1] <= MOTION_PIXELS:
        return 1.0
    return working_scale(size, longest, _ENOUGH_PIXELS)


def add_enlarged(result: Tensor, won: Tensor) -> None:
    """Add what was won on a reduced (3, h, w) photo to the whole, in place, clipped to [0, 1]."""
    size = (result.shape[-2], result.shape[-1])
    # In bands: what was won is as large as the photo once it is enlarged.
    for top in range(0, size[0], _ROWS_AT_ONCE):
        band = (top, min(top + _ROWS_AT_ONCE, size[0]))
        result[:, band[0] : band[1]] += resample(won, size, band)
    result.clamp_(0, 1)


def plan_tiles(
    size: tuple[int, int], longest: float, least_margin: int = 0
) -> list[tuple[Window, Window]]:
    """Cut a picture of (H, W) into tiles: what each reads of it, and what it gives.

    Around what is given, as much is read as the longest path wants, and at least `least_margin` px.
    """
    height, width = size
    margin = max(least_margin, min(math.ceil(_MARGIN * longest), _WIDEST_MARGIN))
    pixels = _TILE_BYTES // (8 * moment_count(longest) + 200)
    side = max(math.isqrt(pixels), 3 * margin)
    rows = plan_spans(height, max(side, pixels // max(width, 1)), margin, 1, 0)
    columns = plan_spans(width, max(side, pixels // max(height, 1)), margin, 1, 0)
    return [
        (
            Window(row.read_start, column.read_start, row.read_stop, column.read_stop),
            Window(row.start, column.start, row.stop, column.stop),
        )
        for row in rows
        for column in columns
    ]


def part_of(trajectory: Trajectory, size: tuple[int, int], window: Window) -> Trajectory:
    """Cut a window out of the trajectory of a picture of (H, W)."""
    whole = trajectory.resized(size)
    maps, sure = [], []
    # A band at a time: whole rows of a wide photo are larger than the tile.
    for top in range(window.top, window.bottom, _ROWS_AT_ONCE):
        band = (top, min(top + _ROWS_AT_ONCE, window.bottom))
        maps.append(resample(whole.maps, size, band)[..., window.columns])
        if whole.confidence is not None:
            sure.append(resample(whole.confidence[None], size, band)[0, :, window.columns])
    # Which way paths are run makes no difference to a blur.
    return replace(
        whole,
        maps=torch.cat(maps, dim=-2),
        size=window.size,
        confidence=torch.cat(sure) if sure else None,
        flipped=None,
    )
