"""Batches from a rendered set of exposures: drawn, cropped and mirrored by step number.

Batch k depends on the seed and k alone, so a run that stops and resumes sees the same batches.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

import numpy as np
import torch

from blurstudio.exposure.signfree import encode_sign_free
from blurstudio.training.losses import resize_valid
from blurstudio.training.turns import LABEL_STRIDE, Cut, draw_cuts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from blurstudio.simulate.dataset import Sample


class Exposures(Protocol):
    """A set of stored exposures: what `simulate.read_dataset` gives, or a list of them."""

    def __len__(self) -> int:
        """Count of exposures."""

    def __getitem__(self, index: int, /) -> Sample:
        """One exposure."""


@dataclass(frozen=True)
class Tensors:
    """A batch all of whose fields are tensors."""

    def to(self, device: torch.device) -> Self:
        """Return the batch on a device."""
        moved = {each.name: getattr(self, each.name).to(device) for each in fields(self)}
        return replace(self, **moved)


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
    side = exposures[0].blurred.shape[-1]
    parts = []
    for cut in draw_cuts(count, side, step, seed=seed, batch=batch, crop=crop):
        guide = None if guides is None else guides[cut.index]
        part = _cut(exposures[cut.index], cut.top, cut.left, crop, guide)
        parts.append(_turned(part, cut))
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
    for some in in_order(first, len(exposures), batch):
        parts = []
        for index in some:
            stored = exposures[index]
            side = stored.blurred.shape[-1] // multiple * multiple
            parts.append(_cut(stored, 0, 0, side, None if guides is None else guides[index]))
        yield _stacked(parts)


def in_order(first: int, stop: int, most: int) -> Iterator[range]:
    """Yield the numbers from `first` to before `stop`, at most so many at a time."""
    for start in range(first, stop, most):
        yield range(start, min(start + most, stop))


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


def _turned(part: _Part, cut: Cut) -> _Part:
    """Turn a part and permute its colours as drawn."""
    colours = list(cut.colours)
    part = part._replace(blurred=part.blurred[colours], sharp=part.sharp[colours])
    return part.each(cut.turn.cells)._replace(paths=cut.turn.vectors(part.paths))


def _stacked(parts: Sequence[_Part]) -> Batch:
    blurred, sharp, paths, valid, sure = (np.stack(column) for column in zip(*parts, strict=True))
    return assembled(*(torch.from_numpy(each) for each in (blurred, sharp, paths, valid, sure)))


def assembled(blurred: Tensor, sharp: Tensor, paths: Tensor, valid: Tensor, sure: Tensor) -> Batch:
    """Make a batch of what is stored of its exposures, cut and turned.

    Parameters
    ----------
    blurred, sharp
        `(N, 3, c, c)`, grey levels.
    paths
        `(N, 2, 2, c/4, c/4)` px, float32: the true maps a and b; followed by those of the guide.
    valid
        `(N, c/4, c/4)`, 1 where the path holds.
    sure
        `(N, 1, c/4, c/4)`: the guide's confidence; without channels if there is no guide.
    """
    codes = [encode_sign_free(paths[:, k : k + 2]) for k in range(0, paths.shape[1], 2)]
    guide = torch.cat([codes[1], sure.float()], 1) if len(codes) > 1 else None
    return Batch(
        blurred.float().div_(255),
        sharp.float().div_(255),
        codes[0],
        resize_valid(valid.float()[:, None], (paths.shape[-2], paths.shape[-1])),
        guide,
    )
