"""Frames near borders: true layers gain much, smooth paths lose nothing."""

from __future__ import annotations

import pytest
import torch

from blurstudio.errors import DataError
from blurstudio.evaluation.circumstances import Circumstances
from blurstudio.evaluation.occlusion import (
    measure_occlusion,
    near_borders,
    on_cells,
)
from blurstudio.evaluation.occlusion_section import occlusion_section
from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.simulate.exposures import Exposure

SIZE = (64, 96)
CIRCUMSTANCES = Circumstances("a command", "made here", "none", (), "a machine", "2026-01-01")


def moving_square(layers=True):
    """A bright square that goes 16 px to the right before a resting ramp."""

    def picture(moved):
        shown = torch.linspace(0.1, 0.4, SIZE[1]).expand(3, *SIZE).clone()
        if layers:
            shown[:, 16:48, 32 + moved : 64 + moved] = 0.9
        return shown

    inside = torch.zeros(SIZE, dtype=torch.uint8)
    inside[16:48, 32:64] = int(layers)
    offsets = torch.zeros(1, 17, 2, *SIZE)
    offsets[0, :, 0] = -16 * times(17).view(-1, 1, 1) * inside
    return Exposure(
        blurred=picture(0)[None],
        sharp=picture(0)[None],
        offsets=offsets,
        layers=inside[None],
        validity=torch.ones(1, 1, *SIZE),
        strength=torch.tensor([4.0]),
        frames=torch.stack((picture(-8), picture(8)))[None],
    )


def still(picture):
    return Trajectory.zero((picture.shape[-2], picture.shape[-1]))


def unchanged(picture, _paths):
    return picture


def test_frames_of_layers_gain_with_true_paths_and_lose_nothing_without_any():
    result = measure_occlusion([moving_square()], still, unchanged, total=1)
    [true], [coarse], [estimated] = result.true, result.coarse, result.estimated
    assert true.layers == coarse.layers == 2
    assert true.layered > true.warp + 10
    assert coarse.layered > coarse.warp + 5
    assert estimated.layers == 0
    assert estimated.layered == estimated.warp


def test_which_way_time_ran_does_not_count_against_an_estimate():
    exposure = moving_square()
    paths = Trajectory(exposure.offsets[0], Constraint.FREE, SIZE)
    result = measure_occlusion([exposure], lambda _: paths.reversed(), unchanged, total=1)
    assert result.estimated[0] == pytest.approx(result.true[0])


def test_only_pixels_near_a_border_count():
    band = near_borders(moving_square().layers[0])
    assert band[32, 32]
    assert band[32, 47]
    assert not band[32, 2]
    assert not near_borders(torch.zeros(SIZE)).any()


def test_paths_on_cells_are_quadratic_and_of_the_same_picture():
    true = Trajectory(moving_square().offsets[0], Constraint.FREE, SIZE)
    cells = on_cells(true)
    assert cells.constraint is Constraint.QUADRATIC
    assert cells.size == SIZE
    assert cells.maps.shape[-2:] == (16, 24)
    assert float(cells.maps[0, 0, 8, 12]) == pytest.approx(-16)


def test_without_any_border_there_is_nothing_to_measure():
    with pytest.raises(DataError, match="border of a layer"):
        measure_occlusion([moving_square(layers=False)], still, unchanged, total=1)


def test_the_section_says_how_many_were_parted_and_how_many_were_harmed():
    told = []
    result = measure_occlusion(
        [moving_square()], still, unchanged, total=1, progress=lambda *said: told.append(said)
    )
    section = occlusion_section(result, CIRCUMSTANCES)
    assert "| the networks' paths and sharp picture | 1 | 0 |" in section.body
    assert "+0.00 | 0 |" in section.body
    assert len(section.figures) == 3
    assert told == [(1.0, "exposure 1 of 1")]
