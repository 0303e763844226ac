"""Export: what the dialog asks, and the files that are there afterwards."""

from __future__ import annotations

import json
import threading

import cv2
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog

from blurstudio.app.export import ExportRequest, Part
from blurstudio.app.panels.export.dialog import ExportDialog
from blurstudio.app.photo import work
from blurstudio.media.flow import read_flo
from blurstudio.media.paths import read_paths


@pytest.fixture
def dialog(window, person, make_photo, folder):
    """Return the export dialog of a window with a result."""
    person.opens_and_waits(window, make_photo())
    person.strikes(window, "Ctrl+E")
    found = window.findChild(ExportDialog)
    found.folder.setText(str(folder))
    return found


def exports(window, qtbot, request):
    """Export and wait for the files."""
    with qtbot.waitSignal(window.controller.exported) as done:
        window.controller.export(request)
    qtbot.waitUntil(lambda: not window.parts.status.jobs.jobs)
    return done.args[0]


def test_without_a_result_there_is_nothing_to_export(window, person, engine, make_photo):
    engine.open.clear()
    person.opens(window, make_photo())
    person.strikes(window, "Ctrl+E")
    assert window.findChild(ExportDialog) is None


def test_the_dialog_exports_what_is_ticked(window, dialog, folder, qtbot):
    assert dialog.isVisible()
    with qtbot.waitSignal(window.controller.exported):
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    names = sorted(path.name for path in (folder / "a photo.png").iterdir())
    assert names == ["sharp.tif", "video.mp4"]
    assert "Wrote 2 files" in window.parts.notices.texts[0]
    assert str(folder) in window.parts.notices.texts[0]


def test_beside_the_photo_its_name_is_taken_by_the_photo_itself(window, dialog, qtbot):
    beside = window.controller.opened.path.parent
    dialog.folder.setText(str(beside))
    assert str(beside / "a photo results") in dialog.place.text()
    with qtbot.waitSignal(window.controller.exported):
        dialog.accept()
    assert (beside / "a photo results" / "sharp.tif").exists()


def test_the_last_choices_are_offered_again(window, dialog, folder, qtbot):
    dialog.still.setCurrentIndex(dialog.still.findData("jpg"))
    dialog.fps.setValue(7)
    with qtbot.waitSignal(window.controller.exported):
        dialog.accept()
    window.commands["file.export"].trigger()
    again = next(found for found in window.findChildren(ExportDialog) if found.isVisible())
    assert again.still.currentData() == "jpg"
    assert again.fps.value() == 7
    assert again.folder.text() == str(folder)


def test_everything_ticks_every_box(dialog, qtbot):
    qtbot.mouseClick(dialog.everything, Qt.MouseButton.LeftButton)
    assert dialog.request().parts == frozenset(Part) - {Part.MASKS}, "there are no regions"


def test_nothing_ticked_can_not_be_exported(dialog):
    for box in dialog.boxes.values():
        box.setChecked(False)
    assert not dialog.export_button.isEnabled()
    dialog.boxes[Part.FLOW].setChecked(True)
    assert dialog.export_button.isEnabled()
    dialog.folder.setText("  ")
    assert not dialog.export_button.isEnabled()


def test_choices_without_a_use_are_greyed_out(dialog):
    dialog.boxes[Part.VIDEO].setChecked(False)
    assert not dialog.video.isEnabled()
    assert not dialog.frames.isEnabled()
    dialog.boxes[Part.FRAMES].setChecked(True)
    assert dialog.frames.isEnabled()
    assert not dialog.fps.isEnabled()


def test_the_part_of_the_exposure_keeps_a_length(dialog):
    dialog.end.setValue(40)
    dialog.start.setValue(90)
    assert dialog.start.value() == 39
    assert dialog.request().interval == pytest.approx((-0.11, -0.10))


def test_a_shorter_exposure_is_a_part_of_the_exposure_too(dialog):
    for box in dialog.boxes.values():
        box.setChecked(False)
    assert not dialog.start.isEnabled()
    dialog.boxes[Part.EXPOSED].setChecked(True)
    assert dialog.start.isEnabled()
    assert dialog.still.isEnabled()
    assert not dialog.frames.isEnabled()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "of the exposure"), (0.05, "12.5 to 25 of 50 ms")],
)
def test_the_part_is_told_in_milliseconds_where_the_photo_knows(
    window, person, make_photo, seconds, words
):
    person.opens_and_waits(window, make_photo())
    window.dialogs.choose_export(window.controller.opened.path, window.settings, seconds)
    dialog = window.findChild(ExportDialog)
    dialog.start.setValue(25)
    dialog.end.setValue(50)
    assert dialog.span.text() == words


def test_the_dialog_begins_with_as_many_frames_as_the_timeline_has(window, person, make_photo):
    person.opens_and_waits(window, make_photo())
    window.parts.timeline.set_frame_count(31)
    person.strikes(window, "Ctrl+E")
    assert window.findChild(ExportDialog).request().frames == 31


def test_a_folder_that_cannot_be_looked_into_fails_when_it_is_written_to(window, dialog, qtbot):
    before = window.settings.export_folder
    dialog.folder.setText("/" + "n" * 300)
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert "can't be" in window.parts.notices.texts[0]
    qtbot.waitUntil(lambda: not window.parts.status.jobs.jobs)
    assert window.settings.export_folder == before, "nothing was ever written there"
    window.commands["file.export"].trigger()
    assert any(found.isVisible() for found in window.findChildren(ExportDialog))


def test_what_is_on_show_is_written_while_another_choice_is_computed(
    window, person, make_photo, engine, folder, qtbot
):
    person.opens_and_waits(window, make_photo())
    engine.open.clear()
    person.strikes(window, "Ctrl+Shift+R")
    qtbot.waitUntil(lambda: engine.asked[-1].refine == "path")
    request = ExportRequest(folder, frozenset({Part.FIGURES}))
    window.controller.export(request)
    window.controller.stop()
    with qtbot.waitSignal(window.controller.exported):
        engine.open.set()
    (written,) = folder.rglob("analysis.json")
    assert json.loads(written.read_text())["refinement"] is None


def test_ctrl_dot_stops_an_export(window, person, make_photo, engine, folder, qtbot):
    person.opens_and_waits(window, make_photo())
    assert not window.commands["photo.stop"].isEnabled()
    window.bridge.hold("compute", True)
    window.controller.export(ExportRequest(folder, frozenset({Part.SHARP})))
    qtbot.waitUntil(window.commands["photo.stop"].isEnabled)
    person.strikes(window, "Ctrl+.")
    window.bridge.hold("compute", False)
    qtbot.waitUntil(lambda: not window.parts.status.jobs.jobs)
    assert list(folder.iterdir()) == []
    assert not window.commands["photo.stop"].isEnabled()


def test_the_folder_can_be_chosen(dialog, monkeypatch, qtbot):
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", staticmethod(lambda *_: "/somewhere else")
    )
    qtbot.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
    assert str(dialog.request().folder) == "/somewhere else"
    assert "somewhere else" in dialog.place.text()


def test_cancelling_the_dialog_writes_nothing(window, dialog, folder, qtbot):
    cancel = dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert list(folder.iterdir()) == []
    assert not window.bridge.is_busy("export")


def test_everything_is_written_in_full(window, person, make_photo, folder, qtbot):
    person.opens_and_waits(window, make_photo())
    request = ExportRequest(folder, frozenset(Part), still="png", video="webp", frames=3)
    files = exports(window, qtbot, request)
    home = folder / "a photo.png"
    names = {path.relative_to(home).as_posix() for path in files}
    assert names == {
        "sharp.png", "video.webp", "frames/0001.png", "frames/0002.png", "frames/0003.png",
        "flow.flo", "flow_kitti.png", "path.npz", "flow.png", "overlay.png", "residual.png",
        "kernels.png", "exposed.png", "analysis.json", "strip.png", "overlay-video.webp",
        "report.html",
    }  # fmt: skip
    assert {path for path in home.rglob("*") if path.is_file()} == set(files)
    sharp = cv2.imread(str(home / "sharp.png"), cv2.IMREAD_UNCHANGED)
    assert sharp.dtype == np.uint16
    assert sharp.shape == (60, 80, 3)
    assert read_flo(home / "flow.flo").shape == (60, 80, 2)
    assert read_paths(home / "path.npz").size == (60, 80)
    figures = json.loads((home / "analysis.json").read_text())
    assert figures["reblur"]["psnr"] == pytest.approx(38.21)
    assert {home / name for name in figures["files"]} == set(files) - {home / "analysis.json"}
    with Image.open(home / "video.webp") as video:
        assert video.n_frames == 3


def test_frames_cover_the_part_that_was_asked_for(window, person, make_photo, folder, qtbot):
    person.opens_and_waits(window, make_photo())
    request = ExportRequest(folder, frozenset({Part.FRAMES}), frames=2, interval=(0.0, 0.5))
    files = exports(window, qtbot, request)
    first, last = (cv2.imread(str(path)) for path in files)
    assert first[30, 29].tolist() == [180, 120, 60]
    assert last[30, 33].tolist() == [180, 120, 60], "the square moved on by four pixels"


def test_the_job_runs_in_the_compute_lane(window, person, engine, make_photo, folder, qtbot):
    person.opens_and_waits(window, make_photo())
    engine.threads.clear()
    exports(window, qtbot, ExportRequest(folder, frozenset({Part.VIDEO}), frames=2))
    assert set(engine.threads) == {"blurstudio-compute"}


def test_after_a_quick_look_the_export_analyses_the_whole_photo(
    window, person, engine, make_photo, folder, monkeypatch, qtbot
):
    monkeypatch.setattr(work, "QUICK_SIDE", 40)
    look = work.look

    def only_quick(photo, options, quick, tell, context):
        if not quick:
            from blurstudio.errors import Cancelled

            raise Cancelled
        return look(photo, options, quick, tell, context)

    monkeypatch.setattr(work, "look", only_quick)
    person.opens(window, make_photo())
    qtbot.waitUntil(lambda: window.controller.results is not None)
    files = exports(window, qtbot, ExportRequest(folder, frozenset({Part.FLOW})))
    assert read_flo(files[0]).shape == (60, 80, 2)


def test_an_export_goes_on_when_another_photo_is_opened(
    window, person, engine, make_photo, folder, qtbot
):
    person.opens_and_waits(window, make_photo("first.png"))
    with qtbot.waitSignal(window.controller.exported) as done:
        window.controller.export(ExportRequest(folder, frozenset({Part.VIDEO}), frames=20))
        person.opens(window, make_photo("second.png"))
    assert done.args[0][0].parent.name == "first.png"
    person.sees_results(window)


def test_a_cancelled_export_leaves_no_half_written_file(
    window, person, engine, make_photo, folder, monkeypatch, qtbot
):
    person.opens_and_waits(window, make_photo())
    reached, goes_on = threading.Event(), threading.Event()
    answer = window.controller.results.analysis
    frames = type(answer).frames

    def slow_frames(*arguments):
        for index, frame in enumerate(frames(answer, *arguments)):
            if index == 1:
                reached.set()
                goes_on.wait(10)
            yield frame

    monkeypatch.setattr(answer, "frames", slow_frames, raising=False)
    window.controller.export(ExportRequest(folder, frozenset({Part.VIDEO}), frames=9))
    qtbot.waitUntil(reached.is_set)
    qtbot.waitUntil(lambda: bool(window.parts.status.jobs.jobs))
    qtbot.mouseClick(window.parts.status.jobs.cancel_button, Qt.MouseButton.LeftButton)
    goes_on.set()
    qtbot.waitUntil(lambda: not window.parts.status.jobs.jobs)
    window.finish_work()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_folder_that_cannot_be_made_gives_a_sentence(window, person, make_photo, folder, qtbot):
    person.opens_and_waits(window, make_photo())
    (folder / "file").write_text("in the way")
    window.controller.export(ExportRequest(folder / "file", frozenset({Part.SHARP})))
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert "can't be made" in window.parts.notices.texts[0]
