"""Protocol: frames near the borders of moving things, against frames that were rendered exactly.

Simulated exposures of objects before backgrounds, of which the first and the last frame are
known. Frames as one warp of the sharp picture are compared with frames of layers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.errors import DataError
from blurstudio.evaluation.callables import silent
from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.decibels import SMALLEST_ERROR, decibels
from blurstudio.exposure.parts.occlusion import layered_frame, sheets
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.exposure.warp import gather
from blurstudio.simulate.evaluation_set import SETTINGS, kodak_photos
from blurstudio.simulate.exposures import render
from blurstudio.simulate.photos import load_sharp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from torch import Tensor

    from blurstudio.evaluation.callables import Estimate, ProgressCallback, Sharpen
    from blurstudio.simulate.exposures import Exposure

COUNT = 24
SEED = 8_800
BAND = 16
"""Pixels to both sides of a layer's border that count, px."""

CELL = 4
"""Side of the motion network's cells, px."""

_SETTINGS = replace(
    SETTINGS,
    size=(384, 512),
    strength=(12.0, 30.0),
    log_strength=False,
    layer_share=1.0,
    layer_count=(1, 2),
    display_average_share=0.0,
    ends=True,
)


@dataclass(frozen=True)
class BorderScore:
    """PSNR of the first and the last frame near the borders of layers, dB.

    Parameters
    ----------
    warp
        Of frames that are one warp of the sharp picture.
    layered
        Of frames of layers.
    layers
        How many were found; none makes both the same.
    """

    warp: float
    layered: float
    layers: int


@dataclass(frozen=True)
class OcclusionResult:
    """Figures of all exposures, in their order.

    Parameters
    ----------
    true
        With the true paths and the true sharp picture.
    coarse
        The same with quadratic paths on the motion network's grid, as well as it could answer.
    estimated
        With estimated paths and sharp picture, in the direction of time that fits better.
    """

    true: tuple[BorderScore, ...]
    coarse: tuple[BorderScore, ...]
    estimated: tuple[BorderScore, ...]


def occluding_exposures(folder: Path) -> Iterator[Exposure]:
    """Render an exposure of one or two objects before each Kodak photo, always the same ones.

    Raises
    ------
    DataError
        If the folder does not hold exactly the 24 photos.
    """
    paths = kodak_photos(folder)
    for number, path in enumerate(paths):
        textures = [load_sharp(paths[(number + step) % len(paths)]) for step in (5, 11)]
        yield render([load_sharp(path)], _SETTINGS, SEED + number, textures)


def measure_occlusion(
    exposures: Iterable[Exposure],
    estimate: Estimate,
    sharpen: Sharpen,
    *,
    total: int = COUNT,
    limit: int | None = None,
    progress: ProgressCallback = silent,
) -> OcclusionResult:
    """Compare the frames of every exposure with the true ones, near borders of layers.

    Parameters
    ----------
    exposures
        One at a time, with frames; usually `occluding_exposures`.
    estimate
        Blurred picture (3, H, W) to `Trajectory`.
    sharpen
        Blurred picture (3, H, W) and its paths to sharp picture (3, H, W), [0, 1].
    total
        How many exposures there are.
    limit
        Only the first so many.
    progress
        Called with fraction and text after each exposure.

    Returns
    -------
    OcclusionResult
        Figures of every exposure in which a border is seen.

    Raises
    ------
    DataError
        If there is none.
    """
    count = total if limit is None else min(limit, total)
    found: list[tuple[BorderScore, BorderScore, BorderScore]] = []
    for number, exposure in enumerate(islice(exposures, count), start=1):
        band = near_borders(exposure.layers[0])
        if bool(band.any()):
            blurred, sharp = exposure.blurred[0], exposure.sharp[0]
            paths = estimate(blurred)
            true = Trajectory(exposure.offsets[0], Constraint.FREE, _size(sharp))
            found.append(
                (
                    _score(sharp, true, exposure, band),
                    _score(sharp, on_cells(true), exposure, band),
                    _score(sharpen(blurred, paths), paths, exposure, band, either_way=True),
                )
            )
        progress(number / count, f"exposure {number} of {count}")
    if not found:
        raise DataError("No exposure shows the border of a layer; ask for more exposures.")
    true_scores, coarse, estimated = zip(*found, strict=True)
    return OcclusionResult(true_scores, coarse, estimated)


def near_borders(layers: Tensor) -> Tensor:
    """Tell which pixels (H, W) lie within `BAND` px of where two of the layers (H, W) meet."""
    number = layers.float()[None, None]
    border = F.max_pool2d(number, 3, 1, 1) != -F.max_pool2d(-number, 3, 1, 1)
    return F.max_pool2d(border.float(), 2 * BAND + 1, 1, BAND)[0, 0] > 0


def on_cells(trajectory: Trajectory) -> Trajectory:
    """Reduce paths (T, 2, H, W) to what a network could say: quadratic, on cells of `CELL` px."""
    moments = times(len(trajectory.maps))
    offsets = F.avg_pool2d(trajectory.offsets(moments), CELL, ceil_mode=True)
    return replace(Trajectory.fit(offsets, moments, Constraint.QUADRATIC), size=trajectory.size)


def _score(
    sharp: Tensor,
    trajectory: Trajectory,
    exposure: Exposure,
    band: Tensor,
    *,
    either_way: bool = False,
) -> BorderScore:
    if exposure.frames is None:
        raise ValueError("exposure must have frames, got None")
    frames = exposure.frames[0]
    ways = [frames, frames.flip(0)] if either_way else [frames]
    parts = sheets(sharp, trajectory)
    warps = [gather(sharp[None], trajectory.offsets((t,)))[0] for t in (-0.5, 0.5)]
    shown = [layered_frame(parts, t) for t in (-0.5, 0.5)] if parts else warps
    true = min(ways, key=lambda way: _error(warps, way, band))
    warp, layered = (decibels(_error(each, true, band), SMALLEST_ERROR) for each in (warps, shown))
    return BorderScore(warp, layered, len(parts))


def _error(frames: list[Tensor], true: Tensor, band: Tensor) -> float:
    """Mean squared error within the band."""
    return float((torch.stack(frames) - true).square().mean(dim=(0, 1))[band].mean())


def _size(picture: Tensor) -> tuple[int, int]:
    return picture.shape[-2], picture.shape[-1]
