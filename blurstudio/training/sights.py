"""What a motion network sees of every exposure of a set, asked once and kept.

A spread network learns from it. Exposures are seen as they are and reduced to half, as photos are.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np
import torch
import torch.nn.functional as F

from blurstudio.engine.spreading import features_of
from blurstudio.exposure.spread import spread_of
from blurstudio.networks.spread import SpreadNet
from blurstudio.training.answers import kept_answers, networks_asked
from blurstudio.training.turns import LABEL_STRIDE
from blurstudio.weights import registry

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor

    from blurstudio.networks import MotionNet
    from blurstudio.training.batches import Exposures

_CELLS = SpreadNet.stride // LABEL_STRIDE
"""Cells of the labels along a side of a cell of features."""


@dataclass(frozen=True)
class Sights:
    """A motion network's features of a set of exposures, in half precision.

    Attributes
    ----------
    whole, half
        ``(count, C, H/16, W/16)`` and ``(count, C, H/32, W/32)``: of exposures as they are, and
        reduced to half.
    """

    whole: NDArray[np.float16]
    half: NDArray[np.float16]


@dataclass(frozen=True)
class SpreadBatch:
    """Features and how far the true paths spread.

    Attributes
    ----------
    whole, half
        `(N, C, h, w)` and `(N, C, h/2, w/2)`, see `Sights`.
    spread
        `(N, 3, h, w)` px of the exposures, see `exposure.spread`.
    valid
        `(N, 1, h, w)`, 1 where the true paths are known all over the cell.
    blurred
        `(N, 3, H, W)`, grey levels; to look at.
    """

    whole: Tensor
    half: Tensor
    spread: Tensor
    valid: Tensor
    blurred: Tensor

    def to(self, device: torch.device) -> SpreadBatch:
        """Return the batch on a device."""
        return SpreadBatch(*(getattr(self, each.name).to(device) for each in fields(self)))


def prepare_sights(
    name: str,
    exposures: Exposures,
    folder: Path,
    stopped: threading.Event,
    progress: Callable[[int, int], None],
    workers: int = 1,
) -> Sights:
    """Show every exposure to a motion network, or read what it saw before.

    Parameters
    ----------
    name
        Name or path of the motion network's weights.
    exposures
        The set; sides of exposures are multiples of 32.
    folder
        Of the run; features are kept in a folder in it, named after the weights' hash.
    stopped, progress, workers
        As for `training.answers.kept_answers`.

    Raises
    ------
    WeightsError
        If there is no such network.
    Cancelled
        If it was stopped.
    """
    kept = folder / f"sights-{registry.find(name).sha256[:12]}"
    ask = partial(_look, name)
    return Sights(**kept_answers(ask, exposures, kept, stopped, progress, workers))


def spread_batch(
    exposures: Exposures, sights: Sights, count: int, step: int, *, seed: int, batch: int
) -> SpreadBatch:
    """Draw the batch of a step from the first `count` exposures; seed and step decide it."""
    drawn = np.random.default_rng([seed, step]).integers(0, count, batch)
    return _stacked(exposures, sights, drawn.tolist())


def held_out_sights(
    exposures: Exposures, sights: Sights, first: int, *, batch: int
) -> Iterator[SpreadBatch]:
    """Yield what was seen of the exposures from `first` on, in order, as batches."""
    for start in range(first, len(exposures), batch):
        yield _stacked(exposures, sights, range(start, min(start + batch, len(exposures))))


def _stacked(exposures: Exposures, sights: Sights, drawn: list[int] | range) -> SpreadBatch:
    stored = [exposures[k] for k in drawn]
    maps = torch.from_numpy(np.stack([each.maps for each in stored])).float()
    valid = torch.from_numpy(np.stack([each.validity for each in stored])).float()[:, None]
    return SpreadBatch(
        torch.from_numpy(sights.whole[list(drawn)]).float(),
        torch.from_numpy(sights.half[list(drawn)]).float(),
        F.avg_pool2d(spread_of(maps), _CELLS),
        (F.avg_pool2d(valid, _CELLS) > 0.999).float(),
        torch.from_numpy(np.stack([each.blurred for each in stored])),
    )


def _look(name: str, exposures: Exposures, span: range) -> dict[str, NDArray[np.float16]]:
    """Show some exposures to the network."""
    (network,), compute = networks_asked((name,))
    motion = cast("MotionNet", network)
    found: dict[str, list[NDArray[np.float16]]] = {"whole": [], "half": []}
    for k in span:
        picture = torch.from_numpy(np.array(exposures[k].blurred)).float().div_(255)
        with compute.inference():
            seen = picture.to(compute.device)
            for key, each in zip(found, features_of(seen, motion), strict=True):
                found[key].append(each[0].half().cpu().numpy())
    return {key: np.stack(each) for key, each in found.items()}
