"""Pictures and maps that follow from a trajectory by plain geometry, in bounded memory.

No network runs here and nothing is kept; `Analysis` asks and remembers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch

from blurstudio.engine.drawing.kernel_sheet import confidence_at, usual_reach
from blurstudio.engine.pictures import resize_picture
from blurstudio.exposure.flow import colour_wheel, flow_first_to_last
from blurstudio.exposure.kernels import kernel_grid, lattice
from blurstudio.exposure.resample import resample, resample_at
from blurstudio.levels import as_picture
from blurstudio.media.colour import display_image
from blurstudio.media.drawing import draw_trajectories
from blurstudio.media.kernel_drawing import draw_kernels
from blurstudio.media.signed import draw_residual
from blurstudio.sizes import MOTION_PIXELS, bounded_size

if TYPE_CHECKING:
    from typing import Any

    import numpy.typing as npt

    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.media.photo import Photo

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]

_PATHS_ACROSS = 28
_LEAST_SPACING = 24
_MOMENTS = 17
# Enough paths for a close look; fewer of them are drawn when it is from farther away.
_CLOSE_PATHS = 64
_CLOSEST_SPACING = 4
# Below this (px) a path is a dot that only hides the picture.
_SHORTEST_PATH = 2.0
_KERNELS_ACROSS = 24
_KERNEL_CELL = 64
# Kernels are drawn at the largest of these scales at which nearly all fit their cells.
_KERNEL_SCALES = (4, 3, 2, *(2.0**-power for power in range(8)))


def small_flow(trajectory: Trajectory) -> Floats:
    """Flow first to last ``(h, w, 2)`` at a bounded size, px of that size.

    The paths' own grid is coarser still, so a large photo's flow holds nothing more.
    """
    with torch.inference_mode():
        flow = flow_first_to_last(trajectory, bounded_size(trajectory.size, MOTION_PIXELS))
    return np.ascontiguousarray(flow.permute(1, 2, 0).numpy())


def enlarged_flow(flow: Floats, size: tuple[int, int]) -> Floats:
    """Flow of a picture of another size: interpolated, and scaled with it."""
    scale = (size[1] / flow.shape[1], size[0] / flow.shape[0])
    enlarged = resize_picture(flow, size).reshape(*size, 2)
    return enlarged * np.asarray(scale, np.float32)


def longest(flow: Floats) -> float:
    """Length of the longest vector of a flow ``(h, w, 2)``, in its px."""
    return float(np.hypot(flow[..., 0], flow[..., 1]).max())


def dense_confidence(trajectory: Trajectory) -> Floats:
    """Confidence of every pixel ``(H, W)``; 1 where a trajectory has none."""
    if trajectory.confidence is None:
        return np.ones(trajectory.size, np.float32)
    with torch.inference_mode():
        return resample(trajectory.confidence[None], trajectory.size)[0].numpy()


def flow_picture(flow: Floats, size: tuple[int, int]) -> Bytes:
    """Flow in the colours of the wheel, (H, W, 3) of `size`."""
    with torch.inference_mode():
        colours = colour_wheel(torch.from_numpy(flow).permute(2, 0, 1))
    return _enlarged(as_picture(colours), size)


def overlay_picture(photo: Photo, trajectory: Trajectory) -> Bytes:
    """Photo with a lattice of paths drawn over it, fainter where they are less sure."""
    shown = display_image(photo.pixels, photo.icc_profile)
    return draw_trajectories(shown, *overlay_paths(trajectory, photo.size))


def overlay_paths(
    trajectory: Trajectory, size: tuple[int, int]
) -> tuple[Floats, Floats, Floats | None]:
    """Paths on a lattice that suits a picture of a size.

    Returns
    -------
    tuple
        Points ``(M, 2)``, paths ``(M, T, 2)``, both px of that picture, and how sure they are
        ``(M,)``, [0, 1], or None.
    """
    spacing = max(_LEAST_SPACING, max(size) // _PATHS_ACROSS)
    points, paths = trajectory.resized(size).polylines(spacing, _MOMENTS)
    sure = None
    if trajectory.confidence is not None:
        grid = trajectory.confidence[None, None]
        sure = resample_at(grid, points, size)[0, 0].cpu().numpy()
    return points.cpu().numpy(), paths.cpu().numpy(), sure


def moving_paths(
    trajectory: Trajectory, size: tuple[int, int]
) -> tuple[Floats, Floats, Floats | None]:
    """Paths on a lattice that suits a picture of a size, without the shortest.

    Returns
    -------
    tuple
        As of `overlay_paths`.
    """
    points, paths, sure = overlay_paths(trajectory, size)
    moving = _moving(paths)
    return points[moving], paths[moving], None if sure is None else sure[moving]


def close_paths(trajectory: Trajectory) -> tuple[Floats, Floats]:
    """Paths as close to each other as they can be read, without the shortest.

    Returns
    -------
    tuple
        Points ``(M, 2)`` and paths ``(M, T, 2)``, px of the trajectory's picture.
    """
    lengths = trajectory.grid_length(trajectory.size)
    # As far apart as the longer ones are long: paths that cross each other can't be read.
    usual = float(torch.quantile(lengths.float(), 0.75))
    lattice = max(trajectory.size) / _CLOSE_PATHS
    spacing = max(_CLOSEST_SPACING, round(lattice), round(usual))
    points, paths = (each.cpu().numpy() for each in trajectory.polylines(spacing, _MOMENTS))
    moving = _moving(paths)
    return points[moving], paths[moving]


def kernel_picture(trajectory: Trajectory) -> Bytes:
    """Blur kernels on a lattice over the photo, white on black, fainter where less sure.

    The picture has one size whatever the photo's: kernels are enlarged or reduced to their cells
    alike, and a caption tells how much.
    """
    spacing = max(1.0, max(trajectory.size) / _KERNELS_ACROSS)
    longest = max(usual_reach(trajectory, spacing), 1e-6)
    room = _KERNEL_CELL // 2 - 4
    scale = next((scale for scale in _KERNEL_SCALES if scale * longest <= room), _KERNEL_SCALES[-1])
    _, kernels = kernel_grid(trajectory.scaled(scale), spacing, _KERNEL_CELL)
    sure = confidence_at(trajectory, lattice(trajectory.size, spacing))
    drawn_at = f"{scale:g} : 1" if scale >= 1 else f"1 : {1 / scale:g}"
    caption = f"blur kernels, drawn {drawn_at}, every {spacing:.0f} px of the photo"
    return draw_kernels(kernels.numpy(), sure, caption)


def residual_picture(residual: npt.NDArray[np.float16]) -> Bytes:
    """Residual drawn around middle grey."""
    return draw_residual(residual.astype(np.float32))


def _moving(paths: Floats) -> npt.NDArray[np.bool_]:
    lengths = np.linalg.norm(np.diff(paths, axis=1), axis=-1).sum(axis=1)
    return lengths >= _SHORTEST_PATH


def _enlarged(picture: npt.NDArray[Any], size: tuple[int, int]) -> npt.NDArray[Any]:
    if picture.shape[:2] == size:
        return picture
    return cv2.resize(picture, (size[1], size[0]), interpolation=cv2.INTER_LINEAR)
