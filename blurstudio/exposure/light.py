"""Transfer curves between sRGB-encoded pixels and linear light, and clipping.

Only the curves live here; a photo's own ICC profile is handled where photos are read.
"""

from __future__ import annotations

import torch
from torch import Tensor

_LINEAR_KNEE = 0.0031308
_ENCODED_KNEE = 0.04045


def srgb_to_linear(x: Tensor) -> Tensor:
    """Decode sRGB pixels to linear light.

    Values above 1 continue the curve and values below 0 continue its straight foot, so the
    function is one to one everywhere and its gradient is finite, at black too.

    Parameters
    ----------
    x
        Encoded values, any shape; [0, 1] for a picture.

    Returns
    -------
    Tensor
        Linear light of the same shape.

    Notes
    -----
    Source: IEC 61966-2-1.
    """
    # The power is kept away from its foot: torch.where would hand back NaN times zero otherwise.
    curve = ((x.clamp(min=_ENCODED_KNEE) + 0.055) / 1.055) ** 2.4
    return torch.where(x <= _ENCODED_KNEE, x / 12.92, curve)


def linear_to_srgb(x: Tensor) -> Tensor:
    """Encode linear light as sRGB pixels; the inverse of `srgb_to_linear`.

    Parameters
    ----------
    x
        Linear light, any shape; [0, 1] for a picture.

    Returns
    -------
    Tensor
        Encoded values of the same shape.

    Notes
    -----
    Source: IEC 61966-2-1.
    """
    curve = 1.055 * x.clamp(min=_LINEAR_KNEE) ** (1 / 2.4) - 0.055
    return torch.where(x <= _LINEAR_KNEE, x * 12.92, curve)


def clip(x: Tensor) -> Tensor:
    """Clip light to what a sensor or a file can hold, [0, 1]."""
    return x.clamp(0.0, 1.0)
