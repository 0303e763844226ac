"""Puts one paint of the canvas together: pictures, paths, marker, labels, split line.

Order: background, picture layers, path layer and markers (device px), then what is drawn over
them (logical px). It keeps the layers; what is shown, and where, it is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from blurstudio.app import theme
from blurstudio.app.canvas import hud
from blurstudio.app.canvas.arrays import draw_sprites
from blurstudio.app.canvas.compare import Part, split_key
from blurstudio.app.canvas.drawn import DrawnLayer
from blurstudio.app.canvas.layers import PictureLayers
from blurstudio.app.canvas.legend import draw_picture_legend
from blurstudio.app.canvas.trajectories import (
    PathLayer,
    Trajectories,
    marker_sprite,
    positions_at,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QLineF

    from blurstudio.app.canvas.brushed import Brushed
    from blurstudio.app.canvas.camera import Camera, View
    from blurstudio.app.canvas.drawn import Drawn
    from blurstudio.app.canvas.overlays import Overlays
    from blurstudio.app.canvas.picture import Picture
    from blurstudio.app.canvas.regions import Regions
    from blurstudio.app.canvas.screen_colours import ScreenColours

_LARGEST_MARGIN = 256
# A layer drawn for another zoom may stand in while the zoom changes, within these factors.
_STAND_IN = (0.4, 2.5)


@dataclass(frozen=True)
class Look:
    """Everything one paint depends on; lengths in device px.

    Attributes
    ----------
    parts
        Panes with the picture key each shows.
    labels
        What each of them shows, in words.
    pictures
        Pictures by key.
    scene
        (H, W) of the picture coordinates.
    trajectories
        Paths to draw, or None.
    overlays
        What else may lie over the pictures.
    regions
        Motion regions with the one under the cursor, or None.
    drawn
        Regions drawn by a person, or None.
    brushed
        What is seen of brush and mask, or None.
    time
        Moment of the marker in [-1/2, 1/2].
    ratio
        Device px per logical px.
    screen
        How the pictures' colours are brought to the screen.
    hurried
        Whether a path layer of another zoom will do for this paint.
    covered
        What lies behind something else at the top, in logical px; words give way to it.
    """

    parts: list[Part]
    labels: list[str]
    pictures: Mapping[str, Picture]
    scene: tuple[int, int]
    camera: Camera
    trajectories: Trajectories | None
    overlays: Overlays
    regions: Regions | None
    drawn: Drawn | None
    brushed: Brushed | None
    time: float
    ratio: float
    screen: ScreenColours
    hurried: bool = False
    split: QLineF | None = None
    handle_active: bool = False
    crosses: Sequence[tuple[float, float]] = ()
    covered: QRectF = field(default_factory=QRectF)


class Stage:
    """Paints looks and keeps the layers between paints."""

    def __init__(self) -> None:
        self._pictures = PictureLayers()
        self._drawn = DrawnLayer()
        self._paths: PathLayer | None = None
        self._paths_of: tuple[object, ...] = ()
        self._sprite: QPixmap | None = None
        self._sprite_ratio = 0.0

    def clear(self) -> None:
        """Forget every layer."""
        self._pictures.clear()
        self._drawn.clear()
        self._paths = None

    def paint(self, painter: QPainter, area: QRectF, look: Look) -> None:
        """Paint ``look`` into ``area`` (logical px) of a widget."""
        painter.fillRect(area, theme.CANVAS)
        painter.save()
        painter.scale(1 / look.ratio, 1 / look.ratio)
        for part in look.parts:
            if part.key in look.pictures:
                self._paint_picture(painter, part, look)
        # What was read of the motion belongs to our own pictures, not to another's.
        own = {part.pane for part in look.parts if not split_key(part.key)[1]}
        if look.regions is not None:
            for pane in dict.fromkeys(part.pane for part in look.parts):
                painter.setClipRect(QRectF(pane.x, pane.y, pane.width, pane.height))
                look.regions.paint(painter, look.camera.view(pane), look.scene)
        for pane in dict.fromkeys(part.pane for part in look.parts):
            painter.setClipRect(QRectF(pane.x, pane.y, pane.width, pane.height))
            view = look.camera.view(pane)
            if pane in own:
                look.overlays.paint(painter, view, look.scene, pane, look.ratio)
            if look.trajectories is not None and pane in own:
                painter.setOpacity(look.overlays.opacity)
                relative = view.moved(-int(pane.x), -int(pane.y))
                layer = self._path_layer(relative, int(pane.width), int(pane.height), look)
                self._paint_paths(painter, layer, relative, (pane.x, pane.y), look)
                painter.setOpacity(1.0)
            look.overlays.paint_pin(painter, view, look.ratio)
        if look.drawn is not None:
            for pane in dict.fromkeys(part.pane for part in look.parts):
                painter.setClipRect(QRectF(pane.x, pane.y, pane.width, pane.height))
                self._drawn.paint(painter, look.drawn, look.camera.view(pane), pane, look.ratio)
        if look.brushed is not None:
            for pane in dict.fromkeys(part.pane for part in look.parts):
                painter.setClipRect(QRectF(pane.x, pane.y, pane.width, pane.height))
                look.brushed.paint(painter, look.camera.view(pane), look.scene, look.ratio)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_over(painter, area, look)

    def _paint_picture(self, painter: QPainter, part: Part, look: Look) -> None:
        pane = part.pane
        view = look.camera.view(pane).moved(-int(pane.x), -int(pane.y))
        layer = self._pictures.layer(
            look.pictures[part.key],
            view,
            look.scene,
            int(pane.width),
            int(pane.height),
            look.screen,
        )
        seen = part.seen
        painter.setClipRect(QRectF(seen.x, seen.y, seen.width, seen.height))
        painter.drawPixmap(int(pane.x), int(pane.y), layer)

    def _path_layer(self, view: View, width: int, height: int, look: Look) -> PathLayer:
        """Return the kept layer if it serves this view, else a new one."""
        margin_x = min(_LARGEST_MARGIN, width // 4)
        margin_y = min(_LARGEST_MARGIN, height // 4)
        wanted = (look.trajectories, look.scene, width, height, look.ratio)
        kept = self._paths
        if kept is not None and self._paths_of == wanted:
            factor = view.scale / kept.view.scale
            if factor == 1.0:
                near_x = abs(kept.view.x - margin_x - view.x) <= margin_x
                if near_x and abs(kept.view.y - margin_y - view.y) <= margin_y:
                    return kept
            elif look.hurried and _STAND_IN[0] < factor < _STAND_IN[1]:
                return kept
        assert look.trajectories is not None
        self._paths = look.trajectories.drawn(
            view.moved(margin_x, margin_y),
            look.scene,
            width + 2 * margin_x,
            height + 2 * margin_y,
            look.ratio,
        )
        self._paths_of = wanted
        return self._paths

    def _paint_paths(
        self,
        painter: QPainter,
        layer: PathLayer,
        view: View,
        corner: tuple[float, float],
        look: Look,
    ) -> None:
        factor = view.scale / layer.view.scale
        x = corner[0] + view.x - layer.view.x * factor
        y = corner[1] + view.y - layer.view.y * factor
        if factor == 1.0:
            painter.drawImage(round(x), round(y), layer.image)
        else:
            size = layer.image.size()
            place = QRectF(x, y, size.width() * factor, size.height() * factor)
            painter.drawImage(place, layer.image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        places = positions_at(layer.paths, look.time) * factor + (x, y)
        draw_sprites(painter, places, self._marker(look.ratio))

    def _marker(self, ratio: float) -> QPixmap:
        if self._sprite is None or self._sprite_ratio != ratio:
            self._sprite = marker_sprite(ratio)
            self._sprite_ratio = ratio
        return self._sprite

    def _paint_over(self, painter: QPainter, area: QRectF, look: Look) -> None:
        ratio = look.ratio
        taken = hud.legend_box(painter, area) if look.trajectories is not None else None
        beside = look.split is not None and look.split.dx() == 0
        for index, part in enumerate(look.parts):
            seen = part.seen
            box = QRectF(*(seen.x / ratio, seen.y / ratio, seen.width / ratio, seen.height / ratio))
            # Beside the line the names stand in the outer corners, out of its way.
            right = beside and index > 0
            hud.draw_label(painter, look.labels[index], box, look.covered, right=right)
            legend = look.overlays.legend(part.key)
            if legend is not None:
                draw_picture_legend(painter, legend, box, taken)
        if look.split is not None:
            hud.draw_split_line(painter, look.split, look.handle_active)
        for x, y in look.crosses:
            hud.draw_cross(painter, x / ratio, y / ratio)
        if look.trajectories is not None:
            hud.draw_legend(painter, area, look.time)
        if look.overlays.kernels is not None:
            hud.draw_note(painter, look.overlays.kernels.words, area, look.covered)
