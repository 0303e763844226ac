"""Heat: more is lighter, and nothing but the number decides the colour."""

from __future__ import annotations

import numpy as np
import pytest

from blurstudio.media.heat import draw_heat, heat_colours
from blurstudio.media.signed import DIFFERENCE_GAIN, draw_difference


def test_more_heat_is_lighter_at_every_step():
    brightness = heat_colours(256).astype(int) @ (0.2126, 0.7152, 0.0722)
    assert (np.diff(brightness) > 0).all()
    assert brightness[0] < 16
    assert brightness[-1] > 230


def test_a_map_is_drawn_on_the_scale_that_ends_at_top():
    values = np.array([[0, 5, 10], [-3, 99, np.nan]], np.float32)
    picture = draw_heat(values, 10.0)
    shades = heat_colours(256)
    assert picture.shape == (2, 3, 3)
    assert picture[0].tolist() == [shades[index].tolist() for index in (0, 128, 255)]
    assert picture[1].tolist() == [shades[index].tolist() for index in (0, 255, 0)]


def test_a_scale_must_lead_somewhere():
    with pytest.raises(ValueError, match="top must be above 0, got 0"):
        draw_heat(np.zeros((2, 2), np.float32), 0.0)


def test_what_deblurring_left_alone_is_grey_and_the_rest_is_amplified():
    difference = np.zeros((2, 2, 3), np.float32)
    difference[0, 0] = 0.1
    difference[1, 1] = -0.1
    picture = draw_difference(difference)
    step = round(0.1 * DIFFERENCE_GAIN * 127)
    assert (picture[0, 1] == 128).all()
    assert (picture[0, 0] == 128 + step).all()
    assert (picture[1, 1] == 128 - step).all()
