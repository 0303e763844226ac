"""The two things that are trained: what each compares, measures and shows.

The loop knows none of it; adding a task is adding a class here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

import torch
import torch.nn.functional as F

from blurstudio.exposure.flow import colour_wheel
from blurstudio.training import losses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import Tensor, nn

    from blurstudio.training.batches import Batch


class Task(Protocol):
    """What the loop asks of a task."""

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Loss of a batch, one number."""

    def measure(self, network: nn.Module, batches: Iterable[Batch]) -> dict[str, float]:
        """Figures on held-out batches, by name."""

    def preview(self, network: nn.Module, batch: Batch) -> list[Tensor]:
        """Rows of pictures `(N, 3, h, w)` in `[0, 1]`."""


class DeblurTask:
    """Blurred picture to sharp frame; a guided network sees its guide as well."""

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Negative PSNR in dB."""
        return losses.deblur_loss(self._restored(network, batch), batch.sharp)

    def measure(self, network: nn.Module, batches: Iterable[Batch]) -> dict[str, float]:
        """PSNR of the blurred picture and of the answer, and the gain, in dB."""
        before, after = [], []
        for batch in batches:
            before.append(losses.psnr(batch.blurred, batch.sharp))
            after.append(losses.psnr(self._restored(network, batch), batch.sharp))
        blurred, sharp = float(torch.cat(before).mean()), float(torch.cat(after).mean())
        return {"psnr_blurred": blurred, "psnr": sharp, "gain": sharp - blurred}

    def preview(self, network: nn.Module, batch: Batch) -> list[Tensor]:
        """Blurred, answer, truth."""
        return [batch.blurred, self._restored(network, batch), batch.sharp]

    def _restored(self, network: nn.Module, batch: Batch) -> Tensor:
        seen = [batch.blurred] if batch.guide is None else [batch.blurred, batch.guide]
        return cast("Tensor", network(*seen)).float()


class MotionTask:
    """Blurred picture to sign-free path and its uncertainty."""

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Likelihood of the path under the predicted scale, and its curvature."""
        return losses.motion_loss(network(batch.blurred), batch.code, batch.valid)

    def measure(self, network: nn.Module, batches: Iterable[Batch]) -> dict[str, float]:
        """Error of the linear part as a share of no motion, and the loss."""
        shares, values = [], []
        for batch in batches:
            answer = network(batch.blurred)
            shares.append(losses.path_error_share(answer, batch.code, batch.valid))
            values.append(losses.motion_loss(answer, batch.code, batch.valid))
        return {
            "path_error_share": float(torch.stack(shares).mean()),
            "loss": float(torch.stack(values).mean()),
        }

    def preview(self, network: nn.Module, batch: Batch) -> list[Tensor]:
        """Blurred, predicted and true double angle as colours, expected error as grey."""
        answer = network(batch.blurred)
        size = batch.blurred.shape[-2:]
        wheels = [
            torch.stack([colour_wheel(c[:2], maximum=40.0) for c in code])
            for code in (answer.code, batch.code)
        ]
        grey = (answer.log_scale.exp() / 20).expand(-1, 3, -1, -1)
        return [batch.blurred, *(F.interpolate(row, size) for row in (*wheels, grey))]


TASKS: dict[str, Task] = {"deblur": DeblurTask(), "motion": MotionTask()}
