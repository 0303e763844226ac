"""A part of a photo analysed by itself, with what lies around it as context; parts are kept.

How parts are laid into the whole is `engine.patches`.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blurstudio.exposure.report import ReblurReport, report

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from blurstudio.engine.analysis import Analysis
    from blurstudio.engine.part_wish import PartWish
    from blurstudio.engine.reading import Reading
    from blurstudio.exposure.window import Window
    from blurstudio.media.photo import Photo

REACH = 128
"""Px that the networks look around a place: 96 of the sharp picture's, and some of the motion's,
which sees more through its reduced pictures; the paths come on top."""

_LONGEST = 192
_STEP = 32
"""Networks are shift-invariant by multiples of this."""

_KEPT = 8


@dataclass(frozen=True, eq=False)
class Part:
    """A part of a photo, analysed.

    Attributes
    ----------
    window
        What of the picture it is about.
    read
        What was read for it: the window and what lies around.
    analysis
        Of the picture in `read`, computed.
    """

    window: Window
    read: Window
    analysis: Analysis


@dataclass(frozen=True)
class PartFigures:
    """How well a region is explained by the whole photo's analysis, and by its own."""

    before: ReblurReport
    after: ReblurReport


class PartStore:
    """The last parts of one photo that were analysed; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._room = _KEPT
        self._parts: OrderedDict[PartWish, Part] = OrderedDict()

    def __contains__(self, wish: PartWish) -> bool:
        with self._lock:
            return wish in self._parts

    def get(self, wish: PartWish) -> Part | None:
        """Return a part that was kept."""
        with self._lock:
            part = self._parts.get(wish)
            if part is not None:
                self._parts.move_to_end(wish)
            return part

    def make_room(self, count: int) -> None:
        """Keep at least so many."""
        with self._lock:
            self._room = max(self._room, count)

    def keep(self, wish: PartWish, part: Part) -> None:
        """Keep a part; of too many the oldest gives way."""
        with self._lock:
            self._parts[wish] = part
            while len(self._parts) > self._room:
                self._parts.popitem(last=False)


def read_around(window: Window, reading: Reading) -> Window:
    """Return what has to be read for a window: the longest path and the networks' reach more."""
    longest = float(reading.settled.grid_length(reading.photo.size).max())
    reach = math.ceil(min(longest, _LONGEST)) + REACH
    return window.grown(reach, reading.photo.size, _STEP)


def cut(photo: Photo, window: Window) -> Photo:
    """Return a part of a photo."""
    alpha = photo.alpha
    return replace(
        photo,
        pixels=photo.pixels[window.rows, window.columns].copy(),
        alpha=None if alpha is None else alpha[window.rows, window.columns].copy(),
    )


def compare(whole: Analysis, part: Part, mask: npt.NDArray[np.bool_]) -> PartFigures | None:
    """Compare how a part explains the photo with how the whole's analysis does.

    Parameters
    ----------
    whole
        The photo's analysis, computed; its own parts don't count.
    part
        The part.
    mask
        ``(H, W)`` of the whole photo, pixels that count.

    Returns
    -------
    PartFigures or None
        None where no pixel of the part counts.
    """
    import torch

    from blurstudio.exposure.patching import moved_to

    window, size = part.window, whole.photo.size
    counted = torch.from_numpy(mask[window.rows, window.columns].copy())
    if not bool(counted.any()):
        return None
    inner = part.window.within(part.read)
    own = part.analysis
    everything = type(window)(0, 0, *size)
    seen = own.as_seen(own.photo.pixels[inner.rows, inner.columns])
    before = report(
        seen,
        own.as_seen(whole.sharpened[window.rows, window.columns]),
        own.as_seen(whole.estimate_reblurred(window.rows, window.columns)),
        moved_to(whole.settled, everything, size, window, size),
        counted,
    )
    after = report(
        seen,
        own.as_seen(own.sharpened[inner.rows, inner.columns]),
        own.as_seen(own.estimate_reblurred(inner.rows, inner.columns)),
        moved_to(own.settled, part.read, size, window, size),
        counted,
    )
    return PartFigures(before, after)
