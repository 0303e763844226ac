"""What a keeping network is asked for: a picture nearer to the truth than the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import torch
import torch.nn.functional as F

from blurstudio.training.losses import psnr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import Tensor, nn

    from blurstudio.training.course_batches import CourseBatch


KEEPING_HARM, SHAKE_HARM = 3.0, 1.0
"""What a decibel that is lost counts besides what one that is won does: a picture that got worse is
what a person notices. Shakes that are not believed do no harm."""

_FLOOR = 1e-4
"""Mean squared error, of 40 dB, that is added to all: pictures that are sharp count little."""


class CourseTask:
    """Course of a refinement to what is kept of it.

    Parameters
    ----------
    harm
        What a decibel that is lost counts besides what one that is won does.
    """

    def __init__(self, harm: float = KEEPING_HARM) -> None:
        self._harm = harm

    def loss(self, network: nn.Module, batch: CourseBatch) -> Tensor:
        """Negative PSNR gained over the picture before, in dB; what is lost counts more."""
        before, after = (
            (picture - batch.sharp).square().mean((1, 2, 3)) + _FLOOR
            for picture in (batch.start, _kept(network, batch))
        )
        lost = 10 * (after / before).log10()
        return (lost + self._harm * F.relu(lost)).mean()

    def measure(self, network: nn.Module, batches: Iterable[CourseBatch]) -> dict[str, float]:
        """Mean and least PSNR gained over the picture before, in dB, and the share that gained.

        `gain_all` is what keeping everything would have gained.
        """
        gains, wholly = [], []
        for batch in batches:
            before = psnr(batch.start, batch.sharp)
            wholly.append(psnr(batch.end, batch.sharp) - before)
            gains.append(psnr(_kept(network, batch).clamp(0, 1), batch.sharp) - before)
        gain = torch.cat(gains)
        return {
            "gain": float(gain.mean()),
            "gain_least": float(gain.min()),
            "improved": float((gain > 0).float().mean()),
            "gain_all": float(torch.cat(wholly).mean()),
        }

    def preview(self, network: nn.Module, batch: CourseBatch) -> list[Tensor]:
        """Blurred, before, all kept, the answer, truth."""
        return [batch.blurred, batch.start, batch.end, _kept(network, batch), batch.sharp]


def _kept(network: nn.Module, batch: CourseBatch) -> Tensor:
    seen = (batch.blurred, batch.start, batch.early, batch.end, batch.residuals, batch.guide)
    return cast("Tensor", network(*seen)).float()
