"""One motion from readings of a picture at several scales, each trusted where it sees best.

Readings are sign-free codes with the error that they expect; networks are not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.resample import resample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

SCALES = (1.0, 0.5, 0.25)
"""Scales at which a picture is read. A network reads paths of certain lengths in px best; a smaller
picture brings long ones to these lengths."""

PREFERENCE = (2.51, 11.36, -3.89, 6.63, -1.57)
"""How much a reading's own error counts, and how far each scale but the coarsest is favoured
besides: a constant and a slope over the logarithm of the path's length as the coarsest sees it."""
# Found by descent on the path error of 96 simulated exposures (3 to 80 px, photos of the training
# set): `python -m benchmarks.fusion`.
# Path error on every fourth exposure of the Kodak set with an earlier network, all / surer half:
# full scale 48.4 / 24.4 %, half scale 43.1 / 24.6 %, these three 41.1 / 21.8 %. Mirrored readings
# besides: 0.1 to 0.5 % better, for more time than there is.


@dataclass(frozen=True, eq=False)
class MotionReading:
    """What was read from a picture at one scale.

    Parameters
    ----------
    scale
        One of `SCALES`.
    code
        (4, h, w) sign-free code, px of the picture that was read.
    error
        (h, w), expected error of the code, the same px, above zero.
    """

    scale: float
    code: Tensor
    error: Tensor

    def __post_init__(self) -> None:
        if self.scale not in SCALES:
            raise ValueError(f"scale must be one of {SCALES}, got {self.scale}")
        if self.code.dim() != 3 or self.code.shape[0] != 4:
            raise ValueError(f"code must be (4, h, w), got {tuple(self.code.shape)}")
        if self.error.shape != self.code.shape[1:]:
            raise ValueError(
                f"error must be {tuple(self.code.shape[1:])} like the code, "
                f"got {tuple(self.error.shape)}"
            )


def fuse(
    readings: Sequence[MotionReading], preference: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Average readings of one picture, each by how well it is expected to see.

    Parameters
    ----------
    readings
        The finest first; its grid and its px are those of the answer.
    preference
        In place of `PREFERENCE`, to fit it.

    Returns
    -------
    code : Tensor
        (4, h, w), px of the finest picture.
    error : Tensor
        (h, w), expected error of the code, the same px.

    Raises
    ------
    ValueError
        If there is no reading.
    """
    if not readings:
        raise ValueError("there must be a reading, got none")
    if len(readings) == 1:
        return readings[0].code, readings[0].error
    grid = (readings[0].code.shape[-2], readings[0].code.shape[-1])
    finest = readings[0].scale
    codes = torch.stack([resample(each.code, grid) * (finest / each.scale) for each in readings])
    errors = torch.stack(
        [resample(each.error.log()[None], grid)[0] for each in readings]
    ) + codes.new_tensor([finest / each.scale for each in readings]).log().view(-1, 1, 1)
    coarsest = torch.hypot(codes[-1, 0], codes[-1, 1])
    if preference is None:
        preference = codes.new_tensor(PREFERENCE)
    trust, favour = preference[0], torch.cat([preference[1:], preference.new_zeros(2)])
    rows = [SCALES.index(each.scale) for each in readings]
    constant, slope = favour.view(-1, 2)[rows].T[..., None, None]
    weight = (constant + slope * coarsest.log1p() - trust * errors).softmax(dim=0)
    return (weight[:, None] * codes).sum(0), (weight * errors).sum(0).exp()
