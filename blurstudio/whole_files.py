"""Files that appear whole or not at all: written beside their place, flushed, and moved there.

What goes into them is their writers' business, and so is what a person is told when it can't.
"""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Write a file beside its place and move it there when it is complete.

    Parameters
    ----------
    path
        Where the file is to be. An existing one is replaced, keeping its permissions; a
        symbolic link is followed.

    Yields
    ------
    Path
        An empty file in the same folder, hidden, with the same suffix, to be written. On any
        error, Ctrl+C included, it is removed and what was there before stays.

    Raises
    ------
    OSError
        If the place can't be written to, or the disk is full.
    """
    target = _target(path)
    temporary = _beside(target)
    try:
        yield temporary
        _settle(temporary, target)
    finally:
        # Whatever went wrong is the news, not that its rest can't be removed.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_whole(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a small file whole, as `whole_file` does.

    Raises
    ------
    OSError
        If the place can't be written to, or the disk is full.
    """
    with whole_file(path) as temporary:
        temporary.write_bytes(data)


def _target(path: str | os.PathLike[str]) -> Path:
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        # Its end can't be found, and the link itself is not what was meant.
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not target.is_file():
        # A device or a pipe would be taken away and a file left in its place.
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
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
