"""Exposures that lie in a GPU's memory, and batches that are cut and turned there.

Cutting a batch takes a processor core longer than learning from it takes a GPU. What is drawn for
a step is the same as in batches.py, so a run may begin on one machine and go on on another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from blurstudio.training.batches import assembled, in_order
from blurstudio.training.turns import LABEL_STRIDE, draw_cuts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from blurstudio.training.batches import Batch, Exposures
    from blurstudio.training.turns import Cut

_SHARE = 0.4
"""Of a device's free memory that exposures may take."""

_GROUP = 100


class ResidentExposures:
    """The first exposures of a set, on a device.

    Parameters
    ----------
    exposures
        The set; all of one size.
    count
        How many of them are learned from.
    device
        Where they shall lie.
    guides
        From `training.guides`, for a guided network.
    """

    def __init__(
        self,
        exposures: Exposures,
        count: int,
        device: torch.device,
        guides: NDArray[np.float16] | None = None,
    ) -> None:
        self._device = device
        pictures, paths, masks = [], [], []
        for some in in_order(0, count, _GROUP):
            stored = [exposures[k] for k in some]
            told = [] if guides is None else [np.asarray(guides[some.start : some.stop])]
            maps = np.stack([each.maps for each in stored])
            maps = maps.reshape(len(stored), 4, *maps.shape[-2:])
            valid = np.stack([each.validity for each in stored])[:, None].astype(np.float16)
            both = np.stack([np.concatenate([each.blurred, each.sharp]) for each in stored])
            pictures.append(torch.from_numpy(both).to(device))
            paths.append(_joined([maps, *(guide[:, :4] for guide in told)], device))
            masks.append(_joined([valid, *(guide[:, 4:] for guide in told)], device))
        self._pictures = torch.cat(pictures)
        self._paths = torch.cat(paths)
        self._masks = torch.cat(masks)

    def batch(self, step: int, *, seed: int, batch: int, crop: int) -> Batch:
        """Draw the batch of a step, as `training.batches.training_batch` does."""
        count, side = len(self._pictures), self._pictures.shape[-1]
        cuts = list(draw_cuts(count, side, step, seed=seed, batch=batch, crop=crop))
        pixels = self._read(self._pictures, cuts, crop, 1, [_colours(cut) for cut in cuts])
        vectors, cells = self._paths.shape[1] // 2, crop // LABEL_STRIDE
        paths = self._read(
            self._paths, cuts, cells, LABEL_STRIDE, [_axes(cut, vectors) for cut in cuts]
        ).float()
        signs = self._sent([_signs(cut, vectors) for cut in cuts], np.float32)
        paths = (paths * signs[..., None, None]).view(len(cuts), vectors, 2, cells, cells)
        every = list(range(self._masks.shape[1]))
        masks = self._read(self._masks, cuts, cells, LABEL_STRIDE, [every] * len(cuts))
        return assembled(pixels[:, :3], pixels[:, 3:], paths, masks[:, 0], masks[:, 1:])

    def _read(
        self,
        stored: Tensor,
        cuts: Sequence[Cut],
        side: int,
        stride: int,
        channels: Sequence[Sequence[int]],
    ) -> Tensor:
        """Read cuts of `side` cells, turned: `(N, C, side, side)`.

        Of an exposure, `channels` are read, in that order.
        """
        places = np.stack([_places(cut, side, stride) for cut in cuts])
        down, right = self._sent(places, np.int64)[:, :, None].unbind(1)
        index = self._sent([cut.index for cut in cuts], np.int64).view(-1, 1, 1, 1)
        channel = self._sent(channels, np.int64)[..., None, None]
        swapped = self._sent([cut.turn.swap for cut in cuts], np.bool_).view(-1, 1, 1, 1)
        across, along = down[..., None, :], down[..., :, None]
        rows = torch.where(swapped, across, along)
        columns = torch.where(swapped, right[..., :, None], right[..., None, :])
        return stored[index, channel, rows, columns]

    def _sent(self, values: object, kind: type) -> Tensor:
        return torch.from_numpy(np.asarray(values, dtype=kind)).to(self._device)


def fits(exposures: Exposures, count: int, device: torch.device) -> bool:
    """Whether the first `count` exposures fit into the memory of a device, with room to learn."""
    if device.type != "cuda":
        return False
    free, _ = torch.cuda.mem_get_info(device)
    one = exposures[0]
    size = 2 * one.blurred.nbytes + 4 * one.maps.nbytes
    return bool(count * size < _SHARE * free)


def _joined(parts: Sequence[NDArray[np.float16]], device: torch.device) -> Tensor:
    return torch.from_numpy(np.concatenate(parts, axis=1)).to(device)


def _places(cut: Cut, side: int, stride: int) -> NDArray[np.int64]:
    """Rows and columns of an exposure in the order in which they are read, `(2, side)`."""
    steps = np.arange(side)
    rows, columns = cut.top // stride + steps, cut.left // stride + steps
    return np.stack([rows[::-1] if cut.turn.flip else rows,
                     columns[::-1] if cut.turn.mirror else columns])  # fmt: skip


def _colours(cut: Cut) -> list[int]:
    """Colours of the blurred picture and of the sharp one below it."""
    return [*cut.colours, *(3 + colour for colour in cut.colours)]


def _axes(cut: Cut, vectors: int) -> list[int]:
    """Which component each component of turned vectors was."""
    pair = (1, 0) if cut.turn.swap else (0, 1)
    return [2 * vector + axis for vector in range(vectors) for axis in pair]


def _signs(cut: Cut, vectors: int) -> list[int]:
    """Signs of the components of turned vectors."""
    along_x, along_y = (-1 if turned else 1 for turned in (cut.turn.mirror, cut.turn.flip))
    return ([along_y, along_x] if cut.turn.swap else [along_x, along_y]) * vectors
