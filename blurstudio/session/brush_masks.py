"""Strokes of a brush as a mask of any size: 255 where the deblurred result counts, 0 where not.

A mask is a picture of bytes, so that its plain parts stay exactly 0 or 255 whatever size it is
brought to. What a stroke is, `blend` says.
"""

from __future__ import annotations

import itertools
import threading
from typing import TYPE_CHECKING

import numpy as np

from blurstudio.exposure.window import Window
from blurstudio.levels import quantise
from blurstudio.session.masks import mask_size

if TYPE_CHECKING:
    import numpy.typing as npt

    from blurstudio.engine.sharp.blending import Blending
    from blurstudio.session.blend import Blend, BrushMask, Stroke

    Size = tuple[int, int]
    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]


class MaskPainter:
    """Paints masks of one size; while a stroke grows, those before it are not painted again.

    Any thread may ask.

    Parameters
    ----------
    size
        (h, w) of the masks, px.
    """

    def __init__(self, size: Size) -> None:
        self.size = size
        self._base: BrushMask | None = None
        self._under: Floats = np.empty(0, np.float32)
        self._lock = threading.Lock()

    def paint(self, mask: BrushMask) -> Bytes:
        """Return a mask as ``(h, w)`` bytes; a new array each time."""
        with self._lock:
            self._bring_up(mask, mask.strokes[:-1])
            values = self._under.copy()
        for stroke in mask.strokes[-1:]:
            _paint(values, stroke)
        return quantise(values, np.uint8)

    def _bring_up(self, mask: BrushMask, strokes: tuple[Stroke, ...]) -> None:
        """Have all strokes but the last one painted, from where the last call left off."""
        base = self._base
        done = 0 if base is None else len(base.strokes)
        if base is None or base.revealed != mask.revealed or base.strokes != strokes[:done]:
            self._under, done = np.full(self.size, mask.revealed, np.float32), 0
        for stroke in strokes[done:]:
            _paint(self._under, stroke)
        self._base = type(mask)(mask.revealed, strokes)


def blending_of(
    blend: Blend, photo_size: Size, painter: MaskPainter | None = None
) -> Blending | None:
    """Turn a blend into what the engine works with.

    Parameters
    ----------
    blend
        A person's choice.
    photo_size
        (H, W) of the photo it is for; masks of large ones are bounded as those of regions are.
    painter
        Paints the mask, for whoever asks again and again.

    Returns
    -------
    Blending or None
        None where the result is used as it is.
    """
    if blend.is_whole:
        return None
    from blurstudio.engine.sharp.blending import Blending

    if blend.mask.is_whole:
        return Blending(blend.amount)
    painter = painter or MaskPainter(mask_size(photo_size))
    return Blending(blend.amount, painter.paint(blend.mask))


def _paint(values: Floats, stroke: Stroke) -> None:
    """Lay a stroke over what was painted before it."""
    covered = _cover(stroke, values.shape)
    if covered is None:
        return
    part, cover = covered
    goal = np.float32(stroke.brush.reveal)
    there = values[part.rows, part.columns]
    there += (goal - there) * cover


def _cover(stroke: Stroke, size: tuple[int, ...]) -> tuple[Window, Floats] | None:
    """Where a stroke may touch a mask, and how far it counts in the pixels there."""
    height, width = size
    brush = stroke.brush
    radius = brush.radius * max(size)
    # From a hard edge half a pixel each way is left: without it, edges would be jagged.
    inner = min(brush.hardness * radius, radius - 0.5)
    outer = max(radius, inner + 1.0)
    places = np.array(stroke.points) * (width, height) - 0.5
    part = _part(places, outer, (height, width))
    if min(part.size) <= 0:
        return None
    squared = np.full(part.size, np.inf, np.float32)
    segments = itertools.pairwise(places) if len(places) > 1 else [(places[0], places[0])]
    for start, end in segments:
        near = _part(np.array((start, end)), outer, (height, width))
        if min(near.size) <= 0:
            continue
        inside = near.within(part)
        there = squared[inside.rows, inside.columns]
        np.minimum(there, _squared(start, end, near), out=there)
    share = np.clip((outer - np.sqrt(squared)) / np.float32(outer - inner), 0, 1)
    cover = share * share * (3 - 2 * share) * np.float32(brush.opacity)
    return part, cover.astype(np.float32, copy=False)


def _part(places: npt.NDArray[np.float64], reach: float, size: Size) -> Window:
    """Find the part of a mask that is within reach of some places, pixel centres."""
    low = np.floor(places.min(axis=0) - reach)
    high = np.ceil(places.max(axis=0) + reach) + 1
    left, top = np.clip(low, 0, size[::-1]).astype(int)
    right, bottom = np.clip(high, 0, size[::-1]).astype(int)
    return Window(int(top), int(left), int(bottom), int(right))


def _squared(
    start: npt.NDArray[np.float64], end: npt.NDArray[np.float64], part: Window
) -> npt.NDArray[np.float32]:
    """Squared distance of pixels from a straight piece."""
    y = (np.arange(part.top, part.bottom) - start[1]).astype(np.float32)[:, None]
    x = (np.arange(part.left, part.right) - start[0]).astype(np.float32)[None]
    dx, dy = (float(side) for side in end - start)
    length = dx * dx + dy * dy
    if length == 0:
        return np.asarray(x * x + y * y, np.float32)
    along = np.clip((x * np.float32(dx) + y * np.float32(dy)) / np.float32(length), 0, 1)
    across = (x - along * np.float32(dx)) ** 2 + (y - along * np.float32(dy)) ** 2
    return np.asarray(across, np.float32)
