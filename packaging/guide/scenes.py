"""Scenes of the guide: looking at a photo, its motion, its result. One picture each.

A scene begins with a tidy window on the sample; what a hand can do is in `hand.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect

from blurstudio.app.panels.motion.picture import DECONVOLUTION
from blurstudio.session.regions import Edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hand import Hand
    from PySide6.QtWidgets import QWidget

SCENES: dict[str, Callable[[Hand, Path], None]] = {}
"""What shows each picture, by its name in `docs/guide/images`."""
_MARGIN = 8


def scene(name: str) -> Callable[[Callable[[Hand, Path], None]], Callable[[Hand, Path], None]]:
    """Say which picture a scene is for."""

    def put(shown: Callable[[Hand, Path], None]) -> Callable[[Hand, Path], None]:
        SCENES[name] = shown
        return shown

    return put


def panel_part(hand: Hand, *widgets: QWidget) -> tuple[QWidget, QRect]:
    """Return the page of the side panel, and the part of it around some widgets."""
    page = hand.panel.widget()
    whole = QRect()
    for widget in widgets:
        # Without the room that keeps it off what is above it.
        seen = widget.rect() if (layout := widget.layout()) is None else layout.contentsRect()
        whole |= seen.translated(widget.mapTo(page, QPoint(0, 0)))
    whole = QRect(0, whole.top() - _MARGIN, page.width(), whole.height() + 2 * _MARGIN)
    return page, whole & page.rect()


@scene("first-result.png")
def first_result(hand: Hand, path: Path) -> None:
    """Show the window as it is when a first photo is done."""
    hand.takes(path)


@scene("paths.png")
def paths(hand: Hand, path: Path) -> None:
    """Show the paths over the sharp picture."""
    hand.does("view.paths")
    hand.takes(path, hand.canvas)


@scene("blur-length.png")
def blur_length(hand: Hand, path: Path) -> None:
    """Show the blur length with its legend, and arrows."""
    hand.does("view.blur", "view.arrows")
    hand.takes(path, hand.canvas)


@scene("split.png")
def split(hand: Hand, path: Path) -> None:
    """Show photo and sharp picture on the two sides of a line."""
    hand.does("compare.split")
    hand.takes(path, hand.canvas)


@scene("values.png")
def values(hand: Hand, path: Path) -> None:
    """Show values written in large pixels."""
    hand.zooms((0.35, 0.62), 56)
    hand.takes(path, hand.canvas, QRect(0, 0, 560, 392))


@scene("probe.png")
def probe(hand: Hand, path: Path) -> None:
    """Show the probe on a pinned place."""
    hand.does("view.probe", "view.paths")
    hand.clicks((0.45, 0.5))
    hand.takes(path)


@scene("histograms.png")
def histograms(hand: Hand, path: Path) -> None:
    """Show what is counted."""
    hand.does("view.histogram")
    hand.takes(path, hand.window.instruments.docks["histogram"])


@scene("motion.png")
def motion(hand: Hand, path: Path) -> None:
    """Show the Motion part of the panel, with refined paths and a deconvolution."""
    hand.panel.motion.refinement.refine.pick("path")
    hand.settles()
    hand.panel.motion.picture.sharp_by.pick(DECONVOLUTION)
    hand.settles()
    hand.takes(path, *panel_part(hand, hand.panel.folds["motion"]))


@scene("directions.png")
def directions(hand: Hand, path: Path) -> None:
    """Show the map of directions, with arrows."""
    hand.does("view.direction", "view.arrows")
    hand.takes(path, hand.canvas)


@scene("verdict.png")
def verdict(hand: Hand, path: Path) -> None:
    """Show the sentence about camera and subject."""
    hand.takes(path, *panel_part(hand, hand.panel.camera.fold))


@scene("brush.png")
def brush(hand: Hand, path: Path) -> None:
    """Show what the brush hid, under its veil."""
    hand.does("tool.brush")
    hand.drags((0.12, 0.2), (0.2, 0.75), (0.3, 0.3))
    hand.takes(path, hand.canvas)


@scene("result.png")
def result(hand: Hand, path: Path) -> None:
    """Show the Result part of the panel, the brush in the hand."""
    hand.does("tool.brush")
    hand.settles()
    hand.takes(path, *panel_part(hand, hand.panel.folds["result"]))


@scene("regions.png")
def regions(hand: Hand, path: Path) -> None:
    """Show a region around the cup, frozen, and its figures."""
    hand.does("tool.ellipse")
    hand.drags((0.28, 0.2), (0.74, 0.86))
    region = hand.window.controller.regions[0]
    hand.panel.regions.fields.edit.pick(Edit.FREEZE)
    hand.settles()
    assert hand.window.controller.regions[0] != region
    hand.panel.ensureWidgetVisible(hand.panel.regions.fields)
    hand.takes(path)
