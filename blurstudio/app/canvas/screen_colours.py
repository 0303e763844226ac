"""From sRGB, which every picture of the canvas is in, to the colours of one screen.

Which colours a screen has is asked in `app.screen_profile`; without an answer it is taken to show
sRGB, as most do.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtGui import QColorSpace

if TYPE_CHECKING:
    from PySide6.QtGui import QColorTransform, QImage

_serials = itertools.count()


class ScreenColours:
    """Converts what is about to be shown.

    Attributes
    ----------
    serial
        Another one whenever the same picture would be shown in other numbers.
    """

    def __init__(self) -> None:
        self._space: QColorSpace | None = None
        self._transform: QColorTransform | None = None
        self.serial = next(_serials)

    def use(self, space: QColorSpace | None) -> bool:
        """Convert for a screen of these colours from now on; None is one of sRGB.

        Returns
        -------
        bool
            Whether pictures have to be drawn anew.
        """
        if space == self._space:
            return False
        self._space = space
        before, self._transform = self._transform, _from_srgb(space)
        if before is None and self._transform is None:
            return False
        self.serial = next(_serials)
        return True

    def on_screen(self, image: QImage) -> QImage:
        """Convert an sRGB image in place, and return it."""
        if self._transform is not None:
            image.applyColorTransform(self._transform)
        return image


def _from_srgb(space: QColorSpace | None) -> QColorTransform | None:
    """Return the way from sRGB to a screen; None where there is nothing to do, or no way."""
    if space is None or not space.isValidTarget():
        return None
    srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    transform = srgb.transformationToColorSpace(space)
    return None if transform.isIdentity() else transform
