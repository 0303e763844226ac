"""Playing in the window: a marked part, an onion skin, frames that are dropped; what is kept."""

from __future__ import annotations

import json
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from blurstudio.app.panels.export.dialog import ExportDialog
from blurstudio.session import files

WHOLE = (-0.5, 0.5)


@pytest.fixture
def photo(make_photo):
    """Return the path of a small photo."""
    return make_photo()


@pytest.fixture
def analysed(window, person, photo):
    """Return a window with its full result."""
    person.opens_and_waits(window, photo)
    return window


@pytest.fixture
def rests(qtbot):
    """Wait until a window shows the last frame that was asked for."""

    def wait(window):
        qtbot.waitUntil(lambda: window.controller.frames.is_resting)

    return wait


def pixel(window, x, y=30):
    """Colour of the frame on show at a place of the photo: red, green, blue."""
    image = window.parts.canvas.shelf.pictures["frame"].full
    return image.pixelColor(x, y).getRgb()[:3]


def marks(window, person, first, last):
    """Mark a part by the keys."""
    for time, key in ((first, "I"), (last, "O")):
        window.parts.timeline.time = time
        person.strikes(window, key)


def test_i_o_and_alt_x_mark_a_part_over_the_picture(analysed, person, rests):
    marks(analysed, person, -0.3, 0.2)
    assert analysed.parts.timeline.part == (-0.3, 0.2)
    person.strikes(analysed, "Home")
    assert analysed.parts.timeline.time == -0.3
    person.strikes(analysed, "Alt+X")
    assert analysed.parts.timeline.part == WHOLE
    rests(analysed)


def test_keys_of_a_bracket_in_focus_move_it_and_not_the_playhead(analysed, rests):
    timeline = analysed.parts.timeline
    handle = timeline.scrubber.first_handle
    handle.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(handle, Qt.Key.Key_Right)
    assert timeline.part[0] == pytest.approx(-0.5 + 1 / 14)
    QTest.keyClick(handle, Qt.Key.Key_Space)
    assert timeline.playing
    timeline.stop()
    rests(analysed)


def test_brackets_are_reached_by_the_tab_key(analysed):
    order = []
    widget = analysed.nextInFocusChain()
    while widget is not analysed:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            order.append(widget.accessibleName())
        widget = widget.nextInFocusChain()
    assert {"Start of the part", "End of the part", "Speed"} <= set(order)


def test_the_export_begins_with_the_marked_part(analysed, person, rests):
    marks(analysed, person, -0.25, 0.1)
    person.strikes(analysed, "Ctrl+E")
    dialog = analysed.findChild(ExportDialog)
    assert dialog.request().interval == pytest.approx((-0.25, 0.1))
    dialog.reject()
    rests(analysed)


def test_a_short_part_keeps_a_length_in_the_export(analysed):
    for part in ((0.49, 0.5), (-0.5, -0.49), (-0.1549, -0.1449), (0.105, 0.115)):
        analysed.dialogs.choose_export(
            analysed.controller.opened.path, analysed.settings, part=part
        )
        dialog = analysed.findChildren(ExportDialog)[-1]
        first, last = dialog.request().interval
        assert last - first == pytest.approx(0.01)
        assert first == pytest.approx(part[0], abs=0.006)
        dialog.reject()


def test_a_marked_part_is_kept_with_the_photo_and_with_no_other(
    make_window, engine, person, photo, make_photo, rests
):
    window = make_window()
    person.opens_and_waits(window, photo)
    marks(window, person, -0.25, 0.1)
    rests(window)
    person.opens_and_waits(window, make_photo("other.png"))
    assert window.parts.timeline.part == WHOLE
    window.close()
    assert json.loads(files.beside(photo).read_text(encoding="utf-8"))["view"]["part"] == [
        -0.25,
        0.1,
    ]
    again = make_window()
    person.opens_and_waits(again, photo)
    assert again.parts.timeline.part == (-0.25, 0.1)
    assert not again.parts.notices.texts


def test_speed_and_loop_are_kept_for_the_next_photo(make_window, engine, person, photo):
    window = make_window()
    person.opens_and_waits(window, photo)
    person.strikes(window, "Shift+Down", "Shift+Down", "Ctrl+L", "Ctrl+L")
    window.close()
    again = make_window()
    assert again.parts.timeline.speed == 0.25
    assert again.parts.timeline.loop_mode == "ping-pong"
    again.commands["play.faster"].trigger()
    assert again.parts.timeline.speed == 0.25, "there is no photo yet"


def test_frames_are_dropped_while_the_lane_is_busy_and_the_newest_is_shown(
    analysed, person, qtbot, rests
):
    timeline, frames = analysed.parts.timeline, analysed.controller.frames
    seconds = [100.0]
    timeline.player._clock = lambda: seconds[0]
    seen = []
    frames.ready.connect(lambda time, _: seen.append(time))
    let_go = threading.Event()
    analysed.bridge.ask("io", lambda context: let_go.wait(60), key="slow", done=lambda _: None)
    timeline.go_start()
    person.strikes(analysed, "Space")
    for _ in range(13):
        seconds[0] += 1 / 14
        timeline.player.tick()
    assert timeline.time == pytest.approx(0.5 - 1 / 14), "the clock waits for no frame"
    timeline.stop()
    assert not seen
    let_go.set()
    qtbot.waitUntil(lambda: bool(seen) and seen[-1] == timeline.time)
    rests(analysed)
    assert len(seen) == 2, "the one under way, and the newest"


def test_an_onion_skin_appears_and_goes(analysed, person, qtbot, rests):
    timeline = analysed.parts.timeline
    person.strikes(analysed, "3")
    timeline.time = -0.1
    rests(analysed)
    # The square's left edge moves from x = 26 to 34.
    plain = pixel(analysed, 28)
    person.strikes(analysed, "Shift+O")
    assert timeline.transport.onion_button.isChecked()
    qtbot.waitUntil(lambda: pixel(analysed, 28) != plain)
    assert pixel(analysed, 10) == pytest.approx((60, 120, 180), abs=2), "nothing moves there"
    rests(analysed)
    QTest.mouseClick(timeline.transport.onion_button, Qt.MouseButton.LeftButton)
    assert not analysed.commands["view.onion"].isChecked()
    qtbot.waitUntil(lambda: pixel(analysed, 28) == plain)
    rests(analysed)


def test_switching_the_onion_skin_on_shows_the_video(analysed, person, rests):
    assert analysed.parts.canvas.picture == "sharp"
    person.strikes(analysed, "Shift+O")
    assert analysed.parts.canvas.picture == "frame"
    person.strikes(analysed, "2", "Shift+O")
    assert analysed.parts.canvas.picture == "sharp", "switching it off shows nothing else"
    rests(analysed)


def test_neighbours_and_strength_are_set_in_the_view_controls(analysed, person, qtbot, rests):
    analysed.commands["view.controls"].trigger()
    fields = analysed.instruments.docks["controls"].panel.onion
    person.strikes(analysed, "Shift+O")
    rests(analysed)
    before = pixel(analysed, 28)
    fields.count.setValue(4)
    fields.strength.setFocus()
    QTest.keyClick(fields.strength, Qt.Key.Key_End)
    assert (analysed.instruments.onion.count, analysed.instruments.onion.opacity) == (4, 1.0)
    qtbot.waitUntil(lambda: pixel(analysed, 28) != before)
    rests(analysed)
    QTest.keyClick(fields.strength, Qt.Key.Key_Home)
    assert analysed.instruments.onion.opacity == 0.0
    rests(analysed)


def test_an_onion_skin_is_there_again_at_the_next_start(make_window, engine, person, photo, rests):
    window = make_window()
    person.opens_and_waits(window, photo)
    person.strikes(window, "Shift+O")
    window.instruments.onion.set_count(3)
    window.instruments.onion.set_opacity(0.25)
    rests(window)
    window.close()
    again = make_window()
    onion = again.instruments.onion
    assert (onion.visible, onion.count, onion.opacity) == (True, 3, 0.25)
    assert again.parts.timeline.transport.onion_button.isChecked()


def test_the_onion_skin_follows_the_number_of_frames(analysed, person, rests):
    person.strikes(analysed, "Shift+O")
    analysed.parts.timeline.set_frame_count(5)
    assert analysed.controller.frames.onion.step == pytest.approx(0.25)
    rests(analysed)
