"""A file appears whole or not at all, whatever comes between."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

import pytest

from blurstudio.whole_files import whole_file, write_whole


def failing(number):
    def fail(*arguments, **options):
        raise OSError(number, os.strerror(number))

    return fail


@pytest.fixture
def target(tmp_path):
    """A file that is there already."""
    path = tmp_path / "result.bin"
    path.write_bytes(b"old")
    return path


def is_untouched(target):
    return target.read_bytes() == b"old" and list(target.parent.iterdir()) == [target]


def test_it_is_written_beside_its_place_under_a_hidden_name_with_its_suffix(tmp_path):
    with whole_file(tmp_path / "a b ü.png") as temporary:
        assert temporary.parent == tmp_path
        assert re.fullmatch(r"\.blurstudio-[0-9a-f]{8}\.png", temporary.name)
        temporary.write_bytes(b"new")
        assert not (tmp_path / "a b ü.png").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a b ü.png"]
    assert (tmp_path / "a b ü.png").read_bytes() == b"new"


def test_until_it_is_complete_the_old_one_is_read(target):
    with whole_file(target) as temporary:
        temporary.write_bytes(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"


def test_it_is_on_the_disk_before_it_takes_its_place(target, monkeypatch):
    steps = []
    real = {name: getattr(os, name) for name in ("fsync", "replace")}
    for name, call in real.items():
        monkeypatch.setattr(
            os, name, lambda *args, name=name, call=call: (steps.append(name), call(*args))[1]
        )
    write_whole(target, b"new")
    assert steps == ["fsync", "replace"]


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_when_the_disk_refuses_what_was_there_stays(target, monkeypatch, number, step):
    monkeypatch.setattr(os, step, failing(number))
    with pytest.raises(OSError, match=re.escape(os.strerror(number))) as caught:
        write_whole(target, b"new")
    monkeypatch.undo()
    assert caught.value.errno == number
    assert is_untouched(target)


def test_a_disk_that_fills_up_while_writing_leaves_the_old_file(target, monkeypatch):
    monkeypatch.setattr(Path, "write_bytes", failing(errno.ENOSPC))
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"new")
    assert is_untouched(target)


def test_a_file_that_another_program_holds_open_as_on_windows_stays(target, monkeypatch):
    def held(source, place):
        # What Windows answers where the place is open elsewhere without sharing.
        raise PermissionError(errno.EACCES, "The process cannot access the file", str(place))

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(PermissionError):
        write_whole(target, b"new")
    assert is_untouched(target)


def test_a_rest_that_can_not_be_removed_does_not_hide_what_went_wrong(target, monkeypatch):
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    monkeypatch.setattr(Path, "unlink", failing(errno.EACCES))
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3), ValueError("x")])
def test_whatever_stops_the_writer_passes_through_and_leaves_the_old_file(target, error):
    def write():
        with whole_file(target) as temporary:
            temporary.write_bytes(b"half")
            raise error

    with pytest.raises(type(error)) as caught:
        write()
    assert caught.value is error
    assert is_untouched(target)


def test_ctrl_c_while_the_disk_is_waited_for_leaves_the_old_file(target, monkeypatch):
    def interrupted(descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(target, b"new")
    assert is_untouched(target)


def test_places_that_take_no_file(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "nowhere" / "a.bin", b"")
    with pytest.raises(NotADirectoryError):
        write_whole(tmp_path / "file" / "a.bin", b"")
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_file_that_may_not_be_written_is_not_replaced(target, monkeypatch):
    # Permissions alone don't stop the tests where they run as root.
    monkeypatch.setattr(os, "access", lambda *arguments: False)
    with pytest.raises(PermissionError):
        write_whole(target, b"new")
    assert is_untouched(target)


def test_permissions_of_a_replaced_file_stay_and_a_new_one_s_are_the_usual(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"")
    old.chmod(0o640)
    write_whole(old, b"1")
    write_whole(new, b"2")
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == plain.stat().st_mode


def test_a_link_is_followed_even_to_a_file_that_is_not_there_yet(tmp_path):
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "a.bin"
    link = tmp_path / "link.bin"
    link.symlink_to(target)
    for data in (b"first", b"second"):
        write_whole(link, data)
        assert link.is_symlink()
        assert target.read_bytes() == data


def test_links_in_a_circle_stay_as_they_are(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OSError, match="symbolic links") as caught:
        write_whole(tmp_path / "a", b"")
    assert caught.value.errno == errno.ELOOP
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_what_is_no_file_is_not_replaced_by_one(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="not supported"):
        write_whole(pipe, b"new")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]
