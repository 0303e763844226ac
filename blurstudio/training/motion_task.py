"""What a motion network is asked for: paths, how sure they are, and how far they spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.exposure.flow import colour_wheel
from blurstudio.exposure.signfree import decode_sign_free
from blurstudio.exposure.survey.spread import spread_of
from blurstudio.networks import SpreadNet
from blurstudio.training import losses
from blurstudio.training.turns import LABEL_STRIDE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import Tensor, nn

    from blurstudio.networks import MotionPrediction
    from blurstudio.training.batches import Batch


class MotionTask:
    """Blurred picture to sign-free path and its uncertainty; and to how far paths spread.

    Parameters
    ----------
    spreads
        Whether the network tells that as well.
    """

    def __init__(self, spreads: bool = False) -> None:
        self.spreads = spreads

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Likelihood of the path under the predicted scale, and its curvature; of the spread."""
        return self._told(network, batch)[0]

    def measure(self, network: nn.Module, batches: Iterable[Batch]) -> dict[str, float]:
        """Errors of linear part and spread as shares of those of no motion, and the loss."""
        found: dict[str, list[Tensor]] = {"path_error_share": [], "loss": []}
        for batch in batches:
            loss, answer = self._told(network, batch)
            share = losses.path_error_share(answer, batch.code, batch.valid)
            found["path_error_share"].append(share)
            found["loss"].append(loss)
            if answer.spread is not None:
                share = losses.error_share(answer.spread[:, :3], *_spread(batch))
                found.setdefault("spread_error_share", []).append(share)
        return {name: float(torch.stack(each).mean()) for name, each in found.items()}

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

    def _told(self, network: nn.Module, batch: Batch) -> tuple[Tensor, MotionPrediction]:
        """Return the loss, and what the network said."""
        shown = [batch.blurred]
        if self.spreads:
            half = F.interpolate(batch.blurred, scale_factor=0.5, mode="bilinear", antialias=True)
            shown.append(half)
        answer: MotionPrediction = network(*shown)
        loss = losses.motion_loss(answer, batch.code, batch.valid)
        if answer.spread is not None:
            loss = loss + losses.spread_loss(answer.spread, *_spread(batch))
        return loss, answer


def _spread(batch: Batch) -> tuple[Tensor, Tensor]:
    """How far the true paths spread, on an onlooker's grid, and where they are known."""
    cells = SpreadNet.stride // LABEL_STRIDE
    spread = F.avg_pool2d(spread_of(decode_sign_free(batch.code)), cells)
    return spread, (F.avg_pool2d(batch.valid, cells) > 0.999).float()
