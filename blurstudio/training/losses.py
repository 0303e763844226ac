"""What the networks are asked to get right.

Each loss takes float32 maps and gives one number to be made small; where a paper has it, its
equation is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.exposure.decibels import SMALLEST_ERROR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from blurstudio.networks import MotionPrediction

_MIN_LOG_SCALE, _MAX_LOG_SCALE = -2.0, 5.0
_ERROR_FLOOR = 1e-4
"""Mean squared error at 40 dB."""

_BEND_SHARE = 1 / 3
"""What an error of the curvature counts beside one of the linear part: over the exposure a path
that errs by db t^2 is |db| / 12 px off in the mean, one that errs by da t is |da| / 4 px off."""


def deblur_loss(answer: Tensor, truth: Tensor) -> Tensor:
    """Negative PSNR in dB, mean over the pictures of a batch.

    The logarithm makes a hard picture count no more than an easy one. The floor keeps pictures
    that were sharp to begin with from counting for most.

    Notes
    -----
    Against Charbonnier plus a tenth of the spectrum's absolute error, over the same 240 steps
    from the same weights: +0.75 dB instead of +0.71 dB on held-out exposures, with as much detail
    (gradient energy 1.42 and 1.40 times the blurred picture's).
    """
    error = (answer - truth).square().mean((1, 2, 3))
    return 10 * (error + _ERROR_FLOOR).log10().mean()


def motion_loss(prediction: MotionPrediction, code: Tensor, valid: Tensor) -> Tensor:
    """Likelihood of the path under a predicted scale, and its curvature.

    Parameters
    ----------
    prediction
        The network's answer on its grid.
    code
        True sign-free code `(N, 4, h, w)` in px.
    valid
        `(N, 1, h, w)`, 1 where the truth holds.

    Notes
    -----
    The distance between the two paths follows a Laplace law, -log p = e / s + 2 log s, so `s`
    tells how far off the whole path is expected to be, curvature included.
    The curvature has its own term as well, set against the path's length: inside the likelihood
    alone it is never learned, since its share of the error is small. A plain error keeps
    gradients alive where the network has given up (large s).
    """
    linear, curved = code[:, :2], code[:, 2:]
    bend_error = _length(prediction.code[:, 2:] - curved)
    error = _length(prediction.code[:, :2] - linear)
    error = (error.square() + (_BEND_SHARE * bend_error).square()).sqrt()
    log_scale = prediction.log_scale.clamp(_MIN_LOG_SCALE, _MAX_LOG_SCALE)
    likelihood = error * (-log_scale).exp() + 2 * log_scale
    bend = bend_error / (4 + _length(linear))
    total = likelihood + 0.1 * error + 0.5 * bend
    return (total * valid).sum() / valid.sum().clamp(min=1)


def spread_loss(spread: Tensor, truth: Tensor, valid: Tensor) -> Tensor:
    """Likelihood of how far paths spread under a predicted scale, likewise.

    Parameters
    ----------
    spread
        `(N, 4, h, w)`: see `networks.MotionPrediction`.
    truth
        `(N, 3, h, w)` px, from `exposure.survey.spread.spread_of`.
    valid
        `(N, 1, h, w)`, 1 where the truth holds.
    """
    error = _length(spread[:, :3] - truth)
    log_scale = spread[:, 3:].clamp(_MIN_LOG_SCALE, _MAX_LOG_SCALE)
    total = error * (-log_scale).exp() + 3 * log_scale + 0.1 * error
    return (total * valid).sum() / valid.sum().clamp(min=1)


def _length(vector: Tensor) -> Tensor:
    return (vector.square().sum(1, keepdim=True) + 1e-4).sqrt()


def psnr(answer: Tensor, truth: Tensor) -> Tensor:
    """PSNR in dB of each picture of a batch, display-encoded, clipped to `[0, 1]`: `(N,)`."""
    error = (answer.clamp(0, 1) - truth).square().mean((1, 2, 3))
    return -10 * error.clamp(min=SMALLEST_ERROR).log10()


def path_error_share(prediction: MotionPrediction, code: Tensor, valid: Tensor) -> Tensor:
    """Error of the linear part as a share of no motion at all, over a batch (1 = no better)."""
    return error_share(prediction.code[:, :2], code[:, :2], valid)


def error_share(answer: Tensor, truth: Tensor, valid: Tensor) -> Tensor:
    """Error of vectors `(N, C, h, w)` as a share of that of zero, over a batch."""
    error = _length(answer - truth)
    return (error * valid).sum() / (_length(truth) * valid).sum().clamp(min=1e-6)


def mean_share(shares: Sequence[Tensor]) -> dict[str, float]:
    """Mean of some `path_error_share`, by that name; nothing where no path was known."""
    return {"path_error_share": float(torch.stack(tuple(shares)).mean())} if shares else {}


def resize_valid(valid: Tensor, size: tuple[int, int]) -> Tensor:
    """Reduce validity to a coarser grid: a cell counts only where all of it is valid."""
    return (F.adaptive_avg_pool2d(valid, size) > 0.999).to(valid.dtype)
