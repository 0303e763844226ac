"""A deblurred picture laid over its photo: by an amount, and only where a mask lets it.

Whoever chose the amount and painted the mask is no concern of this module. Pictures are as they
are in a file or on the screen, in one encoding; nothing is kept here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from blurstudio.engine.pictures import bands, resize_picture

if TYPE_CHECKING:
    import numpy.typing as npt

    from blurstudio.engine.drawing.frames import FramePlayer

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]
    Picture = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Blending:
    """How a result is laid over its photo.

    Attributes
    ----------
    amount
        Share of the result, [0, 1]; 0 is the photo.
    mask
        ``(h, w)`` uint8 of any size, stretched over the picture: 255 lets the amount count fully,
        0 leaves the photo. None is 255 everywhere.
    """

    amount: float
    mask: Bytes | None = None

    def fitted(self, size: tuple[int, int]) -> Blending:
        """Return it for pictures of (H, W), its mask brought to that size once."""
        if self.mask is None or self.mask.shape == size:
            return self
        return Blending(self.amount, resize_picture(self.mask, size))

    def as_dict(self) -> dict[str, Any]:
        """Say in a result's metadata what was done."""
        return {"amount": self.amount, "masked": self.mask is not None}


def lay_over(result: Picture, photo: Picture, blending: Blending | None) -> Picture:
    """Lay a result over its photo.

    Where the mask is 0 the photo's own values come out, and where it is 255, at the full amount,
    the result's: to the last bit.

    Parameters
    ----------
    result, photo
        ``(H, W, 3)``, both uint8 or both float32, in one encoding.
    blending
        None gives the result back.

    Returns
    -------
    ndarray
        As they are; a new array unless the result is given back.
    """
    if blending is None or (blending.amount == 1 and blending.mask is None):
        return result
    size = (result.shape[0], result.shape[1])
    mask = blending.fitted(size).mask
    mixed = np.empty_like(result)
    for rows in bands(size):
        share = np.full(mixed[rows].shape[:2], blending.amount, np.float32)
        if mask is not None:
            share *= mask[rows] / np.float32(255)
        # In the encoding, not in linear light: the slider's steps look even, an edge of the mask
        # is as soft on dark as on bright, and no colour leaves the photo's profile to come back
        # rounded. Each side has its own factor, for a + (b - a) is not b to the last bit.
        rest = np.float32(1) - share
        if result.dtype == np.uint8:
            # It divides by the sum of both and a trifle, which rounding to whole numbers undoes.
            mixed[rows] = cv2.blendLinear(result[rows], photo[rows], share, rest)
        else:
            mixed[rows] = result[rows] * share[..., None]
            mixed[rows] += photo[rows] * rest[..., None]
    return mixed


class BlendedPlayer:
    """A player of frames, each laid over the photo, which itself stands still.

    Parameters
    ----------
    player
        Makes the frames.
    photo
        ``(H, W, 3)`` uint8, of their size.
    blending
        How they are laid over it.
    """

    def __init__(self, player: FramePlayer, photo: Bytes, blending: Blending) -> None:
        self.size = player.size
        self._player = player
        self._photo = photo
        self._blending = blending.fitted(player.size)

    def frame(self, t: float) -> Bytes:
        """Picture at moment `t` in [-1/2, 1/2], ``(H, W, 3)`` uint8."""
        return lay_over(self._player.frame(t), self._photo, self._blending)
