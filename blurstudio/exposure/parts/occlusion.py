"""Frames of layers before each other: what is in front covers, what it uncovers is filled in.

The physics of the exposure stays what `reblur` says; this is how single frames are shown where
paths jump. Which layers there are is `layers`' business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.parts.filling import fill
from blurstudio.exposure.parts.layers import find_layers
from blurstudio.exposure.resample import resample
from blurstudio.exposure.warp import sample, sampling_grid
from blurstudio.sizes import MOTION_PIXELS, bounded_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.exposure.parts.layers import Layer
    from blurstudio.exposure.trajectory import Trajectory

# Edges of layers known by cells are moved to edges of the picture within so many cells.
_SNAP_CELLS = 2
# Variance of the picture, [0, 1] squared, below which it has no edge to move them to.
_SNAP_EPSILON = 1e-3
# Covers are made steeper by this, since a guided filter leaves them flat.
_STEEPER = 3.0
# The back is filled in from where less than this much lies before it.
_CLEAR = 0.05


@dataclass(frozen=True, eq=False)
class Sheet:
    """A layer with its picture.

    Parameters
    ----------
    trajectory
        Paths, defined over the whole picture.
    picture
        (3, H, W), [0, 1], as it looks at mid-exposure, multiplied by its cover.
    cover
        (H, W), [0, 1], where it hides what is behind it at mid-exposure; None: everywhere.
    """

    trajectory: Trajectory
    picture: Tensor
    cover: Tensor | None


def sheets(sharp: Tensor, trajectory: Trajectory) -> tuple[Sheet, ...]:
    """Cut a sharp picture into layers that move by themselves.

    Parameters
    ----------
    sharp
        (3, H, W), [0, 1].
    trajectory
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
    small = _reduced(sharp)
    covers = _covers(layers, small.mean(dim=0))
    found = []
    for number, layer in enumerate(layers):
        picture, cover = _laid_out(number, covers, small, sharp)
        found.append(Sheet(layer.trajectory, picture, cover))
    return tuple(found)


def layered_frame(
    parts: tuple[Sheet, ...], t: float, rows: tuple[int, int] | None = None
) -> Tensor:
    """Frame at a moment, or a band of its rows.

    Parameters
    ----------
    parts
        From `sheets`; at least one.
    t
        Moment, [-1/2, 1/2].
    rows
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
    size = bounded_size(sharp.shape[-2:], MOTION_PIXELS)
    return sharp if sharp.shape[-2:] == size else F.interpolate(sharp[None], size, mode="area")[0]


def _laid_out(
    number: int, covers: Tensor, small: Tensor, sharp: Tensor
) -> tuple[Tensor, Tensor | None]:
    """Picture (3, H, W) and cover (H, W) of a layer, continued behind those in front of it."""
    size = (sharp.shape[-2], sharp.shape[-1])
    own, above, below = covers[number], covers[number + 1 :], covers[:number]
    if not len(above):
        cover = resample(own[None], size)[0]
        return sharp * cover, cover
    # A little wider than the layers in front: what lies beside their edge is not clear of them.
    before = F.max_pool2d(above.amax(dim=0)[None], 3, 1, 1)[0]
    known = own > 1 - _CLEAR if bool((own > 1 - _CLEAR).any()) else own >= own.max()
    *behind, hidden = resample(torch.cat((fill(small, known), before[None])), size).unbind()
    picture = torch.lerp(sharp, torch.stack(behind), (hidden > 0.5).to(sharp))
    if not len(below):
        return picture, None
    # Behind the layers in front it goes on as far as it is nearer than what lies behind itself.
    nearer = fill(torch.stack((own, below.amax(dim=0))), before < _CLEAR)
    further = ((nearer[0] - nearer[1]) * _STEEPER + 0.5).clamp(0, 1)
    cover = resample(torch.lerp(own, further, before)[None], size)[0]
    return picture * cover, cover


def _covers(layers: Sequence[Layer], guide: Tensor) -> Tensor:
    """Shares (L, H, W) that layers have in each pixel, their edges moved to the picture's edges.

    They sum to 1.
    """
    size = (guide.shape[-2], guide.shape[-1])
    inside = torch.stack([layer.inside for layer in layers]).to(guide)
    covers = resample(inside, size)
    cell = max(size[0] / inside.shape[1], size[1] / inside.shape[2])
    if cell > 1:
        snapped = _guided(covers, guide, round(_SNAP_CELLS * cell))
        covers = ((snapped - 0.5) * _STEEPER + 0.5).clamp(0, 1)
    return covers / covers.sum(dim=0).clamp(min=1e-6)


def _guided(values: Tensor, guide: Tensor, reach: int) -> Tensor:
    """Smooth values (L, H, W) along the edges of a guide (H, W), [0, 1].

    Source: He et al. 2013, Guided Image Filtering.
    """
    mean_guide, mean = _box(guide[None], reach), _box(values, reach)
    variance = _box(guide[None] * guide, reach) - mean_guide * mean_guide
    slope = (_box(guide * values, reach) - mean_guide * mean) / (variance + _SNAP_EPSILON)
    return _box(slope, reach) * guide + _box(mean - slope * mean_guide, reach)


def _box(values: Tensor, reach: int) -> Tensor:
    """Mean over a square window, less at the borders."""
    return _mean(_mean(values, (reach, 0)), (0, reach))


def _mean(values: Tensor, reach: tuple[int, int]) -> Tensor:
    window = (2 * reach[0] + 1, 2 * reach[1] + 1)
    return F.avg_pool2d(values, window, stride=1, padding=reach, count_include_pad=False)
