"""What an analysis is about: a photo, what networks see of it, and which part of it counts.

No network runs here; bringing pixels from one encoding to the other is `engine.pictures`'.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from blurstudio.engine import pictures
from blurstudio.engine.parts import cut
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from torch import Tensor

    from blurstudio.exposure.window import Window
    from blurstudio.media.photo import Photo

    Floats = npt.NDArray[np.float32]

_SMALL_SIDE = 32
"""Sides below this, in px, are too short to tell the blur of a path from detail."""


class Subject:
    """A photo to be analysed.

    Parameters
    ----------
    photo
        It.
    white
        Value of its pixels that networks see as white; None finds it in the photo.
    focus
        Part of the photo that it is about, if the rest is only there as context: a shake is read
        from that part alone, and measured there.
    notes
        Sentences for the person about the photo; None says what there is to say of this one.
    """

    def __init__(
        self,
        photo: Photo,
        white: float | None = None,
        focus: Window | None = None,
        notes: tuple[str, ...] | None = None,
    ) -> None:
        self.photo = photo
        self.focus = focus
        self.notes = _said_of(photo) if notes is None else notes
        self._given_white = white

    @cached_property
    def white(self) -> float:
        """Value of the photo's pixels that networks see as white."""
        given = self._given_white
        return pictures.white_level(self.photo) if given is None else given

    def seen(self, pixels: Floats) -> Tensor:
        """Show pixels ``(H, W, 3)`` in the photo's encoding as networks see them, `(3, H, W)`."""
        return pictures.to_network(self.photo, pixels, self.white)

    def unseen(self, srgb: Tensor) -> Floats:
        """Bring a network's picture `(3, H, W)` of it into its own encoding, ``(H, W, 3)``."""
        return pictures.from_network(self.photo, srgb, self.white)

    def reduced(self, max_side: int | None) -> Subject:
        """Reduce it so that its longer side has at most so many px; a smaller one stays itself."""
        photo = self.photo if max_side is None else pictures.reduced_photo(self.photo, max_side)
        if photo is self.photo:
            return self
        focus = self.focus and self.focus.resized(self.photo.size, photo.size)
        return Subject(photo, self._given_white, focus, self.notes)

    def part(self, read: Window, window: Window) -> Subject:
        """Cut out a window and what is read around it, to be analysed by itself."""
        # White is a matter of the whole photo: a dark part must not be brightened.
        return Subject(cut(self.photo, read), self.white, window.within(read))


def _said_of(photo: Photo) -> tuple[str, ...]:
    if min(photo.size) >= _SMALL_SIDE:
        return photo.notes
    small = sentence(
        "The photo is only {width} x {height} px, too small to tell motion from detail; take this "
        "as a guess.",
        width=photo.size[1],
        height=photo.size[0],
    )
    return (*photo.notes, small)
