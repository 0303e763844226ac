"""What the lanes do for amount and brush: a result laid over its photo, in full and at view size.

When it is asked for, and what becomes of it, is in `edited.py`, `blend_preview.py` and
`brushing.py`; what is done to pixels is the engine's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from blurstudio.app.canvas import picture_image

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from blurstudio.app.photo.results import Results
    from blurstudio.engine.lanes.jobs import JobContext
    from blurstudio.media.photo import Photo
    from blurstudio.session.blend import Blend, BrushMask
    from blurstudio.session.brush_masks import MaskPainter

    Bytes = NDArray[np.uint8]
    Size = tuple[int, int]


class Underlay:
    """What results of one photo are laid over, and what paints their masks; made when needed.

    Parameters
    ----------
    photo
        As it was analysed, of the size of the results.
    """

    def __init__(self, photo: Photo) -> None:
        self._photo = photo
        self._painters: dict[Size, MaskPainter] = {}
        self._small: tuple[Size, Bytes] | None = None

    @cached_property
    def picture(self) -> Bytes:
        """The photo as the screen shows it, (H, W, 3)."""
        from blurstudio.media.colour import display_image

        return display_image(self._photo.pixels, self._photo.icc_profile)

    def at(self, size: Size) -> Bytes:
        """Return it reduced to (H, W); the last one is kept."""
        from blurstudio.engine.pictures import resize_picture

        if self._small is None or self._small[0] != size:
            self._small = (size, resize_picture(self.picture, size))
        return self._small[1]

    def painter(self, size: Size) -> MaskPainter:
        """Paint masks of (h, w), going on from those that were painted before."""
        from blurstudio.session.brush_masks import MaskPainter

        return self._painters.setdefault(size, MaskPainter(size))


def blend(whole: Results, wanted: Blend, context: JobContext) -> Results:
    """Lay results over their photo.

    Parameters
    ----------
    whole
        As deblurred, edited or not.
    wanted
        How.
    """
    from blurstudio.engine.pictures import resize_picture
    from blurstudio.engine.sharp.blending import BlendedPlayer, lay_over
    from blurstudio.session.brush_masks import blending_of
    from blurstudio.session.masks import mask_size

    if wanted.is_whole:
        return whole
    context.cancel.raise_if_cancelled()
    under = whole.underlay
    size = whole.analysis.photo.size
    blending = blending_of(wanted, size, under.painter(mask_size(size)))
    assert blending is not None
    context.cancel.raise_if_cancelled()
    sharp = lay_over(whole.sharp, under.picture, blending)
    small = whole.thumbnails[0].shape[:2]
    below = resize_picture(under.picture, small)
    return replace(
        whole,
        analysis=whole.analysis.blended(blending),
        pictures={**whole.pictures, "sharp": picture_image(sharp)},
        sharp=sharp,
        player=BlendedPlayer(whole.player, under.at(whole.player.size), blending),
        thumbnails=[lay_over(one, below, blending) for one in whole.thumbnails],
        plain=whole.unedited,
        blend=wanted,
        unblended=whole,
    )


@dataclass(eq=False)
class BlendSource:
    """What pictures with another blend are made of, at the size that frames are seen at."""

    whole: Results
    sharp: Bytes | None = None

    @property
    def size(self) -> Size:
        """(H, W) px."""
        size: Size = self.whole.player.size
        return size


def view_picture(source: BlendSource, wanted: Blend, context: JobContext) -> QImage:
    """Make the sharp picture with another blend, at view size."""
    from blurstudio.engine.pictures import resize_picture
    from blurstudio.engine.sharp.blending import lay_over
    from blurstudio.session.brush_masks import blending_of

    context.cancel.raise_if_cancelled()
    under, size = source.whole.underlay, source.size
    if source.sharp is None:
        source.sharp = resize_picture(source.whole.sharp, size)
    blending = blending_of(wanted, size, under.painter(size))
    return picture_image(lay_over(source.sharp, under.at(size), blending))


def mask_map(source: BlendSource, mask: BrushMask, context: JobContext) -> Bytes:
    """Paint a mask at view size, (h, w): 255 where the result is used."""
    context.cancel.raise_if_cancelled()
    painted: Bytes = source.whole.underlay.painter(source.size).paint(mask)
    return painted


def strength_blended(picture: Bytes, analysis: Any) -> Bytes:  # noqa: ANN401 - the engine's
    """Lay the picture at a strength in the hand over the photo, as the result on show is."""
    from blurstudio.engine.pictures import resize_picture
    from blurstudio.engine.sharp.blending import lay_over
    from blurstudio.media.colour import display_image

    if analysis.blending is None:
        return picture
    photo = analysis.photo
    size = (picture.shape[0], picture.shape[1])
    below = display_image(resize_picture(photo.pixels, size), photo.icc_profile)
    return lay_over(picture, below, analysis.blending)
