"""The list of regions, their outlines, figures and copies."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QColorDialog, QFileDialog, QLabel

from blurstudio.session.regions import Edit

LEFT = Qt.MouseButton.LeftButton


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


def test_figures_of_the_chosen_region_are_shown(desk, qtbot):
    desk.rectangle(0, 0, 40, 60, Edit.SCALE)
    desk.sees_edits()

    def texts():
        return [label.text() for label in desk.panel.fields.findChildren(QLabel)]

    qtbot.waitUntil(lambda: any(text.startswith("4.0 ±") for text in texts()))
    assert "50.0\u00a0% of the photo" in texts()
    assert "2.0\u00a0%" in texts()


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
