"""Parts of a photo laid into its result under masks: sharp picture, residual, paths, frames.

Where a mask is 0, pixels stay what they were to the last bit, in frames as well: these are made
of whole and part separately and laid over each other afterwards. Parts are made by
`engine.parts`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np

from blurstudio.engine.pictures import resize_picture
from blurstudio.engine.sharp.photo_left import leaves_photo, with_photo_left
from blurstudio.exposure.edits import edited
from blurstudio.exposure.patching import laid_in, mask_within, moved_to, runs_against
from blurstudio.exposure.resample import resample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy.typing as npt
    from torch import Tensor

    from blurstudio.engine.parts import Part
    from blurstudio.exposure.edits import MaskedEdit
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.exposure.window import Window

    Floats = npt.NDArray[np.float32]
    Picture = npt.NDArray[Any]

Size = tuple[int, int]
T = TypeVar("T", bound="npt.NDArray[Any]")


@dataclass(frozen=True, eq=False)
class Patch:
    """A part of a photo and where it counts.

    Attributes
    ----------
    part
        Analysed by itself.
    mask
        (hm, wm) over the whole picture, of any resolution, [0, 1]; 0 outside the part's window.
        Of several patches, each is laid over those before.
    words
        What it is, for people who read where a result came from.
    """

    part: Part
    mask: Tensor
    words: str = ""

    def share(self, size: Size, window: Window) -> Floats:
        """How far it counts in the pixels of a window of the picture resized, (h, w, 1)."""
        share: Floats = mask_within(self.mask, size, window).cpu().numpy()
        return share[..., None]


@dataclass(frozen=True, eq=False)
class FrameLayer:
    """What a patch adds to frames of some size.

    Attributes
    ----------
    patch
        Of which it is.
    window
        Rows and columns of the frames.
    picture
        Sharp picture of them.
    trajectory
        Paths of them.
    share
        How far they count, (h, w, 1).
    """

    patch: Patch
    window: Window
    picture: Picture
    trajectory: Trajectory
    share: Floats


class Frames(Protocol):
    """What makes frames."""

    def frame(self, t: float) -> Picture:
        """Picture at moment `t` in [-1/2, 1/2], a new array."""


class LayeredFrames:
    """Frames of a picture with others laid over them.

    Parameters
    ----------
    below
        Makes frames of the whole.
    layers
        Each with what makes its frames.
    size
        (H, W) of the frames.
    """

    def __init__(
        self, below: Frames, layers: Sequence[tuple[FrameLayer, Frames]], size: Size
    ) -> None:
        self.size = size
        self._below = below
        self._layers = layers

    def frame(self, t: float) -> Picture:
        """Picture at moment `t` in [-1/2, 1/2]; a new array each time."""
        frame = self._below.frame(t)
        for layer, made in self._layers:
            lay(frame, layer.window, made.frame(t), layer.share)
        return frame


def lay(picture: Picture, window: Window, over: Picture, share: Floats) -> None:
    """Lay a picture over a window of another, in place; where its share is 0, nothing is touched.

    Parameters
    ----------
    picture, over
        ``(H, W, C)`` and the window's ``(h, w, C)``, of one kind of numbers.
    window
        Of `picture`.
    share
        ``(h, w, 1)``, [0, 1]; 1 gives `over` to the last bit.
    """
    there = picture[window.rows, window.columns]
    mixed = there * (1 - share) + over * share
    if picture.dtype == np.uint8:
        mixed = np.rint(mixed)
    np.copyto(there, mixed.astype(picture.dtype), where=share > 0)


def patched_picture(picture: T, patches: Iterable[Patch], of_part: Callable[[Part], Picture]) -> T:
    """Lay something of every part over the same of the whole; a new array.

    Parameters
    ----------
    picture
        ``(H, W, C)`` of the whole.
    patches
        From the bottom to the top.
    of_part
        Gives the same of what was read for a part.
    """
    laid = picture.copy()
    size = (picture.shape[0], picture.shape[1])
    for patch in patches:
        window, inner = patch.part.window, patch.part.window.within(patch.part.read)
        over = of_part(patch.part)[inner.rows, inner.columns]
        lay(laid, window, over, patch.share(size, window))
    return laid


def patched_paths(paths: Trajectory, patches: Iterable[Patch]) -> Trajectory:
    """Put the paths of parts into those of the whole; places that are flipped stay so."""
    whole = paths
    for patch in patches:
        mask = resample(patch.mask[None], whole.size)[0]
        whole = laid_in(whole, _aligned(patch, paths), patch.part.read, mask)
    return whole


def frame_layers(
    patches: Iterable[Patch],
    directed: Trajectory,
    edits: tuple[MaskedEdit, ...],
    size: Size,
    sharp: Picture,
    shown: Callable[[Floats, Part], Picture],
) -> list[FrameLayer]:
    """Prepare what patches add to frames.

    Parameters
    ----------
    patches
        From the bottom to the top.
    directed
        Paths of the whole before edits.
    edits
        Of the paths, over the whole picture.
    size
        (H, W) of the frames.
    sharp
        Sharp picture of the whole without patches, ``(H, W, 3)``.
    shown
        Brings a part's sharp picture into the numbers of `sharp`.
    """
    layers = []
    whole = directed.size
    for patch in patches:
        part, read = patch.part, patch.part.read
        own = tuple(replace(edit, mask=mask_within(edit.mask, whole, read)) for edit in edits)
        paths = _aligned(patch, directed)
        if directed.flipped is not None:
            paths = replace(paths, flipped=mask_within(directed.flipped, whole, read))
        picture = part.analysis.sharpened
        if leaves_photo(own):
            picture = with_photo_left(picture, part.analysis.photo, own)
        over = shown(picture, part)
        window = read.resized(whole, size)
        if size != whole:
            # As the whole is reduced, so that both come to lie on the same pixels.
            canvas = sharp.copy()
            canvas[read.rows, read.columns] = over
            over = resize_picture(canvas, size)[window.rows, window.columns]
        layers.append(
            FrameLayer(
                patch,
                window,
                np.ascontiguousarray(over),
                moved_to(edited(paths, own), read, whole, window, size),
                patch.share(size, window),
            )
        )
    return layers


def _aligned(patch: Patch, paths: Trajectory) -> Trajectory:
    """Paths of a part, running the way the whole's do."""
    own = patch.part.analysis.settled
    return own.reversed() if runs_against(own, patch.part.read, paths) else own
