"""Two never write into one folder of results at once, be they two processes or two threads."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from blurstudio.errors import ExportError
from blurstudio.session import folder_lock
from blurstudio.session.folder_lock import LOCK, locked, refuse_locked


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


def test_the_lock_of_another_process_is_respected(tmp_path, another_process):
    (tmp_path / LOCK).write_text(str(another_process))
    with pytest.raises(ExportError, match=r"is writing into .* already; wait until that is done"):
        refuse_locked(tmp_path)
    with pytest.raises(ExportError, match="is writing into"), locked(tmp_path):
        pytest.fail("two at once")
    assert (tmp_path / LOCK).read_text() == str(another_process)


def test_of_one_process_one_at_a_time_writes_as_well(tmp_path):
    with locked(tmp_path):
        with pytest.raises(ExportError, match="is writing into"):
            refuse_locked(tmp_path)
        with pytest.raises(ExportError, match="is writing into"), locked(tmp_path):
            pytest.fail("two at once")
        assert (tmp_path / LOCK).exists(), "who was refused takes nothing away"
    refuse_locked(tmp_path)
    with locked(tmp_path):
        pass
    assert not list(tmp_path.iterdir())


def test_of_many_threads_one_at_a_time_is_let_in(tmp_path):
    """Each tries until it was in once; nobody is in with another."""
    inside, most = [], []

    def enter(number):
        while True:
            try:
                with locked(tmp_path):
                    inside.append(number)
                    most.append(len(inside))
                    inside.remove(number)
                return
            except ExportError:
                time.sleep(0.001)

    threads = [threading.Thread(target=enter, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8
    assert not list(tmp_path.iterdir())


def test_a_lock_that_cant_be_removed_at_once_is_tried_again(tmp_path, monkeypatch):
    """A window lives for days: what it leaves would bar others for as long."""
    refused = [PermissionError(13, "in use"), PermissionError(13, "in use")]
    unlink = Path.unlink

    def busy(path, **how):
        if path.name == LOCK and refused:
            raise refused.pop()
        unlink(path, **how)

    monkeypatch.setattr(Path, "unlink", busy)
    with locked(tmp_path):
        pass
    assert not refused
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["gone", "", "rubbish", "ours"])
def test_a_lock_that_was_left_is_taken_over(tmp_path, gone, text):
    """One with our own number was left by a process that had it before us."""
    lock = tmp_path / LOCK
    lock.write_text({"gone": str(gone), "ours": str(os.getpid())}.get(text, text))
    os.utime(lock, (time.time() - 60,) * 2)
    refuse_locked(tmp_path)
    with locked(tmp_path):
        assert lock.read_text() == str(os.getpid())
    assert not list(tmp_path.iterdir())


def test_a_lock_that_is_being_made_is_respected(tmp_path):
    (tmp_path / LOCK).touch()
    with pytest.raises(ExportError, match="is writing into"):
        refuse_locked(tmp_path)


def test_where_no_folder_can_be_nobody_writes(tmp_path):
    (tmp_path / "file").write_text("in the way")
    refuse_locked(tmp_path / "nowhere")
    refuse_locked(tmp_path / "file" / "below")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_lock_that_cant_be_read_is_respected(tmp_path, another_process):
    lock = tmp_path / LOCK
    lock.write_text(str(another_process))
    lock.chmod(0o000)
    with pytest.raises(ExportError, match="is writing into"):
        refuse_locked(tmp_path)


def test_of_two_that_take_a_lock_over_one_gets_it(tmp_path, gone, another_process, monkeypatch):
    """The other has put its own in the place after this one found a lock that was left."""
    lock = tmp_path / LOCK
    lock.write_text(str(gone))
    remove = folder_lock._remove_left

    def too_late(path):
        path.write_text(str(another_process))
        remove(path)

    monkeypatch.setattr(folder_lock, "_remove_left", too_late)
    with pytest.raises(ExportError, match="is writing into"), locked(tmp_path):
        pytest.fail("two at once")
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]
    assert lock.read_text() == str(another_process)
