"""Frames of layers before each other: what is in front covers, what it uncovers is filled in.

The physics of the exposure stays what `reblur` says; this is how single frames are shown where
paths jump. Which layers there are is `layers`' business.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.filling import fill
from blurstudio.exposure.layers import find_layers
from blurstudio.exposure.resample import resample
from blurstudio.exposure.warp import sample, sampling_grid

if TYPE_CHECKING:
    from blurstudio.exposure.layers import Layer
    from blurstudio.exposure.trajectory import Trajectory

# Edges of layers known by cells are moved to edges of the picture within so many cells.
_SNAP_CELLS = 2
_SNAP_EPSILON = 1e-3
# Covers are made steeper by this, since a guided filter leaves them flat.
_STEEPER = 3.0
# The back is filled in from where less than this much lies before it.
_CLEAR = 0.05
_MAX_PIXELS = 1_500_000


@dataclass(frozen=True, eq=False)
class Sheet:
    """A layer with its picture.

    Parameters
    ----------
    trajectory : Trajectory
        Paths, defined over the whole picture.
    picture : Tensor
        (3, H, W), [0, 1], as it looks at mid-exposure, multiplied by its cover.
    cover : Tensor or None
        (H, W), [0, 1], where it hides what is behind it at mid-exposure; None: everywhere.
    """

    trajectory: Trajectory
    picture: Tensor
    cover: Tensor | None


def sheets(sharp: Tensor, trajectory: Trajectory) -> tuple[Sheet, ...]:
    """Cut a sharp picture into layers that move by themselves.

    Parameters
    ----------
    sharp : Tensor
        (3, H, W), [0, 1].
    trajectory : Trajectory
        Paths of a picture of any size.

    Returns
    -------
    tuple of Sheet
        From the back, which is filled in behind the others, to the front; empty where paths jump
        nowhere, so that one warp of the picture is all there is to a frame.

    Raises
    ------
    ValueError
        If the shape is another.
    """
    if sharp.dim() != 3 or sharp.shape[0] != 3:
        raise ValueError(f"sharp must be (3, H, W), got {tuple(sharp.shape)}")
    size = (sharp.shape[-2], sharp.shape[-1])
    layers = find_layers(trajectory.resized(size))
    if not layers:
        return ()
    back, *front = layers
    small = _reduced(sharp)
    covers = [_cover(layer, small.mean(dim=0)) for layer in front]
    # The largest of all, and a little wider: what lies beside a layer's edge is not clear of it.
    before = F.max_pool2d(torch.stack(covers).amax(dim=0)[None], 3, 1, 1)
    filled = torch.cat((fill(small, before[0] < _CLEAR), before))
    *behind, hidden = resample(filled, size).unbind()
    whole = torch.lerp(sharp, torch.stack(behind), (hidden > 0.5).to(sharp))
    found = [Sheet(back.trajectory, whole, None)]
    for layer, cover in zip(front, covers, strict=True):
        wide = resample(cover[None], size)[0]
        found.append(Sheet(layer.trajectory, sharp * wide, wide))
    return tuple(found)


def layered_frame(
    parts: tuple[Sheet, ...], t: float, rows: tuple[int, int] | None = None
) -> Tensor:
    """Frame at a moment, or a band of its rows.

    Parameters
    ----------
    parts : tuple of Sheet
        From `sheets`; at least one.
    t : float
        Moment, [-1/2, 1/2].
    rows : tuple of int, optional
        (first, past the last) row wanted. Default: all.

    Returns
    -------
    Tensor
        (3, rows, W), [0, 1].
    """
    size = parts[0].trajectory.size
    top = 0 if rows is None else rows[0]
    frame = parts[0].picture
    for part in parts:
        grid = sampling_grid(part.trajectory.offsets((t,), size, rows), size, top)
        read = sample(part.picture[None], grid)[0]
        if part.cover is None:
            frame = read
        else:
            frame = frame * (1 - sample(part.cover[None, None], grid)[0]) + read
    return frame


def _reduced(sharp: Tensor) -> Tensor:
    """Bound the picture that edges of layers are looked for in; their own grid is coarser still."""
    height, width = sharp.shape[-2:]
    scale = math.sqrt(_MAX_PIXELS / (height * width))
    if scale >= 1:
        return sharp
    size = (max(round(height * scale), 1), max(round(width * scale), 1))
    return F.interpolate(sharp[None], size, mode="area")[0]


def _cover(layer: Layer, guide: Tensor) -> Tensor:
    """Cover (H, W) of a layer, its edge moved to the picture's edge nearby."""
    size = (guide.shape[-2], guide.shape[-1])
    inside = layer.inside.to(guide)
    cover = resample(inside[None], size)[0]
    cell = max(size[0] / inside.shape[0], size[1] / inside.shape[1])
    if cell <= 1:
        return cover
    reach = round(_SNAP_CELLS * cell)
    snapped = _guided(cover, guide, reach)
    return ((snapped - 0.5) * _STEEPER + 0.5).clamp(0, 1)


def _guided(values: Tensor, guide: Tensor, reach: int) -> Tensor:
    """Smooth (H, W) values along the edges of a guide (H, W), [0, 1].

    Source: He et al. 2013, Guided Image Filtering.
    """
    mean_guide, mean = _box(guide, reach), _box(values, reach)
    slope = (_box(guide * values, reach) - mean_guide * mean) / (
        _box(guide * guide, reach) - mean_guide * mean_guide + _SNAP_EPSILON
    )
    level = mean - slope * mean_guide
    return _box(slope, reach) * guide + _box(level, reach)


def _box(values: Tensor, reach: int) -> Tensor:
    """Mean over a square window, less at the borders."""
    return _mean(_mean(values[None], (reach, 0)), (0, reach))[0]


def _mean(values: Tensor, reach: tuple[int, int]) -> Tensor:
    window = (2 * reach[0] + 1, 2 * reach[1] + 1)
    return F.avg_pool2d(values, window, stride=1, padding=reach, count_include_pad=False)
