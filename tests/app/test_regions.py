"""Regions under a hand: drawn, chosen, changed, edited, measured, copied; all of it undone."""

from __future__ import annotations

import csv
import itertools
import json
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QColorDialog, QFileDialog, QLabel

from blurstudio.app.export import ExportRequest, Part
from blurstudio.media.paths import read_paths
from blurstudio.session.editing import acting_on_motion
from blurstudio.session.regions import Edit
from blurstudio.session.shapes import ShapeKind

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Draughtsman:
    """A person with a pencil: places are px of the photo, 80 wide and 60 high."""

    def __init__(self, window, person, bot):
        self.window = window
        self.person = person
        self.bot = bot
        self.canvas = window.parts.canvas
        self.panel = window.parts.panel.regions

    def at(self, x, y):
        return self.canvas.from_picture(QPointF(x, y)).toPoint()

    def drag(self, *places, keys=Qt.KeyboardModifier.NoModifier, let_go=True):
        QTest.mousePress(self.canvas, LEFT, keys, self.at(*places[0]))
        for (x0, y0), (x1, y1) in itertools.pairwise(places):
            for part in np.linspace(0.125, 1, 8):
                self.move((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part), keys)
        if let_go:
            QTest.mouseRelease(self.canvas, LEFT, keys, self.at(*places[-1]))

    def move(self, place, keys):
        at = QPointF(self.at(*place))
        there = (at, self.canvas.mapToGlobal(at))
        move = QEvent.Type.MouseMove
        event = QMouseEvent(move, *there, Qt.MouseButton.NoButton, LEFT, keys)
        QApplication.sendEvent(self.canvas, event)

    def click(self, x, y):
        QTest.mouseClick(self.canvas, LEFT, pos=self.at(x, y))

    def double_click(self, x, y):
        self.click(x, y)
        QTest.mouseDClick(self.canvas, LEFT, pos=self.at(x, y))

    def strikes(self, *keys):
        self.person.strikes(self.window, *keys)

    def draws(self, key, *places, **how):
        self.strikes(key)
        self.drag(*places, **how)
        return self.regions[-1]

    def rectangle(self, left, top, right, bottom, edit=None):
        region = self.draws("R", (left, top), (right, bottom))
        if edit is not None:
            self.panel.fields.edit.pick(edit)
        return region

    @property
    def regions(self):
        return self.window.controller.regions

    @property
    def region(self):
        return self.window.drawing.region

    def sees_edits(self):
        """Wait until what is on show has the edits of the regions."""
        window = self.window
        self.bot.waitUntil(
            lambda: (
                window.controller.edited.is_idle
                and window.controller.results.edits == acting_on_motion(self.regions)
                and not any(window.bridge.is_busy(key) for key in ("figures", "flow"))
            )
        )

    def offsets(self):
        """Return the motion of the content on show, (dx of every pixel)."""
        paths = self.window.controller.results.analysis.trajectory
        first, last = paths.endpoints()
        return (first - last)[0].numpy()


@pytest.fixture
def desk(window, person, make_photo, qtbot):
    """Return a person with a pencil before a photo with a full result."""
    person.opens_and_waits(window, make_photo())
    made = Draughtsman(window, person, qtbot)
    yield made
    qtbot.waitUntil(lambda: window.controller.edited.is_idle)


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
    assert desk.canvas.region_hand.is_drawing


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
    assert not desk.canvas.region_hand.is_drawing
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


@pytest.mark.parametrize(
    ("edit", "inside"), [(Edit.FREEZE, 0), (Edit.EXCLUDE, 0), (Edit.REVERSE, -8), (Edit.SCALE, 4)]
)
def test_an_edit_changes_the_motion_on_show_without_an_analysis(desk, engine, edit, inside):
    asked = len(engine.asked)
    paths = desk.window.controller.results.paths
    desk.rectangle(0, 0, 40, 60, edit)
    desk.sees_edits()
    moved = desk.offsets()
    assert moved[:, :34] == pytest.approx(inside, abs=0.01)
    assert moved[:, 46:] == pytest.approx(8, abs=0.01)
    assert desk.window.controller.results.paths is not paths
    assert len(engine.asked) == asked
    desk.panel.fields.edit.pick(Edit.NONE)
    desk.sees_edits()
    assert desk.offsets() == pytest.approx(8)


def test_the_video_stands_still_where_it_is_frozen(desk, qtbot):
    desk.rectangle(0, 0, 80, 60, Edit.FREEZE)
    desk.sees_edits()
    with qtbot.waitSignal(desk.window.controller.frames.ready) as ready:
        desk.window.parts.timeline.time = -0.5
    photo = desk.window.controller.opened.picture
    assert ready.args[1].pixelColor(36, 30) == photo.pixelColor(36, 30)
    qtbot.waitUntil(lambda: not desk.window.bridge.is_busy("frame"))


def test_an_excluded_region_shows_the_photo(desk, engine, person):
    controller = desk.window.controller
    controller.change(replace(controller.options, deblurrer="deconvolution", strength=0.0), "Black")
    person.sees_results(desk.window)
    desk.rectangle(0, 0, 40, 60, Edit.EXCLUDE)
    desk.sees_edits()
    sharp = controller.results.pictures["sharp"]
    assert sharp.pixelColor(10, 10) == controller.opened.picture.pixelColor(10, 10)
    assert sharp.pixelColor(60, 10) == QColor(0, 0, 0)


def test_the_factor_is_typed_and_stepping_is_undone_as_one(desk):
    desk.rectangle(0, 0, 40, 60, Edit.SCALE)
    factor = desk.panel.fields.factor
    for _ in range(3):
        factor.stepUp()
    assert desk.region.factor == pytest.approx(0.8)
    desk.strikes("Ctrl+Z")
    assert desk.region.factor == 0.5
    desk.sees_edits()


def test_only_a_scaled_region_has_a_factor_and_a_reversed_one_no_feather(desk):
    fields = desk.panel.fields
    desk.rectangle(0, 0, 40, 60)
    assert not fields.factor.isVisibleTo(desk.panel)
    fields.edit.pick(Edit.SCALE)
    assert fields.factor.isVisibleTo(desk.panel)
    assert fields.feather.isEnabled()
    fields.edit.pick(Edit.REVERSE)
    assert not fields.feather.isEnabled()
    desk.sees_edits()


def test_the_list_shows_the_topmost_first_and_follows_the_choice(desk):
    desk.rectangle(10, 10, 30, 30)
    desk.rectangle(20, 20, 40, 40)
    assert desk.panel.list.numbers() == [2, 1]
    desk.panel.list.setCurrentRow(1)
    assert desk.region.number == 1
    desk.strikes("Ctrl+]")
    assert desk.panel.list.numbers() == [1, 2]
    desk.strikes("Ctrl+[")
    assert desk.panel.list.numbers() == [2, 1]
    assert desk.region.number == 1


def test_a_row_dragged_changes_the_order(desk):
    for left in (0, 20, 40):
        desk.rectangle(left, 10, left + 30, 30)
    rows = desk.panel.list.model()
    assert rows.moveRow(QModelIndex(), 0, QModelIndex(), 3)
    assert [region.number for region in desk.regions] == [3, 1, 2]
    desk.strikes("Ctrl+Z")
    assert desk.panel.list.numbers() == [3, 2, 1]


def test_names_and_boxes_of_the_list(desk):
    desk.rectangle(0, 0, 40, 60, Edit.FREEZE)
    item = desk.panel.list.item(0)
    item.setText("Cup")
    assert desk.region.name == "Cup"
    desk.panel.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not desk.region.visible
    desk.sees_edits()
    assert desk.offsets() == pytest.approx(8), "a hidden region has no say"
    desk.panel.list.item(0).setText("   ")
    assert desk.region.name == "Cup"
    assert desk.panel.list.item(0).text() == "Cup"


def test_a_colour_is_chosen(desk):
    desk.rectangle(0, 0, 40, 60)
    QTest.mouseClick(desk.panel.fields.colour, LEFT)
    dialog = desk.panel.fields.findChild(QColorDialog)
    dialog.setCurrentColor(QColor("#123456"))
    dialog.accept()
    assert desk.region.colour == "#123456"


def test_outlines_are_drawn_where_a_region_governs(desk):
    lower = desk.rectangle(10, 10, 50, 40)
    upper = desk.rectangle(30, 20, 70, 55)
    desk.strikes("Esc", "1")

    def looks_like(place, region):
        seen = desk.canvas.grab().toImage().pixelColor(desk.at(*place))
        return np.abs(np.subtract(rgb(seen), rgb(QColor(region.colour)))).max() <= 40

    assert looks_like((10, 25), lower)
    assert looks_like((30, 45), upper)
    assert not looks_like((40, 40), lower), "the upper one lies over this line"
    desk.strikes("Shift+R")
    assert not looks_like((10, 25), lower)


def rgb(colour):
    return colour.red(), colour.green(), colour.blue()


def test_tools_on_the_panel_are_those_of_the_keys(desk):
    QTest.mouseClick(desk.panel.tools["ellipse"], LEFT)
    assert desk.canvas.tool == "ellipse"
    assert desk.window.commands["tool.ellipse"].isChecked()
    QTest.mouseClick(desk.panel.tools["ellipse"], LEFT)
    assert desk.canvas.tool == "view"
    desk.strikes("Shift+P")
    assert desk.panel.tools["lasso"].isChecked()
    desk.strikes("V")
    assert not desk.panel.tools["lasso"].isChecked()


def test_the_flip_tool_and_a_region_tool_take_turns(desk):
    desk.strikes("R", "X")
    assert desk.canvas.tool == "view"
    assert desk.window.commands["photo.flip"].isChecked()
    desk.strikes("R")
    assert not desk.window.commands["photo.flip"].isChecked()


def test_flips_and_regions_live_together(desk, person):
    desk.rectangle(0, 0, 40, 60, Edit.REVERSE)
    desk.sees_edits()
    desk.strikes("X")
    desk.bot.waitUntil(lambda: not desk.window.bridge.is_busy("regions"))
    desk.click(60, 30)
    person.sees_results(desk.window)
    desk.sees_edits()
    moved = desk.offsets()
    assert moved[:, :40] == pytest.approx(8)
    assert moved[:, 40:] == pytest.approx(-8)
    assert len(desk.regions) == 1


def test_a_new_analysis_keeps_the_edits(desk, person):
    desk.rectangle(0, 0, 40, 60, Edit.FREEZE)
    controller = desk.window.controller
    controller.change(replace(controller.options, constraint="linear"), "Straight")
    person.sees_results(desk.window)
    desk.sees_edits()
    assert desk.offsets()[:, :34] == pytest.approx(0, abs=0.01)


def test_a_region_drawn_while_another_result_is_awaited_is_not_lost_when_that_fails(
    desk, engine, person, qtbot
):
    from blurstudio.errors import WeightsError

    controller = desk.window.controller
    engine.faults = lambda options: WeightsError("Bad.") if options.constraint == "free" else None
    engine.open.clear()
    controller.change(replace(controller.options, constraint="free"), "Free")
    desk.rectangle(0, 0, 40, 60, Edit.FREEZE)
    engine.open.set()
    qtbot.waitUntil(lambda: bool(desk.window.parts.notices.texts))
    qtbot.waitUntil(lambda: not controller.running)
    assert controller.options.constraint is None
    assert len(desk.regions) == 1
    desk.sees_edits()


def test_exports_obey_the_edits(desk, folder, qtbot):
    desk.rectangle(0, 0, 40, 60, Edit.REVERSE)
    with qtbot.waitSignal(desk.window.controller.exported) as done:
        desk.window.controller.export(ExportRequest(folder, frozenset({Part.PATHS})))
    flipped = read_paths(done.args[0][0]).flipped
    assert flipped[:, :40].all()
    assert not flipped[:, 40:].any()
    desk.sees_edits()


def test_figures_of_the_chosen_region_are_shown(desk, qtbot):
    desk.rectangle(0, 0, 40, 60, Edit.SCALE)
    desk.sees_edits()

    def texts():
        return [label.text() for label in desk.panel.fields.findChildren(QLabel)]

    qtbot.waitUntil(lambda: any(text.startswith("4.0 ±") for text in texts()))
    assert "50.0% of the photo" in texts()
    assert "2.0%" in texts()


def test_figures_are_exported_as_a_table(desk, folder, qtbot, monkeypatch):
    desk.rectangle(0, 0, 40, 60, Edit.FREEZE)
    desk.rectangle(40, 0, 80, 60)
    desk.panel.list.item(0).setText('Right, "the" one')
    desk.sees_edits()
    path = folder / "figures.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    QTest.mouseClick(desk.panel.fields.table, LEFT)
    qtbot.waitUntil(lambda: bool(desk.window.parts.notices.texts))
    with path.open(encoding="utf-8-sig", newline="") as file:
        upper, lower = csv.DictReader(file)
    assert upper["name"] == 'Right, "the" one'
    assert float(upper["length_px"]) == pytest.approx(8, abs=0.3)
    assert float(upper["direction_deg"]) % 360 == pytest.approx(0, abs=0.1)
    assert lower["edit"] == "freeze"
    assert float(lower["length_px"]) < 0.5
    assert float(lower["area_share"]) == pytest.approx(0.5, abs=0.01)
    assert float(lower["reblur_error"]) == pytest.approx(0.02)


def test_a_table_that_cant_be_written_is_said(desk, folder, qtbot, monkeypatch):
    desk.rectangle(0, 0, 40, 60)
    path = folder / "missing" / "figures.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    QTest.mouseClick(desk.panel.fields.table, LEFT)
    qtbot.waitUntil(lambda: bool(desk.window.parts.notices.texts))
    assert "its folder does not exist" in desk.window.parts.notices.texts[0]


def test_a_copy_lies_beside_the_original(desk):
    original = desk.rectangle(10, 10, 30, 30, Edit.FREEZE)
    desk.strikes("Ctrl+C", "Ctrl+V")
    first, second = desk.regions
    assert second.edit is Edit.FREEZE
    assert second.number != first.number
    assert second.shape != original.shape
    assert desk.region == second
    desk.strikes("Ctrl+Z")
    assert len(desk.regions) == 1
    desk.sees_edits()


def test_a_region_is_pasted_on_another_photo(desk, person, make_photo):
    desk.rectangle(10, 10, 30, 30)
    shape = desk.region.shape
    desk.strikes("Ctrl+C")
    person.opens_and_waits(desk.window, make_photo("other.png"))
    assert not desk.regions
    desk.strikes("Ctrl+V")
    assert desk.regions[0].shape == shape


@pytest.mark.parametrize("text", ["", "hello", "[", '{"a": 1}', '[{"shape": 3}]', "[1, 2]"])
def test_what_is_no_region_is_not_pasted(desk, text):
    QGuiApplication.clipboard().setText(text)
    desk.strikes("Ctrl+V")
    assert not desk.regions
    assert "no copied region" in desk.window.parts.notices.texts[0]


def test_a_copied_region_is_text_for_other_programs(desk):
    desk.rectangle(10, 10, 30, 30)
    desk.strikes("Ctrl+C")
    (table,) = json.loads(QGuiApplication.clipboard().text())
    assert table["shape"]["kind"] == "rectangle"


def test_without_a_photo_there_is_nothing_to_draw_on(window, person):
    person.strikes(window, "R", "P", "Ctrl+V", "Delete")
    assert window.parts.canvas.tool == "view"
    assert not window.controller.regions


def test_regions_can_be_drawn_before_there_is_a_result(window, person, engine, make_photo, qtbot):
    engine.open.clear()
    person.opens(window, make_photo())
    desk = Draughtsman(window, person, qtbot)
    desk.rectangle(0, 0, 40, 60, Edit.FREEZE)
    engine.open.set()
    person.sees_results(window)
    desk.sees_edits()
    assert desk.offsets()[:, :34] == pytest.approx(0, abs=0.01)
