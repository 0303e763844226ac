"""The camera's share of a motion: rotations, on request shift and zoom, fitted to the paths.

What one rigid motion of the camera explains of a trajectory is the camera's; what is left belongs
to what moved in the scene. How that is put into words is `engine.findings.verdict`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.trajectory import Trajectory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

ROTATIONS = ("pitch", "yaw", "roll")
PARTS = (*ROTATIONS, "x", "y", "zoom")
"""Degrees of freedom: radians, radians, radians, px, px, logarithm of the scale."""

USUAL_FOCAL = 1.2
"""Focal length in units of the longer side where a photo doesn't tell: 43 mm on 36 mm film."""

_ROUNDS = 20
"""Rounds in which weights and motion are found in turns."""

_CELLS = 6_000
_FINEST = 0.25
"""Spread of errors that is assumed at least, px."""

_TUKEY = 4.7
"""Spreads from which an error counts for nothing: Tukey's usual choice, which is nearly as good as
least squares where all errors are Gaussian."""


@dataclass(frozen=True, eq=False)
class CameraFit:
    """A camera motion and where it holds.

    Parameters
    ----------
    motion
        Change of every fitted degree of freedom from the first to the last moment, see `PARTS`.
        All signs may be turned together, since a photo doesn't tell which way time ran.
    focal
        Focal length that was assumed, px.
    trajectory
        The camera's paths, quadratic, on the grid of the fitted ones.
    residual
        (2, h, w) px: what is left of the displacement over the exposure, each path in the
        direction of time that the camera explains better.
    weight
        (h, w) in [0, 1]: how far a cell was believed to show the camera's motion.
    """

    motion: dict[str, float]
    focal: float
    trajectory: Trajectory
    residual: Tensor
    weight: Tensor


def fit_camera(
    trajectory: Trajectory, focal: float | None = None, parts: Sequence[str] = ROTATIONS
) -> CameraFit:
    """Fit a camera motion to a trajectory, robust against what moves by itself.

    Parameters
    ----------
    trajectory
        Of any family; its confidence weighs the cells.
    focal
        Focal length in px of the picture. Default: `USUAL_FOCAL` times its longer side.
    parts
        Degrees of freedom to fit, of `PARTS`; the others stay at zero. Shift and rotation are
        hardly told apart at long focal lengths.

    Returns
    -------
    CameraFit
        Least squares with Tukey's weights, each path in the better direction of time.

    Raises
    ------
    ValueError
        If a part is unknown, none is given, or the focal length is not above zero.
    """
    unknown = [part for part in parts if part not in PARTS]
    if unknown or not parts:
        raise ValueError(f"parts must be some of {', '.join(PARTS)}, got {tuple(parts)}")
    height, width = trajectory.size
    focal = USUAL_FOCAL * max(height, width) if focal is None else focal
    if focal <= 0:
        raise ValueError(f"focal must be above zero, got {focal}")

    maps = as_quadratic(trajectory).detach().double()
    grid = (maps.shape[-2], maps.shape[-1])
    design = _design(grid, trajectory.size, focal, parts).to(maps)
    sure = maps.new_ones(grid)
    if trajectory.confidence is not None:
        sure = trajectory.confidence.detach().to(maps).clamp(0, 1)

    # A few thousand cells tell a handful of numbers as well as all of them.
    step = max(1, round((grid[0] * grid[1] / _CELLS) ** 0.5))
    some = (..., slice(step // 2, None, step), slice(step // 2, None, step))
    cells = design[some].flatten(-2)
    linear = maps[0][some].flatten(-2)
    believed, sign = _robust(cells, linear, sure[some].flatten())
    speed = _solve(cells, linear * sign, believed)
    bend = _solve(cells, maps[1][some].flatten(-2), believed)

    camera = torch.einsum("cp,pdhw->cdhw", torch.stack([speed, bend]), design)
    turned = torch.where((maps[0] * camera[0]).sum(0) < 0, -1.0, 1.0)
    residual = maps[0] * turned - camera[0]
    scale = _scale(residual[some].flatten(-2).norm(dim=0), sure[some].flatten())
    return CameraFit(
        dict(zip(parts, speed.tolist(), strict=True)),
        float(focal),
        Trajectory(camera.to(trajectory.maps), Constraint.QUADRATIC, trajectory.size),
        residual.to(trajectory.maps),
        (_tukey(residual.norm(dim=0), scale) * sure).to(trajectory.maps),
    )


def _design(
    grid: tuple[int, int], size: tuple[int, int], focal: float, parts: Sequence[str]
) -> Tensor:
    """Displacement (P, 2, h, w) px that a unit of each part gives, small-angle rotations."""
    y, x = (
        ((torch.arange(n, dtype=torch.float64) + 0.5) / n - 0.5) * side
        for n, side in zip(grid, size, strict=True)
    )
    y, x = y[:, None].expand(grid), x.expand(grid)
    one, none = torch.ones_like(x), torch.zeros_like(x)
    across = x * y / focal
    fields = {
        "pitch": (across, focal + y * y / focal),
        "yaw": (focal + x * x / focal, across),
        "roll": (-y, x),
        "x": (one, none),
        "y": (none, one),
        "zoom": (x, y),
    }
    return torch.stack([torch.stack(fields[part]) for part in parts])


def _robust(design: Tensor, linear: Tensor, sure: Tensor) -> tuple[Tensor, Tensor]:
    """Weights (M,) and directions of time (M,) on which a fit and its outliers agree."""
    weight, sign = sure, torch.ones_like(sure)
    for _ in range(_ROUNDS):
        camera = torch.einsum("p,pdm->dm", _solve(design, linear * sign, weight), design)
        sign = torch.where((linear * camera).sum(0) < 0, -1.0, 1.0).to(sure)
        error = (linear * sign - camera).norm(dim=0)
        weight = _tukey(error, _scale(error, sure)) * sure
    return weight, sign


def _solve(design: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Weighted least squares: (P,) for `design` (P, 2, M), `target` (2, M), `weight` (M,)."""
    # Columns differ by the focal length: without equal norms the smallest would be lost.
    norm = design.square().sum((1, 2)).sqrt().clamp(min=1e-12)
    columns = (design / norm[:, None, None]).flatten(1)
    weighed = columns * weight.repeat(2)
    normal = weighed @ columns.T + 1e-9 * torch.eye(len(norm)).to(columns)
    solution: Tensor = torch.linalg.solve(normal, weighed @ target.flatten()) / norm
    return solution


def _scale(error: Tensor, sure: Tensor) -> Tensor:
    """Robust spread of errors in px: their weighted median, as a Gaussian's deviation."""
    order = error.argsort()
    total = sure[order].cumsum(0)
    middle = int((total < 0.5 * total[-1]).sum())
    return (1.48 * error[order[min(middle, len(order) - 1)]]).clamp(min=_FINEST)


def _tukey(error: Tensor, scale: Tensor) -> Tensor:
    """Tukey's weights: 1 for no error, 0 from 4.7 spreads on."""
    return (1 - (error / (_TUKEY * scale)).square()).clamp(min=0).square()
