"""A result appears whole or not at all, and a sentence says why it couldn't."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from blurstudio.errors import Cancelled, ExportError
from blurstudio.media.atomic import atomic_path, write_bytes


def failing(number):
    def fail(*arguments, **options):
        raise OSError(number, os.strerror(number))

    return fail


def test_a_file_is_written_with_its_suffix_kept_for_the_encoders(tmp_path):
    with atomic_path(tmp_path / "a b ü.png") as temporary:
        assert temporary.suffix == ".png"
        assert temporary.parent == tmp_path
        temporary.write_bytes(b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a b ü.png"]
    assert (tmp_path / "a b ü.png").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "may not be written to"),
        (errno.EFBIG, "this large"),
        (errno.EPIPE, "choose another place"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace", "open"])
def test_when_the_disk_refuses_what_was_there_stays(tmp_path, monkeypatch, number, words, step):
    target = tmp_path / "result.bin"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, step, failing(number))
    with pytest.raises(ExportError, match=words) as caught:
        write_bytes(target, b"new")
    monkeypatch.undo()
    assert str(target) in str(caught.value)
    assert isinstance(caught.value.__cause__, OSError)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_disk_that_fills_up_while_writing_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "write_bytes", failing(errno.ENOSPC))
    with pytest.raises(ExportError, match="disk is full"):
        write_bytes(tmp_path / "result.bin", b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [Cancelled(), KeyboardInterrupt(), ValueError("x")])
def test_whatever_stops_the_writer_passes_through_and_leaves_nothing(tmp_path, error):
    def write():
        with atomic_path(tmp_path / "a.bin") as temporary:
            temporary.write_bytes(b"half")
            raise error

    with pytest.raises(type(error)):
        write()
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_a_file_for_a_folder_and_a_folder_for_a_file(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ExportError, match="folder does not exist"):
        write_bytes(tmp_path / "nowhere" / "a.bin", b"")
    with pytest.raises(ExportError, match="its folder is a file"):
        write_bytes(tmp_path / "file" / "a.bin", b"")
    with pytest.raises(ExportError, match="a folder of that name"):
        write_bytes(tmp_path, b"")
    with pytest.raises(ExportError, match="too long"):
        write_bytes(tmp_path / ("n" * 300), b"")


def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path, monkeypatch):
    target = tmp_path / "result.bin"
    target.write_bytes(b"old")
    # Permissions alone don't stop the tests where they run as root.
    monkeypatch.setattr(os, "access", lambda *arguments: False)
    with pytest.raises(ExportError, match="may not be written to"):
        write_bytes(target, b"new")
    assert target.read_bytes() == b"old"


def test_links_in_a_circle(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(ExportError, match="symbolic links in a circle; choose another place"):
        write_bytes(tmp_path / "a", b"")
