"""What the timeline shows: readout, thumbnails, ticks, names."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QImage, QPalette
from PySide6.QtTest import QTest

from blurstudio.app import theme
from blurstudio.app.timeline.film_strip import FilmStrip
from blurstudio.app.timeline.readout import readout, readout_tip

LEFT = Qt.MouseButton.LeftButton


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
    y = round(bar.ticks_y)
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


def test_the_colours_of_time_are_as_readable_in_the_light_look_as_in_the_dark_one(timeline, dress):
    bar = timeline.scrubber
    bar.set_time(0.0)
    y = round(bar._track_y)
    places = [round(bar.x_of(time)) for time in (-0.4, -0.2, 0.2, 0.4)]
    shots = {}
    for look in (theme.DARK, theme.LIGHT):
        dress(look)
        shots[look] = bar.grab().toImage()
    dark, light = ([shot.pixelColor(x, y).name() for x in places] for shot in shots.values())
    assert light == dark
    rim = shots[theme.LIGHT].pixelColor(places[-1], round(bar._track_y - 2.5))
    assert rim.lightness() < 0.5 * theme.WINDOW.lightness(), "yellow has an edge"


def test_the_strip_gets_a_row_for_itself_before_it_is_squeezed(timeline):
    def strip_at(width):
        timeline.resize(width, 100)
        QTest.qWait(0)
        return timeline.scrubber

    assert all(strip_at(width).width() >= 250 for width in range(440, 1200, 40))
    assert strip_at(1199).y() == timeline.transport.y()
    assert strip_at(480).geometry().bottom() < timeline.transport.y()


def test_letters_that_grow_give_the_strip_a_row_for_itself(timeline, qtbot):
    timeline.resize(720, 100)
    bar = timeline.scrubber
    assert bar.width() < timeline.width() / 2
    large = QFont(timeline.font())
    large.setPointSizeF(2 * large.pointSizeF())
    timeline.setFont(large)
    qtbot.waitUntil(lambda: bar.width() > timeline.width() - 40)
