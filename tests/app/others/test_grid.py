"""The grid of a photo and those it is compared with is found as it was left."""

from __future__ import annotations

import json
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem

from blurstudio.app.others import work
from blurstudio.session import files


def ticked(window):
    """Names of those whose boxes in the list are ticked."""
    rows = window.instruments.docks["others"].panel.list
    items = [rows.item(row) for row in range(1, rows.count())]
    boxes = [item for item in items if item.checkState() is Qt.CheckState.Checked]
    return [item.text().split("\n")[0] for item in boxes]


def ticks(window, row):
    """Click on the box of a row of the list."""
    rows = window.instruments.docks["others"].panel.list
    style, option = rows.style(), QStyleOptionViewItem()
    rows.initViewItemOption(option)
    option.rect = rows.visualItemRect(rows.item(row))
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    box = style.subElementRect(style.SubElement.SE_ItemViewItemCheckIndicator, option, rows)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


@pytest.fixture
def in_grid(make_window, engine, person, make_photo, write_flow, settles):
    """Return a window with three of four flows beside the photo's own, the second left out."""
    window = make_window()
    person.opens_and_waits(window, make_photo())
    for number in range(1, 5):
        window.others.files.load([write_flow(f"{number}.flo", (float(number), 0.0))])
        settles(window)
    assert ticked(window) == ["1.flo", "2.flo", "3.flo"]
    ticks(window, 2)
    ticks(window, 4)
    person.strikes(window, "4", "Alt+Shift+Y")
    settles(window)
    assert len(window.parts.canvas.panes()) == 4
    return window


def test_the_grid_is_found_as_it_was_left(in_grid, make_window, person, settles):
    path, caption = in_grid.controller.opened.path, in_grid.parts.canvas.caption
    assert [name in caption for name in ("1.flo", "2.flo", "3.flo", "4.flo")] == [
        True, False, True, True,
    ]  # fmt: skip
    in_grid.close()
    again = make_window()
    person.opens_and_waits(again, path)
    settles(again)
    assert again.parts.canvas.compare == "grid"
    assert again.commands["compare.grid"].isChecked()
    assert again.parts.canvas.caption == caption
    assert len(again.parts.canvas.panes()) == 4
    again.commands["view.others"].trigger()
    assert ticked(again) == ["1.flo", "3.flo", "4.flo"]
    assert not again.commands["edit.undo"].isEnabled()
    assert not again.parts.notices.texts
    person.strikes(again, "Alt+Shift+Y")
    assert again.parts.canvas.compare == "off"


def test_the_one_that_took_the_photos_place_takes_it_again(in_grid, make_window, person, settles):
    path, rows = in_grid.controller.opened.path, in_grid.instruments.docks["others"].panel.list
    place = rows.visualItemRect(rows.item(3)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    in_grid.commands["compare.split"].trigger()
    settles(in_grid)
    caption = in_grid.parts.canvas.caption
    assert "3.flo" in caption
    in_grid.close()
    again = make_window()
    person.opens_and_waits(again, path)
    settles(again)
    assert again.parts.canvas.compare == "split"
    assert again.parts.canvas.caption == caption
    again.commands["view.others"].trigger()
    assert again.instruments.docks["others"].panel.list.currentRow() == 3


def test_a_grid_that_is_still_being_read_is_not_lost(
    in_grid, person, make_photo, settles, monkeypatch
):
    path, canvas = in_grid.controller.opened.path, in_grid.parts.canvas
    person.opens_and_waits(in_grid, make_photo("another.png"))
    assert canvas.compare == "off", "there is nothing to compare with"

    def read_for_ever(wanted, folder, size, context):
        while True:
            context.cancel.raise_if_cancelled()
            time.sleep(0.005)

    monkeypatch.setattr(work, "read_again", read_for_ever)
    person.opens_and_waits(in_grid, path)
    assert canvas.compare == "grid"
    assert len(canvas.panes()) == 1
    in_grid.parts.timeline.time = 0.25
    in_grid.close()
    table = json.loads(files.beside(path).read_text(encoding="utf-8"))
    assert table["view"]["time"] == 0.25, "it was saved on closing"
    assert table["view"]["compare"] == "grid"
    assert table["view"]["grid"] == [["1.flo"], ["3.flo"], ["4.flo"]]


def test_a_grid_whose_files_are_lost_is_left_out(in_grid, make_window, person, settles):
    path = in_grid.controller.opened.path
    in_grid.close()
    for number in range(1, 5):
        path.with_name(f"{number}.flo").unlink()
    again = make_window()
    person.opens_and_waits(again, path)
    settles(again)
    assert again.parts.canvas.compare == "off"
    assert not again.commands["compare.grid"].isEnabled()


def test_a_grid_of_kept_results_alone_is_left_out(make_window, engine, person, make_photo, settles):
    window = make_window()
    path = make_photo()
    person.opens_and_waits(window, path)
    person.strikes(window, "2", "Ctrl+K", "Shift+X")
    person.sees_results(window)
    settles(window)
    person.strikes(window, "Alt+Shift+Y")
    assert window.parts.canvas.compare == "grid"
    window.close()
    again = make_window()
    person.opens_and_waits(again, path)
    assert again.parts.canvas.compare == "off"
    assert not again.commands["compare.grid"].isChecked()


def test_files_in_the_grid_that_nobody_knows_are_passed_over(in_grid, make_window, person, settles):
    path = in_grid.controller.opened.path
    in_grid.close()
    table = json.loads(files.beside(path).read_text(encoding="utf-8"))
    table["view"]["grid"] = [["nobody.flo"], ["2.flo"], []]
    files.beside(path).write_text(json.dumps(table), encoding="utf-8")
    again = make_window()
    person.opens_and_waits(again, path)
    settles(again)
    assert again.parts.canvas.compare == "grid"
    assert len(again.parts.canvas.panes()) == 2
    assert "2.flo" in again.parts.canvas.caption
