"""What the channels of Zhang et al.'s offset network mean: offsets at moments, and maps of paths.

The network gives ends (or, unconstrained, all samples); here they become the offsets that blur
creation averages, and the maps of our families of paths. Nothing here is learned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.basis import Constraint, evaluate_maps, times
from blurstudio.exposure.ordering import order_samples

if TYPE_CHECKING:
    from torch import Tensor

SAMPLES = 15
"""Moments of the exposure in Zhang et al. 2020, their N."""

_ENDS = {Constraint.LINEAR: 2, Constraint.BILINEAR: 4, Constraint.QUADRATIC: 4}


def channels_of(constraint: Constraint, samples: int = SAMPLES) -> int:
    """Channels that a network answers with: the start, start and end, or all samples (x and y)."""
    return _ENDS.get(constraint, 2 * samples)


def path_maps(answer: Tensor, constraint: Constraint) -> Tensor:
    """Turn an offset network's answer into the maps of our families of paths.

    Parameters
    ----------
    answer
        `(N, channels_of(constraint), H, W)` px: the offset S when the shutter opens (linear),
        S and the offset E when it closes (bilinear, quadratic), or unordered samples (free).
    constraint
        Family of the paths.

    Returns
    -------
    Tensor
        `(N, C, 2, H, W)` px, see `blurstudio.exposure.basis.Constraint`. Free samples are put in
        order first, see `blurstudio.exposure.ordering`.

    Raises
    ------
    ValueError
        If the channels do not fit.

    Notes
    -----
    Source: Zhang et al. 2020. Their quadratic paths are the parabola through S, 0 and E, which is
    u(t) = a t + b t^2 with a = E - S and b = 2 (S + E).
    """
    ends = _vectors(answer, constraint)
    if constraint is Constraint.LINEAR:
        return -2 * ends
    if constraint is Constraint.QUADRATIC:
        first, last = ends.unbind(1)
        return torch.stack([last - first, 2 * (first + last)], 1)
    if constraint is Constraint.BILINEAR:
        return ends
    return order_samples(ends)


def path_samples(answer: Tensor, constraint: Constraint, samples: int = SAMPLES) -> Tensor:
    """Offsets of an answer at evenly spaced moments, as blur creation averages them.

    Parameters
    ----------
    answer, constraint
        As for `path_maps`.
    samples
        Number of moments; free answers have their own.

    Returns
    -------
    Tensor
        `(N, T, 2, H, W)` px, at `times(T)`; free ones in no order.

    Raises
    ------
    ValueError
        If the channels do not fit.
    """
    if constraint is Constraint.FREE:
        return _vectors(answer, constraint)
    maps = path_maps(answer, constraint)
    return evaluate_maps(maps, constraint, times(samples, answer.device))


def even_maps(maps: Tensor, constraint: Constraint, samples: int = SAMPLES) -> Tensor:
    """Lengthen paths so that an exposure without steps says what a plain mean of samples says.

    Each of N samples stands for 1/N of the exposure, the outermost too, so what a plain mean
    averages reaches half a step beyond the first and the last: paths are N / (N - 1) times as
    long in time.

    Parameters
    ----------
    maps
        `(..., C, 2, h, w)` px, from `path_maps`.
    constraint
        Family of the paths.
    samples
        The N of the plain mean.

    Returns
    -------
    Tensor
        `(..., C, 2, h, w)` px: the same curves, followed to where the outermost shares end.
    """
    beyond = samples / (samples - 1)
    if constraint is Constraint.QUADRATIC:
        return maps * maps.new_tensor((beyond, beyond**2)).view(2, 1, 1, 1)
    if constraint is not Constraint.FREE:
        return maps * beyond
    count = maps.shape[-4]
    moments = times(count, maps.device) * count / (count - 1)
    knots = evaluate_maps(maps, constraint, moments)
    # Beyond its outermost knots the path goes on as it did from the last but one.
    ends = maps[..., [0, -1], :, :, :]
    onward = ends + (ends - maps[..., [1, -2], :, :, :]) / 2
    inner = knots[..., 1:-1, :, :, :]
    return torch.cat([onward[..., :1, :, :, :], inner, onward[..., 1:, :, :, :]], -4)


def _vectors(answer: Tensor, constraint: Constraint) -> Tensor:
    """(N, C, H, W) as (N, C/2, 2, H, W)."""
    wanted = _ENDS.get(constraint)
    if answer.dim() != 4 or answer.shape[1] % 2 or wanted not in (None, answer.shape[1]):
        raise ValueError(
            f"a {constraint} answer must be (N, {wanted or '2T'}, H, W), got {tuple(answer.shape)}"
        )
    return answer.view(len(answer), -1, 2, *answer.shape[-2:])
