"""Speeds: chosen, hastened by J and L, and kept over a pause; and the scale of the exposure."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from blurstudio.app.timeline.player import SPEEDS
from blurstudio.app.timeline.ruler import marks

MINUS = "\N{MINUS SIGN}"


def test_the_field_offers_a_tenth_to_several_times(timeline):
    assert timeline.transport.speed_box.values == list(SPEEDS)
    assert SPEEDS[0] == 0.1
    assert 4.0 in SPEEDS


def test_a_chosen_speed_is_played_at_and_outlives_a_pause(timeline, clock):
    timeline.transport.speed_box.pick(0.5)
    timeline.go_start()
    QTest.keyClick(timeline, Qt.Key.Key_Space)
    clock.now += 1.0
    timeline.player.tick()
    assert timeline.time == pytest.approx(0.0)
    QTest.keyClick(timeline, Qt.Key.Key_Space)
    assert timeline.speed == 0.5
    assert timeline.transport.speed_box.currentText().startswith("0.5")


def test_l_again_is_faster_and_k_brings_the_chosen_speed_back(timeline):
    timeline.set_speed(0.25)
    seen = []
    for _ in range(4):
        QTest.keyClick(timeline, Qt.Key.Key_L)
        seen.append(timeline.player.speed)
    assert seen == [0.25, 0.5, 1.0, 2.0]
    assert timeline.transport.speed_box.currentText().startswith("2")
    QTest.keyClick(timeline, Qt.Key.Key_K)
    assert timeline.player.speed == 0.25
    assert timeline.transport.speed_box.currentText().startswith("0.25")


def test_choosing_another_speed_while_it_plays_does_not_jump(timeline, clock):
    timeline.go_start()
    timeline.forward()
    clock.now += 0.5
    timeline.player.tick()
    timeline.transport.speed_box.pick(0.1)
    assert timeline.time == pytest.approx(0.0)
    clock.now += 1.05
    timeline.player.tick()
    assert timeline.time == pytest.approx(0.1)


def test_backwards_stays_backwards_at_another_speed(timeline):
    timeline.reverse()
    timeline.change_speed(-1)
    assert timeline.player.speed == -0.5
    timeline.change_speed(2)
    assert timeline.player.speed == -2.0


def test_speeds_end_where_the_list_ends(timeline):
    timeline.change_speed(-100)
    assert timeline.speed == SPEEDS[0]
    timeline.change_speed(100)
    assert timeline.speed == SPEEDS[-1]
    timeline.set_speed(3.1)
    assert timeline.speed == 4.0


def test_without_an_exposure_time_the_scale_is_in_percent():
    scale = marks(None, 12)
    assert [mark.text for mark in scale if mark.text] == [
        *(f"{MINUS}{number}" for number in (50, 40, 30, 20, 10)),
        "0 %",
        *(f"+{number}" for number in (10, 20, 30, 40, 50)),
    ]
    assert scale[0].time == -0.5
    assert scale[-1].time == 0.5


@pytest.mark.parametrize(
    ("seconds", "most", "last", "unit"),
    [
        (1 / 30, 8, "+15", "0 ms"),
        (1 / 4000, 6, "+0.10", "0 ms"),
        (0.5, 10, "+250", "0 ms"),
        (2.0, 5, "+1000", "0 ms"),
        (30.0, 7, "+15", "0 s"),
    ],
)
def test_the_scale_has_round_numbers_of_milliseconds(seconds, most, last, unit):
    texts = [mark.text for mark in marks(seconds, most) if mark.text]
    assert texts[-1] == last
    assert unit in texts
    assert len(texts) <= most + 1


def test_numbers_of_the_scale_stand_at_their_moments():
    for mark in marks(0.04, 9):
        if mark.text and mark.time:
            assert float(mark.text.replace(MINUS, "-")) == pytest.approx(mark.time * 40)


def test_the_bar_counts_in_milliseconds_when_the_photo_knows(timeline):
    bar = timeline.scrubber
    assert "0 %" in [mark.text for mark in bar.marks]
    timeline.set_exposure_time(1 / 25)
    assert "0 ms" in [mark.text for mark in bar.marks]
    narrow = len(bar.marks)
    bar.resize(4 * bar.width(), bar.height())
    assert len(bar.marks) > narrow
