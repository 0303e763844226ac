"""A close look at one place of a photo: its path over time, its kernel, and what it came from.

Everything is read from an analysis that is done; no network runs here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from blurstudio.exposure.basis import times
from blurstudio.exposure.kernels import content_paths, kernel_at
from blurstudio.exposure.resample import resample_at
from blurstudio.media.colour import display_image
from blurstudio.media.kernel_drawing import draw_kernels

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from blurstudio.engine.analysis import Analysis
    from blurstudio.exposure.trajectory import Trajectory

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]

PATCH = 48
"""Side of the patches, px of the analysed picture."""

_MOMENTS = 65
_LEAST_KERNEL, _MOST_KERNEL = 15, 127
_MARGIN = 3


@dataclass(frozen=True, eq=False)
class Probe:
    """What is known about one place of a photo.

    Attributes
    ----------
    times
        ``(T,)`` moments, [-1/2, 1/2] of the exposure.
    path
        ``(T, 2)`` where its content was, px of the photo from its place at mid-exposure; y down.
    speed
        ``(T,)`` px of the photo per exposure.
    length
        Of the path, px of the photo.
    kernel
        ``(k, k, 3)`` uint8: the blur kernel, white on black.
    kernel_scale
        Px of the kernel's picture per px of the photo; below 1 where it would be too large.
    photo, sharp, reblurred
        Patches around the place, ``(n, n, 3)`` uint8 sRGB; beyond the picture its nearest pixels.
    confidence
        [0, 1], or None where the network tells none.
    """

    times: Floats
    path: Floats
    speed: Floats
    length: float
    kernel: Bytes
    kernel_scale: float
    photo: Bytes
    sharp: Bytes
    reblurred: Bytes
    confidence: float | None

    @property
    def direction(self) -> float | None:
        """Which way the content went, degrees: 0 right, 90 up; None where it ended as it began."""
        dx, dy = (self.path[-1] - self.path[0]).tolist()
        return math.degrees(math.atan2(-dy, dx)) % 360 if dx or dy else None


def probe_at(analysis: Analysis, place: tuple[float, float], size: tuple[int, int]) -> Probe:
    """Look closely at a place.

    Parameters
    ----------
    analysis
        All of it is computed, or is computed now.
    place
        (x, y) in shares of the picture, [0, 1).
    size
        (H, W) of the full-size photo, whose px lengths are told in.
    """
    with torch.inference_mode():
        paths = analysis.trajectory.to("cpu").resized(size)
        point = torch.tensor([[place[0] * size[1] - 0.5, place[1] * size[0] - 0.5]])
        path = content_paths(paths, point, _MOMENTS)[0].numpy()
        kernel, scale = _kernel(paths, point, float(np.abs(path).max()))
        sure = None
        if paths.confidence is not None:
            sure = float(resample_at(paths.confidence[None, None], point, size)[0, 0, 0])
    moments = times(_MOMENTS).numpy()
    steps = np.hypot(*np.diff(path, axis=0).T)
    speed = np.hypot(*np.gradient(path, moments, axis=0).T).astype(np.float32)
    photo = analysis.photo
    rows, columns, spread = _window(photo.size, place)

    def patch(pixels: Floats) -> Bytes:
        return spread(display_image(np.ascontiguousarray(pixels), photo.icc_profile))

    return Probe(
        moments,
        path,
        speed,
        float(steps.sum()),
        kernel,
        scale,
        patch(photo.pixels[rows, columns]),
        patch(analysis.sharp[rows, columns]),
        patch(analysis.reblurred_part(rows, columns)),
        sure,
    )


def _kernel(paths: Trajectory, point: torch.Tensor, reach: float) -> tuple[Bytes, float]:
    """Draw the kernel in a picture that is as large as it needs."""
    wanted = 2 * math.ceil(reach + _MARGIN) + 1
    side = min(max(wanted, _LEAST_KERNEL), _MOST_KERNEL)
    scale = min(1.0, (side // 2 - _MARGIN) / max(reach, 1e-6))
    x, y = point[0].tolist()
    kernel = kernel_at(paths.scaled(scale), x, y, side).numpy()
    return draw_kernels(kernel[None, None]), scale


def _window(
    size: tuple[int, int], place: tuple[float, float]
) -> tuple[slice, slice, Callable[[npt.NDArray[Any]], Bytes]]:
    """Rows and columns of a patch within the picture, and how to spread them over the whole one."""
    parts, pads = [], []
    for side, share in zip(size, (place[1], place[0]), strict=True):
        first = math.floor(min(max(share * side, 0.0), side - 1)) - PATCH // 2
        inside = slice(max(0, first), min(side, first + PATCH))
        parts.append(inside)
        pads.append((inside.start - first, first + PATCH - inside.stop))

    def spread(pixels: npt.NDArray[Any]) -> Bytes:
        return np.pad(pixels, [*pads, (0, 0)], mode="edge")

    return parts[0], parts[1], spread
