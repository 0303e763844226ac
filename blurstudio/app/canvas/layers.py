"""The visible part of a picture, drawn once per view and shifted along while the view is.

Only ever as large as the pane: no scaled copy of a whole picture is made here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QPixmap

from blurstudio.app import theme
from blurstudio.app.canvas.picture import part_of
from blurstudio.app.canvas.values import write_values

if TYPE_CHECKING:
    from blurstudio.app.canvas.camera import View
    from blurstudio.app.canvas.picture import Picture
    from blurstudio.app.canvas.screen_colours import ScreenColours

_NEAREST_ABOVE = 2.0
_KEPT = 3


class _Drawing(NamedTuple):
    """What a layer depends on beside its place; what two of them share can be shifted."""

    serial: int
    scale: float
    scene: tuple[int, int]
    width: int
    height: int
    ground: int
    screen: int


class PictureLayers:
    """Draws and keeps the last few panes."""

    def __init__(self) -> None:
        self._kept: dict[tuple[_Drawing, View], QPixmap] = {}

    def layer(
        self,
        picture: Picture,
        view: View,
        scene: tuple[int, int],
        width: int,
        height: int,
        screen: ScreenColours,
    ) -> QPixmap:
        """Layer of ``width`` x ``height`` device px showing the picture stretched to the scene.

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
        screen
            How sRGB is brought to the screen.
        """
        ground = theme.CANVAS.rgb()
        drawing = _Drawing(
            *(picture.serial, view.scale, scene, width, height, ground, screen.serial)
        )
        found = self._kept.pop((drawing, view), None)
        if found is None:
            found = self._shifted(drawing, view, picture, screen)
        if found is None:
            image = _drawn(picture, view, scene, width, height)
            found = QPixmap.fromImage(screen.on_screen(image))
        self._kept[drawing, view] = found
        while len(self._kept) > _KEPT:
            self._kept.pop(next(iter(self._kept)))
        return found

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()

    def _shifted(
        self, drawing: _Drawing, view: View, picture: Picture, screen: ScreenColours
    ) -> QPixmap | None:
        """Shift the newest layer that differs by its place only, and draw what comes in sight."""
        width, height = drawing.width, drawing.height
        for key in reversed(self._kept):
            kept, there = key
            dx, dy = view.x - there.x, view.y - there.y
            if kept == drawing and abs(dx) < width and abs(dy) < height:
                break
        else:
            return None
        layer = self._kept.pop(key)
        layer.scroll(dx, dy, layer.rect())
        painter = QPainter(layer)
        for strip in uncovered(dx, dy, width, height):
            seen = view.moved(-strip.x(), -strip.y())
            image = _drawn(picture, seen, drawing.scene, strip.width(), strip.height())
            painter.drawImage(strip.topLeft(), screen.on_screen(image))
        painter.end()
        return layer


def uncovered(dx: int, dy: int, width: int, height: int) -> list[QRect]:
    """Return what a rectangle of ``width`` x ``height`` shifted by (dx, dy) leaves bare."""
    strips = []
    if dx:
        strips.append(QRect(0 if dx > 0 else width + dx, 0, abs(dx), height))
    if dy and width > abs(dx):
        strips.append(QRect(max(dx, 0), 0 if dy > 0 else height + dy, width - abs(dx), abs(dy)))
    return strips


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
    level, level_scale = picture.level_for(max(x_scale, y_scale))
    # A pixel of the level more on every side: what is drawn beside this later then meets it
    # without a seam.
    step = round(1 / level_scale)
    left, top = max(0, (left // step - 1) * step), max(0, (top // step - 1) * step)
    right = min(own_width, (-(-right // step) + 1) * step)
    bottom = min(own_height, (-(-bottom // step) + 1) * step)
    target = QRectF(
        view.x + left * x_scale,
        view.y + top * y_scale,
        (right - left) * x_scale,
        (bottom - top) * y_scale,
    )
    source = part_of(QRectF(left, top, right - left, bottom - top), level_scale)
    painter = QPainter(image)
    blocks = picture.size == scene and view.scale > _NEAREST_ABOVE
    exact = x_scale == 1.0 and y_scale == 1.0
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not (blocks or exact))
    painter.drawImage(target, level, source)
    part = QRect(left, top, right - left, bottom - top)
    write_values(painter, picture.full, part, (view.x, view.y), (x_scale, y_scale))
    painter.end()
    return image
