"""Paths of a part of a picture: read in another frame, and laid into the paths of the whole.

A part has a grid of its own, often a finer one than the whole's. Which part that is, and who
estimated its paths, is not known here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.exposure.basis import Constraint, evaluate_maps, fit_maps, times
from blurstudio.exposure.grids import FINEST_CELL
from blurstudio.exposure.resample import resample, resample_nearest
from blurstudio.exposure.window import Window

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

_MAP_BYTES = 256 << 20
"""Memory that refined maps may take."""

_MOMENTS, _KNOTS = 31, 15
"""Moments at which paths are read to change their family, and knots of free ones, at least."""

_FAMILIES = {
    frozenset({Constraint.LINEAR, Constraint.QUADRATIC}): Constraint.QUADRATIC,
    frozenset({Constraint.LINEAR, Constraint.BILINEAR}): Constraint.BILINEAR,
}


def mask_within(mask: Tensor, size: tuple[int, int], window: Window) -> Tensor:
    """Cut a mask over a picture of (H, W), of any resolution, to the pixels of a window."""
    rows = (window.top, window.bottom)
    if mask.dtype == torch.bool:
        return resample_nearest(mask, size, rows)[:, window.columns]
    return resample(mask[None], size, rows)[0, :, window.columns]


def moved_to(
    part: Trajectory,
    window: Window,
    size: tuple[int, int],
    other: Window,
    wanted: tuple[int, int],
) -> Trajectory:
    """Read the paths of a part in another frame of the picture, resized.

    Parameters
    ----------
    part
        Paths of the picture's pixels in `window`.
    window, size
        Where they lie in a picture of (H, W).
    other, wanted
        The frame, in the same picture resized to (H, W). Beyond the part its edge is held.
    """
    if (window, size) == (other, wanted):
        return part
    down, across = (new / old for new, old in zip(wanted, size, strict=True))
    rows, columns = part.maps.shape[-2:]
    y = (_centres(other.top, other.bottom, rows) / down - window.top) / window.size[0]
    x = (_centres(other.left, other.right, columns) / across - window.left) / window.size[1]
    scale = part.maps.new_tensor((across, down)).view(2, 1, 1)
    flipped = part.flipped
    if flipped is not None:
        exact = resample_nearest(flipped, window.size).float()[None]
        fine = tuple(_centres(0, side, side) / side for side in other.size)
        places = (
            ((other.top + fine[0] * other.size[0]) / down - window.top) / window.size[0],
            ((other.left + fine[1] * other.size[1]) / across - window.left) / window.size[1],
        )
        flipped = _read(exact, *places, mode="nearest")[0] > 0.5
    sure = part.confidence
    return replace(
        part,
        maps=_read(part.maps.flatten(0, 1), y, x).view(*part.maps.shape) * scale,
        size=other.size,
        confidence=None if sure is None else _read(sure[None], y, x)[0],
        flipped=flipped,
    )


def runs_against(part: Trajectory, window: Window, whole: Trajectory) -> bool:
    """Whether the paths of a part run the other way than those of the whole.

    A photo can't tell which way time ran, so each estimate chooses for itself. Flipped places are
    not looked at.
    """
    rows, columns = part.maps.shape[-2:]
    y = _centres(window.top, window.bottom, rows) / whole.size[0]
    x = _centres(window.left, window.right, columns) / whole.size[1]
    theirs = _way(_read(whole.maps.flatten(0, 1), y, x), whole)
    ours = _way(part.maps.flatten(0, 1), part)
    agreement = (ours * theirs).sum(dim=0)
    if part.confidence is not None:
        agreement = agreement * part.confidence
    return bool(agreement.sum() < 0)


def laid_in(whole: Trajectory, part: Trajectory, window: Window, mask: Tensor) -> Trajectory:
    """Put the paths of a part into those of the whole, under a mask.

    Paths of pixels where the mask is 0 stay as they are: to the last bit where the grid and the
    family stay, else within rounding (the grid is refined by odd numbers, so that it keeps its
    nodes; curves become broken lines of 14 pieces where only those hold both).

    Parameters
    ----------
    whole
        Paths of the picture; places that are flipped stay so.
    part
        Paths of the picture's pixels in `window`, running the same way.
    window
        Where they lie; the mask is 0 outside.
    mask
        (H, W) of the whole picture, [0, 1].
    """
    family, knots = _common(whole, part)
    ours, theirs = (_as_family(each, family, knots) for each in (whole, part))
    height, width = ours.maps.shape[-2:]
    by = _refinement(ours, theirs)
    grid = (height * by, width * by)
    maps = resample(ours.maps, grid).clone()
    sure = whole.confidence
    if sure is not None:
        sure = resample(sure[None], grid)[0].clone()
    weight = _weight_of_cells(mask.to(maps), grid)
    rows, columns = (weight.any(dim=axis).nonzero()[:, 0] for axis in (1, 0))
    if len(rows) and len(columns):
        box = Window(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)
        y = (torch.arange(box.top, box.bottom) + 0.5) * (whole.size[0] / grid[0])
        x = (torch.arange(box.left, box.right) + 0.5) * (whole.size[1] / grid[1])
        y, x = (y - window.top) / window.size[0], (x - window.left) / window.size[1]
        share = weight[box.rows, box.columns]
        found = _read(theirs.maps.flatten(0, 1), y, x).view(*maps.shape[:2], *box.size)
        _mix(maps[..., box.rows, box.columns], found, share)
        if sure is not None and part.confidence is not None:
            _mix(sure[box.rows, box.columns], _read(part.confidence[None], y, x)[0], share)
    return replace(ours, maps=maps, confidence=sure)


def _mix(there: Tensor, found: Tensor, share: Tensor) -> None:
    """Lay values over others in place; where their share is 0, nothing is touched."""
    there.copy_(torch.where(share > 0, torch.lerp(there, found.to(there), share), there))


def _weight_of_cells(mask: Tensor, grid: tuple[int, int]) -> Tensor:
    """How far each node counts; 0 for those that a pixel outside the mask is interpolated from."""
    outside = F.adaptive_max_pool2d((mask <= 0).to(mask)[None], grid)
    outside = F.max_pool2d(outside, 3, stride=1, padding=1)[0]
    return F.adaptive_avg_pool2d(mask[None], grid)[0] * (1 - outside)


def _refinement(whole: Trajectory, part: Trajectory) -> int:
    """Odd number of cells that each cell of the whole is cut into, to hold what the part knows."""
    height, width = whole.maps.shape[-2:]
    cell = max(whole.size[0] / height, whole.size[1] / width)
    fine = max(part.size[0] / part.maps.shape[-2], part.size[1] / part.maps.shape[-1], FINEST_CELL)
    by = 1
    # Rounded sides of grids make cells a little larger or smaller than they are meant.
    while cell / by > 1.25 * fine:
        by += 2
    while by > 1 and whole.maps.numel() * by * by * 4 > _MAP_BYTES:
        by -= 2
    return by


def _common(one: Trajectory, other: Trajectory) -> tuple[Constraint, int | None]:
    """Name the family that holds both, and its knots if it is the free one."""
    both = frozenset({one.constraint, other.constraint})
    if len(both) == 1 and one.maps.shape[0] == other.maps.shape[0]:
        return one.constraint, one.maps.shape[0]
    family = _FAMILIES.get(both, Constraint.FREE)
    free = [len(each.maps) for each in (one, other) if each.constraint is Constraint.FREE]
    return family, max([_KNOTS, *free])


def _as_family(trajectory: Trajectory, family: Constraint, knots: int | None) -> Trajectory:
    free = family is Constraint.FREE
    if trajectory.constraint is family and not (free and len(trajectory.maps) != knots):
        return trajectory
    moments = times(max(_MOMENTS, 2 * (knots or 0) - 1))
    offsets = evaluate_maps(trajectory.maps, trajectory.constraint, moments)
    maps = fit_maps(offsets, moments, family, knots if free else None)
    return replace(trajectory, maps=maps, constraint=family)


def _way(maps: Tensor, trajectory: Trajectory) -> Tensor:
    """Way from the first place to the last, (2, h, w) px, of maps (2C, h, w)."""
    ends = maps.new_tensor((-0.5, 0.5))
    stacked = maps.view(-1, 2, *maps.shape[-2:])
    first, last = evaluate_maps(stacked, trajectory.constraint, ends)
    return last - first


def _centres(first: int, last: int, count: int) -> Tensor:
    """Centres of so many even cells between two places, corner coordinates."""
    return first + (torch.arange(count, dtype=torch.float64) + 0.5) * ((last - first) / count)


def _read(maps: Tensor, y: Tensor, x: Tensor, mode: str = "bilinear") -> Tensor:
    """Interpolate (C, h, w) at rows and columns given as shares of its extent, edges held."""
    down, across = torch.meshgrid((2 * y - 1).to(maps), (2 * x - 1).to(maps), indexing="ij")
    places = torch.stack([across, down], dim=-1)[None]
    return F.grid_sample(maps[None], places, mode, padding_mode="border", align_corners=False)[0]
