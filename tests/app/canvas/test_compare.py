"""Before and after: the split line, side by side, the key that is held."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from blurstudio.app.canvas import CanvasView

GREEN = (20, 160, 40)
RED = (200, 30, 30)


@pytest.fixture
def canvas(qtbot, hand):
    widget = CanvasView()
    qtbot.addWidget(widget)
    widget.resize(500, 400)
    widget.show()
    widget.set_picture("photo", hand.plain(RED))
    widget.set_picture("sharp", hand.plain(GREEN))
    widget.show_picture("sharp")
    return widget


def test_the_split_shows_the_photo_left_of_the_line_and_the_result_right_of_it(canvas, hand):
    canvas.set_compare("split")
    assert hand.near(hand.colour_at(canvas, 200, 300), RED)
    assert hand.near(hand.colour_at(canvas, 300, 300), GREEN)
    assert canvas.caption == "Photo | Sharp"


def test_dragging_the_handle_moves_the_line_and_not_the_picture(canvas, hand):
    canvas.set_compare("split")
    corner = canvas.from_picture(QPointF(0, 0))
    hand.drag(canvas, QPoint(250, 200), QPoint(370, 200))
    assert canvas.split_x == pytest.approx(370, abs=1)
    assert canvas.from_picture(QPointF(0, 0)) == corner
    assert hand.near(hand.colour_at(canvas, 330, 300), RED)
    assert hand.near(hand.colour_at(canvas, 400, 300), GREEN)


def test_the_line_can_be_taken_anywhere_along_it_but_not_beside_it(canvas, hand):
    canvas.set_compare("split")
    hand.drag(canvas, QPoint(253, 20), QPoint(300, 40))
    assert canvas.split_x == pytest.approx(300, abs=1)
    hand.drag(canvas, QPoint(100, 200), QPoint(150, 200))
    assert canvas.split_x == pytest.approx(300, abs=1)


def test_the_line_stays_within_reach(canvas, hand):
    canvas.set_compare("split")
    hand.drag(canvas, QPoint(250, 200), QPoint(900, 200))
    assert 400 < canvas.split_x < 500
    canvas.set_split(-3.0)
    assert 0 < canvas.split_x < 50


def test_the_cursor_says_where_the_line_can_be_taken(canvas):
    canvas.set_compare("split")
    QTest.mouseMove(canvas, QPoint(251, 100))
    assert canvas.cursor().shape() is Qt.CursorShape.SplitHCursor
    QTest.mouseMove(canvas, QPoint(100, 100))
    assert canvas.cursor().shape() is Qt.CursorShape.OpenHandCursor


def test_a_photo_is_not_split_against_itself(canvas, hand):
    canvas.set_compare("split")
    canvas.show_picture("photo")
    assert canvas.split_x is None
    assert canvas.caption == "Photo"
    assert hand.near(hand.colour_at(canvas, 400, 300), RED)


def test_side_by_side_shows_both_whole(canvas, hand):
    canvas.set_compare("side")
    assert hand.near(hand.colour_at(canvas, 125, 200), RED)
    assert hand.near(hand.colour_at(canvas, 375, 200), GREEN)
    for pane, offset in ((0, 0), (1, 250)):
        first = canvas.from_picture(QPointF(0, 0), pane).x()
        last = canvas.from_picture(QPointF(400, 300), pane).x()
        assert offset <= first < last <= offset + 250


def test_side_by_side_both_look_at_the_same_place(canvas, hand):
    canvas.set_compare("side")
    hand.turn_wheel(canvas, QPoint(60, 150), 4)
    hand.drag(canvas, QPoint(400, 200), QPoint(420, 230))
    left = canvas.to_picture(QPointF(100, 180))
    right = canvas.to_picture(QPointF(100 + 251, 180))
    assert (left.x(), left.y()) == pytest.approx((right.x(), right.y()), abs=1e-6)


def test_side_by_side_a_cross_marks_the_cursor_in_the_other_picture(canvas):
    canvas.set_compare("side")
    before = canvas.grab().toImage()
    QTest.mouseMove(canvas, QPoint(100, 180))
    after = canvas.grab().toImage()
    changed = [
        (x, y)
        for x in range(500)
        for y in range(160, 200)
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    assert changed
    assert all(abs(x - 351) < 16 and abs(y - 180) < 16 for x, y in changed)


@pytest.mark.parametrize("mode", ["off", "split"])
def test_holding_the_key_shows_the_photo_and_releasing_it_the_result(canvas, mode, hand):
    canvas.set_compare(mode)
    QTest.keyPress(canvas, Qt.Key.Key_Backslash)
    assert hand.near(hand.colour_at(canvas, 400, 300), RED)
    assert canvas.caption == "Photo"
    QTest.keyRelease(canvas, Qt.Key.Key_Backslash)
    assert hand.near(hand.colour_at(canvas, 400, 300), GREEN)


def test_losing_the_keyboard_lets_go_of_the_key(canvas, hand):
    QTest.keyPress(canvas, Qt.Key.Key_Backslash)
    canvas.hide()
    canvas.show()
    assert hand.near(hand.colour_at(canvas, 400, 300), GREEN)


def test_the_hold_mode_shows_the_photo_as_long_as_it_is_chosen(canvas, qtbot, hand):
    with qtbot.waitSignal(canvas.compareChanged) as told:
        canvas.set_compare("hold")
    assert told.args == ["hold"]
    assert hand.near(hand.colour_at(canvas, 400, 300), RED)
    canvas.set_compare("off")
    assert hand.near(hand.colour_at(canvas, 400, 300), GREEN)


def test_without_a_photo_there_is_nothing_to_compare_with(canvas, hand):
    canvas.remove_picture("photo")
    for mode in ("split", "side", "hold"):
        canvas.set_compare(mode)
        assert hand.near(hand.colour_at(canvas, 100, 300), GREEN)
        assert canvas.caption == "Sharp"


def test_an_unknown_way_of_comparing_is_refused(canvas):
    with pytest.raises(ValueError, match="blink"):
        canvas.set_compare("blink")


def test_the_zoom_survives_a_change_of_mode(canvas):
    canvas.set_zoom(3.0)
    middle = canvas.to_picture(QPointF(250, 200))
    canvas.set_compare("split")
    assert canvas.zoom == 3.0
    assert canvas.to_picture(QPointF(250, 200)) == middle


def test_the_line_can_be_laid_down_and_dragged_up_and_down(canvas, hand):
    canvas.set_compare("split")
    canvas.turn_split()
    assert canvas.split_x is None
    assert hand.near(hand.colour_at(canvas, 60, 150), RED)
    assert hand.near(hand.colour_at(canvas, 60, 250), GREEN)
    hand.drag(canvas, QPoint(250, 200), QPoint(260, 280))
    assert canvas.split_line.y1() == pytest.approx(280, abs=1)
    assert hand.near(hand.colour_at(canvas, 60, 250), RED)
    QTest.mouseMove(canvas, QPoint(30, 281))
    assert canvas.cursor().shape() is Qt.CursorShape.SplitVCursor
    canvas.turn_split()
    assert canvas.split_x == pytest.approx(0.7 * canvas.width(), abs=2)


def test_a_double_click_on_the_line_turns_it_and_elsewhere_does_not(canvas):
    canvas.set_compare("split")
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(250, 100))
    assert canvas.split_x is None
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert canvas.split_x is None
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 200))
    assert canvas.split_x == pytest.approx(250, abs=1)


def test_photo_and_picture_alternate_while_flicker_is_on(canvas, qtbot, hand):
    canvas.set_compare("flicker")
    assert hand.near(hand.colour_at(canvas, 400, 300), RED)
    with qtbot.waitSignal(canvas.flicker.turned):
        pass
    assert hand.near(hand.colour_at(canvas, 400, 300), GREEN)
    with qtbot.waitSignal(canvas.flicker.turned):
        pass
    assert hand.near(hand.colour_at(canvas, 400, 300), RED)
    canvas.set_compare("off")
    assert not canvas.flicker.is_running
    assert hand.near(hand.colour_at(canvas, 400, 300), GREEN)


def test_nothing_alternates_behind_a_hidden_canvas(canvas):
    canvas.set_compare("flicker")
    canvas.hide()
    assert not canvas.flicker.is_running
    canvas.show()
    assert canvas.flicker.is_running


def test_side_by_side_both_panes_zoom_and_pan_as_one(canvas, hand):
    canvas.set_compare("side")
    hand.turn_wheel(canvas, QPoint(350, 180), 3)
    for point in (QPointF(100, 100), QPointF(250, 160)):
        left, right = (canvas.from_picture(point, pane) for pane in (0, 1))
        assert right.y() == left.y()
        assert right.x() - left.x() == canvas.panes()[1].x
