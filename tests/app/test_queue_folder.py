"""A whole folder queued: which photos, whose choices, what is written and where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog

from blurstudio.app.export import Part
from blurstudio.app.panels.export.dialog import ExportDialog
from blurstudio.app.panels.queue.folder_dialog import QueueFolderDialog
from blurstudio.app.panels.queue.wish import Whose
from blurstudio.engine.options import AnalysisOptions
from blurstudio.session import files
from blurstudio.session.conflicts import Conflict
from blurstudio.session.document import Choices, Document, mark_of
from blurstudio.session.regions import Edit, Region
from blurstudio.session.shapes import Shape, ShapeKind


@pytest.fixture
def holiday(make_photo, tmp_path):
    """Return a folder of photos, with one below it."""
    made = tmp_path / "holiday"
    (made / "day 2").mkdir(parents=True)
    for name in ("a.png", "b.png", "day 2/c.png"):
        make_photo(Path(name).name).rename(made / name)
    return made


@pytest.fixture
def dialog(window, holiday):
    """Return the dialog for a folder, with the folder typed."""
    window.commands["queue.folder"].trigger()
    found = window.findChild(QueueFolderDialog)
    found.folder.setText(str(holiday))
    return found


def queues(window, dialog, qtbot):
    """Press the button and wait until everything is written."""
    qtbot.mouseClick(dialog.queue_button, Qt.MouseButton.LeftButton)
    queueing = window.queue_desk.queueing
    qtbot.waitUntil(lambda: bool(queueing.queue.entries) and not queueing.queue.left)
    return queueing.queue.entries


def below(folder):
    """Return the files below a folder."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_every_photo_of_the_folder_is_written_into_a_folder_in_it(window, dialog, holiday, qtbot):
    queues(window, dialog, qtbot)
    assert below(holiday / "out") == [
        "a.png/sharp.tif", "a.png/video.mp4", "b.png/sharp.tif", "b.png/video.mp4",
    ]  # fmt: skip


def test_enter_in_the_line_of_the_folder_queues_it(window, dialog, qtbot):
    with qtbot.waitSignal(dialog.asked):
        qtbot.keyClick(dialog.folder, Qt.Key.Key_Return)
    queueing = window.queue_desk.queueing
    qtbot.waitUntil(lambda: bool(queueing.queue.entries) and not queueing.queue.left)


def test_folders_below_are_found_again_in_the_results(window, dialog, holiday, qtbot):
    dialog.below.setChecked(True)
    dialog.pattern.setText("c.*; a.*")
    queues(window, dialog, qtbot)
    assert {Path(name).parent.as_posix() for name in below(holiday / "out")} == {
        "a.png", "day 2/c.png",
    }  # fmt: skip


def test_what_to_write_is_asked_by_the_export_dialog(window, dialog, folder, qtbot):
    qtbot.mouseClick(dialog.change, Qt.MouseButton.LeftButton)
    inner = next(found for found in dialog.findChildren(ExportDialog) if found.isVisible())
    inner.choose_everything()
    inner.boxes[Part.VIDEO].setChecked(False)
    inner.boxes[Part.FRAMES].setChecked(False)
    inner.folder.setText(str(folder))
    qtbot.mouseClick(inner.export_button, Qt.MouseButton.LeftButton)
    assert str(folder) in dialog.what.text()
    dialog.pattern.setText("a*")
    [entry] = queues(window, dialog, qtbot)
    assert entry.home == folder / "a.png"
    assert "a.png/analysis.json" in below(folder)


def test_each_photo_is_done_as_its_own_document_says(window, engine, dialog, holiday, qtbot):
    mark = mark_of(holiday / "a.png", (60, 80))
    shape = Shape(ShapeKind.RECTANGLE, ((0.0, 0.0), (80.0, 60.0)))
    regions = (Region(1, "All", shape, edit=Edit.FREEZE),)
    choices = Choices(AnalysisOptions(reverse=True), regions)
    files.save(Document(mark, choices))
    assert dialog.wish().whose is Whose.DOCUMENT
    queues(window, dialog, qtbot)
    assert sorted(options.reverse for options in engine.asked) == [False, True]


def test_the_choices_of_the_photo_on_show_can_be_used_for_all(
    window, person, engine, make_photo, holiday, qtbot
):
    person.opens_and_waits(window, make_photo())
    chosen = replace(window.controller.options, reverse=True, flips=((0.5, 0.5),))
    window.controller.change(chosen, "Reverse")
    person.sees_results(window)
    window.commands["queue.folder"].trigger()
    dialog = window.findChild(QueueFolderDialog)
    dialog.folder.setText(str(holiday))
    dialog.whose.setCurrentIndex(dialog.whose.findData(Whose.PHOTO))
    entries = queues(window, dialog, qtbot)
    assert [entry.options for entry in entries] == [replace(chosen, flips=())] * 2


def test_results_that_are_there_are_left_alone_unless_one_says_otherwise(
    window, dialog, holiday, qtbot
):
    kept = holiday / "out" / "a.png" / "video.mp4"
    kept.parent.mkdir(parents=True)
    kept.write_text("of another time")
    assert dialog.wish().conflict is Conflict.SKIP
    entries = queues(window, dialog, qtbot)
    assert [entry.state.value for entry in entries] == ["skipped", "done"]
    assert kept.read_text() == "of another time"
    assert window.parts.notices.texts[-1] == "The queue is finished: 1 done, 1 left out."


def test_a_folder_without_such_photos_is_said(window, dialog, qtbot):
    dialog.pattern.setText("*.exr")
    qtbot.mouseClick(dialog.queue_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert window.parts.notices.texts == ["No photo there has such a name."]


def test_a_folder_that_is_not_there_can_not_be_queued(dialog, holiday):
    assert dialog.queue_button.isEnabled()
    dialog.folder.setText(str(holiday / "nowhere"))
    assert not dialog.queue_button.isEnabled()


def test_the_folder_can_be_chosen(dialog, holiday, monkeypatch, qtbot):
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", staticmethod(lambda *_: str(holiday / "day 2"))
    )
    qtbot.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
    assert dialog.wish().folder == holiday / "day 2"
    assert dialog.wish().request.folder == holiday / "day 2" / "out"


def test_every_control_has_a_name(dialog, window):
    for control in (dialog.folder, dialog.pattern, dialog.whose, dialog.conflict):
        assert control.accessibleName()
    for button in (dialog.choose, dialog.change, dialog.below, dialog.queue_button):
        assert button.text()


def asks(window, folder=None):
    """Open the dialog, and type a folder into it."""
    window.commands["queue.folder"].trigger()
    dialog = window.findChild(QueueFolderDialog)
    if folder is not None:
        dialog.folder.selectAll()
        QTest.keyClicks(dialog.folder, str(folder))
    return dialog


def chooses(box, data):
    """Take an entry of a box by the keys."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    while box.currentData() != data:
        before = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() > before


def wants_only_the_report(dialog, qtbot, folder=None):
    """Choose what to write in the export dialog."""
    qtbot.mouseClick(dialog.change, Qt.MouseButton.LeftButton)
    inner = next(found for found in dialog.findChildren(ExportDialog) if found.isVisible())
    for part, box in inner.boxes.items():
        box.setChecked(part is Part.REPORT)
    if folder is not None:
        inner.folder.setText(str(folder))
    qtbot.mouseClick(inner.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not inner.isVisible())


def test_what_was_chosen_is_what_it_begins_with_after_a_restart(
    make_window, engine, person, make_photo, holiday, folder, qtbot
):
    window = make_window()
    person.opens_and_waits(window, make_photo())
    dialog = asks(window, holiday)
    dialog.pattern.selectAll()
    QTest.keyClicks(dialog.pattern, "c.*")
    QTest.mouseClick(dialog.below, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    chooses(dialog.whose, Whose.PHOTO)
    chooses(dialog.conflict, Conflict.NUMBER)
    wants_only_the_report(dialog, qtbot, folder)
    wish = dialog.wish()
    assert (wish.pattern, wish.below, wish.whose) == ("c.*", True, Whose.PHOTO)
    queues(window, dialog, qtbot)
    exported = window.settings.export_parts
    window.close()

    again = make_window()
    person.opens_and_waits(again, make_photo())
    assert asks(again, holiday).wish() == wish
    assert again.settings.export_parts == exported != "report", "the export has its own choices"
    assert not again.parts.notices.texts


def test_without_a_photo_it_begins_with_the_folder_of_last_time(
    make_window, engine, person, make_photo, holiday, qtbot
):
    window = make_window()
    person.opens_and_waits(window, make_photo())
    dialog = asks(window, holiday)
    chooses(dialog.whose, Whose.PHOTO)
    queues(window, dialog, qtbot)
    window.close()
    again = make_window()
    wish = asks(again).wish()
    assert wish.folder == holiday
    assert wish.whose is Whose.DOCUMENT, "there is no photo on show"


def test_results_go_to_a_folder_in_that_of_the_photos_again(window, dialog, holiday, qtbot):
    wants_only_the_report(dialog, qtbot)
    queues(window, dialog, qtbot)
    wish = asks(window, holiday / "day 2").wish()
    assert wish.request.parts == {Part.REPORT}
    assert wish.request.folder == holiday / "day 2" / "out"


def test_what_to_write_begins_with_what_was_just_chosen(dialog, qtbot):
    wants_only_the_report(dialog, qtbot)
    qtbot.mouseClick(dialog.change, Qt.MouseButton.LeftButton)
    inner = next(found for found in dialog.findChildren(ExportDialog) if found.isVisible())
    assert inner.request().parts == {Part.REPORT}


def test_a_dialog_that_is_cancelled_leaves_everything_as_it_was(window, dialog, qtbot):
    before = window.settings
    QTest.keyClicks(dialog.pattern, ".jpg")
    wants_only_the_report(dialog, qtbot)
    cancel = dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert window.settings == before


def test_bad_choices_of_last_time_are_the_usual_ones(make_window, engine, settings_file, holiday):
    settings_file.parent.mkdir(parents=True)
    settings_file.write_text(
        'queue_pattern = ""\nqueue_whose = "neighbour"\nqueue_conflict = 3\n'
        'queue_export = {export_parts = "sharp,elephant", export_frames = 1}\n',
        encoding="utf-8",
    )
    window = make_window()
    assert len(window.parts.notices.texts) == 3
    wish = asks(window, holiday).wish()
    assert (wish.pattern, wish.whose, wish.conflict) == ("*", Whose.DOCUMENT, Conflict.SKIP)
    assert (wish.request.parts, wish.request.frames) == ({Part.SHARP}, 15)
