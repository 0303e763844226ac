"""Looking around: the wheel, the drags, fit and actual size."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from blurstudio.app import theme
from blurstudio.app.canvas import CanvasView

GREEN = (20, 160, 40)
RED = (200, 30, 30)
SURROUND = theme.CANVAS.getRgb()[:3]


@pytest.fixture
def canvas(qtbot, hand):
    widget = CanvasView()
    qtbot.addWidget(widget)
    widget.resize(500, 400)
    widget.show()
    widget.set_picture("photo", hand.plain(RED))
    return widget


@pytest.mark.parametrize("notches", [1, 3, -1, 0.1, -0.25])
def test_the_wheel_keeps_the_picture_point_under_the_cursor(canvas, notches, hand):
    at = QPoint(180, 150)
    before = canvas.to_picture(QPointF(at))
    zoom = canvas.zoom
    hand.turn_wheel(canvas, at, notches)
    after = canvas.to_picture(QPointF(at))
    assert (canvas.zoom > zoom) == (notches > 0)
    # The picture's corner is put on whole device pixels: half a pixel is lost.
    assert abs(after.x() - before.x()) <= 0.51 / canvas.zoom
    assert abs(after.y() - before.y()) <= 0.51 / canvas.zoom


def test_turning_to_and_fro_comes_back(canvas, hand):
    canvas.set_zoom(2.0)
    place = canvas.to_picture(QPointF(100, 100))
    for notches in (1, 1, -1, -1):
        hand.turn_wheel(canvas, QPoint(321, 77), notches)
    assert canvas.zoom == pytest.approx(2.0)
    assert canvas.to_picture(QPointF(100, 100)).x() == pytest.approx(place.x(), abs=0.5)


def test_the_wheel_stops_at_actual_size_on_its_way(canvas, hand):
    canvas.set_zoom(0.9)
    hand.turn_wheel(canvas, QPoint(250, 200))
    assert canvas.zoom == 1.0


def test_zoom_stays_within_its_bounds(canvas, hand):
    for _ in range(60):
        hand.turn_wheel(canvas, QPoint(250, 200), 2)
    assert canvas.zoom == 64.0
    for _ in range(120):
        hand.turn_wheel(canvas, QPoint(250, 200), -2)
    assert canvas.zoom == pytest.approx(0.02)


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_a_drag_moves_the_picture_by_as_much(canvas, button, hand):
    canvas.set_zoom(2.0)
    before = canvas.from_picture(QPointF(100, 100))
    hand.drag(canvas, QPoint(200, 200), QPoint(237, 171), button)
    moved = canvas.from_picture(QPointF(100, 100)) - before
    assert (moved.x(), moved.y()) == pytest.approx((37, -29), abs=1)


def test_a_drag_does_not_lose_the_picture(canvas, hand):
    for _ in range(10):
        hand.drag(canvas, QPoint(20, 20), QPoint(480, 380))
    corner = canvas.from_picture(QPointF(0, 0))
    assert corner.x() <= canvas.width() - 40
    assert corner.y() <= canvas.height() - 40


def test_a_press_without_a_drag_moves_nothing(canvas):
    before = canvas.from_picture(QPointF(0, 0))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(222, 111))
    assert canvas.from_picture(QPointF(0, 0)) == before
    assert canvas.is_fitted


def test_fit_shows_all_of_the_picture_and_as_large_as_it_goes(canvas, hand):
    canvas.set_zoom(5.0)
    canvas.fit()
    first, last = canvas.from_picture(QPointF(0, 0)), canvas.from_picture(QPointF(400, 300))
    assert min(first.x(), first.y()) >= 0
    assert last.x() <= canvas.width()
    assert last.y() <= canvas.height()
    assert last.x() - first.x() > 0.9 * canvas.width()
    assert hand.near(hand.colour_at(canvas, first.x() + 2, first.y() + 60), RED)
    assert hand.near(hand.colour_at(canvas, first.x() - 2, first.y() + 60), SURROUND)


def test_a_fitted_picture_follows_the_size_of_the_canvas(canvas, qtbot):
    zoom = canvas.zoom
    canvas.resize(1000, 800)
    qtbot.waitUntil(lambda: canvas.zoom > 1.8 * zoom)
    assert canvas.is_fitted


def test_a_chosen_zoom_stays_when_the_canvas_is_resized(canvas, qtbot):
    canvas.set_zoom(1.5)
    middle = canvas.to_picture(QPointF(250, 200))
    canvas.resize(700, 500)
    qtbot.waitUntil(lambda: canvas.width() == 700)
    assert canvas.zoom == 1.5
    assert canvas.to_picture(QPointF(350, 250)).x() == pytest.approx(middle.x(), abs=0.5)


def test_a_middle_click_goes_round_fit_actual_and_double_size(canvas):
    seen = []
    for _ in range(4):
        QTest.mouseClick(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(250, 200))
        seen.append("fit" if canvas.is_fitted else canvas.zoom)
    assert seen == [1.0, 2.0, "fit", 1.0]


def test_actual_size_puts_each_picture_pixel_on_its_own_screen_pixel(canvas):
    noise = np.random.default_rng(3).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    canvas.clear()
    canvas.set_picture("photo", noise)
    canvas.actual_size()
    corner = canvas.from_picture(QPointF(0, 0)).toPoint()
    shot = canvas.grab().toImage()
    for x, y in ((0, 0), (79, 59), (13, 40)):
        seen = shot.pixelColor(corner + QPoint(x, y))
        assert (seen.red(), seen.green(), seen.blue()) == tuple(noise[y, x])


def test_above_double_size_pixels_are_crisp_squares(canvas, hand):
    half = hand.plain(RED, 10, 10)
    half[:, 5:] = GREEN
    canvas.clear()
    canvas.set_picture("photo", half)
    canvas.set_zoom(20.0)
    edge = canvas.from_picture(QPointF(5, 5))
    assert hand.near(hand.colour_at(canvas, edge.x() - 1, edge.y()), RED)
    assert hand.near(hand.colour_at(canvas, edge.x() + 1, edge.y()), GREEN)


def test_below_double_size_edges_are_smooth(canvas, hand):
    half = hand.plain((0, 0, 0), 60, 60)
    half[:, 30:] = 255
    canvas.clear()
    canvas.set_picture("photo", half)
    canvas.set_zoom(1.9)
    edge = canvas.from_picture(QPointF(30, 30))
    shot = canvas.grab().toImage()
    row = {shot.pixelColor(round(edge.x()) + dx, round(edge.y())).red() for dx in range(-3, 4)}
    assert any(20 < grey < 235 for grey in row)


def test_the_cursor_is_told_in_corner_coordinates(canvas, qtbot):
    canvas.actual_size()
    target = canvas.from_picture(QPointF(10, 20)).toPoint()
    with qtbot.waitSignal(canvas.cursorMoved) as told:
        QTest.mouseMove(canvas, target)
    # Half a pixel in: the point is the pixel's corner, or what rounding left of it.
    assert told.args == pytest.approx([10, 20], abs=0.51)


def test_leaving_the_picture_is_told_once(canvas, qtbot):
    canvas.set_zoom(0.5)
    QTest.mouseMove(canvas, QPoint(250, 200))
    told = []
    canvas.cursorLeft.connect(lambda: told.append(1))
    QTest.mouseMove(canvas, QPoint(3, 3))
    QTest.mouseMove(canvas, QPoint(5, 5))
    assert told == [1]


def test_a_change_of_zoom_is_told(canvas, qtbot):
    with qtbot.waitSignal(canvas.zoomChanged) as told:
        canvas.set_zoom(3.0)
    assert told.args == [3.0]


def test_on_a_screen_of_two_device_pixels_actual_size_means_device_pixels(qtbot, hand):
    class DenseCanvas(CanvasView):
        def devicePixelRatioF(self):
            return 2.0

    widget = DenseCanvas()
    qtbot.addWidget(widget)
    widget.resize(500, 400)
    widget.set_picture("photo", hand.plain(RED))
    widget.actual_size()
    across = widget.from_picture(QPointF(400, 0)) - widget.from_picture(QPointF(0, 0))
    assert across.x() == pytest.approx(200)
    at = QPointF(130, 90)
    before = widget.to_picture(at)
    hand.turn_wheel(widget, at.toPoint())
    assert widget.to_picture(at).x() == pytest.approx(before.x(), abs=1)


def test_nothing_happens_on_an_empty_canvas(qtbot, hand):
    widget = CanvasView()
    qtbot.addWidget(widget)
    widget.resize(500, 400)
    widget.show()
    hand.turn_wheel(widget, QPoint(100, 100))
    hand.drag(widget, QPoint(100, 100), QPoint(200, 200))
    QTest.mouseClick(widget, Qt.MouseButton.MiddleButton, pos=QPoint(50, 50))
    widget.fit()
    assert widget.zoom == 1.0
    assert hand.near(hand.colour_at(widget, 250, 200), SURROUND)
