"""Fitting how readings at several scales become one, and what a confidence is worth."""

from __future__ import annotations

import torch

from benchmarks.fusion import Read, fitted_preference, fitted_worth, joined, main, path_error
from blurstudio.exposure.confidence import WORTH, expected_error_share
from blurstudio.exposure.fusion import PREFERENCE, SCALES, MotionReading
from blurstudio.exposure.signfree import encode_sign_free

CELLS = 500


def read(right=0.5, seed=0):
    """Readings of which one scale is right and the others know nothing, and don't say so."""
    draw = torch.Generator().manual_seed(seed)
    true, other = (15 * torch.randn(2, 2, 1, CELLS, generator=draw) for _ in range(2))
    readings = [
        MotionReading(
            scale,
            scale * encode_sign_free(true if scale == right else other),
            torch.full((1, CELLS), 4.0 * scale),
        )
        for scale in SCALES
    ]
    return Read(readings, true)


def test_the_scale_that_is_right_comes_to_be_favoured():
    seen = read(right=0.5)
    before = float(path_error(seen, torch.tensor(PREFERENCE)))
    after = float(path_error(seen, fitted_preference(seen)))
    assert after < 0.2 < before


def test_cells_of_several_exposures_count_together():
    good, bad = read(right=0.5), read(right=1.0, seed=1)
    preference = fitted_preference(good)
    errors = [float(path_error(each, preference)) for each in (good, joined([good, bad]), bad)]
    assert errors[0] < errors[1] < errors[2]


def test_the_error_to_expect_comes_near_the_error_found():
    seen = read(right=0.5)
    preference = fitted_preference(seen)
    found, still, sure = seen.distances(preference)
    worth = fitted_worth(seen, preference)

    def gap(worth):
        promised = (expected_error_share(sure, worth) * still).sum() / still.sum()
        return abs(float(promised - found.sum() / still.sum()))

    assert gap(worth) < 0.02 < gap(WORTH)


def test_a_folder_without_photos_is_answered_in_a_sentence(tmp_path, capsys):
    assert main(["--data", str(tmp_path)]) == 1
    assert "There are no photos" in capsys.readouterr().err
