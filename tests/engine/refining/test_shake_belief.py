"""Whether a shake that was read is followed, is worth a look, or explains nothing."""

from __future__ import annotations

import pytest

from blurstudio.engine.refining.shake_belief import Read, is_unlikely
from blurstudio.engine.refining.shake_picture import Judgement
from blurstudio.exposure.report import ReblurReport
from tests.shaken_photos import shaken


def read(belief, *, worth=1.15, known=0.5, other=0.0):
    return Read(shaken((48, 64)), 0.95, worth, Judgement(belief, (0.0, 0.0)), known, other)


@pytest.mark.parametrize(
    ("found", "believed"),
    [
        (read(0.8), True),
        (read(0.65, other=0.5), True),
        (read(0.65, other=0.4), False),
        (read(0.65, other=0.5, worth=1.08), False),
        (read(0.55, other=0.55), False),
        (read(0.9, worth=1.05), False),
        (read(0.5, known=0.95, other=0.46), True),
        (read(0.6, known=0.95, other=0.3), False),
        (read(0.3, known=0.95), False),
    ],
    ids=[
        *("sure", "borne out", "not borne out", "hardly likely", "unbelieved", "unlikely"),
        *("known", "known, not borne out", "known, wrong"),
    ],
)
def test_a_shake_is_believed_where_it_looks_right_and_is_a_likely_reading(found, believed):
    assert found.believed is believed


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (read(0.55), True),
        (read(0.42), True),
        (read(0.35), False),
        (read(0.42, worth=1.05), False),
        (read(0.42, known=0.95), False),
        (read(0.65, other=0.5), False),
    ],
    ids=["doubted", "unbelieved", "wrong", "unlikely", "known", "followed"],
)
def test_a_person_is_told_of_a_shake_that_is_nearly_believed(found, told):
    assert found.worth_a_look is told


def figures(psnr, length):
    return ReblurReport(psnr, 1.3, length, True)


@pytest.mark.parametrize(
    ("after", "unlikely"),
    [
        (figures(15.4, 29.5), True),
        # A hand's shake is longer than the straight path that a network reads in it.
        (figures(30.7, 29.5), False),
        (figures(15.4, 6.0), False),
    ],
    ids=["far longer and far worse", "longer", "worse"],
)
def test_a_shake_is_not_believed_where_it_is_far_longer_and_explains_far_less(after, unlikely):
    assert is_unlikely(figures(32.0, 2.5), after, likeness=0.85) is unlikely


def test_a_still_photo_gets_no_shake_of_nothing():
    assert not is_unlikely(figures(50.0, 0.1), figures(40.0, 1.2), likeness=0.85)


def test_a_clear_shake_is_believed_however_long():
    assert not is_unlikely(figures(42.7, 7.5), figures(25.3, 38.5), likeness=0.95)
