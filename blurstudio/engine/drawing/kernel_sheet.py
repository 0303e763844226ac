"""Local blur kernels on a sheet that lies over the photo, and what drawing kernels has to know.

Kernels as a picture of its own are drawn in `engine.drawing.views`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from blurstudio.exposure.kernels import content_paths, kernel_grid, lattice
from blurstudio.exposure.resample import resample_at
from blurstudio.media.kernel_drawing import draw_kernels

if TYPE_CHECKING:
    import numpy.typing as npt
    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

_MOMENTS = 17
_ACROSS = 24
_CELL = 64
_LEAST_SPACING = 16.0
_VEIL = 0.35
"""How much of the photo a sheet hides between the kernels, so that they are seen on white."""

_SHARE_THAT_FITS = 0.98
_ROOM = 0.88
_MAGNIFICATIONS = (8, 6, 4, 3, 2, 1)


@dataclass(frozen=True, eq=False)
class KernelSheet:
    """Kernels over the photo.

    Attributes
    ----------
    pixels
        ``(h, w, 4)`` uint8 over the whole photo: red, green, blue and opacity, the colours
        multiplied by the opacity.
    magnification
        How many times larger than in the photo they are drawn.
    spacing
        From kernel to kernel, px of the photo.
    """

    pixels: npt.NDArray[np.uint8]
    magnification: float
    spacing: float


def kernel_sheet(trajectory: Trajectory) -> KernelSheet:
    """Draw local kernels on a lattice over the photo, true to scale or enlarged to be seen.

    Long ones stand further apart, so that nearly all of them fit their cells.
    """
    trajectory = trajectory.to("cpu")
    side = max(trajectory.size)
    spacing = max(side / _ACROSS, _LEAST_SPACING)
    reach = max(usual_reach(trajectory, spacing), 1e-6)
    spacing = float(min(max(spacing, 2 * reach / _ROOM), min(trajectory.size)))
    times = next((m for m in _MAGNIFICATIONS if 2 * m * reach <= _ROOM * spacing), 1)
    _, kernels = kernel_grid(trajectory.scaled(times * _CELL / spacing), spacing, _CELL)
    sure = confidence_at(trajectory, lattice(trajectory.size, spacing))
    grey = draw_kernels(kernels.numpy(), sure)[..., 0]
    # Beside the outermost cells the sheet goes on to the photo's border.
    down, across = (round(side * _CELL / spacing) for side in trajectory.size)
    rest = max(0, down - grey.shape[0]), max(0, across - grey.shape[1])
    grey = np.pad(grey, [(part // 2, part - part // 2) for part in rest])
    opacity = np.rint(255 * _VEIL + (1 - _VEIL) * grey).astype(np.uint8)
    pixels = np.stack([grey, grey, grey, np.maximum(opacity, grey)], axis=-1)
    return KernelSheet(pixels, float(times), spacing)


def usual_reach(trajectory: Trajectory, spacing: float) -> float:
    """How far from its pixel nearly all content comes on either axis, on a lattice; px."""
    points = lattice(trajectory.size, spacing).view(-1, 2)
    reach = content_paths(trajectory, points, _MOMENTS).abs().amax(dim=(1, 2))
    return float(reach.quantile(_SHARE_THAT_FITS))


def confidence_at(trajectory: Trajectory, points: Tensor) -> npt.NDArray[np.float32] | None:
    """Confidence at points ``(..., 2)`` px; None where a trajectory has none."""
    if trajectory.confidence is None:
        return None
    grid = trajectory.confidence[None, None]
    with torch.inference_mode():
        sure = resample_at(grid, points.reshape(-1, 2), trajectory.size)[0, 0]
    return sure.view(points.shape[:-1]).numpy()
