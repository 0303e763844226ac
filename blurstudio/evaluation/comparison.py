"""Figures of one photo's answer beside another: pictures, flow, paths and frames.

Which of them is right is not known here; the metrics are those of `metrics` and `path_error`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from blurstudio.engine.drawing.warping import Warper
from blurstudio.engine.others.references import flow_of, motion_error
from blurstudio.engine.pictures import resize_picture, resized_levels
from blurstudio.evaluation.metrics import mean, psnr, ssim
from blurstudio.evaluation.path_error import Tally, path_error
from blurstudio.exposure.decibels import decibels
from blurstudio.levels import quantise
from blurstudio.sizes import bounded_size

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from torch import Tensor

    from blurstudio.engine.others.references import Reference

    Bytes = npt.NDArray[np.uint8]

OUTLIER_PX = 3.0
OUTLIER_SHARE = 0.05
"""A vector is an outlier when it is off by more than both."""

_PATH_PIXELS = 400_000
_MOMENTS = 9
_BAND_PIXELS = 4_000_000


@dataclass(frozen=True)
class FlowAgreement:
    """How far two flows lie apart.

    Attributes
    ----------
    mean, median
        Endpoint error, px of the photo.
    outliers
        Share of the known vectors, [0, 1], that are off by more than 3 px and 5 % of theirs.
    known
        Share of the photo, [0, 1], of which the other tells a vector.
    """

    mean: float
    median: float
    outliers: float
    known: float


@dataclass(frozen=True)
class Agreement:
    """Figures of our result beside another answer; None where there is nothing to compare.

    Attributes
    ----------
    psnr, ssim
        Of the sharp pictures; SSIM with a window over the colours too. PSNR in dB.
    frames_psnr, frames_ssim
        Of the frames: PSNR of all of them together, since a single equal one would make a mean
        infinite; SSIM as their mean.
    flow
        Of the flows first to last.
    paths
        Distance of the paths.
    turned
        Whether the other fits better with our time turned round.
    """

    psnr: float | None = None
    ssim: float | None = None
    frames_psnr: float | None = None
    frames_ssim: float | None = None
    flow: FlowAgreement | None = None
    paths: Tally | None = None
    turned: bool | None = None


def compare(
    ours: Reference, theirs: Reference, check: Callable[[], None] = lambda: None
) -> Agreement:
    """Compare our result with another answer about the same photo.

    Motion and frames are compared in both directions of time, since a photo doesn't tell which it
    was, and the better is taken, once for the whole photo.

    Parameters
    ----------
    ours
        Our result, with sharp picture and paths.
    theirs
        The other; its flow, where it is larger than 1.5 megapixels, counts at every so many px.
    check
        Called between the steps; may raise to stop.
    """
    likeness = alike = None
    if ours.sharp is not None and theirs.sharp is not None:
        likeness, alike = _sharp_figures(ours.sharp, theirs.sharp)
    check()
    if theirs.frames:
        figures = _frame_figures(ours, theirs, check)
        return Agreement(likeness, alike, figures[0], figures[1], turned=figures[2])
    if not theirs.moves:
        return Agreement(likeness, alike)
    flow, turned = _flow_figures(ours, theirs)
    check()
    paths = None if theirs.flow is not None else _path_figures(ours, theirs)
    return Agreement(likeness, alike, flow=flow, paths=paths, turned=turned)


def _sharp_figures(ours: Bytes, theirs: Bytes) -> tuple[float, float]:
    """PSNR and SSIM; a large picture's SSIM is taken in bands, lest memory run out."""
    size = (ours.shape[0], ours.shape[1])
    first, second = _as_tensor(ours), _as_tensor(resized_levels(theirs, size))
    rows = max(1, _BAND_PIXELS // size[1])
    parts = [slice(top, top + rows) for top in range(0, size[0], rows)]
    weights = [min(part.stop, size[0]) - part.start for part in parts]
    alike = [ssim(_floats(first[:, part]), _floats(second[:, part])) for part in parts]
    likeness = decibels(_squared_error(first, second))
    return likeness, float(np.average(alike, weights=weights))


def _flow_figures(ours: Reference, theirs: Reference) -> tuple[FlowAgreement, bool]:
    error, turned = motion_error(ours, theirs)
    known = np.isfinite(error)
    apart = error[known]
    vectors = flow_of(theirs)[known]
    lengths = np.hypot(vectors[..., 0], vectors[..., 1])
    outliers = (apart > OUTLIER_PX) & (apart > OUTLIER_SHARE * lengths)
    figures = FlowAgreement(
        float(apart.mean(dtype=np.float64)),
        float(np.median(apart)),
        float(outliers.mean()),
        float(known.mean()),
    )
    return figures, turned


def _path_figures(ours: Reference, theirs: Reference) -> Tally:
    """Distance of the paths, in px of the photo; both as one layer, turned round as one."""
    assert ours.trajectory is not None
    assert theirs.trajectory is not None
    size = bounded_size(theirs.size, _PATH_PIXELS)
    times = np.linspace(-0.5, 0.5, _MOMENTS).tolist()
    with torch.inference_mode():
        estimated, true = (
            paths.resized(theirs.size).offsets(times, size)
            for paths in (ours.trajectory, theirs.trajectory)
        )
        layers = torch.zeros(size, dtype=torch.int64)
        found = path_error(estimated, true, layers).everywhere
    scale = max(theirs.size) / max(size)
    return Tally(found.pixels, found.error * scale, found.motion * scale)


def _frame_figures(
    ours: Reference, theirs: Reference, check: Callable[[], None]
) -> tuple[float, float, bool]:
    """PSNR and SSIM of the frames in the better direction, and whether that was turned."""
    assert ours.sharp is not None
    assert ours.trajectory is not None
    frames = theirs.frames
    size = (frames[0].shape[0], frames[0].shape[1])
    sharp = resize_picture(ours.sharp.astype(np.float32) / np.float32(255), size)
    warper = Warper(sharp, ours.trajectory.resized(size))
    forward: list[tuple[Tensor, Tensor]] = []
    backward: list[tuple[Tensor, Tensor]] = []
    for index, moment in enumerate(np.linspace(-0.5, 0.5, len(frames)).tolist()):
        check()
        frame = _as_tensor(quantise(warper.frame(moment), np.uint8))
        for found, place in ((forward, index), (backward, -1 - index)):
            found.append((frame, _as_tensor(frames[place])))
    ways = [mean(_squared_error(*pair) for pair in pairs) for pairs in (forward, backward)]
    turned = ways[1] < ways[0]
    alike = []
    for first, second in backward if turned else forward:
        check()
        alike.append(ssim(_floats(first), _floats(second)))
    return decibels(ways[turned]), mean(alike), turned


def _squared_error(first: Tensor, second: Tensor) -> float:
    """Mean squared error of (3, H, W) levels, [0, 1], as `psnr` has it, from bands of rows."""
    rows = max(1, _BAND_PIXELS // first.shape[-1])
    error = 0.0
    for top in range(0, first.shape[-2], rows):
        parts = [_floats(levels[:, top : top + rows]) for levels in (first, second)]
        error += 10 ** (-psnr(*parts) / 10) * parts[0].shape[-2]
    return error / first.shape[-2]


def _as_tensor(picture: Bytes) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1)


def _floats(levels: Tensor) -> Tensor:
    return levels.float() / 255
