"""Drawings: paths that show where and when, residuals that show how much."""

from __future__ import annotations

import numpy as np
import pytest

from blurstudio.media.drawing import draw_markers, draw_trajectories, time_colours
from blurstudio.media.kernel_drawing import draw_kernels
from blurstudio.media.signed import RESIDUAL_GAIN, draw_residual


def straight(count=33):
    """One path of 60 px to the right through (50, 40)."""
    points = np.array([[50, 40]], np.float32)
    times = np.linspace(-0.5, 0.5, count)
    paths = points[:, None] + np.stack([60 * times, 0 * times], axis=-1)[None]
    return points, paths.astype(np.float32)


def test_time_goes_from_dark_to_light_and_every_step_differs():
    colours = time_colours(64).astype(int)
    brightness = colours @ (0.2126, 0.7152, 0.0722)
    assert (np.diff(brightness) > 0).all()
    assert len(np.unique(colours, axis=0)) == 64
    start, end = colours[0], colours[-1]
    assert start.argmax() == 2, "it begins blue"
    assert end.argmin() == 2, "it ends yellow"


@pytest.mark.parametrize("background", [0, 128, 255])
def test_a_path_is_drawn_where_it_is_in_the_colours_of_its_times(background):
    picture = np.full((80, 100, 3), background, np.uint8)
    drawing = draw_trajectories(picture, *straight())
    changed = np.abs(drawing.astype(int) - picture).max(axis=2) > 20
    rows, columns = np.nonzero(changed)
    assert rows.min() >= 36
    assert rows.max() <= 44
    assert 15 <= columns.min() <= 21
    assert 79 <= columns.max() <= 85
    early, late = drawing[40, 24].astype(int), drawing[40, 76].astype(int)
    assert early[2] > early[0], "blue when the shutter opens"
    assert late[0] > late[2], "yellow when it closes"
    assert (picture == background).all(), "the picture itself is left alone"


def test_surer_paths_are_more_opaque():
    picture = np.zeros((80, 100, 3), np.uint8)
    sums = [
        int(draw_trajectories(picture, *straight(), np.array([sure], np.float32)).sum())
        for sure in (0.0, 0.5, 1.0)
    ]
    assert 0 < sums[0] < sums[1] < sums[2]


def test_paths_far_outside_and_paths_of_nothing():
    picture = np.zeros((20, 30, 3), np.uint8)
    points = np.array([[1e9, -1e9], [np.nan, 0]], np.float32)
    paths = np.repeat(points[:, None], 9, axis=1)
    assert not draw_trajectories(picture, points, paths).any()
    none = np.zeros((0, 2), np.float32)
    assert not draw_trajectories(picture, none, np.zeros((0, 9, 2), np.float32)).any()
    inside = np.array([[10, 10]], np.float32)
    assert draw_trajectories(picture, inside, inside[:, None]).any(), "a dot for a single moment"


def test_shapes_that_don_t_fit_are_a_mistake_of_the_program():
    picture = np.zeros((20, 30, 3), np.uint8)
    points, paths = straight()
    with pytest.raises(ValueError, match=r"points \(2, 2\)"):
        draw_trajectories(picture, np.zeros((2, 2), np.float32), paths)
    with pytest.raises(ValueError, match="confidence must be"):
        draw_trajectories(picture, points, paths, np.ones(3, np.float32))


def test_what_is_explained_is_grey_and_the_rest_is_amplified():
    residual = np.zeros((4, 5, 3), np.float32)
    residual[0, 0] = 0.05
    residual[1, 1] = (-0.05, 0, 0.9)
    residual[2, 2] = np.nan
    picture = draw_residual(residual)
    step = round(0.05 * RESIDUAL_GAIN * 127)
    assert (picture[3] == 128).all()
    assert (picture[0, 0] == 128 + step).all()
    assert picture[1, 1].tolist() == [128 - step, 128, 255]
    assert (picture[2, 2] == 128).all()


def dots(rows=2, columns=3, side=9, value=1.0):
    """Kernels that are a dot in the middle."""
    kernels = np.zeros((rows, columns, side, side), np.float32)
    kernels[:, :, side // 2, side // 2] = value
    return kernels


def test_kernels_lie_side_by_side_each_as_bright_as_it_can_be():
    kernels = dots()
    kernels[0, 1] *= 0.1
    picture = draw_kernels(kernels)
    assert picture.shape == (18, 27, 3)
    assert picture.dtype == np.uint8
    assert (picture[4::9, 4::9] == 255).all()
    assert picture[2, 2].max() == 0


def test_surer_kernels_are_brighter_and_none_is_lost():
    picture = draw_kernels(dots(1, 3), np.array([[0, 0.5, 1]], np.float32))
    faint, fair, bright = picture[4, 4::9, 0].astype(int)
    assert 40 < faint < fair < bright == 255


def test_a_caption_lies_below_the_kernels_where_there_is_room_for_it():
    narrow = draw_kernels(dots(1, 2), caption="ten words")
    assert narrow.shape == (9, 18, 3)
    wide = draw_kernels(dots(1, 40), caption="ten words")
    assert wide.shape[0] > 9
    np.testing.assert_array_equal(wide[:9], draw_kernels(dots(1, 40)))
    assert wide[9:].max() == 255


def test_an_empty_kernel_is_black():
    assert draw_kernels(dots(1, 1, value=0.0)).max() == 0


def test_kernels_of_another_shape_are_named():
    with pytest.raises(ValueError, match="kernels"):
        draw_kernels(np.zeros((2, 3, 4, 5), np.float32))
    with pytest.raises(ValueError, match="confidence"):
        draw_kernels(dots(2, 3), np.ones((3, 2), np.float32))


def test_markers_move_along_their_paths_and_take_the_colour_of_the_moment():
    black = np.zeros((60, 120, 3), np.uint8)
    ways = np.array([[[20, 30], [60, 30], [100, 30]]], np.float32)
    colours = time_colours(101)
    for share, x in ((0.0, 20), (0.25, 40), (0.5, 60), (1.0, 100)):
        drawn = draw_markers(black, ways, share)
        assert drawn[30, x].tolist() == colours[round(100 * share)].tolist()
        lit = np.flatnonzero(drawn.any(axis=(0, 2)))
        assert (lit.min() + lit.max()) / 2 == x
    assert not black.any()
    assert not draw_markers(black, np.full_like(ways, np.nan), 0.5).any()
    assert not draw_markers(black, ways[:0], 0.5).any()
