"""What analyses of one photo hold together: made once for all of them, whoever asks first."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
import torch

from blurstudio.engine import making
from blurstudio.engine.analysis import Analysis
from blurstudio.engine.held import Held
from blurstudio.engine.lanes.job import CancelToken
from blurstudio.engine.made import Made, Once
from blurstudio.engine.part_wish import PartWish, options_of_part
from blurstudio.engine.sharp.blending import Blending
from blurstudio.errors import Cancelled
from blurstudio.exposure.edits import MaskedEdit
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.exposure.window import Window
from tests.engine.conftest import photo_of, waves

STAGES = {"estimated", "settled", "sharp", "reblur"}


@pytest.fixture
def restored(monkeypatch):
    """Sharp pictures that the network made."""
    made, original = [], making.restore

    def restore(*args, **kwargs):
        made.append(original(*args, **kwargs))
        return made[-1]

    monkeypatch.setattr(making, "restore", restore)
    return made


def shared(one, other):
    return {stage for stage in STAGES if getattr(one, stage) is getattr(other, stage)}


@pytest.fixture
def held(photo, options):
    return Held.of(photo, options)


def test_a_choice_shares_the_stages_that_it_leaves_alone(held):
    def changed(**choices):
        return held.changed(replace(held.options, **choices))

    assert shared(held, changed(reverse=True)) == STAGES
    assert shared(held, changed(deblurrer="deconvolution")) == {"estimated", "settled"}
    assert shared(held, changed(constraint="linear")) == {"estimated"}
    assert shared(held, changed(max_side=60)) == set()
    assert changed(reverse=True).directed is not held.directed
    assert changed(deblurrer="deconvolution").parts is held.parts
    assert changed(constraint="linear").parts is not held.parts
    assert held.changed(held.options) is held


def test_what_a_person_mends_shares_everything_that_was_made(held, photo):
    edited = held.edited((MaskedEdit(torch.ones(photo.size), 0.0),))
    for other in (edited, held.patched((), ("Too small.",)), held.blended(Blending(0.5))):
        assert shared(held, other) == STAGES
        assert (other.directed, other.verdict) == (held.directed, held.verdict)
        assert other.parts is held.parts
    assert edited.mending is not held.mending
    assert held.blended(Blending(0.5)).mending is held.mending


def test_edits_and_remarks_stay_beside_each_other(held):
    both = held.edited((MaskedEdit(torch.ones(4, 4)),)).patched((), ("Too small.",))
    assert len(both.mending.edits) == 1
    assert both.edited(()).mending.remarks == ("Too small.",)
    assert "Too small." in both.notes


def test_a_stage_is_made_once_though_it_was_shared_before(photo, options, restored):
    first = Analysis(photo, options)
    turned = first.changed(replace(options, reverse=True))
    assert turned.sharp is first.sharp
    assert turned.report is first.report
    assert turned.notes == first.notes
    assert turned.seconds == first.seconds
    assert len(restored) == 1


def test_threads_that_ask_different_analyses_wait_for_one_computation(photo, options, restored):
    first = Analysis(photo, options)
    others = [first.changed(replace(options, strength=strength)) for strength in (0.1, 0.2, 0.3)]
    seen = []
    threads = [
        threading.Thread(target=lambda one=one: seen.append(one.compute().sharp))
        for one in (first, *others)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(restored) == 1
    assert all(each is seen[0] for each in seen)


def test_other_paths_do_not_make_the_sharp_picture_of_the_first(photo, options, restored):
    first = Analysis(photo, options)
    other = first.replaced(Trajectory.zero(photo.size))
    assert other.sharp is not first.sharp
    assert len(restored) == 2


def test_what_is_said_of_shared_paths_stays_with_them(options):
    empty = Analysis(photo_of(np.full((96, 96, 3), 0.5, np.float32)), options).compute()
    straight = empty.changed(replace(options, constraint="linear"))
    assert any("next to no detail" in note for note in straight.notes)


def test_a_refined_picture_after_refined_paths_ends_at_one(photo, options):
    told = []
    path = Analysis(photo, replace(options, refine="path")).compute()
    both = path.changed(replace(options, refine="both"))
    both.compute(lambda fraction, text: told.append(fraction))
    assert told == sorted(told)
    assert told[0] == pytest.approx(0.7)
    assert told[-1] == pytest.approx(1)


def test_a_stopped_refinement_goes_on_with_the_networks_sharp_picture(photo, options, restored):
    token = CancelToken()

    def told(fraction, text):
        if text == "Refining the paths":
            token.cancel()

    refined = Analysis(photo, replace(options, refine="path"))
    with pytest.raises(Cancelled):
        refined.compute(told, token)
    refined.compute()
    assert len(restored) == 1


def test_a_sharp_picture_is_brought_to_a_refinement_only_where_it_looks_at_it(held, photo):
    known = replace(held, sharp=Once(Made(photo.pixels)))
    options = held.options
    assert held.unrefined(replace(options, refine="path")) is None, "there is none yet"
    assert known.unrefined(replace(options, refine="path")).shape == (3, *photo.size)
    assert known.unrefined(replace(options, refine="path", constraint="linear")) is None
    refined = known.changed(replace(options, refine="path"))
    done = replace(refined, sharp=known.sharp)
    assert done.unrefined(replace(refined.options, reverse=True)) is None, "it is shared whole"
    assert done.unrefined(replace(refined.options, refine="both")) is not None


def test_a_part_stays_as_bright_as_in_the_whole_with_other_choices(options):
    pixels = waves(96, 640) * 0.9
    pixels[:, 560:] *= 8
    whole = Analysis(photo_of(pixels / 8, scale=8.0, bit_depth=32), options)
    window = Window(16, 0, 80, 48)
    own = whole.part(PartWish(window, options_of_part(options))).analysis
    for part in (own, own.changed(replace(own.options, constraint="linear"))):
        seen = whole.as_seen(whole.photo.pixels[window.rows, window.columns])
        assert torch.equal(part.as_seen(whole.photo.pixels[window.rows, window.columns]), seen)


def test_what_failed_is_made_by_the_next_one_who_asks():
    once = Once()

    def broken():
        raise ValueError("no way")

    with pytest.raises(ValueError, match="no way"):
        once.get(broken)
    assert once.known is None
    assert once.get(lambda: "it") == "it"
    assert once.get(broken) == once.known == "it"
