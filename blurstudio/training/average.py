"""The running average of a network's weights: what a run measures and leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch.optim.swa_utils import get_ema_multi_avg_fn

if TYPE_CHECKING:
    from torch import Tensor, nn


class Average:
    """Exponential moving average of a network's weights, in float32.

    Parameters
    ----------
    network
        Whose weights are followed.
    decay
        Share of the old average kept at each step; the first steps average more quickly.
    start_share
        Share of the network as it is now in what is left in the end.
    """

    def __init__(self, network: nn.Module, decay: float, start_share: float = 0.0) -> None:
        self.decay = decay
        self.weights = {k: v.detach().float().clone() for k, v in network.state_dict().items()}
        self._start_share = start_share
        self._start = {k: v.clone() for k, v in self.weights.items()} if start_share else {}

    @property
    def left(self) -> dict[str, Tensor]:
        """Weights that a run leaves: the average, and the share of those that it began with."""
        if not self._start:
            return self.weights
        return {k: v.lerp(self._start[k], self._start_share) for k, v in self.weights.items()}

    def update(self, network: nn.Module, step: int) -> None:
        """Move the average toward the network's present weights."""
        keep = min(self.decay, (1 + step) / (10 + step))
        state = network.state_dict()
        # All at once: on a GPU each tensor by itself would take a launch of its own.
        move = get_ema_multi_avg_fn(keep)  # type: ignore[no-untyped-call]
        move(list(self.weights.values()), [state[k].float() for k in self.weights], step)
