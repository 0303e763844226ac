"""Layers where paths jump, and frames in which they cover and uncover each other."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from exposure_strategies import random, seeds, small
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.parts.components import components
from blurstudio.exposure.parts.filling import fill
from blurstudio.exposure.parts.layers import find_layers
from blurstudio.exposure.parts.occlusion import layered_frame, sheets
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.exposure.warp import gather

SIZE = (64, 96)
ROWS, COLUMNS = slice(20, 44), slice(36, 60)
STEP = 12.0


def square(cell=1, behind=(0.0, 0.0), before=(-2 * STEP, 0.0)):
    """Paths of a square, 12 px to the right by the end, before a background that rests."""
    maps = torch.tensor(behind).view(1, 2, 1, 1).repeat(1, 1, *SIZE)
    maps[:, :, ROWS, COLUMNS] = torch.tensor(before).view(1, 2, 1, 1)
    return Trajectory(F.avg_pool2d(maps, cell), Constraint.LINEAR, SIZE)


def scene(moved=0):
    """A bright square with stripes before a dark, smoothly changing background."""
    ramp = torch.linspace(0.1, 0.3, SIZE[1]).expand(3, *SIZE).clone()
    stripes = torch.where(torch.arange(24) % 6 < 3, 1.0, 0.8)
    ramp[:, ROWS, COLUMNS.start + moved : COLUMNS.stop + moved] = stripes
    return ramp


def smooth_paths():
    maps = F.interpolate(random(2, 2, 2, 3, 4, low=-6, high=6), SIZE, mode="bicubic")
    return Trajectory(maps, Constraint.QUADRATIC, SIZE)


def test_smooth_paths_have_no_layers():
    assert find_layers(smooth_paths()) == ()
    assert sheets(scene(), smooth_paths()) == ()


def test_no_motion_has_no_layers():
    assert find_layers(Trajectory.zero(SIZE)) == ()


def test_what_moves_before_a_background_is_a_layer_before_it():
    back, front = find_layers(square())
    assert not back.inside[ROWS, COLUMNS].any()
    assert front.inside[ROWS, COLUMNS].all()
    assert int(front.inside.sum()) == 24 * 24


def test_each_layer_moves_as_one_all_over_the_picture():
    back, front = find_layers(square())
    assert float(back.trajectory.maps.abs().max()) == 0
    expected = torch.tensor([-2 * STEP, 0.0]).view(1, 2, 1, 1).expand_as(front.trajectory.maps)
    torch.testing.assert_close(front.trajectory.maps, expected)


def test_places_read_backwards_part_from_their_neighbours():
    even = Trajectory(torch.full((1, 2, 1, 1), 10.0), Constraint.LINEAR, SIZE)
    mask = torch.zeros(SIZE, dtype=torch.bool)
    mask[ROWS, COLUMNS] = True
    back, front = find_layers(even.reversed(mask))
    assert float(back.trajectory.maps.mean()) == pytest.approx(10)
    assert float(front.trajectory.maps.mean()) == pytest.approx(-10)


def test_a_few_cells_of_noise_are_no_layer():
    maps = torch.zeros(1, 2, *SIZE)
    maps[:, 0, 30:32, 40:43] = 30
    assert find_layers(Trajectory(maps, Constraint.LINEAR, SIZE)) == ()


@pytest.mark.parametrize("cell", [1, 4])
@pytest.mark.parametrize(("t", "moved"), [(0.5, 12), (-0.5, -12)])
def test_a_frame_shows_the_object_where_it_is_at_that_moment(cell, t, moved):
    trajectory = square(cell)
    frame = layered_frame(sheets(scene(), trajectory), t)
    truth = scene(moved)
    plain = gather(scene()[None], trajectory.offsets((t,)))[0]
    assert float((frame - truth).abs().mean()) < 0.15 * float((plain - truth).abs().mean())


def test_what_is_uncovered_is_filled_from_the_background_without_streaks():
    frame = layered_frame(sheets(scene(), square()), 0.5)
    uncovered = frame[:, ROWS, COLUMNS.start : COLUMNS.start + 10]
    assert float(uncovered.max()) < 0.35, "nothing of the bright object is left behind"
    assert float(uncovered.diff(dim=-1).abs().max()) < 0.03, "and nothing is drawn out"
    assert float((uncovered - scene(12)[:, ROWS, 36:46]).abs().max()) < 0.03


def test_a_background_moves_behind_an_object_that_rests():
    picture = scene()
    picture[:, 30, 64:70] = 0.9
    parts = sheets(picture, square(behind=(2 * STEP, 0.0), before=(0.0, 0.0)))
    frame = layered_frame(parts, 0.5)
    torch.testing.assert_close(frame[:, ROWS, COLUMNS], picture[:, ROWS, COLUMNS])
    assert float(frame[:, 30, 60:].max()) < 0.5, "the mark went behind the object"


def test_an_object_at_the_border_goes_on_beyond_it():
    maps = torch.zeros(1, 2, *SIZE)
    maps[:, 0, :, 70:] = 24
    picture = scene()
    picture[:, :, 70:] = 1
    frame = layered_frame(sheets(picture, Trajectory(maps, Constraint.LINEAR, SIZE)), 0.5)
    assert float(frame[:, :, 60:].min()) > 0.9


def test_bands_of_rows_make_the_whole_frame():
    parts = sheets(scene(), square(4))
    bands = [layered_frame(parts, 0.3, rows) for rows in ((0, 10), (10, 40), (40, 64))]
    torch.testing.assert_close(torch.cat(bands, dim=1), layered_frame(parts, 0.3))


def test_in_the_middle_of_the_exposure_layers_make_the_sharp_picture():
    frame = layered_frame(sheets(scene(), square()), 0.0)
    torch.testing.assert_close(frame, scene(), atol=5e-3, rtol=0)


def test_a_picture_of_another_shape_is_named():
    with pytest.raises(ValueError, match=r"\(3, H, W\), got \(1, 64, 96\)"):
        sheets(torch.zeros(1, *SIZE), square())


def test_a_low_place_in_a_barrier_joins_nothing():
    barrier = torch.zeros(20, 30)
    barrier[:, 15] = 9
    barrier[8:10, 15] = 1.0
    labels = components(barrier, torch.zeros(1, 20, 30), 2.0, 10, 6)
    assert labels[:, :15].unique().tolist() != labels[:, 16:].unique().tolist()
    assert int(labels.max()) == 1


def test_a_barrier_that_is_low_on_the_whole_parts_nothing():
    barrier = torch.zeros(20, 30)
    barrier[:, 15] = 1.0
    barrier[4:6, 15] = 9
    assert not components(barrier, torch.zeros(1, 20, 30), 3.0, 10, 6).any()


def test_a_cell_on_a_barrier_goes_to_the_side_that_is_like_it():
    barrier = torch.zeros(6, 12)
    barrier[:, 5:7] = 9
    values = (torch.arange(12) > 5).float().expand(1, 6, 12)
    labels = components(barrier, values, 2.0, 4, 6)
    assert torch.equal(labels == labels[0, -1], values[0] > 0)


def test_there_are_never_more_regions_than_wanted():
    barrier = torch.full((21, 21), 9.0)
    for row in range(0, 21, 7):
        for column in range(0, 21, 7):
            barrier[row : row + 6, column : column + 6] = 0
    labels = components(barrier, random(0, 1, 21, 21), 2.0, 4, 5)
    assert labels.unique().tolist() == [0, 1, 2, 3, 4]


def test_barriers_everywhere_are_one_region():
    assert not components(torch.full((5, 5), 9.0), random(0, 1, 5, 5), 2.0, 1, 6).any()


@given(seeds, st.tuples(st.integers(1, 20), st.integers(1, 20)))
@small
def test_known_places_keep_their_values_and_others_lie_between_them(seed, size):
    values = random(seed, 2, *size)
    known = random(seed + 1, *size) > 0.6
    known[0, 0] = True
    filled = fill(torch.where(known, values, torch.nan), known)
    torch.testing.assert_close(filled[:, known], values[:, known])
    low, high = values[:, known].aminmax(dim=1)
    assert (filled >= low[:, None, None] - 1e-5).all()
    assert (filled <= high[:, None, None] + 1e-5).all()


def test_nothing_known_is_filled_with_nothing():
    assert not fill(random(0, 1, 5, 6), torch.zeros(5, 6)).any()


def test_filling_names_shapes_that_do_not_fit():
    with pytest.raises(ValueError, match="known"):
        fill(torch.zeros(1, 4, 4), torch.zeros(3, 4))
