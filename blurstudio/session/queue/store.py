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
from blurstudio.sentences import sentence
from blurstudio.session import aside, blend_form, form
from blurstudio.session.conflicts import Conflict
from blurstudio.session.fields import Misfit, Remarks, fitted
from blurstudio.session.plain import from_plain, to_plain
from blurstudio.session.queue.entry import Entry, State
from blurstudio.session.queue.queue import Queue

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT = "blurstudio-queue"
VERSION = 1
_LARGEST = 256 << 20
_NEWER = sentence(
    "The queue was written by a newer Blur Studio; its file is left untouched, and what you queue "
    "now is lost when the window is closed."
)


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
        return _set_aside(path, Queue(), (), aside.reason(problem))
    if table["version"] > VERSION:
        return Left(Queue(), (_NEWER,), saveable=False)
    remarks = Remarks()
    found = table.get("entries", [])
    entries = list(_entries(found if isinstance(found, list) else [], request_kind, remarks))
    queue = Queue(tuple(entries), table.get("paused") is True)
    queue = queue.recover()
    if not remarks and isinstance(found, list):
        return Left(queue)
    return _set_aside(path, queue, remarks[:1], sentence("not every entry could be read in full"))


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
            "The queue can't be saved: the folder {folder} can't be made.", folder=path.parent
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
        raise Misfit("it is far too large")
    table = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(table, dict) or table.get("format") != FORMAT:
        raise Misfit("it is no queue of Blur Studio")
    if type(table.get("version")) is not int or table["version"] < 1:
        raise Misfit("its version is missing")
    return table


def _entries(found: list[Any], request_kind: type, remarks: Remarks) -> Iterable[Entry]:
    numbers: set[int] = set()
    for place, said in enumerate(found, start=1):
        where = sentence("entry {number} of the queue", number=place)
        try:
            entry = _entry(said, request_kind, remarks, where)
        except (TypeError, ValueError, KeyError, AttributeError):
            remarks.append(sentence("The {where} is damaged and was left out.", where=where))
            continue
        if entry.number in numbers:
            remarks.append(sentence("The {where} is there twice and was left out.", where=where))
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
        words = sentence(
            "The queue's file {path} can't be read and can't be set aside either ({why}); what you "
            "queue now is lost when the window is closed. Move that file away.",
            path=path,
            why=problem.strerror or problem,
        )
        return Left(queue, (*remarks, words), saveable=False)
    words = sentence(
        "The queue of last time is damaged ({why}); it is kept as {file}.", why=why, file=kept
    )
    return Left(queue, (*remarks, words))
