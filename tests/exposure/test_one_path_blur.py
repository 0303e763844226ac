"""A picture that moves as one is blurred by a convolution, as by reading it along its path."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from exposure_pictures import blocks, parabola

from blurstudio.exposure.one_path_blur import OnePathBlur, blur_along
from blurstudio.exposure.path_blur import PathBlur
from blurstudio.exposure.trajectory import Trajectory
from tests.shaken_photos import shaken

SIZE = (61, 83)


@pytest.mark.parametrize(
    "paths",
    [shaken(SIZE), parabola(SIZE, (7.3, -2.1), (3.0, 5.0)), Trajectory.zero(SIZE)],
    ids=["hook", "parabola", "still"],
)
def test_it_blurs_and_gives_back_as_the_general_way_does(paths):
    one, general = blur_along(paths), PathBlur.along(paths)
    assert isinstance(one, OnePathBlur)
    assert one.border == general.border
    wide = general.widened(blocks(SIZE, 2))
    assert torch.allclose(one.blur(wide), general.blur(wide), atol=1e-5)
    light = blocks(SIZE, 3)
    assert torch.allclose(one.spread(light), general.spread(light), atol=1e-5)


def test_giving_back_is_the_transpose_of_blurring():
    blur = blur_along(shaken(SIZE))
    light = torch.rand(3, *SIZE)
    wide = torch.rand(3, *(side + 2 * blur.border for side in SIZE))
    assert torch.allclose((blur.blur(wide) * light).sum(), (wide * blur.spread(light)).sum())
    signed = light - 0.5
    there, back = (blur.blur(wide) * signed).sum(), (wide * blur.spread(signed)).sum()
    # Many terms nearly cancel here.
    assert torch.allclose(there, back, atol=1e-4)


def test_light_is_never_below_nothing():
    blur = blur_along(shaken(SIZE))
    dark = torch.zeros(3, *(side + 2 * blur.border for side in SIZE))
    dark[:, 40, 40] = 1.0
    assert float(blur.blur(dark).min()) >= 0
    assert float(blur.spread(blur.narrowed(dark)).min()) >= 0


def test_a_path_of_another_size_is_read_in_px_of_the_picture():
    twice = (2 * SIZE[0], 2 * SIZE[1])
    paths = shaken(SIZE)
    one, general = blur_along(paths, twice), PathBlur.along(paths, twice)
    wide = general.widened(blocks(twice, 2))
    assert torch.allclose(one.blur(wide), general.blur(wide), atol=1e-5)


def test_paths_that_differ_are_read_one_by_one():
    maps = shaken(SIZE).maps.clone()
    maps[0, 0, 0, 0] += 0.01
    assert not isinstance(blur_along(replace(shaken(SIZE), maps=maps)), OnePathBlur)
