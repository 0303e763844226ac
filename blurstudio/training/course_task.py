"""What a keeping network is asked for: a picture nearer to the truth than the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import torch

from blurstudio.training.losses import deblur_loss, psnr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import Tensor, nn

    from blurstudio.training.course_batches import CourseBatch


class CourseTask:
    """Course of a refinement to what is kept of it."""

    def loss(self, network: nn.Module, batch: CourseBatch) -> Tensor:
        """Negative PSNR in dB."""
        return deblur_loss(_kept(network, batch), batch.sharp)

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
