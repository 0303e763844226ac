"""A refinement finds out that a whole photo moved as one, and makes its picture along that."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from blurstudio.engine.analysis import Analysis
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Constraint, Trajectory, times
from blurstudio.media.photo import Photo

SIZE = (240, 352)


def picture() -> torch.Tensor:
    """Rectangles over each other, `(3, H, W)`."""
    draw = torch.Generator().manual_seed(1)
    seen = torch.full((3, *SIZE), 0.5)
    for _ in range(180):
        top, left, high, wide = torch.rand(4, generator=draw).tolist()
        y, x = int(top * SIZE[0]), int(left * SIZE[1])
        colour = 0.1 + 0.8 * torch.rand(3, 1, 1, generator=draw)
        seen[:, y : y + 4 + int(40 * high), x : x + 4 + int(40 * wide)] = colour
    return seen


def hook() -> Trajectory:
    """A hand that went right and then came back below."""
    t = times(33)
    path = torch.stack([8 * torch.cos(2.4 * t), 9 * torch.sin(3.6 * t)], dim=1)
    maps = -(path - path[len(path) // 2]).view(-1, 2, 1, 1)
    return Trajectory(maps.expand(-1, 2, 6, 7).clone(), Constraint.FREE, SIZE)


@pytest.fixture
def shaken(monkeypatch, options):
    """Analysis of a photo that moved as one, of which the network says roughly how long."""
    maps = torch.zeros(2, 2, 6, 7)
    maps[0, 1] = -14.0
    said = Trajectory(maps, Constraint.QUADRATIC, SIZE, torch.full((6, 7), 0.7))
    monkeypatch.setattr("blurstudio.engine.making.estimate_motion", lambda *_: said)
    pixels = reblur_along(picture(), hook()).permute(1, 2, 0).contiguous().numpy()
    return Analysis(Photo(None, pixels), options)


def decibels(analysis):
    # A path has no place: its picture may be shifted by a px or two.
    true = picture().permute(1, 2, 0).numpy()
    inner = (slice(20, -20), slice(20, -20))
    errors = [
        np.square(np.roll(analysis.sharp, (down, right), (0, 1))[inner] - true[inner]).mean()
        for down in range(-3, 4)
        for right in range(-3, 4)
    ]
    return -10 * np.log10(min(errors))


def test_paths_and_picture_follow_a_shake_that_halves_agree_upon(shaken):
    refined = shaken.changed(replace(shaken.options, refine="both"))
    assert refined.trajectory.constraint is Constraint.FREE
    assert refined.refinement.agreement >= 0.8
    assert refined.refinement.sentence.startswith("The whole photo moved as one, along a path of")
    assert refined.refinement.as_dict()["agreement"] == refined.refinement.agreement
    assert decibels(refined) > decibels(shaken) + 3
    assert "The sharp picture was deconvolved along the whole photo's shake." in refined.notes
    assert refined.report.psnr > shaken.report.psnr


def test_paths_alone_leave_the_sharp_picture_to_the_network(shaken):
    refined = shaken.changed(replace(shaken.options, refine="path"))
    assert refined.refinement.agreement is not None
    assert np.allclose(refined.sharp, shaken.sharp, atol=1e-6)
    assert any("follows no such shake" in note for note in refined.notes)
    both = refined.changed(replace(shaken.options, refine="both"))
    assert both.trajectory.maps is refined.trajectory.maps, "not read again"
    assert not np.allclose(both.sharp, shaken.sharp, atol=0.01)


def test_a_family_of_paths_that_a_person_chose_stays(shaken):
    refined = shaken.changed(replace(shaken.options, refine="both", constraint="quadratic"))
    assert refined.trajectory.constraint is Constraint.QUADRATIC
    assert refined.refinement.agreement is None


def test_its_progress_never_runs_backwards(shaken):
    told = []
    refined = shaken.changed(replace(shaken.options, refine="both"))
    refined.compute(progress=lambda fraction, text: told.append(fraction))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
