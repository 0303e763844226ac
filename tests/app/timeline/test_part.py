"""A part of the exposure: marked by keys and brackets, and what is played then."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from blurstudio.app.timeline.moments import played, stops

LEFT = Qt.MouseButton.LeftButton
WHOLE = (-0.5, 0.5)


@pytest.fixture
def marked(timeline):
    """Return a timeline whose part goes from -0.2 to 0.3, with what it tells of its part."""
    timeline.parts = []
    timeline.set_part((-0.2, 0.3))
    timeline.partChanged.connect(lambda *part: timeline.parts.append(part))
    return timeline


def drags(handle, bar, time):
    """Drag a bracket until its edge stands at a moment."""
    start = QPoint(handle.width() // 2, handle.height() // 2)
    edge = handle.width() if handle is bar.first_handle else 0
    end = QPoint(round(bar.x_of(time)) + start.x() - edge, 20)
    QTest.mousePress(handle, LEFT, pos=start)
    QTest.mouseMove(handle, handle.mapFrom(bar, end))
    QTest.mouseRelease(handle, LEFT, pos=start)


def plays(timeline, clock, seconds, step=0.02):
    """Let it play for a while; returns the moments that were shown."""
    del timeline.told[:]
    for _ in range(round(seconds / step)):
        clock.now += step
        timeline.player.tick()
    return timeline.told


def test_i_and_o_mark_where_the_part_begins_and_ends(timeline):
    timeline.time = -0.3
    QTest.keyClick(timeline, Qt.Key.Key_I)
    assert timeline.part == (-0.3, 0.5)
    timeline.time = 0.21
    QTest.keyClick(timeline, Qt.Key.Key_O)
    assert timeline.part == (-0.3, 0.21)
    timeline.unmark()
    assert timeline.part == WHOLE


def test_a_part_that_would_end_before_its_start_begins_with_the_exposure(marked):
    marked.time = -0.4
    marked.mark_out()
    assert marked.part == (-0.5, -0.4)


def test_a_part_that_would_begin_after_its_end_lasts_to_the_end_of_the_exposure(marked):
    marked.time = 0.5
    marked.mark_in()
    assert marked.part == pytest.approx((0.49, 0.5))


def test_the_same_part_is_told_once(marked):
    marked.set_part((-0.1, 0.2))
    marked.set_part((-0.1, 0.2))
    assert marked.parts == [(-0.1, 0.2)]


@pytest.mark.parametrize("wrong", [(0.3, 0.3), (0.4, -0.4), (float("nan"), 0.5)])
def test_what_is_no_part_is_the_whole_exposure(marked, wrong):
    marked.set_part(wrong)
    assert marked.part == WHOLE


def test_home_and_end_stay_within_the_part(marked):
    QTest.keyClick(marked, Qt.Key.Key_Home)
    assert marked.time == -0.2
    QTest.keyClick(marked, Qt.Key.Key_End)
    assert marked.time == 0.3


def test_playing_once_stays_within_the_part_and_keeps_its_pace(marked, clock):
    marked.go_start()
    marked.forward()
    assert plays(marked, clock, 0.25) == pytest.approx([-0.1, 0.0])
    plays(marked, clock, 1.0)
    assert marked.time == 0.3
    assert not marked.playing


def test_playing_begins_with_the_part_when_the_playhead_is_outside(marked):
    for outside in (-0.4, 0.45):
        marked.time = outside
        marked.forward()
        assert marked.time == -0.2
        marked.stop()


def test_a_loop_stays_within_the_part(marked, clock):
    marked.set_loop_mode("loop")
    marked.go_start()
    marked.forward()
    shown = plays(marked, clock, 1.25)
    assert shown == pytest.approx([-0.1, 0.0, 0.1, 0.2, 0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, -0.2])


def test_ping_pong_turns_round_at_the_ends_of_the_part(marked, clock):
    marked.set_loop_mode("ping-pong")
    marked.go_start()
    marked.forward()
    shown = plays(marked, clock, 1.05)
    assert shown == pytest.approx([-0.1, 0.0, 0.1, 0.2, 0.3, 0.2, 0.1, 0.0, -0.1, -0.2])


def test_a_part_between_two_frames_is_played_from_end_to_end(timeline, clock):
    timeline.set_part((0.02, 0.05))
    timeline.go_start()
    timeline.forward()
    assert plays(timeline, clock, 0.3) == pytest.approx([0.05])


def test_marking_while_it_plays_goes_on(timeline, clock):
    timeline.set_loop_mode("loop")
    timeline.time = 0.0
    timeline.forward()
    plays(timeline, clock, 0.25)
    timeline.mark_out()
    assert timeline.playing
    assert timeline.part[1] == pytest.approx(0.2)
    assert max(plays(timeline, clock, 2.0)) == pytest.approx(0.2)


def test_steps_reach_the_ends_of_the_part_and_leave_it(marked):
    marked.set_part((-0.25, 0.32))
    marked.time = -0.5
    seen = [-0.5]
    while marked.time < 0.5:
        marked.step(1)
        seen.append(marked.time)
    inside = [-0.25, -0.15, -0.05, 0.05, 0.15, 0.25, 0.32]
    assert seen == pytest.approx([-0.5, -0.45, -0.35, *inside, 0.42, 0.5])
    marked.step(-2)
    assert marked.time == 0.32


def test_the_frames_of_the_whole_exposure_are_those_that_are_exported():
    for count in (2, 11, 15, 999):
        assert played(count) == pytest.approx(list(np.linspace(-0.5, 0.5, count)))
        assert stops(count) == pytest.approx(played(count))


def test_a_bracket_is_dragged_and_the_picture_follows(timeline):
    bar = timeline.scrubber
    drags(bar.first_handle, bar, -0.3)
    assert timeline.part[0] == pytest.approx(-0.3, abs=0.002)
    assert timeline.time == timeline.part[0]
    drags(bar.last_handle, bar, 0.1)
    assert timeline.part[1] == pytest.approx(0.1, abs=0.002)
    assert timeline.time == timeline.part[1]


def test_a_bracket_stops_at_the_other_one_and_at_the_ends(marked):
    bar = marked.scrubber
    drags(bar.first_handle, bar, 0.45)
    assert marked.part == pytest.approx((0.29, 0.3))
    drags(bar.first_handle, bar, -3)
    assert marked.part == (-0.5, 0.3)
    drags(bar.last_handle, bar, 3)
    assert marked.part == WHOLE


def test_taking_a_bracket_pauses(timeline):
    timeline.set_loop_mode("loop")
    timeline.forward()
    drags(timeline.scrubber.last_handle, timeline.scrubber, 0.2)
    assert not timeline.playing


def test_a_bracket_is_moved_by_keys(marked):
    first, last = marked.scrubber.first_handle, marked.scrubber.last_handle
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Left)
    assert marked.part == pytest.approx((-0.3, 0.3))
    QTest.keyClick(first, Qt.Key.Key_Home)
    assert marked.part == pytest.approx((-0.5, 0.3))
    last.setFocus()
    QTest.keyClick(last, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert marked.part == WHOLE
    QTest.keyClick(last, Qt.Key.Key_PageDown)
    assert marked.part == pytest.approx((-0.5, -0.49))


def test_screen_readers_know_the_brackets_and_can_move_them(marked):
    first, last = marked.scrubber.first_handle, marked.scrubber.last_handle
    assert first.accessibleName() == "Start of the part"
    assert last.accessibleName() == "End of the part"
    assert (first.value(), last.value()) == (-2000, 3000)
    last.setValue(1000)
    assert marked.part == pytest.approx((-0.2, 0.1))


def test_the_part_is_told_in_percent_or_milliseconds(marked):
    label = marked.figures.part_label
    assert label.text() == "[\N{MINUS SIGN}20.0 … +30.0 %]"
    marked.set_exposure_time(1 / 50)
    assert label.text() == "[\N{MINUS SIGN}4.00 … +6.00 ms]"
    assert "10.00 ms" in label.toolTip()
    assert "6 frames" in label.toolTip()
    marked.unmark()
    assert label.text() == "whole: 20.00 ms"


def test_in_a_narrow_window_the_end_of_the_part_is_told_and_the_frames_whole(timeline):
    """Nothing is cut through: what doesn't fit is left out with dots before it."""
    timeline.set_exposure_time(1 / 50)
    timeline.resize(timeline.minimumSizeHint())
    QTest.qWait(0)
    figures = timeline.figures
    assert figures.count_box.width() >= figures.count_box.sizeHint().width()
    label = figures.part_label
    label.setFixedWidth(40)
    short = label.grab().toImage()
    whole, room = "whole: 20.00 ms", label.contentsRect().width()
    shown = label.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideLeft, room)
    label.setText(shown)
    assert label.grab().toImage() == short


def test_what_is_not_played_is_darkened(timeline):
    bar = timeline.scrubber
    bar.set_thumbnails([np.full((40, 60, 3), 200, np.uint8)])
    x = [round(bar.x_of(time)) for time in (-0.35, 0.15, 0.45)]
    timeline.set_part((-0.2, 0.3))
    shot = bar.grab().toImage()
    outside, inside, beyond = (shot.pixelColor(place, 12).lightness() for place in x)
    assert inside > 150
    assert max(outside, beyond) < 120
