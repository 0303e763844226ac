"""The running average of a network's weights: what a run measures and leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch.optim.swa_utils import get_ema_multi_avg_fn

if TYPE_CHECKING:
    from torch import nn


class Average:
    """Exponential moving average of a network's weights, in float32.

    Parameters
    ----------
    network
        Whose weights are followed.
    decay
        Share of the old average kept at each step; the first steps average more quickly.
    """

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.weights = {k: v.detach().float().clone() for k, v in network.state_dict().items()}

    def update(self, network: nn.Module, step: int) -> None:
        """Move the average toward the network's present weights."""
        keep = min(self.decay, (1 + step) / (10 + step))
        state = network.state_dict()
        # All at once: on a GPU each tensor by itself would take a launch of its own.
        move = get_ema_multi_avg_fn(keep)  # type: ignore[no-untyped-call]
        move(list(self.weights.values()), [state[k].float() for k in self.weights], step)
