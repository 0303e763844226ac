"""Gather sampling: read a picture at pixel + offset, and say where that left the picture.

There is no splatting here and no averaging over time; `reblur` does the latter.
"""

from __future__ import annotations

from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor

Border = Literal["replicate", "zeros"]
Mode = Literal["bilinear", "bicubic", "nearest"]

_PADDING = {"replicate": "border", "zeros": "zeros"}


def gather(
    image: Tensor, offsets: Tensor, border: Border = "replicate", mode: Mode = "bilinear"
) -> Tensor:
    """Sample a picture at `x + offset(x)`. Differentiable in picture and offsets.

    Parameters
    ----------
    image
        (N, C, H, W), any range.
    offsets
        (N, 2, H, W), (dx, dy) px, x right and y down.
    border
        What lies beyond the picture. Zhang et al. 2020 use zeros, which darkens the border.
    mode
        Interpolation.

    Returns
    -------
    Tensor
        (N, C, H, W), of the picture's dtype.

    Raises
    ------
    ValueError
        If the shapes do not fit each other.
    """
    check_offsets(offsets)
    if image.dim() != 4 or image.shape[-2:] != offsets.shape[-2:] or len(image) != len(offsets):
        raise ValueError(
            f"image must be (N, C, H, W) fitting offsets {tuple(offsets.shape)}, "
            f"got {tuple(image.shape)}"
        )
    height, width = image.shape[-2:]
    return sample(image, sampling_grid(offsets, (height, width)), border, mode)


def sampling_grid(offsets: Tensor, size: tuple[int, int], top: int = 0) -> Tensor:
    """Positions `x + offset(x)` in the units of `sample`.

    Parameters
    ----------
    offsets
        (N, 2, rows, W), px; all of a picture or the same band of its rows.
    size
        (H, W) of the picture that will be sampled.
    top
        First row of the bands.

    Returns
    -------
    Tensor
        (N, rows, W, 2), [-1, 1] from the first to the last pixel centre; at least float32.
    """
    height, width = size
    # Half precision can't tell neighbouring pixels apart beyond 2048 px.
    moved = offsets.to(torch.promote_types(offsets.dtype, torch.float32))
    x = torch.arange(moved.shape[-1], device=moved.device, dtype=moved.dtype)
    y = torch.arange(moved.shape[-2], device=moved.device, dtype=moved.dtype)[:, None] + top
    grid_x = (moved[:, 0] + x) * (2 / max(width - 1, 1)) - 1
    grid_y = (moved[:, 1] + y) * (2 / max(height - 1, 1)) - 1
    return torch.stack((grid_x, grid_y), dim=-1)


def sample(
    image: Tensor, grid: Tensor, border: Border = "replicate", mode: Mode = "bilinear"
) -> Tensor:
    """Sample (N, C, H, W) at the positions of `sampling_grid`; pixel centres are integers."""
    if border not in _PADDING:
        raise ValueError(f"border must be one of {sorted(_PADDING)}, got {border!r}")
    dtype = torch.promote_types(image.dtype, grid.dtype)
    sampled = F.grid_sample(
        image.to(dtype),
        grid.to(dtype),
        mode=mode,
        padding_mode=_PADDING[border],
        align_corners=True,
    )
    return sampled.to(image.dtype)


def validity(offsets: Tensor) -> Tensor:
    """Where `gather` reads inside the picture.

    Parameters
    ----------
    offsets
        (N, 2, H, W), px.

    Returns
    -------
    Tensor
        (N, 1, H, W), 1 where all that is read lies between the outermost pixel centres, else 0.
    """
    check_offsets(offsets)
    height, width = offsets.shape[-2:]
    x = torch.arange(width, device=offsets.device) + offsets[:, 0].float()
    y = torch.arange(height, device=offsets.device)[:, None] + offsets[:, 1].float()
    inside = (x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)
    return inside[:, None].to(offsets.dtype)


def check_offsets(offsets: Tensor) -> None:
    """Raise ValueError unless offsets are (N, 2, H, W)."""
    if offsets.dim() != 4 or offsets.shape[1] != 2:
        raise ValueError(f"offsets must be (N, 2, H, W), got {tuple(offsets.shape)}")
