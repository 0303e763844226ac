"""Beside other programs threads of one computation don't wait in each other's place."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from blurstudio.cli import main

SAID = ("GOMP_SPINCOUNT", "OMP_WAIT_POLICY")


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch):
    for name in SAID:
        # What is set first is taken back afterwards, also where it was not there before.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def test_waiting_threads_sleep_soon(capsys):
    assert main(["--version"]) == 0
    assert 0 < int(os.environ["GOMP_SPINCOUNT"]) < 100_000


@pytest.mark.parametrize("name", SAID)
def test_what_a_person_says_of_waiting_stays(name, monkeypatch, capsys):
    monkeypatch.setenv(name, "7")
    main(["--version"])
    assert {each: os.environ.get(each) for each in SAID} == {
        each: "7" if each == name else None for each in SAID
    }


def test_it_is_said_before_torch_is_there():
    told = "import blurstudio.cli, blurstudio.cli.waiting, sys; print('torch' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"
