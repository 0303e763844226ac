"""The timeline under a hand: clicks, drags, keys, and what it tells."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

LEFT = Qt.MouseButton.LeftButton


def place(timeline, time):
    """Point of the scrub bar that means a moment."""
    bar = timeline.scrubber
    return QPoint(round(bar.x_of(time)), bar.height() - 20)


def test_it_begins_in_the_middle_where_the_sharp_picture_lies(timeline):
    assert timeline.time == 0.0
    assert not timeline.playing


@pytest.mark.parametrize("time", [-0.5, -0.21, 0.0, 0.4, 0.5])
def test_a_click_jumps_to_the_moment(timeline, time):
    timeline.time = 0.123
    QTest.mouseClick(timeline.scrubber, LEFT, pos=place(timeline, time))
    assert timeline.time == pytest.approx(time, abs=0.002)


def test_dragging_the_playhead_scrubs_and_tells_every_moment_in_order(timeline):
    bar = timeline.scrubber
    QTest.mousePress(bar, LEFT, pos=place(timeline, -0.4))
    for time in np.linspace(-0.4, 0.45, 30):
        QTest.mouseMove(bar, place(timeline, time))
    QTest.mouseRelease(bar, LEFT, pos=place(timeline, 0.45))
    assert len(timeline.told) >= 25
    assert timeline.told == sorted(timeline.told)
    assert timeline.told[0] == pytest.approx(-0.4, abs=0.002)
    assert timeline.time == pytest.approx(0.45, abs=0.002)


def test_dragging_past_the_ends_stays_within_the_exposure(timeline):
    bar = timeline.scrubber
    QTest.mousePress(bar, LEFT, pos=place(timeline, 0.3))
    QTest.mouseMove(bar, QPoint(5000, 10))
    assert timeline.time == 0.5
    QTest.mouseMove(bar, QPoint(-5000, 10))
    assert timeline.time == -0.5
    QTest.mouseRelease(bar, LEFT, pos=QPoint(0, 10))


def test_moving_the_mouse_without_pressing_changes_nothing(timeline):
    QTest.mouseMove(timeline.scrubber, place(timeline, 0.3))
    QTest.mouseClick(timeline.scrubber, Qt.MouseButton.RightButton, pos=place(timeline, 0.3))
    assert timeline.time == 0.0


def test_taking_the_playhead_pauses(timeline):
    timeline.forward()
    QTest.mouseClick(timeline.scrubber, LEFT, pos=place(timeline, 0.2))
    assert not timeline.playing


@pytest.mark.parametrize(("given", "kept"), [(0.7, 0.5), (-3, -0.5), (0.25, 0.25)])
def test_moments_are_clamped(timeline, given, kept):
    timeline.time = given
    assert timeline.time == kept


def test_a_moment_is_told_once(timeline):
    timeline.time = 0.2
    timeline.set_time(0.2)
    assert timeline.told == [0.2]


def test_play_and_pause(timeline, clock, qtbot):
    with qtbot.waitSignal(timeline.playingChanged) as told:
        QTest.mouseClick(timeline.transport.play_button, LEFT)
    assert told.args == [True]
    clock.now += 0.3
    timeline.player.tick()
    assert timeline.time == pytest.approx(0.3)
    QTest.mouseClick(timeline.transport.play_button, LEFT)
    assert not timeline.playing
    clock.now += 0.3
    timeline.player.tick()
    assert timeline.time == pytest.approx(0.3)


def test_playing_shows_the_frames_that_would_be_exported(timeline, clock):
    timeline.go_start()
    timeline.forward()
    for _ in range(60):
        clock.now += 0.02
        timeline.player.tick()
    assert timeline.told[1:] == pytest.approx(list(np.linspace(-0.5, 0.5, 11)[1:]))


def test_playing_goes_on_from_where_the_hand_left_the_playhead(timeline, clock):
    timeline.time = 0.2
    timeline.toggle_play()
    clock.now += 0.1
    timeline.player.tick()
    assert timeline.time == pytest.approx(0.3)


def test_setting_the_moment_while_playing_goes_on_from_there(timeline, clock):
    timeline.go_start()
    timeline.forward()
    timeline.time = 0.1
    clock.now += 0.2
    timeline.player.tick()
    assert timeline.playing
    assert timeline.time == pytest.approx(0.3)


def test_steps_go_from_frame_to_frame(timeline):
    timeline.step(1)
    assert timeline.time == pytest.approx(0.1)
    timeline.step(-3)
    assert timeline.time == pytest.approx(-0.2)
    timeline.step(-100)
    assert timeline.time == -0.5
    timeline.step(100)
    assert timeline.time == 0.5


@pytest.mark.parametrize(("way", "frame"), [(1, 0.2), (-1, 0.1)])
def test_from_between_two_frames_a_step_goes_to_the_next_one_that_way(timeline, way, frame):
    timeline.time = 0.137
    timeline.step(way)
    assert timeline.time == pytest.approx(frame)


@pytest.mark.parametrize(
    ("key", "shift", "time"),
    [
        (Qt.Key.Key_Right, False, 0.1),
        (Qt.Key.Key_Left, False, -0.1),
        (Qt.Key.Key_Period, False, 0.1),
        (Qt.Key.Key_Comma, False, -0.1),
        (Qt.Key.Key_Right, True, 0.5),
        (Qt.Key.Key_Home, False, -0.5),
        (Qt.Key.Key_End, False, 0.5),
    ],
)
def test_keys_move_the_playhead(timeline, key, shift, time):
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(timeline, key, modifier)
    assert timeline.time == pytest.approx(time)


def test_j_k_l_and_space_play(timeline):
    QTest.keyClick(timeline, Qt.Key.Key_L)
    assert timeline.player.speed == 1
    QTest.keyClick(timeline, Qt.Key.Key_L)
    assert timeline.player.speed == 2
    assert timeline.transport.speed_box.currentText().startswith("2")
    QTest.keyClick(timeline, Qt.Key.Key_K)
    assert not timeline.playing
    assert timeline.transport.speed_box.currentText().startswith("1")
    QTest.keyClick(timeline, Qt.Key.Key_J)
    assert timeline.player.speed == -1
    QTest.keyClick(timeline, Qt.Key.Key_Space)
    assert not timeline.playing


def test_other_keys_are_left_to_the_window(timeline, qtbot):
    QTest.keyClick(timeline, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not timeline.playing


def test_buttons_never_take_the_space_key(timeline):
    transport = timeline.transport
    for button in (transport.reverse_button, transport.forward_button, transport.loop_button):
        QTest.mouseClick(button, LEFT)
        assert not button.hasFocus()
    assert timeline.loop_mode == "loop"


def test_the_loop_goes_round_its_three_modes(timeline):
    told = []
    timeline.loopModeChanged.connect(told.append)
    for _ in range(3):
        timeline.cycle_loop()
    assert told == ["loop", "ping-pong", "off"]
    timeline.set_loop_mode("ping-pong")
    assert timeline.loop_mode == "ping-pong"
    with pytest.raises(ValueError, match="sometimes"):
        timeline.set_loop_mode("sometimes")


def test_ping_pong_comes_back(timeline, clock):
    timeline.set_loop_mode("ping-pong")
    timeline.go_start()
    timeline.forward()
    clock.now += 1.3
    timeline.player.tick()
    assert timeline.time == pytest.approx(0.2)
    clock.now += 0.3
    timeline.player.tick()
    assert timeline.time == pytest.approx(-0.1)


def test_the_number_of_frames_is_told_once_by_box_or_by_call(timeline):
    told = []
    timeline.frameCountChanged.connect(told.append)
    timeline.count_box.setValue(31)
    timeline.set_frame_count(7)
    timeline.set_frame_count(7)
    assert told == [31, 7]
    assert timeline.count_box.value() == 7
    assert timeline.frame_count == 7


@pytest.mark.parametrize(("given", "kept"), [(0, 2), (-4, 2), (100000, 999)])
def test_the_number_of_frames_is_clamped(timeline, given, kept):
    timeline.set_frame_count(given)
    assert timeline.frame_count == kept


def test_typing_a_number_tells_it_when_it_is_finished(timeline):
    told = []
    timeline.frameCountChanged.connect(told.append)
    box = timeline.count_box
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "25")
    assert told == []
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert told == [25]


def test_hiding_pauses_and_stops_the_timer(timeline):
    timeline.set_loop_mode("loop")
    timeline.forward()
    timeline.hide()
    assert not timeline.playing
    assert not any(timer.isActive() for timer in timeline.findChildren(QTimer))
