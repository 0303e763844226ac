"""Learning without labels: a sharp picture is exposed again along the offsets and compared.

The loss is that of Zhang et al.; which network gave the offsets is not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.exposure.light import clip, linear_to_srgb, srgb_to_linear
from blurstudio.exposure.reblur import reblur
from blurstudio.training.similarity import ms_ssim

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.exposure.warp import Border
    from blurstudio.training.recipe import LossRecipe


def expose_again(sharp: Tensor, offsets: Tensor, wanted: LossRecipe) -> Tensor:
    """Average the frames of an exposure as the paper does: every sample counts alike.

    Parameters
    ----------
    sharp
        `(N, 3, H, W)`, sRGB-encoded `[0, 1]`.
    offsets
        `(N, T, 2, H, W)` px.
    wanted
        Light in which to average, and border.

    Returns
    -------
    Tensor
        `(N, 3, H, W)`, sRGB-encoded; in linear light clipped to `[0, 1]`.
    """
    count = offsets.shape[1]
    weights = offsets.new_full((count,), 1 / count)
    border: Border = "zeros" if wanted.border == "zeros" else "replicate"
    if wanted.light == "display":
        return reblur(sharp, offsets, weights, border)
    return linear_to_srgb(clip(reblur(srgb_to_linear(sharp), offsets, weights, border)))


def offset_loss(reblurred: Tensor, blurred: Tensor, offsets: Tensor, wanted: LossRecipe) -> Tensor:
    """Loss of offsets by what they make of the sharp picture.

    Parameters
    ----------
    reblurred, blurred
        `(N, 3, H, W)`, sRGB-encoded.
    offsets
        `(N, T, 2, H, W)` px, from which `reblurred` was made.
    wanted
        Weights of the terms; terms of weight zero are not computed.

    Returns
    -------
    Tensor
        One number.

    Notes
    -----
    Source: Zhang et al. 2020: squared error, structure (1 - MS-SSIM), smoothness (absolute
    differences of neighbouring offsets) and magnitude (squared offsets), each as a mean.
    """
    total = wanted.mse * (reblurred - blurred).square().mean()
    if wanted.structure:
        total = total + wanted.structure * (1 - ms_ssim(reblurred, blurred).mean())
    if wanted.smoothness:
        total = total + wanted.smoothness * roughness(offsets)
    if wanted.magnitude:
        total = total + wanted.magnitude * offsets.square().mean()
    return total


def roughness(offsets: Tensor) -> Tensor:
    """Mean absolute difference of offsets `(N, T, 2, H, W)` of neighbours, along x plus along y."""
    across, down = offsets.diff(dim=-1), offsets.diff(dim=-2)
    mean: Tensor = across.abs().mean() + down.abs().mean()
    return mean
