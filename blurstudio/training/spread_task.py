"""What a spread network is asked for: how far paths spread, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.exposure.flow import colour_wheel
from blurstudio.training import losses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import Tensor, nn

    from blurstudio.training.sights import SpreadBatch


class SpreadTask:
    """Features of a motion network to how far paths spread."""

    def loss(self, network: nn.Module, batch: SpreadBatch) -> Tensor:
        """Likelihood of the spread under the predicted scale."""
        return losses.spread_loss(network(batch.whole, batch.half), batch.spread, batch.valid)

    def measure(self, network: nn.Module, batches: Iterable[SpreadBatch]) -> dict[str, float]:
        """Error of the spread as a share of no motion at all, and the loss."""
        shares, values = [], []
        for batch in batches:
            said = network(batch.whole, batch.half)
            shares.append(losses.error_share(said[:, :3], batch.spread, batch.valid))
            values.append(losses.spread_loss(said, batch.spread, batch.valid))
        return {
            "spread_error_share": float(torch.stack(shares).mean()),
            "loss": float(torch.stack(values).mean()),
        }

    def preview(self, network: nn.Module, batch: SpreadBatch) -> list[Tensor]:
        """Blurred; main axes found and true as colours of their double angle."""
        size = batch.blurred.shape[-2:]
        rows = [
            torch.stack([colour_wheel(each[:2], maximum=40.0) for each in spread])
            for spread in (network(batch.whole, batch.half), batch.spread)
        ]
        return [batch.blurred / 255, *(F.interpolate(row, size) for row in rows)]
