"""The export dialog under a hand: the list of files it comes to, names, video, and the queue."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabBar

from blurstudio.app import settings_file as store
from blurstudio.app.panels.export.choices import remembered
from blurstudio.app.panels.export.dialog import ExportDialog
from blurstudio.app.settings import Settings
from blurstudio.engine.export.names import PhotoFacts
from blurstudio.engine.export.request import Conflict, ExportRequest, Part

FACTS = PhotoFacts("a photo.png", (60, 80), 3, ("Car", "Sky"))


@pytest.fixture
def make_dialog(qtbot, folder):
    """Open the dialog by itself, for a photo with two regions."""

    def make(settings=None, facts=FACTS):
        settings = settings or Settings(export_folder=str(folder))
        dialog = ExportDialog(folder / "a photo.png", settings, None, 0.05, facts)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return make


@pytest.fixture
def dialog(make_dialog):
    return make_dialog()


def choose(box, value):
    """Choose the entry of a list that stands for a value."""
    box.setCurrentIndex(box.findData(value))


def ticks(dialog, *parts):
    for part, box in dialog.boxes.items():
        box.setChecked(part in parts)


def types(qtbot, line, text):
    line.window().tabs.setCurrentIndex(1)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


def test_it_lists_the_files_it_comes_to(dialog):
    assert dialog.preview.texts() == ["sharp.tif", "video.mp4"]
    choose(dialog.still, "jpg")
    choose(dialog.video, "gif")
    assert dialog.preview.texts() == ["sharp.jpg", "video.gif"]
    sharp = dialog.preview.list.topLevelItem(0)
    assert sharp.text(1) == "80 × 60"
    assert sharp.text(2).endswith(("bytes", "kB"))
    assert dialog.preview.total.text().startswith("2 files, about ")


def test_a_long_sequence_is_told_by_its_ends(dialog):
    ticks(dialog, Part.FRAMES)
    dialog.frames.setValue(200)
    assert dialog.preview.texts() == ["frames/0001.png", "… 198 more …", "frames/0200.png"]
    assert dialog.preview.total.text().startswith("200 files")


def test_every_region_has_a_mask(dialog):
    ticks(dialog, Part.MASKS)
    assert dialog.preview.texts() == ["mask-1-Car.png", "mask-2-Sky.png"]


def test_without_regions_masks_are_not_offered(make_dialog):
    dialog = make_dialog(facts=PhotoFacts("a photo.png", (60, 80)))
    dialog.tabs.setCurrentIndex(3)
    assert not dialog.boxes[Part.MASKS].isEnabled()
    assert dialog._data.no_regions.isVisible()
    dialog.choose_everything()
    assert Part.MASKS not in dialog.request().parts


def test_a_name_that_can_not_be_used_is_said_and_nothing_can_be_exported(dialog, qtbot):
    types(qtbot, dialog.pattern, "{part}-{whom}")
    assert "{whom} is no token here" in dialog.preview.problem.text()
    assert dialog.preview.problem.isVisible()
    assert not dialog.export_button.isEnabled()
    with qtbot.assertNotEmitted(dialog.asked):
        qtbot.keyClick(dialog.pattern, Qt.Key.Key_Return)
    assert dialog.isVisible()
    types(qtbot, dialog.pattern, "{name}-{part}")
    assert not dialog.preview.problem.isVisible()
    assert dialog.preview.texts() == ["a photo-sharp.tif", "a photo-video.mp4"]
    assert dialog.export_button.isEnabled()


def test_frames_are_called_as_a_person_likes(dialog, qtbot):
    ticks(dialog, Part.FRAMES)
    dialog.frames.setValue(2)
    types(qtbot, dialog.frame_pattern, "{name}_{frame:02d}")
    choose(dialog.frame_still, "jpg")
    assert dialog.preview.texts() == ["a photo_01.jpg", "a photo_02.jpg"]
    types(qtbot, dialog.frame_pattern, "all the same")
    assert "put {frame:04d} into the name" in dialog.preview.problem.text()


def test_files_that_are_there_are_pointed_out(make_dialog, folder):
    # Beside the photo, where its own name is taken.
    home = folder / "a photo results"
    home.mkdir()
    (home / "sharp.tif").write_text("old")
    dialog = make_dialog()
    assert str(home) in dialog.place.text()

    def fates():
        return [dialog.preview.list.topLevelItem(row).text(3) for row in (0, 1)]

    assert dialog.preview.texts() == ["sharp (2).tif", "video (2).mp4"], "nobody loses anything"
    choose(dialog.conflict, Conflict.OVERWRITE.value)
    assert fates() == ["replaced", ""]
    choose(dialog.conflict, Conflict.SKIP.value)
    assert fates() == ["stays", ""]
    assert dialog.preview.total.text().startswith("1 file,")
    ticks(dialog, Part.SHARP)
    choose(dialog.conflict, Conflict.SKIP.value)
    assert not dialog.export_button.isEnabled(), "all of it is there already"


@pytest.mark.parametrize(
    ("still", "depths", "kept"),
    [("tif", [8, 16, 32], 32), ("png", [8, 16], 16), ("jpg", [8], 8), ("exr", [16, 32], 32)],
)
def test_a_format_offers_the_depths_it_has(dialog, still, depths, kept):
    choose(dialog.bits, 32)
    choose(dialog.still, still)
    assert [dialog.bits.itemData(row) for row in range(dialog.bits.count())] == depths
    assert dialog.request().depth == kept
    assert dialog.quality.isEnabled() == (still == "jpg")


def test_a_video_is_made_as_asked_for(dialog):
    dialog.tabs.setCurrentIndex(2)
    choose(dialog.video_size, "720p")
    assert not dialog.side.isVisible()
    dialog.pingpong.setChecked(True)
    dialog.loops.setValue(3)
    dialog.fps.setValue(24)
    request = dialog.request()
    assert request.video_fit == (1280, 720)
    assert (request.pingpong, request.loops, request.fps) == (True, 3, 24)
    choose(dialog.video_size, "custom")
    dialog.side.setValue(40)
    assert dialog.side.isVisible()
    assert dialog.request().video_fit == (40, 0)
    assert dialog.preview.list.topLevelItem(1).text(1) == "40 × 30"


def test_a_film_is_played_once_and_an_animation_for_ever(dialog):
    assert dialog.loops.text() == "once"
    choose(dialog.video, "webp")
    assert dialog.loops.text() == "for ever"
    dialog.loops.setValue(1)
    assert dialog.loops.text() == "1 time"
    dialog.loops.setValue(2)
    assert dialog.loops.text() == "2 times"


def test_only_what_can_be_encoded_here_is_offered(dialog):
    choose(dialog.video, "mov")
    dialog.offer_videos(("mp4", "gif"))
    assert [dialog.video.itemData(row) for row in range(dialog.video.count())] == ["mp4", "gif"]
    assert dialog.request().video in ("mp4", "gif")


def test_flow_comes_in_the_kinds_that_are_ticked(dialog):
    ticks(dialog, Part.FLOW)
    dialog.flows["kitti"].setChecked(False)
    dialog.flows["pfm"].setChecked(True)
    assert dialog.preview.texts() == ["flow.flo", "flow.pfm"]
    dialog.flows["flo"].setChecked(False)
    dialog.flows["pfm"].setChecked(False)
    assert not dialog.export_button.isEnabled()
    assert "Tick something" in dialog.preview.problem.text()


def test_enter_exports_and_esc_does_not(make_dialog, qtbot):
    dialog = make_dialog()
    dialog.pattern.setFocus()
    with qtbot.waitSignal(dialog.asked) as asked:
        qtbot.keyClick(dialog.pattern, Qt.Key.Key_Return)
    assert asked.args[0].parts == {Part.SHARP, Part.VIDEO}
    assert not dialog.isVisible()
    other = make_dialog()
    with qtbot.assertNotEmitted(other.asked):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not other.isVisible()


def test_pages_are_turned_by_keys(dialog, qtbot):
    bar = dialog.tabs.findChild(QTabBar)
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert dialog.tabs.currentIndex() == 1
    qtbot.keyClick(bar, Qt.Key.Key_Tab)
    box = dialog.boxes[Part.FRAMES]
    assert QApplication.focusWidget() is box
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert Part.FRAMES in dialog.request().parts


def test_the_queue_is_offered_only_where_there_is_one(dialog, qtbot):
    assert not dialog.queue_button.isVisible()
    dialog.offer_queue(True)
    assert dialog.queue_button.isVisible()
    with qtbot.waitSignal(dialog.queued) as queued, qtbot.assertNotEmitted(dialog.asked):
        qtbot.mouseClick(dialog.queue_button, Qt.MouseButton.LeftButton)
    assert isinstance(queued.args[0], ExportRequest)
    assert not dialog.isVisible()


def test_with_the_queue_every_button_is_reached_by_tab(dialog, qtbot):
    dialog.offer_queue(True)
    seen = set()
    for _ in range(40):
        seen.add(QApplication.focusWidget())
        dialog.focusNextChild()
    assert {dialog.everything, dialog.export_button, dialog.queue_button} <= seen


def test_all_choices_are_offered_again_after_a_restart(make_dialog, tmp_path, folder):
    dialog = make_dialog()
    ticks(dialog, Part.STRIP, Part.OVERLAY_VIDEO, Part.FLOW, Part.REPORT, Part.MASKS)
    choose(dialog.still, "png")
    choose(dialog.bits, 8)
    choose(dialog.frame_still, "tif")
    choose(dialog.frame_depth, 32)
    choose(dialog.video, "webp")
    choose(dialog.video_size, "custom")
    choose(dialog.conflict, Conflict.NUMBER.value)
    dialog.quality.setValue(60)
    dialog.side.setValue(900)
    dialog.pingpong.setChecked(True)
    dialog.loops.setValue(0)
    dialog.pattern.setText("{name} {part}")
    dialog.frame_pattern.setText("{frame:05d}")
    dialog.flows["pfm"].setChecked(True)
    asked = dialog.request()
    file = tmp_path / "kept.toml"
    store.save(remembered(Settings(), asked), file)
    kept, warnings = store.load(file)
    assert not warnings
    assert make_dialog(kept).request() == asked


def test_odd_settings_of_another_version_do_not_block_it(make_dialog):
    dialog = make_dialog(
        Settings(export_parts="cake,,video", export_flows="none", export_folder="")
    )
    assert dialog.request().parts == {Part.VIDEO}
    assert Path(dialog.folder.text()).name == "exports", "beside the photo"


def test_it_fits_a_small_screen(dialog):
    dialog.choose_everything()
    assert dialog.width() <= 1366
    assert dialog.height() <= 700
    assert dialog.minimumSizeHint().height() <= 640
