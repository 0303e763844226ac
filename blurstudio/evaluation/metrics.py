"""How near one picture is to another: PSNR and SSIM as the published figures take them.

Both protocols of SSIM in use are here, because their values differ by several hundredths; means
over a set are means of per-picture values. Errors of paths live in `path_error`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import torch
from torch import Tensor

from blurstudio.exposure.decibels import decibels

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGMA = 1.5
_RADIUS = 5
_LUMINANCE = 0.01**2
_CONTRAST = 0.03**2


def as_eight_bit(picture: Tensor) -> Tensor:
    """Clip to [0, 1] and round to the 256 levels a file of 8 bits holds.

    Parameters
    ----------
    picture
        Any shape, [0, 1], sRGB-encoded.

    Returns
    -------
    Tensor
        The same shape in float32, whole levels divided by 255.
    """
    return picture.float().clamp(0, 1).mul(255).round().div(255)


def psnr(picture: Tensor, truth: Tensor) -> float:
    """Peak signal-to-noise ratio of 8-bit pictures, as GoPro figures are taken.

    Both are rounded to 8 bits first; the error is the mean over all pixels and channels.

    Parameters
    ----------
    picture, truth
        Same shape, e.g. (3, H, W), [0, 1], sRGB-encoded.

    Returns
    -------
    float
        dB; infinite when the rounded pictures are equal.

    Raises
    ------
    ValueError
        If the shapes differ.

    Notes
    -----
    Source: Nah et al. 2017 and the public evaluations that follow it.
    """
    return psnr_of_floats(as_eight_bit(picture), as_eight_bit(truth))


def psnr_of_floats(picture: Tensor, truth: Tensor) -> float:
    """Peak signal-to-noise ratio without rounding or clipping, peak 1.

    Parameters
    ----------
    picture, truth
        Same shape, [0, 1].

    Returns
    -------
    float
        dB; infinite when they are equal.

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    _check_alike(picture, truth)
    error = (picture.double() - truth.double()).square().mean().item()
    return decibels(error)


def ssim(picture: Tensor, truth: Tensor) -> float:
    """Structural similarity with a window over the colours too, as MATLAB takes it of (H, W, 3).

    A Gaussian window of 11 x 11 x 11 and sigma 1.5, edges replicated on all three axes, mean over
    every pixel and channel; the pictures are rounded to 8 bits first. Published GoPro figures of
    0.96 and more are of this kind.

    Parameters
    ----------
    picture, truth
        (3, H, W), [0, 1], sRGB-encoded.

    Returns
    -------
    float
        At most 1, which means equal.

    Raises
    ------
    ValueError
        If the shapes differ or are not (C, H, W).
    """
    first, second = _rounded_pair(picture, truth)
    return float(_similarity(first, second, across_colours=True).mean())


def ssim_per_channel(picture: Tensor, truth: Tensor) -> float:
    """Structural similarity of each colour channel alone, then their mean.

    A Gaussian window of 11 x 11 and sigma 1.5, population variances, and only windows that lie
    wholly inside the picture count; the pictures are rounded to 8 bits first.

    Parameters
    ----------
    picture, truth
        (3, H, W), at least 11 x 11, [0, 1], sRGB-encoded.

    Returns
    -------
    float
        At most 1, which means equal.

    Raises
    ------
    ValueError
        If the shapes differ, are not (C, H, W), or no window fits in.

    Notes
    -----
    Source: Wang et al. 2004; scikit-image with `gaussian_weights` and without sample covariance.
    """
    first, second = _rounded_pair(picture, truth)
    if min(first.shape[-2:]) < 2 * _RADIUS + 1:
        raise ValueError(f"pictures must be at least 11 x 11, got {tuple(first.shape)}")
    inside = slice(_RADIUS, -_RADIUS)
    return float(_similarity(first, second, across_colours=False)[..., inside, inside].mean())


def mean(values: Iterable[float]) -> float:
    """Mean of per-picture values; not a number when there are none."""
    listed = list(values)
    return math.fsum(listed) / len(listed) if listed else math.nan


def _similarity(first: Tensor, second: Tensor, *, across_colours: bool) -> Tensor:
    """SSIM of every pixel and channel, (C, H, W)."""
    mean_1, mean_2, square_1, square_2, product = (
        _average(each, across_colours=across_colours)
        for each in (first, second, first * first, second * second, first * second)
    )
    means = mean_1 * mean_2
    squares = mean_1.square() + mean_2.square()
    covariance = product - means
    variances = square_1 + square_2 - squares
    similar = (2 * means + _LUMINANCE) * (2 * covariance + _CONTRAST)
    return similar / ((squares + _LUMINANCE) * (variances + _CONTRAST))


def _average(values: Tensor, *, across_colours: bool) -> Tensor:
    """Weighted mean of (C, H, W) under the window around every pixel, edges replicated."""
    window = _window()
    # OpenCV filters doubles twenty times faster than torch does on a CPU.
    taps = window.numpy()
    blurred = torch.stack(
        [
            torch.from_numpy(
                cv2.sepFilter2D(channel, -1, taps, taps, borderType=cv2.BORDER_REPLICATE)
            )
            for channel in values.cpu().numpy()
        ]
    )
    if not across_colours:
        return blurred
    return torch.einsum("dc,chw->dhw", _replicating_window(len(values)), blurred)


def _window() -> Tensor:
    place = torch.arange(-_RADIUS, _RADIUS + 1, dtype=torch.float64)
    weight = torch.exp(-place.square() / (2 * _SIGMA**2))
    return weight / weight.sum()


def _replicating_window(count: int) -> Tensor:
    """Write the window over a short, replicated axis as a (count, count) matrix."""
    weights = torch.zeros(count, count, dtype=torch.float64)
    for target in range(count):
        for step, weight in enumerate(_window(), start=-_RADIUS):
            weights[target, min(max(target + step, 0), count - 1)] += weight
    return weights


def _rounded_pair(picture: Tensor, truth: Tensor) -> tuple[Tensor, Tensor]:
    _check_alike(picture, truth)
    if picture.dim() != 3:
        raise ValueError(f"pictures must be (C, H, W), got {tuple(picture.shape)}")
    # Second moments minus squared means lose half the digits: doubles keep flat pictures exact.
    return as_eight_bit(picture).double(), as_eight_bit(truth).double()


def _check_alike(picture: Tensor, truth: Tensor) -> None:
    if picture.shape != truth.shape:
        raise ValueError(
            f"pictures must have one shape, got {tuple(picture.shape)} and {tuple(truth.shape)}"
        )
