"""The pictures of one photo, which is chosen, and the coordinates they share.

No widget: the canvas asks it what to draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from blurstudio.app.canvas.compare import APART, PICTURES, labels, split_key
from blurstudio.app.canvas.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage


class Shelf:
    """Pictures by key; the photo's size is that of the coordinates.

    Attributes
    ----------
    names
        What answers are called, by slot; ours is the empty one.
    apart_of
        Slot of the one that pictures of what parts two answers are about.
    lacking
        Keys of pictures that there will never be: those answers don't tell them.
    """

    def __init__(self) -> None:
        self._pictures: dict[str, Picture] = {}
        self.names: dict[str, str] = {}
        self.apart_of = ""
        self.lacking: set[str] = set()
        self._chosen = "photo"

    @property
    def pictures(self) -> Mapping[str, Picture]:
        """The pictures given so far, by key."""
        return self._pictures

    @property
    def chosen(self) -> str:
        """Key that was chosen, given or not."""
        return self._chosen

    @property
    def shown(self) -> str:
        """Key to draw: the chosen one, else the photo, else the first that was given."""
        for key in (self._chosen, "photo"):
            if key in self._pictures:
                return key
        return next(iter(self._pictures), self._chosen)

    @property
    def scene(self) -> tuple[int, int] | None:
        """(H, W) of the picture coordinates; None when there is no picture."""
        reference = self._pictures.get("photo") or next(iter(self._pictures.values()), None)
        return None if reference is None else reference.size

    def label(self, key: str, *, named: bool) -> str:
        """Return what a picture is, in words; with its answer's name if that is asked for."""
        kind, slot = split_key(key)
        if kind in APART and not slot and self.apart_of in self.names:
            slot, named = self.apart_of, True
        if not named or kind == "photo" or slot not in self.names:
            return labels()[kind]
        words = f"{labels()[kind]} – {self.names[slot]}"
        if key in self._pictures:
            return words
        return (
            QCoreApplication.translate("canvas", "{words}: not told").format(words=words)
            if key in self.lacking
            else QCoreApplication.translate("canvas", "{words} …").format(words=words)
        )

    def choose(self, key: str) -> bool:
        """Choose a key; returns whether that is a change."""
        _check(key)
        changed = key != self._chosen
        self._chosen = key
        return changed

    def put(self, key: str, pixels: NDArray[np.uint8] | QImage) -> None:
        """Give a picture its place, or another one the place of the one that is there."""
        _check(key)
        self._pictures[key] = Picture(pixels)

    def take(self, key: str) -> None:
        """Remove a picture, if it is there."""
        self._pictures.pop(key, None)

    def clear(self) -> None:
        """Remove every picture; the chosen key stays chosen."""
        self._pictures.clear()
        self.names.clear()
        self.apart_of = ""
        self.lacking.clear()


def _check(key: str) -> None:
    if split_key(key)[0] not in PICTURES:
        raise ValueError(f"unknown picture {key!r}; there are {', '.join(PICTURES)}")
