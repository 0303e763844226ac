"""Notes in folders of results: what was asked for, and whether all of it is there.

By them a run that was stopped goes on: results that are whole and were made of the same photo with
the same choices are not made again.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from blurstudio.media.atomic import write_bytes
from blurstudio.media.folders import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NOTE = ".blurstudio.json"
_LARGEST = 16 << 20


def begin(home: Path, asked: Mapping[str, Any]) -> None:
    """Note in a folder, which is made, that results are being written into it.

    What the note before lists stays in it until `end`.

    Parameters
    ----------
    asked
        All that results depend on, as JSON can hold it.

    Raises
    ------
    ExportError
        If the folder can't be made or written to.
    """
    make_folder(home)
    _write(home, {"finished": False, "asked": asked, "files": _marks(_read(home))})


def end(home: Path, asked: Mapping[str, Any], files: Iterable[Path]) -> None:
    """Note that these files are all there is to write; parameters as of `begin`.

    Files of earlier results that nobody has touched since are removed: they would be taken for
    results of what was asked for now.
    """
    marks = {}
    for file in files:
        found = file.stat()
        marks[file.relative_to(home).as_posix()] = [found.st_size, found.st_mtime_ns]
    older = _marks(_read(home))
    _write(home, {"finished": True, "asked": asked, "files": marks})
    # A pattern may have changed no more than capitals, which some disks take for the same.
    kept = {name.casefold() for name in marks}
    for name, mark in older.items():
        file = home / name
        if name.casefold() not in kept and _lies_in(home, file) and _is_there(file, mark):
            _remove(home, file)


def is_finished(home: Path, asked: Mapping[str, Any]) -> bool:
    """Whether a folder holds just what is asked for, whole and untouched since."""
    note = _read(home)
    if note.get("finished") is not True or not _same(note, asked):
        return False
    files = note.get("files")
    return isinstance(files, dict) and all(_is_there(home / n, m) for n, m in files.items())


def is_begun(home: Path, asked: Mapping[str, Any]) -> bool:
    """Whether a run was stopped while it wrote just that into a folder."""
    note = _read(home)
    return note.get("finished") is False and _same(note, asked)


def is_whole(home: Path) -> bool:
    """Whether the note of a folder tells of all that was written into it, whatever it was."""
    note = _read(home)
    return note.get("finished") is True and isinstance(note.get("files"), dict)


def is_unfinished(home: Path) -> bool:
    """Whether a run was stopped while it wrote into a folder, whatever it was."""
    return _read(home).get("finished") is False


def _write(home: Path, note: Mapping[str, Any]) -> None:
    write_bytes(home / NOTE, (json.dumps(note, indent=1) + "\n").encode())


def _read(home: Path) -> dict[str, Any]:
    """Read a note; one that is damaged or not there says nothing."""
    path = home / NOTE
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        note = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return note if isinstance(note, dict) else {}


def _same(note: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    # Tuples are lists once they have been written.
    return note.get("asked") == json.loads(json.dumps(asked))


def _is_there(file: Path, mark: object) -> bool:
    try:
        found = file.stat()
    except OSError:
        return False
    return mark == [found.st_size, found.st_mtime_ns]


def _marks(note: Mapping[str, Any]) -> dict[str, Any]:
    marks = note.get("files")
    return marks if isinstance(marks, dict) else {}


def _lies_in(home: Path, file: Path) -> bool:
    """Whether a name leads to nothing but below the folder, whoever wrote the note."""
    return file.parent.resolve().is_relative_to(home.resolve()) and not file.is_dir()


def _remove(home: Path, file: Path) -> None:
    """Remove a file, and the folders that hold nothing more, as far as that can be done."""
    with contextlib.suppress(OSError):
        file.unlink()
        for folder in file.parents:
            if folder == home:
                break
            folder.rmdir()
