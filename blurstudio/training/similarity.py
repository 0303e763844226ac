"""Multi-scale structural similarity as a loss: differentiable and cheap on a processor.

For figures in tables see `evaluation.metrics`; those follow the published protocols to the letter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

if TYPE_CHECKING:
    from torch import Tensor

_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
_WINDOW, _SIGMA = 11, 1.5
_LUMINANCE, _CONTRAST = 0.01**2, 0.03**2

LEAST_SIDE = (_WINDOW - 1) * 2 ** (len(_WEIGHTS) - 1) + 1
"""Shortest side in px of a picture in whose coarsest scale a window still has room: 161."""

# A power below one is infinitely steep at zero, where contrasts that run opposite would put it.
_FLOOR = 1e-4


def ms_ssim(first: Tensor, second: Tensor) -> Tensor:
    """Multi-scale structural similarity of two batches of pictures.

    Parameters
    ----------
    first, second
        `(N, C, H, W)`, `[0, 1]`, sides at least `LEAST_SIDE`.

    Returns
    -------
    Tensor
        `(N,)`, at most 1, which means equal. Differentiable in both.

    Raises
    ------
    ValueError
        If the shapes differ or are too small.

    Notes
    -----
    Source: Wang et al. 2003 (five scales, window of 11 px and sigma 1.5, only whole windows count).
    """
    if first.shape != second.shape or first.dim() != 4 or min(first.shape[-2:]) < LEAST_SIDE:
        raise ValueError(
            f"pictures must be (N, C, H, W) alike with sides of at least {LEAST_SIDE}, "
            f"got {tuple(first.shape)} and {tuple(second.shape)}"
        )
    value = first.new_ones(len(first), first.shape[1])
    for scale, weight in enumerate(_WEIGHTS):
        if scale:
            first, second = F.avg_pool2d(first, 2), F.avg_pool2d(second, 2)
        light, contrast = _similarity(first, second)
        likeness = light * contrast if scale == len(_WEIGHTS) - 1 else contrast
        value = value * likeness.mean((-1, -2)).clamp(min=_FLOOR) ** weight
    return value.mean(1)


def _similarity(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    """Similarity of brightness, and of contrast and structure, under every whole window."""
    fields = torch.stack([first, second, first * first, second * second, first * second])
    rows, columns = (_windows(side, first.device) for side in first.shape[-2:])
    # Sums under windows as two products with banded matrices: ten times as fast as convolutions.
    mean_1, mean_2, square_1, square_2, product = rows.to(fields) @ fields @ columns.to(fields).T
    means, squares = mean_1 * mean_2, mean_1.square() + mean_2.square()
    light = (2 * means + _LUMINANCE) / (squares + _LUMINANCE)
    covariance = product - means
    contrast = (2 * covariance + _CONTRAST) / (square_1 + square_2 - squares + _CONTRAST)
    return light, contrast


@lru_cache(maxsize=32)
def _windows(side: int, device: torch.device) -> Tensor:
    """(side - 10, side) matrix whose rows are the window at every place where it fits."""
    place = torch.arange(_WINDOW, dtype=torch.float32) - _WINDOW // 2
    window = torch.exp(-place.square() / (2 * _SIGMA**2))
    matrix = torch.zeros(side - _WINDOW + 1, side)
    for row in range(len(matrix)):
        matrix[row, row : row + _WINDOW] = window / window.sum()
    return matrix.to(device)
