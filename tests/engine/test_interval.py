"""Parts of the exposure as people name them, and what is no part of it."""

from __future__ import annotations

import pytest

from blurstudio.engine.interval import WHOLE, check_interval, interval_from
from blurstudio.errors import ExportError


@pytest.mark.parametrize(
    ("part", "interval"),
    [
        ("0:1", (-0.5, 0.5)),
        ("0.25:0.75", (-0.25, 0.25)),
        ("0.5:", (0.0, 0.5)),
        (":0.5", (-0.5, 0.0)),
        (":", (-0.5, 0.5)),
        (" 0 : 0.5 ", (-0.5, 0.0)),
    ],
)
def test_a_part_is_read_from_its_shares(part, interval):
    assert interval_from(part) == pytest.approx(interval)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("0.75:0.25", "from 0.75 to 0.25 runs backwards"),
        ("0.5:0.5", "has no length"),
        ("-0.1:0.5", "lies outside"),
        ("0:1.5", "lies outside"),
        ("nan:1", "lies outside"),
        ("half", '"half" names no part'),
        ("0.5", "names no part"),
        ("a:b", "names no part"),
        ("0:0.5:1", "names no part"),
    ],
)
def test_what_is_no_part_is_a_sentence(part, words):
    with pytest.raises(ExportError, match=words) as raised:
        interval_from(part)
    assert str(raised.value).endswith(".")


def test_the_whole_exposure_is_a_part_of_itself():
    check_interval(WHOLE)
