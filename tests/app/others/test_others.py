"""Others beside the result on show, under a hand: files are loaded, figures and pictures appear."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

SIZE = (60, 80)


@pytest.fixture
def analysed(window, person, make_photo):
    """Return a window with a full result; everything moves 8 px to the right."""
    person.opens_and_waits(window, make_photo())
    return window


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


def test_a_flow_without_a_photo_is_answered_in_a_sentence(window, person, write_flow):
    person.drops(window, [write_flow()])
    assert "Open the photo first; then theirs.flo can be compared" in said(window)


def test_a_dropped_picture_opens_as_ever(analysed, person, make_photo):
    another = make_photo("another.png")
    person.drops(analysed, [another])
    person.sees_results(analysed)
    person.bot.waitUntil(lambda: analysed.controller.opened.path == another)
    person.sees_results(analysed)
