"""A document's file: where it is, reading it, writing it whole, setting a damaged one aside.

It lies beside its photo as ``<photo>.blurstudio.json``, or in the user's data folder where that
can't be written to. Reading never fails: whatever is wrong is said in sentences.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from blurstudio.errors import BlurStudioError, ExportError
from blurstudio.locations import resource, user_data_dir
from blurstudio.media.atomic import write_bytes
from blurstudio.sentences import sentence
from blurstudio.session import aside, form, migrations, renamed
from blurstudio.session.document import Choices, Document
from blurstudio.session.fields import Misfit
from blurstudio.session.photo_folders import DOCUMENT_ENDING

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.sentences import Sentence
    from blurstudio.session.document import PhotoMark

ENDING = DOCUMENT_ENDING
_LARGEST = 64 << 20
_NAME = 60


@dataclass(frozen=True)
class Loaded:
    """What was found for a photo.

    Attributes
    ----------
    document
        As it was saved, or a new one.
    remarks
        Sentences about what was wrong.
    found
        Whether there was one that could be used.
    saveable
        Whether it may be saved: what a newer version wrote may not be written over.
    """

    document: Document
    remarks: tuple[str, ...] = ()
    found: bool = False
    saveable: bool = True


class _NewerError(Exception):
    """A document is of a later version."""


def beside(photo: Path) -> Path:
    """Path of a photo's document beside it."""
    return photo.with_name(photo.name + ENDING)


def apart(photo: Path) -> Path:
    """Path of a photo's document in the user's data folder."""
    import hashlib

    where = hashlib.sha256(os.fsencode(photo.absolute())).hexdigest()[:12]
    # The hash tells photos apart; the name is for people, and a file's name has an end.
    return user_data_dir() / "documents" / f"{photo.name[:_NAME]}-{where}{ENDING}"


def exists(photo: Path) -> bool:
    """Whether a photo has a document, be it all right or not."""
    return _newest(photo) is not None


def load(photo: PhotoMark, defaults: AnalysisOptions) -> Loaded:
    """Find and read the document of a photo.

    Parameters
    ----------
    photo
        The photo that was opened.
    defaults
        Choices where the document has none.
    """
    fresh = Document(photo, Choices(defaults))
    path = _newest(photo.path)
    if path is None:
        former = renamed.left_behind(photo, ENDING)
        return Loaded(fresh) if former is None else _moved(former, photo, defaults)
    try:
        table = _read(path)
        document, remarks = form.from_table(table, photo, defaults)
    except _NewerError:
        newer = sentence(
            "{file} was written by a newer Blur Studio; it is left untouched, and what you change "
            "here is not saved. Install the newer version to go on with it.",
            file=path.name,
        )
        return Loaded(fresh, (newer,), saveable=False)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        damaged = sentence("{file} is damaged ({why})", file=path.name, why=aside.reason(problem))
        return _set_aside(path, fresh, damaged)
    if document.photo.size != photo.size:
        was = sentence("{file} is about a photo of another size", file=path.name)
        return _set_aside(path, fresh, was)
    if document.photo.fingerprint not in ("", photo.fingerprint) and photo.fingerprint:
        remarks.append(
            sentence(
                "The photo has changed since {file} was saved; its choices and regions are used "
                "all the same.",
                file=path.name,
            )
        )
        return Loaded(replace(document, photo=photo), tuple(remarks), found=True)
    document = replace(document, photo=photo)
    if remarks:
        was = sentence("{file} is not all right", file=path.name)
        left = _set_aside(path, document, was, as_it_was=True)
        return replace(left, remarks=(*remarks, *left.remarks), found=True)
    return Loaded(document, found=True)


def save(document: Document) -> Path:
    """Write a document, whole or not at all.

    Returns
    -------
    Path
        Where it is now: beside its photo, or in the user's data folder.

    Raises
    ------
    ExportError
        If neither place can be written to.
    """
    photo = document.photo.path
    text = json.dumps(form.to_table(document), indent=2, ensure_ascii=False) + "\n"
    data = text.encode("utf-8", "replace")
    if not _is_shipped(photo):
        with suppress(ExportError):
            write_bytes(beside(photo), data)
            return beside(photo)
    path = apart(photo)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ExportError(
            "The document of {photo} can't be saved: neither its folder nor {folder} may be "
            "written to.",
            photo=photo.name,
            folder=path.parent,
        ) from problem
    write_bytes(path, data)
    return path


def _moved(former: Path, photo: PhotoMark, defaults: AnalysisOptions) -> Loaded:
    """Read the document of a photo that was renamed, and let it go by the photo's name."""
    try:
        former.rename(beside(photo.path))
    except OSError:
        return Loaded(Document(photo, Choices(defaults)))
    told = sentence(
        "The photo was called {name} before; its choices and regions are taken along.",
        name=former.name.removesuffix(ENDING),
    )
    loaded = load(photo, defaults)
    return replace(loaded, remarks=(told, *loaded.remarks)) if loaded.found else loaded


def _read(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST:
        raise Misfit("it is far too large")
    table = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(table, dict) or table.get("format") != form.FORMAT:
        raise Misfit("it is no document of Blur Studio")
    version = table.get("version")
    if type(version) is not int or version < 1:
        raise Misfit("its version is missing")
    if version > form.VERSION:
        raise _NewerError
    return migrations.migrated(table, version)


def _newest(photo: Path) -> Path | None:
    """Return the document that was saved last; a folder may have been writable once."""
    found = []
    for path in (beside(photo), apart(photo)):
        with suppress(OSError):
            found.append((path.stat().st_mtime_ns, path))
    return max(found)[1] if found else None


def _set_aside(path: Path, document: Document, what: Sentence, as_it_was: bool = False) -> Loaded:
    """Rename a file that is not all right, under a name that is free."""
    try:
        kept = aside.set_aside(path)
    except OSError as problem:
        words = sentence(
            "{file} can't be read and can't be set aside either ({why}); what you change here is "
            "not saved. Move that file away.",
            file=path.name,
            why=problem.strerror or problem,
        )
        return Loaded(document, (words,), saveable=False)
    words = sentence(
        "{what}; the file as it was is kept as {file}."
        if as_it_was
        else "{what}; it is kept as {file}.",
        what=what,
        file=kept.name,
    )
    return Loaded(document, (words,))


def _is_shipped(photo: Path) -> bool:
    """Whether a photo is one of our own samples: an installation is not written into."""
    try:
        return photo.resolve().is_relative_to(resource("samples").resolve())
    except (BlurStudioError, OSError, RuntimeError):
        return False
