"""Files that appear whole or not at all, and sentences for why one couldn't.

What is written into them is the writers' business.
"""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from blurstudio.errors import ExportError
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blurstudio.sentences import Sentence

_REASONS = {
    errno.ENOSPC: sentence("the disk is full; make room or choose another folder"),
    errno.EDQUOT: sentence("your share of the disk is used up; make room or choose another folder"),
    errno.EACCES: sentence("this place may not be written to; choose another folder"),
    errno.EPERM: sentence("this place may not be written to; choose another folder"),
    errno.EROFS: sentence("the disk is read-only; choose another folder"),
    errno.ENOENT: sentence("its folder does not exist; create it or choose another one"),
    errno.ENOTDIR: sentence("its folder is a file; choose another folder"),
    errno.EISDIR: sentence("there is a folder of that name; choose another name"),
    errno.ENAMETOOLONG: sentence("its name is too long; choose a shorter one"),
    errno.EFBIG: sentence("the disk can't hold a file this large; choose another disk"),
    errno.EIO: sentence("the disk reports an error; choose another disk"),
}


@contextmanager
def atomic_path(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Write a file beside its place and move it there when it is complete.

    Parameters
    ----------
    path
        Where the file is to be. An existing one is replaced, keeping its permissions; a
        symbolic link is followed.

    Yields
    ------
    Path
        An empty file in the same folder, with the same suffix, to be written. On any error,
        Ctrl+C included, it is removed and what was there before stays.

    Raises
    ------
    ExportError
        If the place can't be written to, or the disk is full.
    """
    path = Path(path)
    temporary: Path | None = None
    try:
        target = _target(path)
        temporary = _beside(target)
        yield temporary
        _settle(temporary, target)
    except OSError as error:
        raise ExportError(
            "{path} can't be written: {why}.", path=path, why=_reason(error)
        ) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a small file whole, as `atomic_path` does."""
    with atomic_path(path) as temporary:
        temporary.write_bytes(data)


def _target(path: Path) -> Path:
    try:
        target = path.resolve()
    except RuntimeError as error:
        raise OSError(errno.ELOOP, sentence("symbolic links in a circle")) from error
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return target


def _beside(target: Path) -> Path:
    temporary = target.parent / f".blurstudio-{secrets.token_hex(4)}{target.suffix}"
    # Not tempfile: its files are readable by their owner only, and a result is to be shared.
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    return temporary


def _settle(temporary: Path, target: Path) -> None:
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    if target.exists():
        temporary.chmod(target.stat().st_mode & 0o777)
    os.replace(temporary, target)  # noqa: PTH105 - the one call whose failure tests imitate


def _reason(error: OSError) -> Sentence:
    known = _REASONS.get(error.errno or 0)
    return known or sentence("{why}; choose another place", why=error.strerror or error)
