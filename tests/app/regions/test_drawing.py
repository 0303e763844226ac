"""Regions drawn, moved and shaped by hand: rectangle, ellipse, polygon, lasso."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from blurstudio.session.regions import Edit
from blurstudio.session.shapes import ShapeKind

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def near(shape, *numbers):
    return np.asarray(shape.points).ravel() == pytest.approx(numbers, abs=0.6)


def test_a_rectangle_is_dragged_in_the_photos_own_coordinates(desk):
    region = desk.draws("R", (50, 40), (10, 10))
    assert region.shape.kind is ShapeKind.RECTANGLE
    assert near(region.shape, 10, 10, 50, 40)
    assert desk.region == region
    assert desk.canvas.tool == "view"


def test_an_ellipse_with_shift_is_a_circle(desk):
    left, top, right, bottom = desk.draws("E", (10, 10), (40, 20), keys=SHIFT).shape.box
    assert right - left == pytest.approx(bottom - top)
    assert right - left == pytest.approx(30, abs=0.6)


def test_a_polygon_is_clicked_and_closed_by_enter(desk):
    desk.strikes("P")
    for place in ((10, 10), (50, 10), (70, 55), (10, 50)):
        desk.click(*place)
    desk.strikes("Backspace", "Return")
    (region,) = desk.regions
    assert region.shape.kind is ShapeKind.POLYGON
    assert near(region.shape, 10, 10, 50, 10, 70, 55)


@pytest.mark.parametrize("way", ["first corner", "double click"])
def test_a_polygon_is_closed_by_the_mouse(desk, way):
    desk.strikes("P")
    for place in ((10, 10), (50, 10), (50, 50)):
        desk.click(*place)
    if way == "first corner":
        desk.click(10, 10)
    else:
        desk.double_click(50, 50)
    assert len(desk.regions[0].shape.points) == 3


def test_enter_closes_no_line(desk):
    desk.strikes("P")
    desk.click(10, 10)
    desk.click(50, 10)
    desk.strikes("Return")
    assert not desk.regions
    assert desk.canvas.shape_hand.is_drawing


def test_a_lasso_is_dragged_around_something(desk):
    region = desk.draws("Shift+P", (10, 10), (60, 12), (50, 50), (12, 40))
    assert region.shape.kind is ShapeKind.LASSO
    assert region.shape.contains((40, 25))
    assert len(region.shape.points) <= 8


def test_escape_gives_up_the_shape_then_the_tool_then_the_choice(desk):
    desk.rectangle(10, 10, 30, 30)
    desk.strikes("P")
    desk.click(40, 10)
    desk.strikes("Esc")
    assert not desk.canvas.shape_hand.is_drawing
    assert desk.canvas.tool == "polygon"
    desk.strikes("Esc")
    assert desk.canvas.tool == "view"
    assert desk.region is not None
    desk.strikes("Esc")
    assert desk.region is None
    assert len(desk.regions) == 1


def test_escape_in_the_panel_only_leads_back_to_the_picture(desk):
    desk.rectangle(10, 10, 30, 30)
    feather = desk.panel.fields.feather
    feather.setFocus()
    desk.bot.keyClick(feather, Qt.Key.Key_Escape)
    assert desk.canvas.hasFocus()
    assert desk.region is not None


def test_side_by_side_a_drag_stays_in_its_pane(desk):
    desk.strikes("Y", "R")
    left = desk.canvas.from_picture(QPointF(60, 20), 0).toPoint()
    there = desk.canvas.from_picture(QPointF(20, 40), 1).toPoint()
    QTest.mousePress(desk.canvas, LEFT, pos=left)
    QTest.mouseMove(desk.canvas, there)
    QTest.mouseRelease(desk.canvas, LEFT, pos=there)
    assert near(desk.regions[0].shape, 60, 20, 80, 40)


def test_a_shape_ends_where_the_photo_does(desk):
    region = desk.draws("R", (60, 40), (95, 75))
    assert near(region.shape, 60, 40, 80, 60)


def test_a_click_with_a_tool_draws_nothing(desk):
    desk.strikes("R")
    desk.click(20, 20)
    assert not desk.regions


def test_a_region_is_dragged_to_another_place_in_one_step(desk):
    desk.rectangle(10, 10, 30, 30)
    desk.drag((20, 20), (40, 35))
    assert near(desk.regions[0].shape, 30, 25, 50, 45)
    assert desk.window.controller.history.stack.count() == 2
    desk.strikes("Ctrl+Z")
    assert near(desk.regions[0].shape, 10, 10, 30, 30)


def test_a_region_that_isnt_chosen_doesnt_move_but_the_picture_does(desk):
    desk.rectangle(10, 10, 30, 30)
    desk.strikes("Esc")
    before = desk.canvas.to_picture(QPointF(0, 0))
    desk.drag((20, 20), (40, 35))
    assert near(desk.regions[0].shape, 10, 10, 30, 30)
    assert desk.canvas.to_picture(QPointF(0, 0)) != before


def test_corners_and_sides_resize(desk):
    desk.rectangle(10, 10, 30, 30)
    desk.drag((30, 30), (50, 40))
    assert near(desk.regions[0].shape, 10, 10, 50, 40)
    desk.drag((10, 25), (5, 5))
    assert near(desk.regions[0].shape, 5, 10, 50, 40)


def test_a_pull_given_up_leaves_everything_as_it_was(desk):
    desk.rectangle(10, 10, 30, 30)
    desk.drag((20, 20), (50, 50), let_go=False)
    desk.strikes("Esc")
    assert near(desk.regions[0].shape, 10, 10, 30, 30)
    assert desk.window.controller.history.stack.count() == 1
    QTest.mouseRelease(desk.canvas, LEFT, pos=desk.at(50, 50))


def triangle(desk):
    desk.strikes("P")
    for place in ((10, 10), (50, 10), (10, 50)):
        desk.click(*place)
    desk.strikes("Return")


def test_vertices_are_moved_added_and_removed(desk):
    triangle(desk)
    desk.drag((50, 10), (60, 20))
    assert near(desk.regions[0].shape, 10, 10, 60, 20, 10, 50)
    desk.double_click(35, 35)
    assert len(desk.regions[0].shape.points) == 4
    desk.double_click(35, 35)
    assert len(desk.regions[0].shape.points) == 3
    desk.double_click(10, 10)
    assert len(desk.regions[0].shape.points) == 3, "a triangle keeps its points"


def test_a_click_chooses_the_topmost_and_beside_all_none(desk):
    lower = desk.rectangle(10, 10, 50, 50)
    upper = desk.rectangle(30, 20, 70, 55)
    desk.click(75, 5)
    assert desk.region is None
    desk.click(40, 30)
    assert desk.region.number == upper.number
    desk.click(15, 15)
    assert desk.region.number == lower.number
    desk.click(40, 30)
    assert desk.region.number == upper.number


def test_delete_removes_and_can_be_undone(desk):
    region = desk.rectangle(10, 10, 30, 30)
    desk.strikes("Delete")
    assert not desk.regions
    desk.strikes("Ctrl+Z")
    assert desk.regions == (region,)


@pytest.mark.parametrize("key", ["D", "X", "1", "Backspace", "Space"])
def test_no_letter_or_digit_deletes(desk, key):
    desk.rectangle(10, 10, 30, 30)
    desk.strikes(key)
    assert len(desk.regions) == 1
    desk.strikes("K", "Esc")


def test_every_step_is_undone_and_done_again(desk):
    desk.rectangle(10, 10, 30, 30, Edit.FREEZE)
    desk.draws("E", (40, 10), (70, 50))
    states = [desk.regions]
    for _ in range(3):
        desk.strikes("Ctrl+Z")
        states.append(desk.regions)
    assert [len(state) for state in states] == [2, 1, 1, 0]
    for before in reversed(states[:-1]):
        desk.strikes("Ctrl+Shift+Z")
        assert desk.regions == before
    desk.sees_edits()
