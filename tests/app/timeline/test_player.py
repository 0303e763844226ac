"""Playing keeps time: the frame shown follows the clock, however seldom the app gets to look."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QTimer

from blurstudio.app.timeline.player import FASTEST, LoopMode, Player


@pytest.fixture
def owner():
    return QObject()


@pytest.fixture
def player(owner, clock, qapp):
    made = Player(owner, clock)
    made.set_count(25)
    made.frames = []
    made.framePlayed.connect(made.frames.append)
    yield made
    made.pause()


def run(player, clock, seconds, step):
    """Let time pass in steps, the app looking after each."""
    for _ in range(round(seconds / step)):
        clock.now += step
        player.tick()


def test_frames_follow_the_clock_one_by_one(player, clock):
    player.play(1.0)
    run(player, clock, 0.5, 1 / 48)
    assert player.frames == list(range(13))


def test_a_slow_app_drops_frames_and_stays_in_time(player, clock):
    player.play(1.0)
    clock.now += 0.26
    player.tick()
    clock.now += 0.35
    player.tick()
    assert player.frames == [0, 6, 14]


def test_few_frames_are_held_so_that_a_pass_takes_a_second(player, clock):
    player.set_count(5)
    player.play(1.0)
    run(player, clock, 0.74, 0.02)
    assert player.frames == [0, 1, 2]


def test_playing_once_ends_on_the_last_frame(player, clock):
    player.play(1.0)
    run(player, clock, 3.0, 0.1)
    assert player.frames[-1] == 24
    assert not player.playing


def test_playing_backwards_once_ends_on_the_first(player, clock):
    player.seek(24)
    player.play(-1.0)
    run(player, clock, 3.0, 0.1)
    assert player.frames[0] == 24
    assert player.frames == sorted(player.frames, reverse=True)
    assert player.frames[-1] == 0
    assert not player.playing


@pytest.mark.parametrize(("end", "speed", "start"), [(24, 1.0, 0), (0, -1.0, 24)])
def test_at_the_end_it_begins_anew(player, end, speed, start):
    player.seek(end)
    player.play(speed)
    assert player.frames == [start]
    assert player.playing


def test_a_loop_shows_every_frame_as_long_as_any_other(player, clock):
    player.set_mode(LoopMode.LOOP)
    player.set_count(4)
    player.play(1.0)
    run(player, clock, 4.0, 1 / 12)
    shown = player.frames
    assert shown[:9] == [0, 1, 2, 3, 0, 1, 2, 3, 0]


def test_a_loop_runs_backwards_too(player, clock):
    player.set_mode(LoopMode.LOOP)
    player.set_count(4)
    player.play(-1.0)
    run(player, clock, 3.0, 1 / 12)
    assert player.frames[:9] == [0, 3, 2, 1, 0, 3, 2, 1, 0]


def test_ping_pong_turns_round_at_both_ends(player, clock):
    player.set_mode(LoopMode.PING_PONG)
    player.set_count(4)
    player.play(1.0)
    run(player, clock, 4.5, 1 / 12)
    assert player.frames[:13] == [0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0]
    assert player.playing


def test_ping_pong_keeps_time_over_a_long_pause_of_the_app(player, clock):
    player.set_mode(LoopMode.PING_PONG)
    player.play(1.0)
    clock.now += 2.0 * 7 + 0.25
    player.tick()
    assert player.frames[-1] == 6
    clock.now += 1.0
    player.tick()
    assert player.frames[-1] == 18
    assert player.travel == -1.0


def test_hastening_doubles_the_speed_up_to_its_limit(player, clock):
    speeds = []
    for _ in range(6):
        player.hasten(1)
        speeds.append(player.speed)
    assert speeds == [1, 2, 4, 8, FASTEST, FASTEST]
    player.seek(0)
    clock.now += 1.0 / 8
    player.tick()
    assert player.frames[-1] == 24


def test_hastening_the_other_way_turns_at_normal_speed(player, clock):
    player.seek(12)
    player.hasten(1)
    player.hasten(1)
    player.hasten(-1)
    assert player.speed == -1


def test_hastening_in_the_returning_half_of_ping_pong_means_the_way_it_goes(player, clock):
    player.set_mode(LoopMode.PING_PONG)
    player.play(1.0)
    clock.now += 1.5
    player.tick()
    frame = player.frames[-1]
    player.hasten(-1)
    assert player.speed == -2
    clock.now += 0.1
    player.tick()
    assert player.frames[-1] == pytest.approx(frame - 5, abs=1)


def test_changing_the_speed_does_not_jump(player, clock):
    player.play(1.0)
    clock.now += 0.5
    player.tick()
    player.hasten(1)
    assert player.frames[-1] == 12


def test_changing_the_loop_does_not_jump(player, clock):
    player.set_mode(LoopMode.PING_PONG)
    player.play(1.0)
    clock.now += 1.25
    player.tick()
    assert player.frames[-1] == 18
    player.set_mode(LoopMode.LOOP)
    player.tick()
    assert player.frames[-1] == 18
    clock.now += 0.125
    player.tick()
    assert player.frames[-1] == 15


def test_changing_the_number_of_frames_goes_on_at_the_same_moment(player, clock):
    player.play(1.0)
    clock.now += 0.5
    player.tick()
    player.set_count(49)
    player.tick()
    assert player.frames[-1] == 24


def test_pausing_makes_the_speed_normal_and_keeps_the_direction(player, clock):
    player.seek(24)
    player.hasten(-1)
    player.hasten(-1)
    player.pause()
    assert player.speed == -1
    assert not player.playing
    clock.now += 5.0
    player.tick()
    assert player.frames == [24]


def test_no_timer_runs_while_nothing_plays(player):
    timer = player.findChild(QTimer)
    assert not timer.isActive()
    player.play(1.0)
    assert timer.isActive()
    player.pause()
    assert not timer.isActive()


def test_without_a_hand_on_the_clock_time_passes_by_itself(owner, qtbot):
    player = Player(owner)
    player.set_count(50)
    player.hasten(1)
    with qtbot.waitSignal(player.playingChanged) as told:
        pass
    assert told.args == [False]
