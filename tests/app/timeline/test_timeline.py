"""The timeline under a hand: clicks, drags, keys, and what it tells."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from blurstudio.app.timeline import Timeline
from blurstudio.app.timeline.film_strip import FilmStrip
from blurstudio.app.timeline.readout import readout, readout_tip

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def timeline(qtbot, clock):
    window = QWidget()
    qtbot.addWidget(window)
    widget = Timeline(window, clock)
    window.resize(900, 100)
    widget.resize(900, widget.sizeHint().height())
    widget.set_frame_count(11)
    window.show()
    widget.setFocus()
    widget.told = []
    widget.timeChanged.connect(widget.told.append)
    yield widget
    window.close()


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
    assert timeline.transport.speed_label.text().startswith("2")
    QTest.keyClick(timeline, Qt.Key.Key_K)
    assert not timeline.playing
    assert timeline.transport.speed_label.text() == ""
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


@pytest.mark.parametrize(
    ("time", "exposure", "text"),
    [
        (0.0, None, "0.0 %"),
        (0.125, None, "+12.5 %"),
        (-0.5, None, "\N{MINUS SIGN}50.0 %"),
        (-0.0001, None, "0.0 %"),
        (0.25, 1 / 30, "+8.33 ms"),
        (-0.5, 0.5, "\N{MINUS SIGN}250.0 ms"),
        (0.5, 2.0, "+1000 ms"),
    ],
)
def test_moments_are_told_in_percent_or_milliseconds(time, exposure, text):
    assert readout(time, exposure) == text


def test_the_readout_says_what_it_counts():
    assert "1/30 s" in readout_tip(1 / 30)
    assert "1.5 s" in readout_tip(1.5)
    assert "percent" in readout_tip(None)


def test_milliseconds_appear_when_the_exposure_time_is_known(timeline):
    timeline.time = 0.5
    timeline.set_exposure_time(1 / 50)
    assert timeline.time_label.text() == "+10.00 ms"
    for unknown in (None, 0.0, float("nan"), -1.0):
        timeline.set_exposure_time(unknown)
        assert timeline.time_label.text() == "+50.0 %"


def test_hiding_pauses_and_stops_the_timer(timeline):
    timeline.set_loop_mode("loop")
    timeline.forward()
    timeline.hide()
    assert not timeline.playing
    assert not any(timer.isActive() for timer in timeline.findChildren(QTimer))


def test_the_strip_shows_the_thumbnails_from_opening_to_closing(timeline):
    first, last = np.zeros((40, 60, 3), np.uint8), np.zeros((40, 60, 3), np.uint8)
    first[:] = (200, 0, 0)
    last[:] = (0, 0, 200)
    timeline.set_thumbnails([first, last])
    bar = timeline.scrubber
    shot = bar.grab().toImage()
    left = shot.pixelColor(round(bar.x_of(-0.4)), 12)
    right = shot.pixelColor(round(bar.x_of(0.4)), 12)
    assert (left.red(), left.blue()) == (200, 0)
    assert (right.red(), right.blue()) == (0, 200)
    timeline.set_thumbnails([])
    assert bar.grab().toImage().pixelColor(round(bar.x_of(-0.4)), 12).red() < 60


def test_frames_in_the_strip_keep_their_proportions():
    film = FilmStrip()
    square = np.zeros((100, 100, 3), np.uint8)
    square[:, :10] = 255
    film.set_thumbnails([square])
    strip = film.strip(800, 40)
    edges = [x for x in range(1, 800) if _lit(strip, x) and not _lit(strip, x - 1)]
    assert set(np.diff(edges)) == {40}


def test_big_thumbnails_are_kept_small():
    film = FilmStrip()
    film.set_thumbnails([np.full((2000, 3000, 3), 90, np.uint8)])
    assert film.strip(300, 40).pixelColor(100, 20).red() == 90


@pytest.mark.parametrize("wrong", [np.zeros((4, 4)), np.zeros((4, 4, 1), np.uint8)])
def test_thumbnails_of_another_kind_are_refused(timeline, wrong):
    with pytest.raises(ValueError, match=r"\(4, 4"):
        timeline.set_thumbnails([wrong])


def test_the_playhead_is_drawn_at_the_moment(timeline):
    bar = timeline.scrubber
    for time in (-0.3, 0.35):
        timeline.time = time
        shot = bar.grab().toImage()
        inside = range(round(bar.x_of(-0.5)) + 2, round(bar.x_of(0.5)) - 2)
        lightest = max(inside, key=lambda x: shot.pixelColor(x, 20).lightness())
        assert abs(lightest - bar.x_of(time)) <= 1.5


def test_every_frame_has_its_tick_as_long_as_there_is_room(timeline):
    bar = timeline.scrubber
    timeline.time = 0.5
    shot = bar.grab().toImage()
    y = bar.height() - 10
    ground = shot.pixelColor(1, y).lightness()
    for frame in range(10):
        x = round(bar.x_of(frame / 10 - 0.5))
        around = [shot.pixelColor(x + dx, y).lightness() for dx in (-1, 0, 1)]
        assert max(abs(lightness - ground) for lightness in around) > 15
    timeline.set_frame_count(999)
    assert bar.grab().toImage() != shot


def test_the_buttons_follow_the_palette(timeline):
    def sign():
        return timeline.transport.play_button.icon().pixmap(20, 20).toImage()

    before = sign()
    palette = QPalette(timeline.palette())
    palette.setColor(QPalette.ColorRole.ButtonText, Qt.GlobalColor.red)
    timeline.setPalette(palette)
    assert sign() != before
    assert sign().pixelColor(9, 10).red() == 255


def test_every_part_has_a_name_for_a_screen_reader(timeline):
    transport = timeline.transport
    named = [
        timeline,
        timeline.scrubber,
        timeline.count_box,
        timeline.time_label,
        transport.play_button,
        transport.reverse_button,
        transport.forward_button,
        transport.loop_button,
    ]
    assert all(widget.accessibleName() for widget in named)
    timeline.forward()
    assert transport.play_button.accessibleName() == "Pause"


def _lit(strip: QImage, x: int) -> bool:
    return strip.pixelColor(x, 20).lightness() > 128
