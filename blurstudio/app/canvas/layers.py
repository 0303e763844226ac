"""The visible part of a picture, drawn once per view and kept until the view changes.

Only ever as large as the pane: no scaled copy of a whole picture is made here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from blurstudio.app import theme
from blurstudio.app.canvas.picture import part_of
from blurstudio.app.canvas.values import write_values

if TYPE_CHECKING:
    from blurstudio.app.canvas.camera import View
    from blurstudio.app.canvas.picture import Picture

_NEAREST_ABOVE = 2.0
_KEPT = 3


class _Key(NamedTuple):
    serial: int
    levels: int
    view: View
    scene: tuple[int, int]
    width: int
    height: int
    ground: int


class PictureLayers:
    """Draws and keeps the last few panes."""

    def __init__(self) -> None:
        self._kept: dict[_Key, QImage] = {}

    def layer(
        self, picture: Picture, view: View, scene: tuple[int, int], width: int, height: int
    ) -> QImage:
        """Image of ``width`` x ``height`` device px showing the picture stretched to the scene.

        Parameters
        ----------
        picture
            What to draw; a quick pass may be smaller than the scene it stands for.
        view
            Mapping relative to the pane's own corner.
        scene
            (H, W) of the picture coordinates.
        width, height
            Size of the pane in device px.
        """
        ground = theme.CANVAS.rgb()
        key = _Key(picture.serial, picture.level_count, view, scene, width, height, ground)
        found = self._kept.pop(key, None)
        if found is None:
            found = _drawn(picture, view, scene, width, height)
        self._kept[key] = found
        while len(self._kept) > _KEPT:
            self._kept.pop(next(iter(self._kept)))
        return found

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()


def _drawn(picture: Picture, view: View, scene: tuple[int, int], width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(theme.CANVAS)
    own_height, own_width = picture.size
    x_scale = view.scale * scene[1] / own_width
    y_scale = view.scale * scene[0] / own_height
    left = max(0, math.floor(-view.x / x_scale))
    top = max(0, math.floor(-view.y / y_scale))
    right = min(own_width, math.ceil((width - view.x) / x_scale))
    bottom = min(own_height, math.ceil((height - view.y) / y_scale))
    if left >= right or top >= bottom:
        return image
    target = QRectF(
        view.x + left * x_scale,
        view.y + top * y_scale,
        (right - left) * x_scale,
        (bottom - top) * y_scale,
    )
    level = picture.level_for(max(x_scale, y_scale))
    source = part_of(level, QRectF(left, top, right - left, bottom - top), picture.size)
    painter = QPainter(image)
    blocks = picture.size == scene and view.scale > _NEAREST_ABOVE
    exact = x_scale == 1.0 and y_scale == 1.0
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not (blocks or exact))
    painter.drawImage(target, level, source)
    part = QRect(left, top, right - left, bottom - top)
    write_values(painter, picture.full, part, (view.x, view.y), (x_scale, y_scale))
    painter.end()
    return image
