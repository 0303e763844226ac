"""What is seen of a result: pictures by number, paths, comparing, the report, the timeline."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest


@pytest.fixture
def analysed(window, person, make_photo):
    """Return a window with a full result."""
    person.opens_and_waits(window, make_photo())
    return window


def colour(image, x=5, y=5):
    """Colour of a pixel of a QImage."""
    pixel = image.pixelColor(x, y)
    return pixel.red(), pixel.green(), pixel.blue()


def shown(window, key):
    """Return the picture that the canvas has for a key."""
    return window.parts.canvas.shelf.pictures[key].full


def test_the_sharp_picture_shows_when_it_arrives(analysed):
    assert analysed.parts.canvas.picture == "sharp"
    assert analysed.commands["view.sharp"].isChecked()


def test_a_picture_that_was_chosen_meanwhile_stays(window, person, engine, make_photo):
    person.opens_and_waits(window, make_photo("first.png"))
    person.strikes(window, "4")
    window.commands["photo.analyse"].trigger()
    person.sees_results(window)
    assert window.parts.canvas.picture == "flow"


@pytest.mark.parametrize(
    ("key", "picture"),
    [
        ("1", "photo"), ("2", "sharp"), ("3", "frame"), ("4", "flow"), ("5", "residual"),
        ("6", "direction"), ("7", "blur"), ("8", "difference"), ("9", "confidence"),
    ],
)  # fmt: skip
def test_numbers_choose_the_picture(analysed, person, key, picture):
    person.strikes(analysed, "5" if picture != "residual" else "1", key)
    assert analysed.parts.canvas.picture == picture
    assert analysed.commands[f"view.{picture}"].isChecked()


def test_every_picture_is_of_the_photo_on_show(analysed):
    assert colour(shown(analysed, "photo")) == (60, 120, 180)
    assert colour(shown(analysed, "sharp")) == (60, 120, 180)
    assert colour(shown(analysed, "flow")) == (255, 0, 0)
    assert colour(shown(analysed, "residual")) == (127, 127, 127)


def test_shift_tab_goes_back_to_the_picture_before(analysed, person):
    person.strikes(analysed, "4", "5", "Shift+Tab")
    assert analysed.parts.canvas.picture == "flow"
    person.strikes(analysed, "Shift+Tab")
    assert analysed.parts.canvas.picture == "residual"


def test_t_shows_and_hides_the_trajectories(analysed, person):
    person.strikes(analysed, "T")
    assert analysed.parts.canvas.motion.trajectories_visible
    person.strikes(analysed, "T")
    assert not analysed.parts.canvas.motion.trajectories_visible


def test_ways_of_comparing_exclude_each_other(analysed, person):
    canvas, commands = analysed.parts.canvas, analysed.commands
    person.strikes(analysed, "Shift+Y")
    assert canvas.compare == "split"
    person.strikes(analysed, "Y")
    assert canvas.compare == "side"
    assert commands["compare.side"].isChecked()
    assert not commands["compare.split"].isChecked()
    person.strikes(analysed, "Y")
    assert canvas.compare == "off"
    assert not commands["compare.side"].isChecked()


@pytest.mark.parametrize("part", ["canvas", "timeline"])
def test_the_original_shows_while_backslash_is_held(analysed, part):
    canvas, widget = analysed.parts.canvas, getattr(analysed.parts, part)
    widget.setFocus()
    QTest.keyPress(widget, Qt.Key.Key_Backslash)
    assert canvas.caption == "Photo"
    QTest.keyRelease(widget, Qt.Key.Key_Backslash)
    assert canvas.caption == "Sharp"


def test_the_reblur_never_stands_without_its_companions(analysed):
    sentence = analysed.parts.status.sentence.text()
    assert sentence == (
        "Reblur explains the photo to 38.2 dB; gradient energy ×1.6; mean path 8.0 px"
    )
    words = panel_words(analysed)
    assert "38.2 dB" in words
    assert "×1.6" in words
    assert "8.0 px" in words


def test_without_motion_no_figure_is_shown(window, person, engine, make_photo):
    engine.motion = 0.0
    person.opens_and_waits(window, make_photo())
    assert window.parts.status.sentence.text() == "No motion found"
    words = panel_words(window)
    assert "No motion found" in words
    assert not [word for word in words if "dB" in word]


def test_a_photo_with_nothing_in_it_is_not_called_sharp(window, person, engine, make_photo):
    engine.motion, engine.blank = 0.0, True
    person.opens_and_waits(window, make_photo())
    words = panel_words(window)
    assert "The photo shows next to no detail that motion could be read from." in words
    assert "No detail to read any motion from." in words
    assert not [word for word in words if "sharp as it will get" in word]


def test_the_panel_says_what_moved(analysed):
    assert "Camera shake, 8 px, horizontal." in panel_words(analysed)
    assert "CAMERA AND SUBJECT" in panel_words(analysed)


def test_of_a_sharp_photo_nothing_moved(window, person, engine, make_photo):
    engine.motion = 0.0
    person.opens_and_waits(window, make_photo())
    assert "CAMERA AND SUBJECT" not in panel_words(window)


def test_notes_are_shown(analysed):
    assert any("Made by a test." in word for word in panel_words(analysed))


def test_a_new_photo_starts_without_the_old_report(analysed, person, engine, make_photo):
    engine.open.clear()
    person.opens(analysed, make_photo("next.png"))
    assert analysed.parts.status.sentence.text() == ""
    assert not [word for word in panel_words(analysed) if "dB" in word]
    assert analysed.parts.canvas.picture == "photo"
    assert not analysed.parts.canvas.has_picture("sharp")
    assert not analysed.parts.timeline.isEnabled()


def test_scrubbing_changes_the_frame_and_shows_the_video(analysed, person, qtbot):
    def sees(x, wanted):
        # A frame asked for before may arrive first: wait for the one that is meant.
        qtbot.waitUntil(
            lambda: (
                analysed.parts.canvas.has_picture("frame")
                and colour(shown(analysed, "frame"), x, 30) == wanted
            )
        )

    person.strikes(analysed, "Home")
    qtbot.waitUntil(lambda: analysed.parts.canvas.picture == "frame")
    # The square starts at x = 30 and moves by 8 px in all: 4 px to the left at the beginning.
    sees(27, (128, 128, 128))
    person.strikes(analysed, "End")
    sees(27, (60, 120, 180))
    sees(52, (128, 128, 128))


def test_scrubbing_leaves_the_flow_on_show(analysed, person, qtbot):
    person.strikes(analysed, "4")
    with qtbot.waitSignal(analysed.controller.frames.ready):
        person.strikes(analysed, "Right")
    assert analysed.parts.canvas.picture == "flow"


def test_scrubbing_over_paths_leaves_the_photo_on_show(analysed, person, qtbot):
    person.strikes(analysed, "1", "T")
    with qtbot.waitSignal(analysed.controller.frames.ready):
        person.strikes(analysed, "Right")
    assert analysed.parts.canvas.picture == "photo"


def test_space_plays_and_pauses(analysed, person):
    person.strikes(analysed, "Space")
    assert analysed.parts.timeline.playing
    person.strikes(analysed, "Space")
    assert not analysed.parts.timeline.playing


@pytest.mark.parametrize(
    ("keys", "steps"),
    [
        (["Right"], 1), (["Left"], -1), (["."], 1), ([","], -1), (["Home"], -7), (["End"], 7),
        (["End", "Shift+Left"], -3), (["Home", "Shift+Right"], 3),
    ],
)  # fmt: skip
def test_keys_move_the_time(analysed, person, qtbot, keys, steps):
    person.strikes(analysed, *keys)
    assert analysed.parts.timeline.time == pytest.approx(steps / 14)
    qtbot.waitUntil(lambda: not analysed.bridge.is_busy("frame"))


def test_j_k_and_l_play_backwards_stop_and_play_forwards(analysed, person, qtbot):
    timeline = analysed.parts.timeline
    person.strikes(analysed, "J")
    assert timeline.player.speed < 0
    person.strikes(analysed, "K")
    assert not timeline.playing
    person.strikes(analysed, "L")
    assert timeline.player.speed > 0
    person.strikes(analysed, "K", "Ctrl+L")
    assert timeline.loop_mode != "off"


def test_typing_a_frame_count_chooses_no_picture(analysed, qtbot):
    box = analysed.parts.timeline.count_box
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "24")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert analysed.parts.timeline.frame_count == 24
    assert analysed.parts.canvas.picture == "sharp"
    assert analysed.parts.canvas.hasFocus(), "the next key is for the picture"


def test_esc_takes_a_frame_count_back_that_is_half_typed(analysed, qtbot):
    box = analysed.parts.timeline.count_box
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "9")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert analysed.parts.timeline.frame_count == 15
    assert box.text() == "15 frames"
    assert analysed.parts.canvas.hasFocus()


def test_fit_and_actual_size_change_the_zoom(analysed, person):
    person.strikes(analysed, "Ctrl+0")
    assert analysed.parts.canvas.zoom == 1.0
    assert analysed.parts.status.zoom.text() == "100 %"
    person.strikes(analysed, "F")
    assert analysed.parts.canvas.is_fitted


def test_the_pixel_under_the_mouse_is_told(analysed, qtbot):
    canvas = analysed.parts.canvas
    qtbot.mouseMove(canvas, canvas.from_picture(QPointF(40.5, 30.5)).toPoint())
    assert analysed.parts.status.place.text() == "40, 30"


def test_tab_hides_the_side_panel_and_brings_it_back(analysed, person):
    assert analysed.parts.panel.isVisible()
    person.strikes(analysed, "Tab")
    assert not analysed.parts.panel.isVisible()
    person.strikes(analysed, "Tab")
    assert analysed.parts.panel.isVisible()


def panel_words(window):
    """Texts of the visible labels of the side panel."""
    from PySide6.QtWidgets import QLabel

    panel = window.parts.panel
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)]


def test_in_a_narrow_window_the_strip_has_a_row_for_itself(analysed, qtbot):
    timeline = analysed.parts.timeline
    timeline.resize(900, timeline.height())
    assert timeline.scrubber.y() < timeline.transport.geometry().bottom()
    timeline.resize(400, 200)
    qtbot.waitUntil(lambda: timeline.transport.y() >= timeline.scrubber.geometry().bottom())
    assert timeline.scrubber.width() > 350


def test_the_panel_is_as_wide_as_large_letters_need(analysed, qtbot):
    panel = analysed.parts.panel
    font = panel.font()
    font.setPointSizeF(1.5 * font.pointSizeF())
    panel.widget().setFont(font)
    qtbot.waitUntil(lambda: panel.width() > 324)
    qtbot.waitUntil(lambda: panel.widget().minimumSizeHint().width() <= panel.viewport().width())
