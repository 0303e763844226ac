"""A part of a photo analysed by itself: what it changes, what stays to the last bit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from blurstudio.engine.analysis import Analysis
from blurstudio.engine.lanes.job import CancelToken
from blurstudio.engine.options import AnalysisOptions
from blurstudio.engine.part_wish import PartWish, options_of_part
from blurstudio.engine.parts import compare
from blurstudio.engine.patches import Patch
from blurstudio.errors import Cancelled
from blurstudio.exposure.edits import MaskedEdit
from blurstudio.exposure.window import Window
from blurstudio.media.photo import Photo

WINDOW = Window(32, 224, 80, 288)


@pytest.fixture(scope="module")
def picture():
    """Return a photo of detail, large enough for a part not to read all of it."""
    coarse = np.random.default_rng(2).random((16, 52, 3), dtype=np.float32)
    fine = np.repeat(np.repeat(coarse, 6, axis=0), 6, axis=1)
    return Photo(path=Path("a photo.jpg"), pixels=np.ascontiguousarray(fine))


@pytest.fixture(scope="module")
def options(tiny_models):
    """Return choices of tiny networks."""
    return AnalysisOptions(
        device="cpu",
        precision="float32",
        motion_model=tiny_models["motion"],
        deblur_model=tiny_models["deblur"],
    )


@pytest.fixture(scope="module")
def analysis(picture, options):
    """Return its analysis by tiny networks."""
    return Analysis(picture, options).compute()


@pytest.fixture(scope="module")
def wish(options):
    """Wish for a deconvolution of a part along straight paths."""
    own = replace(options, deblurrer="deconvolution", strength=0.1, constraint="linear")
    return PartWish(WINDOW, options_of_part(own))


@pytest.fixture(scope="module")
def share(picture):
    """Return how far the part counts, with a soft edge."""
    mask = np.zeros(picture.size, np.float32)
    mask[34:78, 228:284] = 0.5
    mask[40:72, 236:276] = 1
    return mask


@pytest.fixture(scope="module")
def patched(analysis, wish, share):
    """Return the analysis with the part laid in."""
    return analysis.patched([Patch(analysis.part(wish), torch.from_numpy(share), "Cup: by itself")])


def test_outside_nothing_changes_to_the_last_bit(analysis, patched, share):
    outside = share == 0
    assert np.array_equal(patched.sharp[outside], analysis.sharp[outside])
    assert np.array_equal(patched.residual[outside], analysis.residual[outside])
    for t in (-0.5, -0.1, 0.0, 0.5):
        assert np.array_equal(patched.frame(t)[outside], analysis.frame(t)[outside])
    part = (-0.25, 0.1)
    assert np.array_equal(patched.exposed(part)[outside], analysis.exposed(part)[outside])


def test_outside_the_paths_stay_what_they_were(analysis, patched, share):
    moments = (-0.5, 0.2)
    before, after = (each.trajectory.offsets(moments) for each in (analysis, patched))
    outside = torch.from_numpy(share == 0)
    assert after[..., outside] == pytest.approx(before[..., outside], abs=1e-4)


def test_inside_stands_what_the_part_came_to(analysis, patched, wish, share):
    part = analysis.part(wish)
    inner = part.window.within(part.read)
    full = share[WINDOW.rows, WINDOW.columns] == 1
    own = part.analysis.sharpened[inner.rows, inner.columns]
    assert np.array_equal(patched.sharp[WINDOW.rows, WINDOW.columns][full], own[full])
    assert not np.array_equal(patched.sharp, analysis.sharp)
    assert np.array_equal(patched.frame(0.0), patched.sharp), "the middle frame is the sharp one"


def test_a_frame_inside_is_read_along_the_parts_own_paths(analysis, patched, wish, share):
    part = analysis.part(wish)
    own = part.analysis
    inner = part.window.within(part.read)
    frames = [own.frame(t)[inner.rows, inner.columns] for t in (-0.5, 0.5)]
    seen = patched.frame(-0.5)[WINDOW.rows, WINDOW.columns]
    full = share[WINDOW.rows, WINDOW.columns] == 1
    # A part can't tell which way time ran: it runs as the whole does.
    assert min(np.abs(seen - frame)[full].max() for frame in frames) < 1e-6


def test_reduced_frames_have_it_in_the_same_place(analysis, patched, share):
    size = (48, 156)
    small = patched.frame(-0.5, size)
    changed = (small != analysis.frame(-0.5, size)).any(axis=2)
    rows, columns = np.nonzero(changed)
    assert 16 <= rows.min() <= 20
    assert 36 <= rows.max() <= 39
    assert 113 <= columns.min() <= 118
    assert 138 <= columns.max() <= 142


def test_it_is_read_with_what_lies_around(analysis, wish):
    part = analysis.part(wish)
    assert WINDOW.left - part.read.left >= 128
    assert part.read.left % 32 == 0
    assert part.read.right == analysis.photo.size[1]
    assert part.analysis.photo.size == part.read.size


def test_a_part_is_analysed_once_and_kept_for_other_sharp_pictures(analysis, wish, options):
    part = analysis.part(wish)
    assert analysis.part(wish) is part
    assert analysis.changed(replace(options, deblurrer="deconvolution")).part(wish) is part
    assert wish not in analysis.changed(replace(options, constraint="free")).parts


def test_a_part_that_was_stopped_leaves_nothing(analysis, wish):
    wish = replace(wish, window=Window(0, 256, 64, 312))
    cancel = CancelToken()

    def told(fraction, text):
        cancel.cancel()

    with pytest.raises(Cancelled):
        analysis.part(wish, told, cancel)
    assert wish not in analysis.parts


def test_edits_count_in_the_part_as_well(analysis, patched, share):
    everywhere = torch.ones(analysis.photo.size)
    frozen = patched.edited((MaskedEdit(everywhere, 0.0),))
    assert frozen.frame(-0.5) == pytest.approx(frozen.sharp, abs=1e-4)
    left = patched.edited((MaskedEdit(everywhere, 0.0, leaves_photo=True),))
    assert left.sharp == pytest.approx(analysis.photo.pixels, abs=1e-6)
    turned = patched.edited((MaskedEdit(everywhere.bool()),))
    inside = share == 1
    assert turned.frame(-0.5)[inside] == pytest.approx(patched.frame(0.5)[inside], abs=1e-4)


def test_figures_say_how_it_was_and_how_it_is(analysis, wish, share):
    found = compare(analysis, analysis.part(wish), share > 0)
    again = replace(wish, options=options_of_part(analysis.options))
    same = compare(analysis, analysis.part(again), share > 0)
    assert found.before == same.before
    assert found.after != found.before
    assert found.after.mean_length > 0
    assert compare(analysis, analysis.part(wish), np.zeros_like(share, bool)) is None


def test_the_photos_own_figures_stay(analysis, patched):
    assert patched.report is analysis.report
    assert patched.verdict == analysis.verdict
    assert patched.provenance["patches"] == ["Cup: by itself"]
    assert "patches" not in analysis.provenance


def test_without_patches_it_is_the_analysis_again(analysis, patched):
    assert patched.patched(()).sharp is analysis.sharp
    assert patched.changed(replace(analysis.options, constraint="linear")).patches == ()
    assert patched.changed(patched.options).patches == patched.patches
