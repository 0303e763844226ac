"""Order for offsets that have none: which of a pixel's samples comes before which.

The mean of an exposure does not depend on the order of its moments, so unconstrained samples come
in any; a path that can be played needs one. Which of its two directions is `direction`'s business.
"""

from __future__ import annotations

import torch
from torch import Tensor

_TINY = 1e-12


def order_samples(samples: Tensor) -> Tensor:
    """Put unordered samples in order along the line that each pixel's samples lie closest to.

    Parameters
    ----------
    samples
        (..., T, 2, h, w), px, T odd.

    Returns
    -------
    Tensor
        (..., T, 2, h, w): knots of a free path, the middle one zero.

    Raises
    ------
    ValueError
        If the shape is another, or T is even.

    Notes
    -----
    The sharp moment is read where it is, so a path has to pass through zero in the middle: the
    sample nearest to zero gives its place up for that. All others are kept to the last bit, so
    a plain mean over the knots loses that one sample's offset and nothing else.
    """
    if samples.dim() < 4 or samples.shape[-3] != 2 or samples.shape[-4] % 2 == 0:
        raise ValueError(
            f"samples must be (..., T, 2, h, w) with T odd, got {tuple(samples.shape)}"
        )
    count = samples.shape[-4]
    shortest = samples.square().sum(-3).argmin(-3, keepdim=True)
    at_rest = torch.zeros_like(samples[..., 0, :, :], dtype=torch.bool).scatter(-3, shortest, True)
    along = _place_along_line(samples)
    lowest, highest = along.amin(-3, keepdim=True), along.amax(-3, keepdim=True)
    # Sorted last, then moved to the middle: what lies on the other side of zero stays in order.
    order = torch.where(at_rest, highest + (highest - lowest) + 1, along).argsort(dim=-3)
    middle = count // 2
    order = torch.cat(
        [order[..., :middle, :, :], order[..., -1:, :, :], order[..., middle:-1, :, :]], -3
    )
    knots = torch.take_along_dim(samples, order.unsqueeze(-3), dim=-4)
    keep = torch.ones(count, device=samples.device, dtype=samples.dtype)
    keep[middle] = 0
    return knots * keep.view(-1, 1, 1, 1)


def _place_along_line(samples: Tensor) -> Tensor:
    """Place of each sample along its pixel's principal axis, (..., T, h, w)."""
    x, y = (samples - samples.mean(-4, keepdim=True)).unbind(-3)
    xx, yy, xy = (each.mean(-3, keepdim=True) for each in (x * x, y * y, x * y))
    # The double angle of the larger axis of the covariance; a dot at rest has none, so any will do.
    angle = torch.atan2(2 * xy + _TINY, xx - yy) / 2
    return x * angle.cos() + y * angle.sin()
