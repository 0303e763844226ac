"""Time's arrow: sign-free encoding of quadratic paths, and a direction that agrees with itself.

A blurred photo is unchanged when time runs backwards, so what a photo tells about a path is known
up to u(t) -> u(-t) only; which of the two is meant is decided here and nowhere else.
"""

from __future__ import annotations

import torch
from torch import Tensor

from blurstudio.exposure.forest import spanning_signs

_TINY = 1e-12

# A mean motion this much steeper than wide is vertical: its faint rightward part is chance.
_UPRIGHT = 0.1


def encode_sign_free(maps: Tensor) -> Tensor:
    """Write a quadratic path so that it reads the same forwards and backwards in time.

    Under reversal a -> -a and b -> b, so `a` is stored by its double angle and `b` as it is.

    Parameters
    ----------
    maps : Tensor
        (..., 2, 2, h, w), the maps a and b of u(t) = a t + b t^2, px.

    Returns
    -------
    Tensor
        (..., 4, h, w): |a| cos 2θ, |a| sin 2θ, b_x, b_y, px.

    Raises
    ------
    ValueError
        If the shape is another.
    """
    _check_quadratic(maps)
    a, b = maps.unbind(-4)
    x, y = a.unbind(-3)
    length = (x * x + y * y).clamp(min=_TINY).sqrt()
    double = torch.stack(((x * x - y * y) / length, 2 * x * y / length), dim=-3)
    return torch.cat((double, b), dim=-3)


def decode_sign_free(code: Tensor) -> Tensor:
    """Read a sign-free path back, with one of its two signs: `a` points right, or straight down.

    Parameters
    ----------
    code : Tensor
        (..., 4, h, w), from `encode_sign_free`, px.

    Returns
    -------
    Tensor
        (..., 2, 2, h, w), the maps a and b, px.

    Raises
    ------
    ValueError
        If the shape is another.
    """
    if code.dim() < 3 or code.shape[-3] != 4:
        raise ValueError(f"code must be (..., 4, h, w), got {tuple(code.shape)}")
    cosine, sine, b_x, b_y = code.unbind(-3)
    length = (cosine * cosine + sine * sine).clamp(min=_TINY).sqrt()
    angle = torch.atan2(sine, cosine) / 2
    a = torch.stack((length * angle.cos(), length * angle.sin()), dim=-3)
    return torch.stack((a, torch.stack((b_x, b_y), dim=-3)), dim=-4)


def align(maps: Tensor, confidence: Tensor | None = None) -> Tensor:
    """Give quadratic paths one direction of time that agrees with itself over the picture.

    Neighbours are made to agree, beginning with the surest and most alike; then the whole is
    turned so that the mean motion of the content, -a, points right, or down if it is vertical.
    A path is kept as it is or reversed as a whole, so the reblur is unchanged.

    Parameters
    ----------
    maps : Tensor
        (2, 2, h, w), the maps a and b of u(t) = a t + b t^2, px.
    confidence : Tensor, optional
        (h, w), [0, 1].

    Returns
    -------
    Tensor
        (2, 2, h, w), px.

    Raises
    ------
    ValueError
        If a shape does not fit.

    Notes
    -----
    Source: Hoppe et al. 1992, who orient the normals of a surface along a spanning tree.
    """
    _check_quadratic(maps)
    if maps.dim() != 4:
        raise ValueError(f"maps must be (2, 2, h, w), got {tuple(maps.shape)}")
    height, width = maps.shape[-2:]
    if confidence is None:
        confidence = maps.new_ones(height, width)
    if tuple(confidence.shape) != (height, width):
        raise ValueError(f"confidence must be {(height, width)}, got {tuple(confidence.shape)}")
    a = maps[0].detach().flatten(1)
    sure = confidence.detach().to(a).flatten()
    edges = _neighbours(height, width, maps.device)
    one, other = a[:, edges[0]], a[:, edges[1]]
    product = (one * other).sum(0)
    # 1 for equal paths, less the more they differ in angle or in length: a long path must not
    # speak for the short one beside it, which belongs to something else.
    longer = torch.maximum((one * one).sum(0), (other * other).sum(0)).clamp(min=_TINY)
    strength = product.abs() / longer * torch.minimum(sure[edges[0]], sure[edges[1]])
    relation = torch.where(product < 0, -1.0, 1.0).to(a)
    sign = spanning_signs(edges, strength, relation, height * width)
    sign = sign * _global_sign(a * sign, sure)
    turned = torch.stack((sign, torch.ones_like(sign))).view(2, 1, height, width)
    return maps * turned


def _neighbours(height: int, width: int, device: torch.device) -> Tensor:
    """(2, E) pairs of cells that touch, corners included."""
    cell = torch.arange(height * width, device=device).view(height, width)
    pairs = (
        (cell[:, :-1], cell[:, 1:]),
        (cell[:-1], cell[1:]),
        (cell[:-1, :-1], cell[1:, 1:]),
        (cell[:-1, 1:], cell[1:, :-1]),
    )
    return torch.stack(
        [torch.cat([each.flatten() for each in side]) for side in zip(*pairs, strict=True)]
    )


def _global_sign(a: Tensor, sure: Tensor) -> float:
    """1 if the mean content motion -a points right, or down where it is all but vertical."""
    right, down = (-(a * sure).sum(1)).tolist()
    leading = right if abs(right) > _UPRIGHT * abs(down) else down
    return -1.0 if leading < 0 else 1.0


def _check_quadratic(maps: Tensor) -> None:
    if maps.dim() < 4 or maps.shape[-4] != 2 or maps.shape[-3] != 2:
        raise ValueError(f"maps must be (..., 2, 2, h, w), got {tuple(maps.shape)}")
