"""Blur creation: the mean, in linear light, of the frames read along the paths, and the residual.

    blurred(x) = mean over t in [-1/2, 1/2] of  S(x + u(x, t))

What such a reblur says about an explanation, and what it can't say, is `report`'s business.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.exposure.basis import times, trapezoid_weights
from blurstudio.exposure.light import clip, linear_to_srgb, srgb_to_linear
from blurstudio.exposure.warp import Border, gather, sample, sampling_grid

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.exposure.trajectory import Trajectory

_FEWEST, _MOST = 17, 129

# Samples (moments times pixels) read at once, on other devices and on the CPU: 36 bytes each.
_BAND_SAMPLES = (1 << 24, 1 << 20)


def sample_count(max_length_px: float) -> int:
    """Count the moments a reblur needs for steps of at most one pixel.

    Parameters
    ----------
    max_length_px
        Longest path, px.

    Returns
    -------
    int
        Odd, so that the sharp moment is among them; 17 to 129. Paths beyond 128 px are read in
        longer steps.
    """
    steps = math.ceil(min(max(max_length_px, 0.0), _MOST))
    return min(max(steps + 1 + steps % 2, _FEWEST), _MOST)


def reblur(
    sharp_linear: Tensor,
    offsets: Tensor,
    weights: Tensor | None = None,
    border: Border = "replicate",
) -> Tensor:
    """Average the frames of an exposure. Differentiable in picture, offsets and weights.

    Parameters
    ----------
    sharp_linear
        (N, 3, H, W), linear light.
    offsets
        (N, T, 2, H, W), px, at `times(T)`.
    weights
        (T,) summing to 1; by default `trapezoid_weights(T)`. Zhang et al. 2020 take 1 / T.
    border
        What lies beyond the picture.

    Returns
    -------
    Tensor
        (N, 3, H, W), linear light, not clipped.

    Raises
    ------
    ValueError
        If a shape does not fit.

    Notes
    -----
    Source: Zhang et al. 2020, blur creation module (gather sampling and a mean over time).
    """
    if offsets.dim() != 5 or offsets.shape[2] != 2:
        raise ValueError(f"offsets must be (N, T, 2, H, W), got {tuple(offsets.shape)}")
    count = offsets.shape[1]
    if weights is None:
        weights = trapezoid_weights(count, device=offsets.device)
    if tuple(weights.shape) != (count,):
        raise ValueError(f"weights must be ({count},), got {tuple(weights.shape)}")
    # A frame at a time rather than all as one batch: without gradients memory holds only one.
    blurred = torch.zeros_like(sharp_linear)
    for moment, weight in zip(offsets.unbind(1), weights.to(sharp_linear), strict=True):
        blurred = blurred + weight * gather(sharp_linear, moment, border)
    return blurred


def reblur_along(
    sharp_srgb: Tensor,
    trajectory: Trajectory,
    count: int | None = None,
    on_step: Callable[[float], None] | None = None,
    interval: tuple[float, float] = (-0.5, 0.5),
) -> Tensor:
    """Expose a sharp photo again along its paths, a band of rows at a time.

    Memory beyond the photo: its linear copy, the result, and some 50 MB for the band at work.
    Not differentiable; `reblur` is.

    Parameters
    ----------
    sharp_srgb
        (3, H, W), sRGB-encoded, [0, 1].
    trajectory
        Paths; brought to the photo's size and device.
    count
        Moments; by default `sample_count` of the longest path.
    on_step
        Called with the fraction done, (0, 1], after each band. What it raises ends the work.
    interval
        First and last moment for which the shutter is open, [-1/2, 1/2]. Default: all the time.

    Returns
    -------
    Tensor
        (3, H, W), sRGB-encoded, clipped to [0, 1].

    Raises
    ------
    ValueError
        If the shape does not fit.
    """
    if sharp_srgb.dim() != 3:
        raise ValueError(f"sharp_srgb must be (3, H, W), got {tuple(sharp_srgb.shape)}")
    height, width = sharp_srgb.shape[-2:]
    device = sharp_srgb.device
    along = trajectory.to(device)
    if count is None:
        count = sample_count(float(along.grid_length((height, width)).max()))
    first, last = interval
    moments = (first + last) / 2 + (last - first) * times(count, device)
    weights = trapezoid_weights(count, device)
    rows = max(1, _BAND_SAMPLES[device.type == "cpu"] // (count * width))
    with torch.no_grad():
        light, result = torch.empty_like(sharp_srgb), torch.empty_like(sharp_srgb)
        for top in range(0, height, rows):
            # In bands, too: the curve's intermediate steps are as large as what they work on.
            light[:, top : top + rows] = srgb_to_linear(sharp_srgb[:, top : top + rows])
        for top in range(0, height, rows):
            bottom = min(top + rows, height)
            offsets = along.offsets(moments, (height, width), (top, bottom))
            # Moments form the batch: that is the axis over which threads share the sampling.
            grid = sampling_grid(offsets, (height, width), top)
            frames = sample(light.expand(count, -1, -1, -1), grid)
            mean = torch.tensordot(weights.to(frames), frames, dims=1)
            result[:, top:bottom] = linear_to_srgb(clip(mean))
            if on_step is not None:
                on_step(bottom / height)
    return result


def residual(blurred_srgb: Tensor, reblurred_srgb: Tensor) -> Tensor:
    """Subtract the reblur from the photo: what the explanation leaves unexplained.

    Parameters
    ----------
    blurred_srgb, reblurred_srgb
        The same shape, [0, 1].

    Returns
    -------
    Tensor
        That shape, [-1, 1].

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    if blurred_srgb.shape != reblurred_srgb.shape:
        raise ValueError(
            f"reblurred_srgb must be {tuple(blurred_srgb.shape)} like the photo, "
            f"got {tuple(reblurred_srgb.shape)}"
        )
    return blurred_srgb - reblurred_srgb
