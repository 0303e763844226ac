"""Frames of a layered scene at any instant, and their mean over the exposure.

Occlusion is exact: every sub-frame is composited anew. What the layers are and how they move is
decided elsewhere; developing the mean into a photo too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor

    from blurstudio.simulate.paths import Array, SceneMotion

Box = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Plate:
    """A picture at mid-exposure, placed in the exposure's pixel coordinates.

    Parameters
    ----------
    pixels
        ``(C, h, w)``: three colours, or colours times opacity and the opacity.
    left, top
        Exposure coordinates of its first pixel.
    """

    pixels: Tensor
    left: int
    top: int

    def box(self) -> Box:
        """Left, top, right, bottom in exposure px; right and bottom are exclusive."""
        height, width = self.pixels.shape[-2:]
        return self.left, self.top, self.left + width, self.top + height

    def sample(self, matrices: Array, region: Box, border: str) -> Tensor:
        """Pixels ``(T, C, h, w)`` of a region of the exposure, read through homographies.

        Parameters
        ----------
        matrices
            ``(T, 3, 3)`` from exposure pixels to this plate's exposure coordinates.
        region
            Left, top, right, bottom in exposure px.
        border
            ``"border"`` (replicate) or ``"zeros"``.
        """
        height, width = self.pixels.shape[-2:]
        scale = np.array([2 / max(width - 1, 1), 2 / max(height - 1, 1)])
        normal = np.array([[scale[0], 0, -scale[0] * self.left - 1],
                           [0, scale[1], -scale[1] * self.top - 1],
                           [0, 0, 1.0]])  # fmt: skip
        grid = _grid(normal @ matrices, region, self.pixels.device)
        return functional.grid_sample(
            self.pixels.expand(len(grid), -1, -1, -1),
            grid,
            mode="bilinear",
            padding_mode=border,
            align_corners=True,
        )


@dataclass(frozen=True, eq=False)
class Scene:
    """A background and layers before it, the last on top, with their motion.

    Parameters
    ----------
    size
        Height and width of the exposure in px.
    background
        Three colours; wider than the exposure, so that true content moves in.
    layers
        Premultiplied RGBA plates.
    motion
        Motion of the background (layer 0) and the layers.
    """

    size: tuple[int, int]
    background: Plate
    layers: tuple[Plate, ...]
    motion: SceneMotion

    def frames(self, times: Array, chunk: int) -> Iterator[Tensor]:
        """Composited frames, ``(<= chunk, 3, H, W)`` at a time."""
        height, width = self.size
        matrices = self.motion.matrices(times)
        regions = [
            _region(plate.box(), matrix, self.size)
            for plate, matrix in zip(self.layers, matrices[1:], strict=True)
        ]
        for start in range(0, len(times), chunk):
            part = matrices[:, start : start + chunk]
            picture = self.background.sample(part[0], (0, 0, width, height), "border")
            for plate, matrix, region in zip(self.layers, part[1:], regions, strict=True):
                left, top, right, bottom = region
                if right > left and bottom > top:
                    layer = plate.sample(matrix, region, "zeros")
                    place = picture[:, :, top:bottom, left:right]
                    place.mul_(1 - layer[:, 3:]).add_(layer[:, :3])
            yield picture

    def mean(self, weights: Array) -> Tensor:
        """Weighted mean ``(3, H, W)`` of as many sub-frames as there are weights."""
        device = self.background.pixels.device
        count = len(weights)
        # One frame at a time stays in the processor's cache; a GPU wants all of them at once.
        chunk = 1 if device.type == "cpu" else count
        total = torch.zeros(3, *self.size, device=device)
        done = 0
        for frames in self.frames(np.linspace(-0.5, 0.5, count), chunk):
            part = torch.tensor(
                weights[done : done + len(frames)], dtype=torch.float32, device=device
            )
            total += torch.tensordot(part, frames, 1) if chunk > 1 else frames[0].mul_(part)
            done += len(frames)
        return total

    def frame(self, time: float) -> Tensor:
        """One composited frame ``(3, H, W)``."""
        return next(self.frames(np.array([time]), 1))[0]

    def opacities(self, time: float) -> Tensor:
        """Opacity ``(L, H, W)`` of each layer at an instant; the background's is 1."""
        height, width = self.size
        device = self.background.pixels.device
        matrices = self.motion.matrices(np.array([time]))
        covers = [torch.ones(height, width, device=device)]
        for plate, matrix in zip(self.layers, matrices[1:], strict=True):
            alpha = Plate(plate.pixels[3:], plate.left, plate.top)
            covers.append(alpha.sample(matrix, (0, 0, width, height), "zeros")[0, 0])
        return torch.stack(covers)


def top_layer(opacities: Tensor) -> Tensor:
    """Index ``(H, W)`` uint8 of the highest layer that is at least half opaque."""
    order = torch.arange(len(opacities), device=opacities.device).view(-1, 1, 1)
    return ((opacities >= 0.5) * order).amax(dim=0).to(torch.uint8)


def _grid(matrices: Array, region: Box, device: torch.device) -> Tensor:
    """Evaluate homographies over a region, as a sampling grid ``(T, h, w, 2)``."""
    left, top, right, bottom = region
    m = torch.from_numpy(matrices.astype(np.float32)).to(device)[:, :, :, None, None]
    x = torch.arange(left, right, device=device, dtype=torch.float32)
    y = torch.arange(top, bottom, device=device, dtype=torch.float32)[:, None]
    depth = (m[:, 2, 0] * x + (m[:, 2, 1] * y + m[:, 2, 2])).reciprocal_()
    grid = torch.empty(len(m), bottom - top, right - left, 2, device=device)
    for axis in (0, 1):
        line = m[:, axis, 0] * x + (m[:, axis, 1] * y + m[:, axis, 2])
        torch.mul(line, depth, out=grid[..., axis])
    return grid


def _region(box: Box, matrices: Array, size: tuple[int, int]) -> Box:
    """Part of the exposure that a plate touches at any of the times."""
    left, top, right, bottom = box
    corners = np.array([[left - 1, top - 1, 1], [right, top - 1, 1],
                        [left - 1, bottom, 1], [right, bottom, 1]], dtype=float)  # fmt: skip
    mapped = np.linalg.inv(matrices) @ corners.T
    places = mapped[:, :2] / mapped[:, 2:]
    low = np.floor(places.min(axis=(0, 2))).astype(int)
    high = np.ceil(places.max(axis=(0, 2))).astype(int) + 1
    height, width = size
    x0, x1 = (int(v) for v in np.clip([low[0], high[0]], 0, width))
    y0, y1 = (int(v) for v in np.clip([low[1], high[1]], 0, height))
    return x0, y0, x1, y1
