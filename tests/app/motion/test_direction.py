"""Time turned round from the panel, everywhere or in the region under the cursor."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from blurstudio.app.regions import region_work
from tests.app.motion.hands import click, words


def test_shift_x_reverses_time(analysed, panel, person):
    person.strikes(analysed, "Shift+X")
    assert panel.direction.reverse.isChecked()
    assert analysed.commands["photo.reverse"].isChecked()
    person.sees_results(analysed)


def test_reversed_time_runs_the_other_way(analysed, panel, person):
    before = analysed.controller.results.paths
    click(panel.direction.reverse)
    person.sees_results(analysed)
    assert (analysed.controller.results.paths.ways == before.ways[:, ::-1]).all()


def test_a_click_on_the_canvas_flips_the_region_under_it(analysed, panel, person, qtbot):
    canvas = analysed.parts.canvas
    place = canvas.from_picture(QPointF(40, 15)).toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert analysed.controller.options.flips == (), "clicks mean nothing before"
    click(panel.direction.flip)
    assert analysed.commands["photo.flip"].isChecked()
    assert canvas.cursor().shape() is Qt.CursorShape.CrossCursor
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    person.sees_results(analysed)
    ((x, y),) = analysed.controller.results.options.flips
    assert (x, y) == pytest.approx((40 / 80, 15 / 60), abs=0.01)
    assert any("1 flip by hand" in text for text in words(panel))
    person.strikes(analysed, "Ctrl+Z")
    person.sees_results(analysed)
    assert analysed.controller.results.options.flips == ()


def test_a_drag_with_the_tool_pans_and_flips_nothing(analysed, person, qtbot):
    person.strikes(analysed, "X")
    canvas = analysed.parts.canvas
    start = canvas.rect().center()
    before = canvas.from_picture(QPointF(0, 0))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas, start + QPoint(30, 10))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(30, 10))
    assert canvas.from_picture(QPointF(0, 0)) != before
    assert analysed.controller.options.flips == ()


def test_a_click_beside_the_picture_flips_nothing(analysed, person, qtbot):
    person.strikes(analysed, "X")
    canvas = analysed.parts.canvas
    outside = canvas.from_picture(QPointF(-5, 30)).toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=outside)
    assert analysed.controller.options.flips == ()


@pytest.mark.parametrize("key", ["Esc", "X"])
def test_a_key_leaves_the_tool(analysed, panel, person, qtbot, key):
    person.strikes(analysed, "X")
    assert panel.direction.flip.isChecked()
    assert any("Esc" in text for text in words(panel))
    person.strikes(analysed, key)
    assert not panel.direction.flip.isChecked()
    assert not any("Esc" in text for text in words(panel))
    canvas = analysed.parts.canvas
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    assert analysed.controller.options.flips == ()


def test_the_direction_map_is_shown_and_hidden(analysed, panel, person):
    click(panel.direction.direction_map)
    assert analysed.parts.canvas.picture == "direction"
    assert analysed.commands["view.direction"].isChecked()
    click(panel.direction.direction_map)
    assert analysed.parts.canvas.picture == "sharp"
    person.strikes(analysed, "6")
    assert panel.direction.direction_map.isChecked()


@pytest.fixture
def halves(monkeypatch):
    """Let the left half of every picture move as one, and the right half."""
    numbers = np.zeros((4, 6), np.uint8)
    numbers[:, 3:] = 1
    monkeypatch.setattr(region_work, "motion_region_map", lambda analysis, context: numbers)


def hover(widget, place):
    """Bring the mouse over a place; sent as it is, since a cursor that stays sends nothing."""
    spot = QPointF(place)
    move = QMouseEvent(
        QMouseEvent.Type.MouseMove, spot, widget.mapToGlobal(spot), Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, move)


def test_the_region_under_the_cursor_stands_out(halves, analysed, person, qtbot):
    canvas = analysed.parts.canvas
    left, right = (canvas.from_picture(QPointF(x, 30)).toPoint() for x in (20, 60))
    plain = canvas.grab().toImage()
    hover(canvas, left)
    person.strikes(analysed, "X")
    qtbot.waitUntil(lambda: canvas.motion.marked_region == 0)
    veiled = canvas.grab().toImage()
    assert veiled.pixelColor(left) == plain.pixelColor(left)
    assert veiled.pixelColor(right).lightness() < plain.pixelColor(right).lightness()
    hover(canvas, right)
    assert canvas.motion.marked_region == 1
    hover(canvas, canvas.from_picture(QPointF(-5, 30)).toPoint())
    assert canvas.motion.marked_region is None
    person.strikes(analysed, "Esc")
    hover(canvas, left)
    assert canvas.motion.marked_region is None
    assert canvas.grab().toImage().pixelColor(right) == plain.pixelColor(right)


def test_regions_of_another_photo_are_dropped(halves, analysed, person, make_photo, qtbot):
    canvas = analysed.parts.canvas
    hover(canvas, canvas.from_picture(QPointF(20, 30)).toPoint())
    person.strikes(analysed, "X")
    qtbot.waitUntil(lambda: canvas.motion.marked_region == 0)
    person.opens_and_waits(analysed, make_photo("next.png"))
    assert canvas.motion.marked_region is None
