"""Batches from a rendered set of exposures: drawn, cropped and mirrored by step number.

Batch k depends on the seed and k alone, so a run that stops and resumes sees the same batches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import torch

from blurstudio.exposure.direction import encode_sign_free
from blurstudio.training.losses import resize_valid
from blurstudio.training.turns import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from blurstudio.simulate.dataset import Sample

LABEL_STRIDE = 4
"""Pixels of the picture per cell of the stored path maps."""


class Exposures(Protocol):
    """A set of stored exposures: what `simulate.read_dataset` gives, or a list of them."""

    def __len__(self) -> int:
        """Count of exposures."""

    def __getitem__(self, index: int, /) -> Sample:
        """One exposure."""


@dataclass(frozen=True)
class Batch:
    """Pictures and labels for one step.

    Attributes
    ----------
    blurred, sharp
        `(N, 3, c, c)` sRGB-encoded `[0, 1]`.
    code
        Sign-free code of the path, `(N, 4, c/4, c/4)` px.
    valid
        `(N, 1, c/4, c/4)`, 1 where the path stays inside what was rendered.
    guide
        What a motion network said, `(N, 5, c/4, c/4)` (see `blurstudio.networks.guide`), or None.
    """

    blurred: Tensor
    sharp: Tensor
    code: Tensor
    valid: Tensor
    guide: Tensor | None = None

    def to(self, device: torch.device) -> Batch:
        """Return the batch on a device, pictures in channels-last order."""
        last = torch.channels_last
        return Batch(
            self.blurred.to(device).contiguous(memory_format=last),
            self.sharp.to(device).contiguous(memory_format=last),
            self.code.to(device),
            self.valid.to(device),
            None if self.guide is None else self.guide.to(device),
        )


def training_batch(
    exposures: Exposures,
    count: int,
    step: int,
    *,
    seed: int,
    batch: int,
    crop: int,
    guides: NDArray[np.float16] | None = None,
) -> Batch:
    """Draw the batch of a step.

    Parameters
    ----------
    exposures
        The rendered set.
    count
        Only the first `count` exposures are drawn from; the rest is held out.
    step, seed
        What the draw depends on.
    batch, crop
        Pictures in the batch and their side in px.
    guides
        From `blurstudio.training.guides`, for a guided network.
    """
    rng = np.random.default_rng([seed, step])
    parts = []
    for index in rng.integers(0, count, batch):
        stored = exposures[int(index)]
        room = (stored.blurred.shape[-1] - crop) // LABEL_STRIDE
        top, left = (int(v) * LABEL_STRIDE for v in rng.integers(0, room + 1, 2))
        part = _cut(stored, top, left, crop, None if guides is None else guides[int(index)])
        parts.append(_turned(part, rng))
    return _stacked(parts)


def held_out_batches(
    exposures: Exposures,
    first: int,
    *,
    batch: int,
    multiple: int = 32,
    guides: NDArray[np.float16] | None = None,
) -> Iterator[Batch]:
    """Yield the exposures from `first` on, whole, in order, as batches."""
    for start in range(first, len(exposures), batch):
        stop = min(start + batch, len(exposures))
        parts = []
        for index in range(start, stop):
            stored = exposures[index]
            side = stored.blurred.shape[-1] // multiple * multiple
            parts.append(_cut(stored, 0, 0, side, None if guides is None else guides[index]))
        yield _stacked(parts)


class _Part(NamedTuple):
    """One exposure's arrays on their way into a batch.

    `paths` holds the true maps a and b, and below them those of the guide, if there is one.
    """

    blurred: NDArray[np.uint8]
    sharp: NDArray[np.uint8]
    paths: NDArray[np.float32]
    valid: NDArray[np.uint8]
    sure: NDArray[np.float16]

    def each(self, turn: Callable[[NDArray[Any]], NDArray[Any]]) -> _Part:
        """Return the part with the same turn done to every array."""
        return _Part(*(turn(array) for array in self))


def _cut(
    stored: Sample, top: int, left: int, crop: int, guide: NDArray[np.float16] | None
) -> _Part:
    pixels = (slice(None), slice(top, top + crop), slice(left, left + crop))
    cell = (
        slice(top // LABEL_STRIDE, (top + crop) // LABEL_STRIDE),
        slice(left // LABEL_STRIDE, (left + crop) // LABEL_STRIDE),
    )
    paths = np.asarray(stored.maps[(..., *cell)], dtype=np.float32)
    sure = np.zeros((0, *paths.shape[-2:]), np.float16)
    if guide is not None:
        told = guide[(..., *cell)]
        told_paths = told[:4].astype(np.float32).reshape(paths.shape)
        paths, sure = np.concatenate([paths, told_paths]), told[4:]
    return _Part(stored.blurred[pixels], stored.sharp[pixels], paths, stored.validity[cell], sure)


def _turned(part: _Part, rng: np.random.Generator) -> _Part:
    """One of the eight symmetries of the square, and a permutation of the colours."""
    turn = Turn.drawn(rng)
    colours = rng.permutation(3)
    part = part._replace(blurred=part.blurred[colours], sharp=part.sharp[colours])
    return part.each(turn.cells)._replace(paths=turn.vectors(part.paths))


def _stacked(parts: Sequence[_Part]) -> Batch:
    blurred, sharp, paths, valid, sure = (np.stack(column) for column in zip(*parts, strict=True))
    mask = torch.from_numpy(valid.astype(np.float32))[:, None]
    codes = [
        encode_sign_free(torch.from_numpy(maps)) for maps in np.split(paths, paths.shape[1] // 2, 1)
    ]
    guide = None
    if len(codes) > 1:
        guide = torch.cat([codes[1], torch.from_numpy(sure.astype(np.float32))], 1)
    return Batch(
        torch.from_numpy(blurred).float().div_(255),
        torch.from_numpy(sharp).float().div_(255),
        codes[0],
        resize_valid(mask, paths.shape[-2:]),
        guide,
    )
