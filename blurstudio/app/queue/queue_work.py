"""What the app lets the lanes do for the queue: work on one entry, find photos, keep the file.

When it is asked for, and what becomes of it, is in `queueing.py`. The one place that knows which
kind of request entries hold.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from blurstudio.app.export import ExportRequest
from blurstudio.app.launch import faults
from blurstudio.app.photo import work
from blurstudio.app.saying import say
from blurstudio.engine.export.names import home_name
from blurstudio.errors import BlurStudioError, Cancelled
from blurstudio.session.queue import Outcome, State, store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blurstudio.engine.lanes.jobs import JobContext
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.session.queue import Entry, Queue

_log = logging.getLogger(__name__)


def load(path: Path) -> store.Left:
    """Read the queue as it was left."""
    return store.load(path, ExportRequest)


def save(path: Path, queue: Queue, context: JobContext) -> str:
    """Save the queue; returns why it could not be saved, or nothing."""
    context.cancel.raise_if_cancelled()
    try:
        store.save(path, queue)
    except BlurStudioError as problem:
        return say(problem)
    return ""


def find_entries(like: Entry, below: bool, pattern: str, context: JobContext) -> list[Entry]:
    """Make an entry of each photo in a folder.

    Parameters
    ----------
    like
        What they are like; its photo is the folder. Photos of folders below it get the same
        folders below that of the request.
    below, pattern
        As of `photos_in`.
    """
    from blurstudio.session.photo_folders import photos_in

    folder, target = like.photo, like.request.folder
    entries = []
    for photo in photos_in(folder, below=below, pattern=pattern, without=target):
        context.cancel.raise_if_cancelled()
        place = target / photo.parent.relative_to(folder)
        entries.append(replace(like, photo=photo, request=replace(like.request, folder=place)))
    return entries


def usual_home(entry: Entry) -> Path:
    """Folder that the results of an entry go to if nothing is in the way."""
    folder: Path = entry.request.folder
    return folder / (entry.request.name or home_name(folder, entry.photo))


def work_on(
    entry: Entry, machine: AnalysisOptions, settled: Callable[[Path], None], context: JobContext
) -> Outcome:
    """Analyse the photo of an entry and write what it asks for; a fault is its outcome.

    Parameters
    ----------
    machine
        Where and how precisely to compute; its other choices don't count.
    settled
        Told the folder that the results go to, before anything is written.

    Raises
    ------
    Cancelled
        If the person asked to stop.
    """
    try:
        return _work_on(entry, machine, settled, context)
    except Cancelled:
        raise
    except BlurStudioError as problem:
        return Outcome(State.FAILED, say(problem))
    except Exception as problem:  # one photo spoils no other
        _log.error("the queue failed on %s", entry.photo, exc_info=problem)
        return Outcome(State.FAILED, faults.sentence(problem))


def _work_on(
    entry: Entry, machine: AnalysisOptions, settled: Callable[[Path], None], context: JobContext
) -> Outcome:
    from blurstudio.media.photo import open_photo
    from blurstudio.session.conflicts import Conflict, settle
    from blurstudio.session.document import Choices
    from blurstudio.session.folder_lock import refuse_locked
    from blurstudio.session.form import OF_THE_MACHINE
    from blurstudio.session.own_choices import own_choices

    context.progress(0.0, QCoreApplication.translate("work", "Reading"))
    home = entry.home or settle(usual_home(entry), entry.conflict)
    if home is None:
        return Outcome(
            State.SKIPPED,
            QCoreApplication.translate("queue", "There are results in {folder} already.").format(
                folder=usual_home(entry)
            ),
        )
    # Before the folder is noted: tried again, the entry may find another one.
    refuse_locked(home)
    photo = open_photo(entry.photo)
    here = {name: getattr(machine, name) for name in OF_THE_MACHINE}
    choices = Choices(replace(entry.options, **here), entry.regions, entry.blend)
    remarks: tuple[str, ...] = ()
    if entry.own_document:
        choices, remarks = own_choices(entry.photo, photo.size, choices)
    settled(home)
    # The folder is settled for the whole of it: what a stopped run left there is written over.
    request = replace(
        entry.request, folder=home.parent, name=home.name, conflict=Conflict.OVERWRITE
    )
    files = work.export(photo, choices, None, request, context)
    if len(files) == 1:
        told = QCoreApplication.translate("queue", "1 file in {folder}.")
    else:
        told = QCoreApplication.translate("queue", "{count} files in {folder}.")
    told = told.format(count=len(files), folder=home)
    return Outcome(State.DONE, " ".join((told, *(say(remark) for remark in remarks))))
