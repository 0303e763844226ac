"""Figures of a part of the paths: what they must be where the answer is known."""

from __future__ import annotations

import math

import pytest
import torch

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.edits import MaskedEdit, edited
from blurstudio.exposure.statistics import path_statistics
from blurstudio.exposure.trajectory import Trajectory

SIZE = (40, 80)


def moving(dx, dy, size=SIZE):
    """Everything moves by (dx, dy) px from the first moment to the last."""
    flow = torch.empty(2, *size)
    flow[0], flow[1] = dx, dy
    return Trajectory.from_flow(flow)


def left_half(size=SIZE):
    mask = torch.zeros(size, dtype=torch.bool)
    mask[:, : size[1] // 2] = True
    return mask


@pytest.mark.parametrize(
    ("way", "direction"),
    [((8, 0), 0), ((0, -8), 90), ((-8, 0), 180), ((0, 8), 270), ((6, -6), 45)],
)
def test_the_direction_is_that_of_the_content_with_up_at_ninety(way, direction):
    found = path_statistics(moving(*way), left_half())
    assert math.cos(math.radians(found.direction - direction)) == pytest.approx(1)
    assert found.length == pytest.approx(math.hypot(*way), rel=1e-4)
    assert found.length_spread == pytest.approx(0, abs=1e-3)
    assert found.direction_spread == pytest.approx(0, abs=0.1)
    assert found.curvature == pytest.approx(0, abs=1e-4)


def test_only_what_lies_under_the_mask_counts():
    flow = torch.zeros(2, *SIZE)
    flow[0, :, :40] = 4
    flow[0, :, 40:] = 12
    paths = Trajectory.from_flow(flow)
    assert path_statistics(paths, left_half()).length == pytest.approx(4)
    assert path_statistics(paths, ~left_half()).length == pytest.approx(12)
    both = path_statistics(paths, torch.ones(SIZE, dtype=torch.bool))
    assert (both.length, both.length_spread) == (pytest.approx(8), pytest.approx(4))


def test_ways_against_each_other_have_no_direction():
    flow = torch.zeros(2, *SIZE)
    flow[0, :, :40], flow[0, :, 40:] = 5, -5
    found = path_statistics(Trajectory.from_flow(flow), torch.ones(SIZE, dtype=torch.bool))
    assert found.direction is None
    assert found.direction_spread is None
    assert found.length == pytest.approx(5)


def test_the_spread_of_a_fan_of_directions():
    angles = torch.linspace(-0.3, 0.3, SIZE[1]).expand(SIZE)
    paths = Trajectory.from_flow(10 * torch.stack((torch.cos(angles), torch.sin(angles))))
    found = path_statistics(paths, torch.ones(SIZE, dtype=torch.bool))
    assert found.direction_spread == pytest.approx(math.degrees(0.6 / math.sqrt(12)), rel=0.03)


def test_a_half_circle_is_as_curved_as_geometry_says():
    moments = torch.linspace(-0.5, 0.5, 65)
    angle = moments * math.pi
    offsets = torch.stack((torch.sin(angle), 1 - torch.cos(angle)), dim=1) * 10
    dense = offsets[:, :, None, None].expand(-1, -1, 4, 8)
    paths = Trajectory.fit(dense, moments, Constraint.FREE, 33)
    found = path_statistics(paths, torch.ones(4, 8, dtype=torch.bool))
    assert found.curvature == pytest.approx(1 - 2 / math.pi, abs=0.01)


def test_stillness_has_neither_direction_nor_curvature():
    found = path_statistics(Trajectory.zero(SIZE), left_half())
    assert found.length == 0
    assert found.direction is None
    assert found.curvature is None


def test_edits_count():
    mask = left_half()
    reversed_ = edited(moving(8, 0), (MaskedEdit(mask),))
    assert path_statistics(reversed_, mask).direction == pytest.approx(180)
    assert path_statistics(reversed_, ~mask).direction % 360 == pytest.approx(0)
    frozen = edited(moving(8, 0), (MaskedEdit(mask, 0.0),))
    assert path_statistics(frozen, mask).length < 0.3


def test_confidence_is_its_mean_and_absent_where_there_is_none():
    maps = torch.ones(1, 2, 4, 8)
    sure = torch.full((4, 8), 0.25)
    sure[:, 4:] = 0.75
    paths = Trajectory(maps, Constraint.LINEAR, SIZE, sure)
    assert path_statistics(paths, left_half()).confidence == pytest.approx(0.25)
    assert path_statistics(moving(1, 1), left_half()).confidence is None


def test_an_empty_part_has_no_figures():
    assert path_statistics(moving(1, 0), torch.zeros(SIZE, dtype=torch.bool)) is None


def test_a_part_smaller_than_a_cell_of_the_paths_counts():
    paths = Trajectory(torch.full((1, 2, 2, 4), -3.0), Constraint.LINEAR, SIZE)
    mask = torch.zeros(SIZE, dtype=torch.bool)
    mask[7, 9] = True
    assert path_statistics(paths, mask).length == pytest.approx(math.hypot(3, 3), rel=1e-3)
