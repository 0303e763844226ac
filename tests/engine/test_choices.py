"""Changed choices: what they leave alone is not redone, and what they ask for happens."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from blurstudio.engine.analysis import Analysis
from blurstudio.engine.options import AnalysisOptions
from blurstudio.engine.stages import serves_refinement, shared_stages
from blurstudio.exposure.basis import Constraint

ALL = {"estimated", "settled", "sharp", "reblur"}


@pytest.mark.parametrize(
    ("change", "shared"),
    [
        ({"reverse": True}, ALL),
        ({"flips": ((0.5, 0.5),)}, ALL),
        ({"strength": 0.9}, ALL),
        ({"deblurrer": "deconvolution"}, {"estimated", "settled"}),
        ({"deblur_model": "other"}, {"estimated", "settled"}),
        ({"constraint": "linear"}, {"estimated"}),
        ({"refine": "path"}, {"estimated"}),
        ({"refine": "shake"}, {"estimated"}),
        ({"motion_model": "other"}, set()),
        ({"max_side": 100}, set()),
    ],
)
def test_a_choice_redoes_what_it_touches_and_no_more(change, shared):
    before = AnalysisOptions()
    assert shared_stages(before, replace(before, **change)) == shared


def test_refining_the_picture_as_well_does_not_refine_the_paths_again():
    before = AnalysisOptions(refine="path")
    assert shared_stages(before, replace(before, refine="both")) == {"estimated", "settled"}


def test_a_traced_shake_is_not_a_refined_path():
    before = AnalysisOptions(refine="path")
    assert shared_stages(before, replace(before, refine="shake")) == {"estimated"}


def test_strength_matters_to_deconvolution_alone():
    before = AnalysisOptions(deblurrer="deconvolution")
    assert shared_stages(before, replace(before, strength=0.9)) == {"estimated", "settled"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"constraint": "cubic"},
        {"refine": "everything"},
        {"deblurrer": "magic"},
        {"strength": 1.5},
        {"flips": ((0.5, 1.5),)},
    ],
)
def test_choices_that_make_no_sense_are_named(wrong):
    [name] = wrong
    with pytest.raises(ValueError, match=name):
        AnalysisOptions(**wrong)


@pytest.fixture
def analysis(photo, options):
    return Analysis(photo, options).compute()


def test_time_turned_round_leaves_sharp_picture_and_reblur_as_they_are(analysis):
    turned = analysis.changed(replace(analysis.options, reverse=True))
    assert turned.sharp is analysis.sharp
    assert turned.report is analysis.report
    there, here = turned.trajectory.endpoints()[0], analysis.trajectory.endpoints()[1]
    assert torch.equal(there, here)
    assert np.array_equal(turned.frame(0.5), analysis.frame(-0.5))


def test_a_flip_turns_time_round_under_the_place_and_back(analysis):
    once = analysis.changed(replace(analysis.options, flips=((0.5, 0.5),)))
    twice = analysis.changed(replace(analysis.options, flips=((0.5, 0.5), (0.5, 0.5))))
    middle = (analysis.photo.size[0] // 2, analysis.photo.size[1] // 2)

    def first(each):
        return each.trajectory.endpoints()[0][:, middle[0], middle[1]]

    assert torch.allclose(first(once), analysis.trajectory.endpoints()[1][:, middle[0], middle[1]])
    assert torch.equal(first(twice), first(analysis))


def test_paths_take_the_shape_that_was_chosen(analysis):
    straight = analysis.changed(replace(analysis.options, constraint="linear"))
    assert straight.trajectory.constraint is Constraint.LINEAR
    first, last = straight.trajectory.endpoints()
    assert torch.allclose(first, -last)
    back = straight.changed(analysis.options)
    assert back.trajectory.constraint is Constraint.QUADRATIC


def test_deconvolution_makes_another_sharp_picture_along_the_same_paths(analysis):
    other = analysis.changed(replace(analysis.options, deblurrer="deconvolution", strength=1.0))
    assert other.trajectory.maps is analysis.trajectory.maps
    assert other.sharp.shape == analysis.sharp.shape
    assert not np.array_equal(other.sharp, analysis.sharp)


@pytest.mark.parametrize("what", ["path", "both", "shake"])
def test_a_refinement_tells_what_it_did(analysis, what):
    refined = analysis.changed(replace(analysis.options, refine=what))
    watched = []
    refined.on_paths = watched.append
    assert refined.compute().refinement is not None
    assert analysis.refinement is None
    assert refined.refinement.sentence.endswith(".")
    assert {"before", "held_out_residual", "steps", "stop", "likeness", "belief", "doubted"} == set(
        refined.refinement.as_dict()
    )
    assert len(watched) == refined.refinement.fit.steps
    if what != "both":
        assert np.allclose(refined.sharp, analysis.sharp, atol=1e-6)


@pytest.mark.parametrize(("first", "then"), [("off", "path"), ("off", "both"), ("path", "both")])
def test_a_refinement_does_not_make_the_networks_sharp_picture_again(
    analysis, monkeypatch, first, then
):
    known = analysis.changed(replace(analysis.options, refine=first)).compute()
    alone = Analysis(analysis.photo, replace(analysis.options, refine=then)).sharp
    monkeypatch.setattr("blurstudio.engine.making.restore", None)
    after = known.changed(replace(analysis.options, refine=then))
    assert np.allclose(after.sharp, alone, atol=1e-5)


def test_another_network_or_family_makes_its_own_sharp_picture():
    before = AnalysisOptions()
    assert serves_refinement(before, replace(before, refine="both"))
    assert not serves_refinement(before, replace(before, refine="both", constraint="linear"))
    assert not serves_refinement(before, replace(before, refine="both", deblur_model="other"))
    assert not serves_refinement(replace(before, refine="both"), replace(before, refine="path"))
    deconvolved = replace(before, deblurrer="deconvolution")
    assert not serves_refinement(deconvolved, replace(deconvolved, refine="both"))
    assert not serves_refinement(before, replace(before, reverse=True))


def test_progress_of_a_refinement_never_runs_backwards(analysis):
    told = []
    refined = analysis.changed(replace(analysis.options, refine="both"))
    refined.compute(progress=lambda fraction, text: told.append(fraction))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
