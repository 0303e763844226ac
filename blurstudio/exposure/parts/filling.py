"""Filling what isn't known from what is known around it, smoothly: no streaks, no edges.

What is unknown, and why, is decided elsewhere.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def fill(values: Tensor, known: Tensor) -> Tensor:
    """Fill unknown places by push-pull: averages of what is known around, wider ones farther off.

    Parameters
    ----------
    values
        (C, H, W), any range; what unknown places hold does not matter.
    known
        (H, W), bool or [0, 1]; known places keep their values.

    Returns
    -------
    Tensor
        (C, H, W); zeros where nothing at all is known.

    Raises
    ------
    ValueError
        If the shapes do not fit each other.

    Notes
    -----
    Source: Gortler et al. 1996, The Lumigraph, section 3.4 (pull-push).
    """
    if values.dim() != 3 or known.shape != values.shape[1:]:
        raise ValueError(
            f"values must be (C, H, W) and known (H, W), "
            f"got {tuple(values.shape)} and {tuple(known.shape)}"
        )
    weight = known.to(values)[None, None]
    # Unknown places may hold anything, even what is not finite.
    value = torch.where(weight > 0, values[None], 0)
    levels = [(value, weight)]
    while max(value.shape[-2:]) > 1:
        share = _halved(weight)
        value = _halved(value * weight) / share.clamp(min=1e-6)
        # One known cell of four is enough to be sure of all four.
        weight = (4 * share).clamp(max=1)
        levels.append((value, weight))
    filled = levels.pop()[0]
    while levels:
        value, weight = levels.pop()
        size = (value.shape[-2], value.shape[-1])
        wide = F.interpolate(filled, size, mode="bilinear", align_corners=False)
        filled = torch.lerp(wide, value, weight)
    return filled[0]


def _halved(maps: Tensor) -> Tensor:
    return F.avg_pool2d(maps, 2, ceil_mode=True)
