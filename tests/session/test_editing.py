"""Regions meet paths: each edit does what it says, where its region governs, and only there."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from session_shapes import SIZE, rectangle

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.edits import edited
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.session.editing import acting_on_motion, masked_edits
from blurstudio.session.regions import Edit, Region

REGION = Region(1, "Left", rectangle(0, 0, 40, 60))


def paths():
    maps = torch.zeros(2, 2, 15, 20)
    maps[0, 0] = 8.0
    maps[1, 1] = 3.0
    return Trajectory(maps, Constraint.QUADRATIC, SIZE)


def offsets_after(*regions):
    return edited(paths(), masked_edits(regions, SIZE)).offsets((-0.5, 0.25))


def scales(ratio):
    return paths().offsets((-0.5, 0.25)) * ratio


@pytest.mark.parametrize(
    ("edit", "ratio"), [(Edit.FREEZE, 0.0), (Edit.EXCLUDE, 0.0), (Edit.SCALE, 1.5)]
)
def test_motion_is_scaled_inside_and_kept_outside(edit, ratio):
    found = offsets_after(replace(REGION, edit=edit, factor=1.5))
    assert torch.allclose(found[..., :36], scales(ratio)[..., :36], atol=1e-4)
    assert torch.allclose(found[..., 44:], scales(1.0)[..., 44:], atol=1e-4)


def test_time_is_reversed_up_to_the_very_edge():
    found = offsets_after(replace(REGION, edit=Edit.REVERSE, feather=20))
    backwards = paths().reversed().offsets((-0.5, 0.25))
    assert torch.allclose(found[..., :40], backwards[..., :40])
    assert torch.equal(found[..., 40:], scales(1.0)[..., 40:])


def test_a_reversal_leaves_the_reblur_as_it_was():
    generator = torch.Generator().manual_seed(1)
    sharp = torch.rand(3, *SIZE, generator=generator)
    edits = masked_edits((replace(REGION, edit=Edit.REVERSE),), SIZE)
    after = reblur_along(sharp, edited(paths(), edits))
    assert torch.allclose(after, reblur_along(sharp, paths()), atol=1e-5)


def test_only_the_topmost_edit_counts():
    upper = Region(2, "Upper", rectangle(20, 0, 40, 60), edit=Edit.SCALE, factor=2.0)
    found = offsets_after(replace(REGION, edit=Edit.FREEZE), upper)
    assert torch.allclose(found[..., 4:16], scales(0.0)[..., 4:16], atol=1e-4)
    assert torch.allclose(found[..., 24:36], scales(2.0)[..., 24:36], atol=1e-4)


def test_hidden_regions_and_those_without_an_edit_make_none():
    hidden = replace(REGION, edit=Edit.FREEZE, visible=False)
    assert masked_edits((hidden, REGION), SIZE) == ()


def test_only_what_changes_the_motion_counts_as_a_change():
    region = replace(REGION, edit=Edit.FREEZE)
    same = replace(region, name="Other", colour="#ffffff", factor=3.0, number=7)
    assert acting_on_motion((region,)) == acting_on_motion((same,))
    assert acting_on_motion((region,)) != acting_on_motion((replace(region, feather=5.0),))
    assert acting_on_motion((REGION,)) == ()


def test_edits_say_what_they_are():
    regions = (replace(REGION, edit=Edit.SCALE, factor=0.25),)
    assert [edit.words for edit in masked_edits(regions, SIZE)] == ["Left: scale 0.25"]
