"""What the start page lets the lanes do: small pictures of photos, wherever they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader

from blurstudio.errors import BlurStudioError

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.engine.lanes.jobs import JobContext


def thumbnail(path: Path, side: int, context: JobContext) -> QImage | None:
    """Make a small picture of a photo.

    Parameters
    ----------
    side
        The most that it is wide or high, px; a smaller photo stays as it is.

    Returns
    -------
    QImage or None
        In sRGB; None where there is no photo that can be read.
    """
    context.cancel.raise_if_cancelled()
    try:
        if not path.is_file():
            return None
    except OSError:
        return None
    image = _by_qt(path, side)
    context.cancel.raise_if_cancelled()
    return _by_us(path, side) if image is None else image


def _by_qt(path: Path, side: int) -> QImage | None:
    """Read what Qt can read: it decodes no more of a JPEG than a small picture needs."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(_within(size, side))
    image = reader.read()
    if image.isNull():
        return None
    image = _small(image, side)
    if image.colorSpace().isValid():
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return image


def _by_us(path: Path, side: int) -> QImage | None:
    # Takes a while to load, and is hardly ever needed.
    from blurstudio.app.canvas import picture_image
    from blurstudio.media.colour import display_image
    from blurstudio.media.photo import open_photo

    try:
        photo = open_photo(path)
        return _small(picture_image(display_image(photo.pixels, photo.icc_profile)), side)
    except BlurStudioError:
        return None


def _small(image: QImage, side: int) -> QImage:
    if max(image.width(), image.height()) <= side:
        return image
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.scaled(_within(image.size(), side), mode=smooth)


def _within(size: QSize, side: int) -> QSize:
    scaled = size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
    return scaled.expandedTo(QSize(1, 1))
