"""Jobs done in processes beside each other."""

from __future__ import annotations

import os

import pytest

from blurstudio.errors import DataError
from blurstudio.simulate.workers import each_done


def test_what_came_of_every_job_is_told():
    assert list(each_done(divmod, [(7, 2), (9, 4)], 1)) == [(3, 1), (2, 1)]
    assert sorted(each_done(divmod, [(7, 2), (9, 4)], 2)) == [(2, 1), (3, 1)]


def test_a_job_that_fails_says_why():
    with pytest.raises(ZeroDivisionError):
        list(each_done(divmod, [(7, 0)], 2))


def test_a_process_that_is_ended_from_outside_is_a_sentence():
    with pytest.raises(DataError, match="fewer --workers"):
        list(each_done(os._exit, [(1,)], 2))
