"""A result laid over its photo: exact where it shows alone, even between, in frames and files."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from blurstudio.engine.analysis import Analysis
from blurstudio.engine.sharp.blending import Blending, lay_over
from tests.engine.usual_files import write_usual

MASK = np.full((45, 65), 255, np.uint8)
MASK[:, :30] = 0
"""Half as large as the photo; its left part hides the result."""

LEFT, RIGHT = np.s_[:, :58], np.s_[:, 62:]


@pytest.fixture
def analysis(photo, options):
    """Return an analysis by tiny networks, computed."""
    return Analysis(photo, options).compute()


def pictures(kind):
    random = np.random.default_rng(3)
    made = random.random((2, 90, 130, 3), np.float32)
    return made if kind == np.float32 else np.rint(made * 255).astype(np.uint8)


def same(one, other):
    return one.dtype == other.dtype and np.array_equal(one, other)


@pytest.mark.parametrize("kind", [np.float32, np.uint8])
def test_where_one_shows_alone_it_is_untouched_to_the_last_bit(kind):
    sharp, photo = pictures(kind)
    assert lay_over(sharp, photo, None) is sharp
    assert same(lay_over(sharp, photo, Blending(1.0)), sharp)
    assert same(lay_over(sharp, photo, Blending(0.0)), photo)
    masked = lay_over(sharp, photo, Blending(1.0, MASK))
    assert same(masked[LEFT], photo[LEFT])
    assert same(masked[RIGHT], sharp[RIGHT])
    assert same(lay_over(sharp, photo, Blending(0.3, MASK))[LEFT], photo[LEFT])


@pytest.mark.parametrize(("kind", "step"), [(np.float32, 1e-6), (np.uint8, 0.5)])
def test_an_amount_lies_evenly_between(kind, step):
    sharp, photo = pictures(kind)
    expected = 0.6 * sharp.astype(np.float64) + 0.4 * photo
    assert np.abs(lay_over(sharp, photo, Blending(0.6)) - expected).max() <= step + 1e-4
    masked = lay_over(sharp, photo, Blending(0.6, MASK))
    assert np.abs(masked[RIGHT] - expected[RIGHT]).max() <= step + 1e-4


def test_an_edge_of_the_mask_is_soft_whatever_its_size():
    black, white = np.zeros((90, 130, 3), np.float32), np.ones((90, 130, 3), np.float32)
    row = lay_over(white, black, Blending(1.0, MASK))[45, :, 0]
    assert np.all(np.diff(row) >= 0)
    assert 0 < row[60] < 1


def test_less_of_a_result_is_seen_and_nothing_is_redone(analysis, photo):
    half = analysis.blended(Blending(0.5, MASK))
    assert same(half.sharp[LEFT], photo.pixels[LEFT])
    mean = (analysis.sharp + photo.pixels) / 2
    assert np.allclose(half.sharp[RIGHT], mean[RIGHT], atol=1e-6)
    assert half.sharpened is analysis.sharp
    assert half.report is analysis.report
    assert half.trajectory is analysis.trajectory or half.directed is analysis.directed
    assert half.provenance["blend"] == {"amount": 0.5, "masked": True}
    assert "blend" not in analysis.provenance


def test_all_of_it_can_be_had_back(analysis):
    assert analysis.blended(Blending(0.5)).blended(None).sharp is analysis.sharp


def test_a_blend_stays_with_other_options_and_edits(analysis, photo, options):
    from dataclasses import replace

    masked = analysis.blended(Blending(1.0, MASK))
    for other in (masked.changed(replace(options, reverse=True)), masked.edited(())):
        assert same(other.sharp[LEFT], photo.pixels[LEFT])


@pytest.mark.parametrize("size", [None, (45, 65)])
def test_in_frames_the_photo_stands_still(analysis, size):
    masked = analysis.blended(Blending(1.0, MASK))
    plain = list(analysis.frames(3, size=size))
    for index, frame in enumerate(masked.frames(3, size=size)):
        middle = frame.shape[1] // 2
        assert same(frame[:, : middle - 6], masked.frame(0.0, size)[:, : middle - 6])
        assert same(frame[:, middle:], plain[index][:, middle:])


def test_the_middle_frame_is_the_sharp_picture(analysis):
    half = analysis.blended(Blending(0.5, MASK))
    assert same(half.frame(0.0), half.sharp)


def test_a_picture_exposed_for_a_shorter_time_is_laid_over_the_photo_too(analysis, photo):
    masked = analysis.blended(Blending(1.0, MASK))
    part = (-0.25, 0.25)
    assert same(masked.exposed(part)[LEFT], photo.pixels[LEFT])
    assert same(masked.exposed(part)[RIGHT], analysis.exposed(part)[RIGHT])


def test_written_files_differ_only_where_the_mask_lets_them(analysis, tmp_path):
    masked = analysis.blended(Blending(1.0, MASK))
    read = {}
    for name, one in (("plain", analysis), ("masked", masked)):
        write_usual(one, tmp_path / name, frames=2)
        home = tmp_path / name / "a photo.jpg"
        read[name] = {
            file: cv2.imread(str(home / file), cv2.IMREAD_UNCHANGED)
            for file in ("sharp.png", "frames/0001.png", "residual.png")
        }
    for file in ("sharp.png", "frames/0001.png"):
        assert same(read["masked"][file][RIGHT], read["plain"][file][RIGHT])
        assert not same(read["masked"][file][LEFT], read["plain"][file][LEFT])
    assert same(read["masked"]["residual.png"], read["plain"]["residual.png"])
