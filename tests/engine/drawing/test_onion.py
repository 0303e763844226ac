"""Onion skin: neighbours show through a frame, and what stands still looks as it is."""

from __future__ import annotations

import numpy as np
import pytest

from blurstudio.engine.drawing.onion import Onion, onion_frame


class Ball:
    """Plays a white column that moves over grey; notes which moments were asked for."""

    def __init__(self):
        self.asked = []

    def frame(self, t):
        self.asked.append(round(t, 6))
        picture = np.full((4, 101, 3), 100, np.uint8)
        picture[:, round((t + 0.5) * 100)] = 255
        return picture


@pytest.fixture
def ball():
    return Ball()


def test_neighbours_on_both_sides_show_through(ball):
    picture = onion_frame(ball, 0.0, Onion(count=2, opacity=0.5, step=0.1))
    lit = np.flatnonzero(picture[0].sum(axis=1) > 320)
    assert list(lit) == [30, 40, 50, 60, 70]


def test_nearer_neighbours_are_stronger(ball):
    picture = onion_frame(ball, 0.0, Onion(count=3, opacity=0.5, step=0.1)).astype(int)
    assert picture[0, 40].sum() > picture[0, 30].sum() > picture[0, 20].sum()


def test_earlier_moments_are_cool_and_later_ones_warm(ball):
    picture = onion_frame(ball, 0.0, Onion(count=1, opacity=0.6, step=0.2)).astype(int)
    before, after = picture[0, 30], picture[0, 70]
    assert before[2] > before[0]
    assert after[0] > after[2]


def test_what_stands_still_keeps_its_colour(ball):
    picture = onion_frame(ball, 0.0, Onion(count=5, opacity=0.8, step=0.05))
    assert (picture[0, 5] == 100).all()


@pytest.mark.parametrize(("opacity", "level"), [(0.0, 255), (0.5, 178), (1.0, 100)])
def test_the_opacity_is_the_share_of_the_neighbours(ball, opacity, level):
    picture = onion_frame(ball, 0.0, Onion(count=1, opacity=opacity, step=0.1))
    assert picture[0, 50].astype(int) == pytest.approx(level, abs=1)


def test_moments_outside_the_exposure_are_left_out(ball):
    onion_frame(ball, -0.5, Onion(count=3, step=0.1))
    assert sorted(ball.asked) == pytest.approx([-0.5, -0.4, -0.3, -0.2])
    moments, weights = zip(*Onion(count=1, step=0.1).neighbours(0.4), strict=True)
    assert moments == pytest.approx((0.3, 0.5))
    assert weights == pytest.approx((0.25, 0.25))


def test_the_frame_stands_alone_where_there_are_no_neighbours(ball):
    picture = onion_frame(ball, 0.0, Onion(count=1, step=0.7))
    assert (picture == ball.frame(0.0)).all()


def test_it_can_be_given_up_between_two_frames(ball):
    class GaveUpError(Exception):
        pass

    def check():
        if len(ball.asked) == 2:
            raise GaveUpError

    with pytest.raises(GaveUpError):
        onion_frame(ball, 0.0, Onion(count=3, step=0.1), check)
    assert len(ball.asked) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"count": 0}, "count must be 1 to 5, got 0"),
        ({"count": 6}, "got 6"),
        ({"opacity": 1.5}, "opacity must be 0 to 1"),
        ({"step": 0.0}, "step must be above 0"),
    ],
)
def test_what_is_no_onion_skin_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        Onion(**wrong)
