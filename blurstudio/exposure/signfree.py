"""Sign-free codes: a description of motion that reads the same forwards and backwards in time.

What a photo tells about a path is known up to u(t) -> u(-t) only; which of the two is meant is
decided in `direction`.
"""

from __future__ import annotations

import torch
from torch import Tensor

_TINY = 1e-12


def encode_sign_free(maps: Tensor) -> Tensor:
    """Write a quadratic path so that it reads the same forwards and backwards in time.

    Under reversal a -> -a and b -> b, so `a` is stored by its double angle and `b` as it is.

    Parameters
    ----------
    maps
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
    check_quadratic(maps)
    a, b = maps.unbind(-4)
    return torch.cat((double_angle(a), b), dim=-3)


def decode_sign_free(code: Tensor) -> Tensor:
    """Read a sign-free path back, with one of its two signs: `a` points right, or straight down.

    Parameters
    ----------
    code
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
    return torch.stack((half_angle(code[..., :2, :, :]), code[..., 2:, :, :]), dim=-4)


def double_angle(a: Tensor) -> Tensor:
    """Turn vectors (..., 2, h, w) to twice their angle, their length kept: a and -a are one."""
    x, y = a.unbind(-3)
    length = (x * x + y * y).clamp(min=_TINY).sqrt()
    return torch.stack(((x * x - y * y) / length, 2 * x * y / length), dim=-3)


def half_angle(double: Tensor) -> Tensor:
    """Undo `double_angle` up to the sign: of a and -a the one that points right."""
    cosine, sine = double.unbind(-3)
    length = (cosine * cosine + sine * sine).clamp(min=_TINY).sqrt()
    angle = torch.atan2(sine, cosine) / 2
    return torch.stack((length * angle.cos(), length * angle.sin()), dim=-3)


def check_quadratic(maps: Tensor) -> None:
    """Raise ValueError unless `maps` are those of quadratic paths, (..., 2, 2, h, w)."""
    if maps.dim() < 4 or maps.shape[-4] != 2 or maps.shape[-3] != 2:
        raise ValueError(f"maps must be (..., 2, 2, h, w), got {tuple(maps.shape)}")
