"""Deconvolution along known paths: Richardson-Lucy with total variation, in linear light.

The blur itself is `path_blur`'s. Where the paths come from, how long to iterate and how photos
larger than memory are cut are not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.exposure.one_path_blur import blur_along

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blurstudio.exposure.trajectory import Trajectory

CLIP = 0.96
"""Linear light from which a pixel counts as saturated: 251 of 255 levels."""

_DARK = 0.002
"""Added before dividing: noise does not vanish in black, and tiny divisors would explode."""

_EDGE = 1e-3
"""Gradient, of the root of light, below which total variation smooths rather than flattens."""

_SEEN = 0.01
"""Share of a pixel's light that must have reached the photo for the photo to say anything of it."""

_LEAST = 0.1
"""The regulariser may speed a pixel up tenfold at most."""


def deconvolve(
    blurred_linear: Tensor,
    trajectory: Trajectory,
    *,
    iterations: float | Tensor,
    tv: float = 0.006,
    clip: float = CLIP,
    moments: int | None = None,
    on_step: Callable[[float], None] | None = None,
) -> Tensor:
    """Recover the sharp picture of a photo whose paths are known.

    Parameters
    ----------
    blurred_linear
        (3, H, W), linear light, [0, 1].
    trajectory
        Paths; brought to the photo's size and device. Their direction does not matter.
    iterations
        How many, everywhere or for each pixel, (H, W); fractions lie between two iterations, 0
        leaves the photo as it is.
    tv
        Weight of total variation; more for noisier photos.
    clip
        Linear light from which a pixel is saturated and says nothing.
    moments
        Moments at which the paths are read. Default: `moment_count` of the longest; parts of one
        photo agree when they are given the same.
    on_step
        Called with the fraction done, (0, 1], after each iteration. What it raises ends the work.

    Returns
    -------
    Tensor
        (3, H, W), linear light, at least 0; beyond 1 where light sources were clipped.

    Raises
    ------
    ValueError
        If a shape does not fit.

    Notes
    -----
    Source: Richardson 1972, Lucy 1974; total variation after Dey et al. 2006; saturated pixels
    left out after Whyte et al. 2014.
    """
    _check_picture(blurred_linear)
    size = tuple(blurred_linear.shape[-2:])
    depth = torch.as_tensor(iterations, device=blurred_linear.device)
    if depth.dim() and tuple(depth.shape) != size:
        raise ValueError(f"iterations must be a number or {size}, got {tuple(depth.shape)}")
    steps = max(0, -int(-depth.max() // 1))
    result = blurred_linear.clone()
    if not steps:
        return result
    before = blurred_linear
    pictures = iterates(blurred_linear, trajectory, tv=tv, clip=clip, moments=moments)
    for step, after in enumerate(pictures):
        result += advance(before, after, depth, step)
        before = after
        if on_step is not None:
            on_step((step + 1) / steps)
        if step + 1 == steps:
            break
    return result.clamp_(min=0)


def advance(before: Tensor, after: Tensor, depth: Tensor, step: int) -> Tensor:
    """Change by iteration number `step`, counted from 0, of pixels that stop at their `depth`."""
    return (after - before) * (depth - step).clamp(0, 1)


def iterates(
    blurred_linear: Tensor,
    trajectory: Trajectory,
    *,
    tv: float,
    clip: float = CLIP,
    moments: int | None = None,
) -> Iterator[Tensor]:
    """Iterate for ever; parameters as for `deconvolve`.

    Yields
    ------
    Tensor
        (3, H, W), linear light, the picture after one iteration, after two, and so on.
    """
    _check_picture(blurred_linear)
    size = (blurred_linear.shape[-2], blurred_linear.shape[-1])
    operator = blur_along(trajectory.to(blurred_linear.device), size, moments)
    trusted = (blurred_linear < clip).to(blurred_linear)
    # What a wholly trusted photo of the right brightness would give back: 1 inside, less beyond.
    norm = operator.spread(trusted)
    seen = norm > _SEEN
    target = (blurred_linear + _DARK) * trusted
    now = before = operator.widened(blurred_linear)
    step = 0
    while True:
        # Momentum of a fixed schedule, not one measured on the picture: tiles agree.
        ahead = torch.lerp(before, now, 1 + step / (step + 3)).clamp_(min=0)
        correction = operator.spread(target / (operator.blur(ahead) + _DARK))
        divisor = torch.maximum(norm - tv * _flow_of_variation(ahead), _LEAST * norm + 1e-3)
        light = (ahead + _DARK) * correction / divisor - _DARK
        # Nothing is known of what only saturated pixels saw, or no pixel: that stays.
        before, now = now, torch.where(seen, light.clamp_(min=0), now)
        step += 1
        yield operator.narrowed(now)


def _flow_of_variation(light: Tensor) -> Tensor:
    """Direction of steepest descent of total variation, in light; colours share their edges.

    It is the variation of the root of light, in which noise is alike in bright and dark and which
    is nearer to what the eye sees.
    """
    root = (light + _DARK).sqrt_()
    x, y = torch.zeros_like(root), torch.zeros_like(root)
    torch.sub(root[:, :, 1:], root[:, :, :-1], out=x[:, :, :-1])
    torch.sub(root[:, 1:], root[:, :-1], out=y[:, :-1])
    steepness = (x.square().sum(0) + y.square().sum(0) + _EDGE**2).rsqrt_()
    x *= steepness
    y *= steepness
    flow = x + y
    flow[:, :, 1:] -= x[:, :, :-1]
    flow[:, 1:] -= y[:, :-1]
    return flow.div_(root.mul_(4))


def _check_picture(picture: Tensor) -> None:
    if picture.dim() != 3:
        raise ValueError(f"blurred_linear must be (3, H, W), got {tuple(picture.shape)}")
