"""Motion as small arrays, and kernels on a sheet over the photo."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from blurstudio.engine.drawing.kernel_sheet import kernel_sheet
from blurstudio.engine.paths.motion_field import motion_field
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory


def moving(dx, dy, size=(120, 160), grid=(3, 4)):
    """Content that goes by (dx, dy) px everywhere, straight and evenly."""
    flow = torch.zeros(2, *grid)
    flow[0], flow[1] = dx, dy
    paths = Trajectory.from_flow(flow)
    return Trajectory(paths.maps, Constraint.LINEAR, size)


@pytest.mark.parametrize(
    ("dx", "dy", "degrees"), [(6, 0, 0), (0, -6, 90), (-6, 0, 180), (0, 6, 270), (5, -5, 45)]
)
def test_direction_is_told_as_people_draw_it(dx, dy, degrees):
    field = motion_field(moving(dx, dy), (120, 160))
    assert field.direction_at(0.5, 0.5) == pytest.approx(degrees)
    assert field.length_at(0.5, 0.5) == pytest.approx(np.hypot(dx, dy), rel=1e-4)


def test_a_quick_pass_is_told_in_px_of_the_photo():
    field = motion_field(moving(6, 0, size=(60, 80)), (120, 160))
    assert field.length_at(0.1, 0.9) == pytest.approx(12)
    assert field.last[0, 0].tolist() == pytest.approx([6, 0])


def test_a_large_photo_has_a_small_field_in_its_own_px():
    field = motion_field(moving(30, 0, size=(4000, 6000)), (4000, 6000))
    assert field.length.size <= 170_000
    assert (field.last - field.first)[5, 5].tolist() == pytest.approx([30, 0], rel=1e-4)


def test_every_place_of_the_picture_has_an_answer_and_stillness_no_direction():
    field = motion_field(moving(0, 0), (120, 160))
    for place in ((0, 0), (1, 1), (0.999, 0.2)):
        assert field.length_at(*place) == 0
        assert field.direction_at(*place) is None


def test_a_region_that_was_turned_round_points_the_other_way():
    mask = torch.zeros(1, 2, dtype=torch.bool)
    mask[:, 1] = True
    field = motion_field(moving(8, 0).reversed(mask), (120, 160))
    assert field.direction_at(0.2, 0.5) == pytest.approx(0)
    assert field.direction_at(0.8, 0.5) == pytest.approx(180)


def light(sheet):
    """Columns that kernels light up in the sheet, in px of the photo."""
    bright = sheet.pixels[..., 0] > 128
    return np.nonzero(bright.any(axis=0))[0] * sheet.spacing / 64


def test_kernels_lie_over_the_photo_true_to_scale_or_enlarged():
    short = kernel_sheet(moving(4, 0, size=(480, 640)))
    assert short.magnification > 1
    long = kernel_sheet(moving(60, 0, size=(480, 640)))
    assert long.magnification == 1
    assert long.spacing > 60
    columns = light(long)
    runs = np.split(columns, np.nonzero(np.diff(columns) > 3)[0] + 1)
    assert np.ptp(runs[1]) == pytest.approx(60, abs=3)


def test_the_sheet_covers_the_photo_and_veils_it_between_the_kernels():
    sheet = kernel_sheet(moving(10, 0, size=(450, 640)))
    height, width = sheet.pixels.shape[:2]
    assert height / width == pytest.approx(450 / 640, rel=0.01)
    colour, opacity = sheet.pixels[..., 0], sheet.pixels[..., 3]
    assert (opacity >= colour).all()
    assert opacity.min() == pytest.approx(0.35 * 255, abs=1)


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (16, 16)])
def test_the_smallest_photos_have_a_sheet_too(size):
    sheet = kernel_sheet(moving(2, 1, size=size))
    assert sheet.pixels.shape[2] == 4
    assert min(sheet.pixels.shape[:2]) >= 64
