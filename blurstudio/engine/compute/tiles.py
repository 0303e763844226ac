"""Running a picture-to-picture network in feathered tiles, so that memory stays bounded.

Which network, which device and how large a tile are the caller's; here are only the layout, the
blending and what happens when memory runs out all the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.engine.compute.memory import is_out_of_memory, release_memory
from blurstudio.errors import MemoryBudgetError
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.engine.lanes.jobs import CancelToken, ProgressCallback

SMALLEST_CORE = 128
"""Side in px of a tile without its margin below which halving it saves nothing more."""


@dataclass(frozen=True)
class Span:
    """A tile's extent along one axis in px: what it reads and, within that, what it gives.

    What neighbours give overlaps by `fade_in` and `fade_out`, over which they are cross-faded.
    """

    read_start: int
    read_stop: int
    start: int
    stop: int
    fade_in: int = 0
    fade_out: int = 0


def plan_spans(length: int, tile: int, margin: int, multiple: int, feather: int) -> list[Span]:
    """Cover an axis with tiles of about equal size.

    What they read starts at multiples of `multiple`, since a network with strides is only
    shift-invariant by whole strides.

    Parameters
    ----------
    length
        Pixels along the axis.
    tile
        Pixels that a tile may read, margins included.
    margin
        Context on each side that is read but not given.
    feather
        Overlap of what neighbours give; less where tiles are too small for it.
    """
    if length <= tile:
        return [Span(0, length, 0, length)]
    # A border tile has one margin, but the ones between have two; one size for all is simpler.
    core = max(tile - 2 * margin - multiple, 1)
    # With a third of the core at most, no pixel is ever given by three tiles.
    fade = min(feather, core // 3)
    count = math.ceil((length - fade) / (core - fade))
    starts = [round(i * (length - fade) / count) for i in range(count)]
    stops = [start + fade for start in starts[1:]] + [length]
    return [
        Span(
            read_start=max(start - margin, 0) // multiple * multiple,
            read_stop=min(stop + margin, length),
            start=start,
            stop=stop,
            fade_in=fade if start > 0 else 0,
            fade_out=fade if stop < length else 0,
        )
        for start, stop in zip(starts, stops, strict=True)
    ]


def run_tiled(
    function: Callable[..., Tensor],
    image: Tensor,
    *,
    tile: int,
    margin: int,
    multiple: int,
    feather: int = 32,
    beside: Tensor | None = None,
    stride: int = 1,
    progress: ProgressCallback | None = None,
    cancel: CancelToken | None = None,
    on_note: Callable[[str], None] | None = None,
) -> Tensor:
    """Apply a network tile by tile and blend the answers.

    Parameters
    ----------
    function
        Maps `(1, 3, h, w)` to the same shape; h and w are multiples of `multiple`. With `beside`
        it is given the tile's part of that as well, `(1, C, h/stride, w/stride)`.
    image
        `(3, H, W)`, any size from 1 x 1.
    tile
        Side in px of a square tile with its margins; a picture that is narrow gets longer tiles
        of the same area, and one that fits is run whole.
    margin
        Context in px that the network looks at.
    multiple
        Sides are padded to this by repeating the border.
    feather
        Overlap in px over which neighbouring tiles are cross-faded, weights summing to one.
    beside
        `(C, ceil(H/stride), ceil(W/stride))`: maps over the same picture that the network reads
        as well.
    stride
        Pixels per cell of `beside`; divides `multiple`.
    progress, cancel
        Told about, and asked, between tiles.
    on_note
        Called with a sentence when memory forced smaller tiles.

    Returns
    -------
    Tensor
        `(3, H, W)`, of the image's type and on its device.

    Raises
    ------
    MemoryBudgetError
        If memory runs out even for the smallest tile.
    Cancelled
        If `cancel` says so.
    """
    smallest = 2 * margin + SMALLEST_CORE + multiple
    height, width = image.shape[-2:]
    tile = min(max(tile, smallest), max(math.isqrt(height * width), smallest) + multiple)
    reached = 0.0

    def forward(fraction: float, text: str) -> None:
        # A second try with smaller tiles starts over; a bar that runs backwards helps nobody.
        nonlocal reached
        reached = max(reached, fraction)
        if progress is not None:
            progress(reached, text)

    while True:
        try:
            return _run(
                function, image, beside, stride, tile, margin, multiple, feather, forward, cancel
            )
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            if tile <= smallest:
                raise MemoryBudgetError(
                    "There is not enough memory even for the smallest tiles; close other "
                    "programs or reduce the photo."
                ) from error
        # Outside the handler: the traceback would keep the failed tile's memory alive.
        release_memory()
        tile = max(tile // 2, smallest)
        if on_note is not None:
            on_note(
                sentence(
                    "Memory ran out, so the photo was worked on in smaller tiles of {tile} px.",
                    tile=tile,
                )
            )


def _run(
    function: Callable[..., Tensor],
    image: Tensor,
    beside: Tensor | None,
    stride: int,
    tile: int,
    margin: int,
    multiple: int,
    feather: int,
    progress: ProgressCallback,
    cancel: CancelToken | None,
) -> Tensor:
    height, width = image.shape[-2:]
    tile_h = tile if width >= tile else max(tile, tile * tile // _padded(width, multiple))
    tile_w = tile if height >= tile else max(tile, tile * tile // _padded(height, multiple))
    rows = plan_spans(height, tile_h, margin, multiple, feather)
    columns = plan_spans(width, tile_w, margin, multiple, feather)
    total = len(rows) * len(columns)
    out = torch.zeros_like(image)
    for index, (row, column) in enumerate((r, c) for r in rows for c in columns):
        if cancel is not None:
            cancel.raise_if_cancelled()
        text = sentence("tile {number} of {total}", number=index + 1, total=total)
        progress(index / total, text if total > 1 else "")
        part = image[:, row.read_start : row.read_stop, column.read_start : column.read_stop]
        seen = [pad_to_multiple(part[None], multiple)]
        if beside is not None:
            seen.append(_under(row, column, beside, stride, multiple))
        result = function(*seen)[0]
        given = result[
            :,
            row.start - row.read_start : row.stop - row.read_start,
            column.start - column.read_start : column.stop - column.read_start,
        ].to(out)
        weight_y = _weights(row).to(out)
        weight_x = _weights(column).to(out)
        target = out[:, row.start : row.stop, column.start : column.stop]
        target += given * weight_y[:, None] * weight_x
        del part, seen, result, given
    progress(1.0, "")
    return out


def _under(row: Span, column: Span, maps: Tensor, stride: int, multiple: int) -> Tensor:
    """Cut what lies under a tile out of coarser maps, `(1, C, h, w)`, padded alike."""
    # Tiles begin at multiples of `multiple`, which are whole cells.
    rows = slice(row.read_start // stride, -(-row.read_stop // stride))
    columns = slice(column.read_start // stride, -(-column.read_stop // stride))
    return pad_to_multiple(maps[None, :, rows, columns], multiple // stride)


def pad_to_multiple(batch: Tensor, multiple: int) -> Tensor:
    """Extend `(N, C, H, W)` right and down by repeating its border to multiples of `multiple`."""
    height, width = batch.shape[-2:]
    extra = (0, _padded(width, multiple) - width, 0, _padded(height, multiple) - height)
    return F.pad(batch, extra, mode="replicate") if any(extra) else batch


def _padded(length: int, multiple: int) -> int:
    return -(-length // multiple) * multiple


def _weights(span: Span) -> Tensor:
    """Ramps of a span `(stop - start,)`; a neighbour's ramp over the same pixels adds to one."""
    weights = torch.ones(span.stop - span.start)
    weights[: span.fade_in] *= _ramp(span.fade_in)
    weights[len(weights) - span.fade_out :] *= 1 - _ramp(span.fade_out)
    return weights


def _ramp(length: int) -> Tensor:
    return (torch.arange(length) + 0.5) / max(length, 1)
