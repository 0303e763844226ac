"""The close look at one place, and the histograms of a picture and its motion."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from blurstudio.engine.analysis import Analysis
from blurstudio.engine.drawing.histograms import BINS, SECTORS, motion_statistics, value_histogram
from blurstudio.engine.drawing.probe import PATCH, probe_at
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.media.colour import display_image
from blurstudio.media.photo import Photo


def analysed(trajectory, size=(120, 160)):
    """What a probe asks of an analysis: columns tell their numbers, the sharp picture is white."""
    pixels = np.zeros((*size, 3), np.float32)
    pixels[..., 0] = np.arange(size[1]) / 255
    pixels[..., 1] = np.arange(size[0])[:, None] / 255
    return SimpleNamespace(
        photo=Photo(None, pixels),
        sharp=np.ones_like(pixels),
        trajectory=trajectory,
        reblurred_part=lambda rows, columns: pixels[rows, columns] * 0.5,
    )


def moving(dx, dy, size=(120, 160), confidence=None):
    """Content that goes by (dx, dy) px, straight and evenly."""
    maps = -torch.tensor([dx, dy], dtype=torch.float32).view(1, 2, 1, 1)
    return Trajectory(maps, Constraint.LINEAR, size, confidence)


def test_the_path_goes_the_way_of_the_content_through_the_place():
    probe = probe_at(analysed(moving(20, -10)), (0.5, 0.5), (120, 160))
    assert probe.path[0].tolist() == pytest.approx([-10, 5])
    assert probe.path[32].tolist() == pytest.approx([0, 0], abs=1e-6)
    assert probe.path[-1].tolist() == pytest.approx([10, -5])
    assert probe.times[[0, 32, -1]].tolist() == [-0.5, 0, 0.5]
    assert probe.length == pytest.approx(np.hypot(20, 10), rel=1e-4)


def test_a_real_analysis_can_be_probed(photo, options):
    analysis = Analysis(photo, options)
    probe = probe_at(analysis, (0.5, 0.5), photo.size)
    whole = analysis.reblurred
    np.testing.assert_array_equal(
        analysis.reblurred_part(slice(10, 30), slice(5, 50)), whole[10:30, 5:50]
    )
    shown = display_image(whole, None)[45 - 24 : 45 + 24, 65 - 24 : 65 + 24]
    np.testing.assert_array_equal(probe.reblurred, shown)
    length = float(analysis.trajectory.length()[45, 65])
    assert probe.length == pytest.approx(length, rel=0.1)


def test_the_longest_flow_is_told_in_px_of_the_photo(photo, options):
    analysis = Analysis(photo, options)
    flow = analysis.flow
    assert analysis.longest_flow == pytest.approx(np.hypot(*np.moveaxis(flow, 2, 0)).max())


def test_even_motion_has_one_speed_and_bent_motion_many():
    even = probe_at(analysed(moving(20, 0)), (0.5, 0.5), (120, 160))
    assert even.speed == pytest.approx(np.full(65, 20.0), rel=1e-3)
    maps = torch.zeros(2, 2, 1, 1)
    maps[0, 0], maps[1, 0] = 20.0, 15.0
    bent = Trajectory(maps, Constraint.QUADRATIC, (120, 160))
    speed = probe_at(analysed(bent), (0.5, 0.5), (120, 160)).speed
    assert speed.max() > 2 * speed.min()


def test_a_quick_pass_is_told_in_px_of_the_photo():
    probe = probe_at(analysed(moving(20, 0)), (0.5, 0.5), (480, 640))
    assert probe.length == pytest.approx(80, rel=1e-4)


def test_the_kernel_is_the_path_s_line_in_a_picture_that_holds_it():
    probe = probe_at(analysed(moving(20, 0)), (0.5, 0.5), (120, 160))
    rows, columns = np.nonzero(probe.kernel[..., 0] > 64)
    assert np.ptp(rows) <= 2
    assert np.ptp(columns) == pytest.approx(20, abs=2)
    assert probe.kernel_scale == 1
    assert probe.kernel.shape[0] % 2 == 1


def test_a_very_long_kernel_is_drawn_smaller_and_says_so():
    probe = probe_at(analysed(moving(400, 0)), (0.5, 0.5), (120, 160))
    assert probe.kernel.shape[0] == 127
    assert probe.kernel_scale == pytest.approx(60 / 200)
    assert np.nonzero(probe.kernel[..., 0] > 64)[1].min() > 0


def test_patches_are_cut_around_the_place():
    probe = probe_at(analysed(moving(20, 0)), (80.5 / 160, 60.5 / 120), (120, 160))
    for patch in (probe.photo, probe.sharp, probe.reblurred):
        assert patch.shape == (PATCH, PATCH, 3)
    assert probe.photo[24, 24].tolist() == [80, 60, 0]
    assert (probe.sharp == 255).all()
    assert probe.reblurred[24, 24].tolist() == [40, 30, 0]


@pytest.mark.parametrize("place", [(0.0, 0.0), (0.9999, 0.9999), (0.0, 0.5)])
def test_at_the_border_a_patch_goes_on_with_the_nearest_pixels(place):
    probe = probe_at(analysed(moving(20, 0)), place, (120, 160))
    column = min(int(place[0] * 160), 159)
    assert probe.photo.shape == (PATCH, PATCH, 3)
    assert probe.photo[24, 24, 0] == column
    outer = 0 if column < 24 else -1
    assert probe.photo[24, outer, 0] == (0 if column < 24 else 159)


def test_confidence_is_told_where_the_network_knows_it():
    sure = moving(20, 0, confidence=torch.full((1, 1), 0.75))
    assert probe_at(analysed(sure), (0.5, 0.5), (120, 160)).confidence == pytest.approx(0.75)
    assert probe_at(analysed(moving(20, 0)), (0.5, 0.5), (120, 160)).confidence is None


@pytest.mark.parametrize("size", [(1, 1), (5, 300), (47, 49)])
def test_photos_smaller_than_a_patch_can_be_probed(size):
    probe = probe_at(analysed(moving(2, 1, size), size), (0.3, 0.7), size)
    assert probe.photo.shape == (PATCH, PATCH, 3)


def test_a_picture_of_two_values_has_two_bars_per_channel():
    pixels = np.zeros((40, 50, 3), np.uint8)
    pixels[:10] = (255, 128, 7)
    shares = value_histogram(pixels)
    assert shares.shape == (3, 256)
    assert shares[:, 0].tolist() == pytest.approx([0.75] * 3)
    assert (shares[0, 255], shares[1, 128], shares[2, 7]) == pytest.approx((0.25,) * 3)


def test_large_pictures_are_counted_on_a_lattice():
    pixels = np.zeros((3000, 4000, 3), np.uint8)
    pixels[:1500] = 200
    assert value_histogram(pixels)[:, 200] == pytest.approx([0.5] * 3, abs=0.01)


@pytest.mark.parametrize(
    ("dx", "dy", "sector"), [(20, 0, 0), (0, -20, 9), (-20, 0, 18), (0, 20, 27)]
)
def test_the_rose_points_where_the_content_went(dx, dy, sector):
    found = motion_statistics(moving(dx, dy), (120, 160))
    assert found.directions.shape == (SECTORS,)
    assert found.directions.argmax() == sector
    assert found.directions[sector] == pytest.approx(1)


def test_the_rose_has_the_colours_of_the_wheel():
    colours = motion_statistics(moving(1, 0), (120, 160)).colours
    assert colours[0].tolist() == pytest.approx([255, 0, 0], abs=2)
    assert colours[27, 2] < 20, "down is yellow to green"


def test_lengths_are_counted_in_px_of_the_photo():
    found = motion_statistics(moving(20, 0), (240, 320))
    assert found.lengths.shape == (BINS,)
    assert found.lengths.sum() == pytest.approx(1)
    assert found.median == pytest.approx(40)
    inside = found.lengths.argmax()
    assert found.edges[inside] <= 40.001
    assert found.edges[inside + 1] >= 39.999


def test_what_stands_still_has_no_direction():
    found = motion_statistics(moving(0, 0), (120, 160))
    assert found.directions.sum() == 0
    assert found.lengths[0] == pytest.approx(1)
