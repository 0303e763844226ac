"""The queue's file: read at the start, written whole at each change, set aside if damaged.

Reading never fails: whatever is wrong is said in sentences, and a file that is not all right is
kept under another name.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import ExportError
from blurstudio.locations import user_data_dir
from blurstudio.media.atomic import write_bytes
from blurstudio.session import aside, blend_form, form
from blurstudio.session.conflicts import Conflict
from blurstudio.session.fields import Remarks, fitted
from blurstudio.session.plain import from_plain, to_plain
from blurstudio.session.queue.entry import Entry, State
from blurstudio.session.queue.queue import Queue

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT = "blurstudio-queue"
VERSION = 1
_LARGEST = 256 << 20
_NEWER = (
    "The queue was written by a newer Blur Studio; its file is left untouched, and what you queue "
    "now is lost when the window is closed."
)
_UNMOVABLE = (
    "The queue's file {} can't be read and can't be set aside either ({}); what you queue now is "
    "lost when the window is closed. Move that file away."
)
_DAMAGED = "The queue of last time is damaged ({}); it is kept as {}."


@dataclass(frozen=True)
class Left:
    """What was found of the queue.

    Attributes
    ----------
    queue
        Ready to go on.
    remarks
        Sentences about what was wrong.
    saveable
        Whether its file may be written.
    """

    queue: Queue
    remarks: tuple[str, ...] = ()
    saveable: bool = True


def queue_file() -> Path:
    """Path of the person's queue; it may not exist."""
    return user_data_dir() / "queue.json"


def load(path: Path, request_kind: type) -> Left:
    """Read a queue, ready to go on: an entry that was under way waits again.

    Parameters
    ----------
    path
        See `queue_file`.
    request_kind
        The dataclass of what entries are to write.
    """
    try:
        table = _read(path)
    except FileNotFoundError:
        return Left(Queue())
    except (OSError, ValueError, RecursionError) as problem:
        return _set_aside(path, Queue(), (), _reason(problem))
    if table["version"] > VERSION:
        return Left(Queue(), (_NEWER,), saveable=False)
    remarks = Remarks()
    found = table.get("entries", [])
    entries = list(_entries(found if isinstance(found, list) else [], request_kind, remarks))
    queue = Queue(tuple(entries), table.get("paused") is True)
    queue = queue.recover()
    if not remarks and isinstance(found, list):
        return Left(queue)
    return _set_aside(path, queue, remarks[:1], "not every entry could be read in full")


def save(path: Path, queue: Queue) -> None:
    """Write a queue, whole or not at all; an empty one has no file.

    Raises
    ------
    ExportError
        If it can't be written.
    """
    if not queue.entries and not queue.paused:
        with suppress(FileNotFoundError):
            path.unlink()
        return
    table = {
        "format": FORMAT,
        "version": VERSION,
        "paused": queue.paused,
        "entries": [_table(entry) for entry in queue.entries],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ExportError(
            f"The queue can't be saved: the folder {path.parent} can't be made."
        ) from problem
    # A path may hold bytes that are no text; they are written as JSON's escapes and come back so.
    write_bytes(path, json.dumps(table, indent=1).encode("ascii"))


def _table(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "photo": str(entry.photo),
        "state": entry.state.value,
        "sentence": entry.sentence,
        "home": None if entry.home is None else str(entry.home),
        "tries": entry.tries,
        "conflict": entry.conflict.value,
        "own_document": entry.own_document,
        "options": form.options_table(entry.options),
        "regions": form.regions_table(entry.regions),
        "blend": blend_form.blend_table(entry.blend),
        "request": to_plain(entry.request),
    }


def _read(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST:
        raise ValueError("it is far too large")
    table = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(table, dict) or table.get("format") != FORMAT:
        raise ValueError("it is no queue of Blur Studio")
    if type(table.get("version")) is not int or table["version"] < 1:
        raise ValueError("its version is missing")
    return table


def _entries(found: list[Any], request_kind: type, remarks: Remarks) -> Iterable[Entry]:
    numbers: set[int] = set()
    for place, said in enumerate(found, start=1):
        where = f"entry {place} of the queue"
        try:
            entry = _entry(said, request_kind, remarks, where)
        except (TypeError, ValueError, KeyError, AttributeError):
            remarks.append(f"The {where} is damaged and was left out.")
            continue
        if entry.number in numbers:
            remarks.append(f"The {where} is there twice and was left out.")
            continue
        numbers.add(entry.number)
        yield entry


def _entry(said: Any, request_kind: type, remarks: Remarks, where: str) -> Entry:  # noqa: ANN401
    home = fitted(said["home"], str | None)
    return Entry(
        photo=Path(fitted(said["photo"], str)),
        request=from_plain(said["request"], request_kind, remarks, where),
        options=form.read_options(said["options"], AnalysisOptions(), remarks),
        regions=form.read_regions(said["regions"], remarks),
        blend=blend_form.read_blend(said.get("blend", {}), remarks),
        own_document=fitted(said["own_document"], bool),
        conflict=Conflict(said["conflict"]),
        number=fitted(said["number"], int),
        state=State(said["state"]),
        sentence=fitted(said["sentence"], str),
        home=None if home is None else Path(home),
        tries=fitted(said["tries"], int),
    )


def _set_aside(path: Path, queue: Queue, remarks: Iterable[str], why: str) -> Left:
    try:
        kept = aside.set_aside(path)
    except OSError as problem:
        words = _UNMOVABLE.format(path, problem.strerror or problem)
        return Left(queue, (*remarks, words), saveable=False)
    return Left(queue, (*remarks, _DAMAGED.format(why, kept)))


def _reason(problem: BaseException) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"line {problem.lineno} is no JSON"
    if isinstance(problem, UnicodeDecodeError):
        return "it is no text"
    if isinstance(problem, OSError):
        return problem.strerror or "it can't be read"
    return str(problem) if isinstance(problem, ValueError) else "it is laid out wrongly"
