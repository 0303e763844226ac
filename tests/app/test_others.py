"""Others beside the result on show, under a hand: files are loaded, figures and pictures appear."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QStyleOptionViewItem

from blurstudio.app.others import work
from blurstudio.media.flow import write_flo
from blurstudio.session import files

SIZE = (60, 80)
BUSY = ("read other", "read others again", "keep result", "other picture", "other figures")


@pytest.fixture
def analysed(window, person, make_photo):
    """Return a window with a full result; everything moves 8 px to the right."""
    person.opens_and_waits(window, make_photo())
    return window


@pytest.fixture
def settles(qtbot):
    """Wait until nothing of the others is on its way."""

    def settle(window):
        for _ in range(2):
            for key in (*BUSY, "other frames"):
                qtbot.waitUntil(lambda key=key: not window.bridge.is_busy(key))
            QCoreApplication.processEvents()

    return settle


@pytest.fixture
def write_flow(tmp_path):
    """Write a flow of one vector as a .flo file; returns its path."""

    def write(name="theirs.flo", vector=(6.0, 0.0), size=SIZE):
        write_flo(tmp_path / name, np.full((*size, 2), vector, np.float32))
        return tmp_path / name

    return write


def figures_of(window):
    """Figures of the panel as they are read."""
    form = window.instruments.docks["others"].panel.figures.layout()
    return {
        form.itemAt(row, form.ItemRole.LabelRole).widget().text(): form.itemAt(
            row, form.ItemRole.FieldRole
        )
        .widget()
        .text()
        for row in range(form.rowCount())
    }


def rows_of(window):
    """Rows of the list, as they are read."""
    rows = window.instruments.docks["others"].panel.list
    return [rows.item(row).text() for row in range(rows.count())]


def said(window):
    return " ".join(window.parts.notices.texts)


def chooses(window, row):
    """Click on a row of the list."""
    rows = window.instruments.docks["others"].panel.list
    place = rows.visualItemRect(rows.item(row)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def middle_of(window, key):
    image = window.parts.canvas.shelf.pictures[key].full
    return image.pixelColor(image.width() // 2, image.height() // 2)


def test_a_dropped_flow_is_compared_and_its_figures_appear(analysed, person, settles, write_flow):
    photo = analysed.controller.opened
    assert person.drops(analysed, [write_flow()])
    settles(analysed)
    assert analysed.controller.opened is photo, "the photo stays"
    assert analysed.instruments.docks["others"].isVisible()
    figures = figures_of(analysed)
    assert figures["Endpoint error"] == "mean 2.00 px, median 2.00 px"
    assert figures["Outliers"] == "0.0 %"
    assert figures["Time"] == "runs as ours does"
    assert rows_of(analysed) == ["The photo", "theirs.flo\nendpoint error 2.00 px"]


def test_a_flow_that_runs_backwards_fits_when_ours_is_reversed(
    analysed, person, settles, write_flow
):
    person.drops(analysed, [write_flow(vector=(-8.0, 0.0))])
    settles(analysed)
    assert figures_of(analysed)["Endpoint error"].startswith("mean 0.00 px")
    assert figures_of(analysed)["Time"] == "fits when ours is reversed"


def test_a_picture_chosen_in_the_dialog_stands_beside_ours(
    analysed, person, settles, make_photo, monkeypatch
):
    theirs = make_photo("theirs.png", (60, 120, 200))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(theirs)], ""))
    analysed.commands["file.compare"].trigger()
    settles(analysed)
    assert set(figures_of(analysed)) == {"PSNR", "SSIM"}
    chooses(analysed, 1)
    person.strikes(analysed, "2", "Y")
    settles(analysed)
    canvas = analysed.parts.canvas
    assert canvas.caption == ("Sharp – theirs.png | Sharp – on show: test deblur, not refined")
    chooses(analysed, 0)
    assert canvas.caption == "Photo | Sharp"


def test_error_views_of_another_are_on_their_keys_and_on_d(
    analysed, person, settles, write_flow, make_photo
):
    person.drops(analysed, [write_flow(vector=(6.0, 0.0))])
    settles(analysed)
    person.strikes(analysed, "Alt+0")
    settles(analysed)
    canvas = analysed.parts.canvas
    assert canvas.caption == "Motion error – theirs.flo"
    assert canvas.overlays.legend("error").ticks[-1] == (1.0, "2 px")
    analysed.others.files.load([make_photo("theirs.png", (60, 120, 200))])
    settles(analysed)
    person.strikes(analysed, "0")
    settles(analysed)
    assert canvas.overlays.legend("against").title == "Theirs − ours"
    assert middle_of(analysed, "against").red() == 128
    person.strikes(analysed, "2")
    seen = []
    for _ in range(5):
        person.strikes(analysed, "D")
        seen.append(canvas.picture)
    assert seen == ["difference", "residual", "against", "error", "sharp"]
    settles(analysed)


def test_without_others_there_is_nothing_to_compare_with(analysed, person):
    person.strikes(analysed, "2", "0", "Alt+Shift+Y")
    assert analysed.parts.canvas.picture == "sharp"
    assert analysed.parts.canvas.compare == "off"
    person.strikes(analysed, "D", "D", "D")
    assert analysed.parts.canvas.picture == "sharp"


def test_a_kept_result_stands_in_the_grid_beside_a_later_one_and_zooms_with_it(
    analysed, person, settles
):
    person.strikes(analysed, "2", "Ctrl+K")
    settles(analysed)
    analysed.commands["photo.refine"].trigger()
    person.sees_results(analysed)
    person.strikes(analysed, "Alt+Shift+Y")
    settles(analysed)
    canvas = analysed.parts.canvas
    assert canvas.compare == "grid"
    assert canvas.caption == (
        "Sharp – on show: test deblur, paths refined | Sharp – test deblur, not refined"
    )
    first, second = canvas.panes()
    assert first.width == second.width
    assert first.x < second.x
    QTest.mouseMove(canvas, QPoint(round(canvas.width() / 4), round(canvas.height() / 2)))
    before = canvas.zoom
    canvas.set_zoom(4 * before, QPointF(canvas.width() / 4, canvas.height() / 2))
    left, right = (canvas.from_picture(QPointF(40, 30), pane) for pane in (0, 1))
    ratio = canvas.devicePixelRatioF()
    assert (right - left).x() * ratio == pytest.approx(second.x - first.x, abs=1)
    assert (right - left).y() == 0
    person.strikes(analysed, "4")
    settles(analysed)
    assert canvas.caption.startswith("Flow – on show")
    assert canvas.has_picture("flow@1")


def test_four_results_fill_the_grid_and_a_fifth_is_refused_in_a_sentence(analysed, person, settles):
    for strength in (0.1, 0.2, 0.3, 0.4):
        person.strikes(analysed, "Ctrl+K")
        settles(analysed)
        options = analysed.controller.options
        wanted = replace(options, deblurrer="deconvolution", strength=strength)
        analysed.controller.change(wanted, "Strength")
        person.sees_results(analysed)
    person.strikes(analysed, "2", "Alt+Shift+Y")
    settles(analysed)
    assert len(analysed.parts.canvas.panes()) == 4
    assert len(analysed.others.entries) == 3
    assert "remove one" in said(analysed)


def test_the_same_result_is_kept_once(analysed, person, settles):
    person.strikes(analysed, "Ctrl+K")
    settles(analysed)
    person.strikes(analysed, "Ctrl+K")
    settles(analysed)
    assert len(analysed.others.entries) == 1
    assert "kept already" in said(analysed)


def test_the_last_one_that_is_removed_leaves_the_grid(analysed, person, settles):
    person.strikes(analysed, "2", "Ctrl+K")
    settles(analysed)
    person.strikes(analysed, "Alt+Shift+Y")
    chooses(analysed, 1)
    QTest.mouseClick(analysed.instruments.docks["others"].panel.remove, Qt.MouseButton.LeftButton)
    assert rows_of(analysed) == ["The photo"]
    assert analysed.parts.canvas.compare == "off"
    assert not analysed.commands["compare.grid"].isEnabled()


def test_true_frames_follow_the_timeline(analysed, person, settles, tmp_path):
    folder = tmp_path / "true frames"
    folder.mkdir()
    for index, grey in enumerate((40, 80, 120, 160, 200)):
        cv2.imwrite(str(folder / f"{index}.png"), np.full((*SIZE, 3), grey, np.uint8))
    analysed.others.files.load([folder])
    settles(analysed)
    assert {"PSNR", "PSNR of the frames", "SSIM of the frames"} <= set(figures_of(analysed))
    chooses(analysed, 1)
    person.strikes(analysed, "3", "Y", "Home")
    settles(analysed)
    assert middle_of(analysed, "frame@1").red() == 40
    person.strikes(analysed, "End")
    settles(analysed)
    assert middle_of(analysed, "frame@1").red() == 200


@pytest.mark.parametrize(("name", "size"), [("small.flo", (30, 40)), ("tall.flo", (80, 60))])
def test_a_flow_of_another_size_is_refused_in_a_sentence(
    analysed, person, settles, write_flow, name, size
):
    person.drops(analysed, [write_flow(name, size=size)])
    settles(analysed)
    assert f"{name} is {size[1]} × {size[0]} px and the photo 80 × 60 px" in said(analysed)
    assert not len(analysed.others.entries)


def test_loading_can_be_undone_and_done_again(analysed, person, settles, write_flow):
    analysed.others.files.load([write_flow()])
    settles(analysed)
    person.strikes(analysed, "Ctrl+Z")
    assert rows_of(analysed) == ["The photo"]
    person.strikes(analysed, "Ctrl+Shift+Z")
    settles(analysed)
    assert rows_of(analysed)[1].startswith("theirs.flo")


def test_what_a_photo_was_compared_with_is_there_again_and_a_lost_file_is_told(
    analysed, person, settles, write_flow, make_photo
):
    path = analysed.controller.opened.path
    analysed.others.files.load([write_flow()])
    settles(analysed)
    person.opens_and_waits(analysed, make_photo("another.png"))
    assert rows_of(analysed) == ["The photo"]
    person.opens_and_waits(analysed, path)
    settles(analysed)
    assert rows_of(analysed) == ["The photo", "theirs.flo\nendpoint error 2.00 px"]
    person.opens_and_waits(analysed, path.with_name("another.png"))
    path.with_name("theirs.flo").unlink()
    person.opens_and_waits(analysed, path)
    settles(analysed)
    assert "theirs.flo can't be read" in said(analysed)
    assert "can't be read" in rows_of(analysed)[1]


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


def test_a_flow_without_a_photo_is_answered_in_a_sentence(window, person, write_flow):
    person.drops(window, [write_flow()])
    assert "Open the photo first; then theirs.flo can be compared" in said(window)


def test_a_dropped_picture_opens_as_ever(analysed, person, make_photo):
    another = make_photo("another.png")
    person.drops(analysed, [another])
    person.sees_results(analysed)
    person.bot.waitUntil(lambda: analysed.controller.opened.path == another)
    person.sees_results(analysed)
