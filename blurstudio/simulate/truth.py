"""The truth about every pixel of an exposure: its path, where that is known, and the flow.

Read off a scene's motion; what the pixels show is rendered elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from blurstudio.simulate.compositing import top_layer

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.simulate.compositing import Box, Scene
    from blurstudio.simulate.paths import Array

LABEL_TIMES = 17
"""Moments of a path, from the beginning of the exposure to its end."""


def write_offsets(scene: Scene, ids: Tensor, out: Tensor) -> None:
    """Write the paths of the layers on top at mid-exposure into ``out (17, 2, H, W)``."""
    height, width = scene.size
    matrices = scene.motion.matrices(np.linspace(-0.5, 0.5, LABEL_TIMES))
    _map_pixels(matrices[0], (0, 0, width, height), out)
    for number, plate in enumerate(scene.layers, start=1):
        left, top, right, bottom = plate.box()
        left, top, right, bottom = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
        mask = ids[top:bottom, left:right] == number
        if mask.any():
            moved = out.new_empty(LABEL_TIMES, 2, bottom - top, right - left)
            _map_pixels(matrices[number], (left, top, right, bottom), moved)
            place = out[:, :, top:bottom, left:right]
            torch.where(mask, moved, place, out=moved)
            place.copy_(moved)
    # Exactly nothing at mid-exposure, whatever float32 makes of it.
    out[LABEL_TIMES // 2] = 0


def stays_inside(scene: Scene, offsets: Tensor) -> Tensor:
    """Tell where ``(1, H, W)`` the path stays on the background's plate."""
    left, top, right, bottom = scene.background.box()
    height, width = scene.size
    x = torch.arange(width, device=offsets.device)
    y = torch.arange(height, device=offsets.device)[:, None]
    low, high = offsets.amin(dim=0), offsets.amax(dim=0)
    slack = 1e-3
    inside = (low[0] + x >= left - slack) & (high[0] + x <= right - 1 + slack)
    inside &= (low[1] + y >= top - slack) & (high[1] + y <= bottom - 1 + slack)
    return inside[None].float()


def flow_between_ends(scene: Scene) -> Tensor:
    """Motion ``(2, H, W)`` px of what the first frame shows until the last frame."""
    height, width = scene.size
    ends = scene.motion.matrices(np.array([-0.5, 0.5]))
    ids = top_layer(scene.opacities(-0.5))
    through = np.linalg.inv(ends[:, 1]) @ ends[:, 0]
    moved = torch.empty(len(through), 2, height, width, device=ids.device)
    _map_pixels(through, (0, 0, width, height), moved)
    return torch.gather(moved, 0, ids.long().expand(1, 2, -1, -1))[0]


def _map_pixels(matrices: Array, region: Box, out: Tensor) -> Tensor:
    """Write the offsets of homographies ``(T, 3, 3)`` over a region into ``out (T, 2, h, w)``."""
    left, top, right, bottom = region
    m = torch.from_numpy(matrices).to(out.device, torch.float32)[..., None, None]
    x = torch.arange(left, right, device=out.device, dtype=torch.float32)
    y = torch.arange(top, bottom, device=out.device, dtype=torch.float32)[:, None]
    depth = (m[:, 2, 0] * x + (m[:, 2, 1] * y + m[:, 2, 2])).reciprocal_()
    for axis, place in ((0, x), (1, y)):
        line = m[:, axis, 0] * x + (m[:, axis, 1] * y + m[:, axis, 2])
        torch.sub(line.mul_(depth), place, out=out[:, axis])
    return out
