"""Two runs never write into one folder of results at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from blurstudio.cli import folder_lock
from blurstudio.cli.folder_lock import LOCK, locked, refuse_locked
from blurstudio.errors import ExportError


@pytest.fixture
def another():
    """Return the number of another process, which is at work."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process.pid
        process.communicate(b"\n")


@pytest.fixture
def gone():
    """Return the number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_lock_lasts_as_long_as_the_work(tmp_path):
    with locked(tmp_path):
        assert (tmp_path / LOCK).read_text() == str(os.getpid())
    assert not list(tmp_path.iterdir())


def test_a_lock_goes_with_a_failure_too(tmp_path):
    with pytest.raises(KeyboardInterrupt), locked(tmp_path):
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())


def test_the_lock_of_another_process_is_respected(tmp_path, another):
    (tmp_path / LOCK).write_text(str(another))
    with pytest.raises(ExportError, match=r"Another run is writing into .*; wait for it"):
        refuse_locked(tmp_path)
    with pytest.raises(ExportError, match="Another run"), locked(tmp_path):
        pytest.fail("two at once")
    assert (tmp_path / LOCK).read_text() == str(another)


@pytest.mark.parametrize("text", ["gone", "", "rubbish"])
def test_a_lock_that_was_left_is_taken_over(tmp_path, gone, text):
    lock = tmp_path / LOCK
    lock.write_text(str(gone) if text == "gone" else text)
    os.utime(lock, (time.time() - 60,) * 2)
    refuse_locked(tmp_path)
    with locked(tmp_path):
        assert lock.read_text() == str(os.getpid())
    assert not list(tmp_path.iterdir())


def test_a_lock_that_is_being_made_is_respected(tmp_path):
    (tmp_path / LOCK).touch()
    with pytest.raises(ExportError, match="Another run"):
        refuse_locked(tmp_path)


def test_a_run_leaves_a_locked_folder_alone(blurstudio, tiny_networks, photo, tmp_path, another):
    home = tmp_path / "out" / "photo.png"
    home.mkdir(parents=True)
    (home / LOCK).write_text(str(another))
    words = ("process", photo, "-o", tmp_path / "out", "--parts", "sharp", *tiny_networks)
    outcome = blurstudio(*words)
    assert (outcome.code, len(outcome.sentences)) == (1, 1)
    assert f"Another run is writing into {home}" in outcome.err
    assert [path.name for path in home.iterdir()] == [LOCK]
    (home / LOCK).unlink()
    assert blurstudio(*words).code == 0
    assert not (home / LOCK).exists()


def test_of_two_that_take_a_lock_over_one_gets_it(tmp_path, gone, another, monkeypatch):
    """The other has put its own in the place after this one found a lock that was left."""
    lock = tmp_path / LOCK
    lock.write_text(str(gone))
    remove = folder_lock._remove_left

    def too_late(path):
        path.write_text(str(another))
        remove(path)

    monkeypatch.setattr(folder_lock, "_remove_left", too_late)
    with pytest.raises(ExportError, match="Another run"), locked(tmp_path):
        pytest.fail("two at once")
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]
    assert lock.read_text() == str(another)
