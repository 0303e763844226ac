"""Results that appear whole or not at all, and sentences for why one couldn't.

How that is done lives in `whole_files`; what is written into them is the writers' business.
"""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from blurstudio.errors import ExportError
from blurstudio.sentences import sentence
from blurstudio.whole_files import whole_file

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

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
    errno.ENOTSUP: sentence("it is a device or a pipe, not a file; choose another name"),
    errno.ELOOP: sentence("symbolic links in a circle; choose another place"),
    errno.ENAMETOOLONG: sentence("its name is too long; choose a shorter one"),
    errno.EFBIG: sentence("the disk can't hold a file this large; choose another disk"),
    errno.EIO: sentence("the disk reports an error; choose another disk"),
}


@contextmanager
def atomic_path(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Write a file whole, as `whole_files.whole_file` does, and say in a sentence why one can't be.

    Raises
    ------
    ExportError
        If the place can't be written to, or the disk is full.
    """
    try:
        with whole_file(path) as temporary:
            yield temporary
    except OSError as error:
        raise ExportError(
            "{path} can't be written: {why}.", path=path, why=_reason(error)
        ) from error


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a small file whole, as `atomic_path` does."""
    with atomic_path(path) as temporary:
        temporary.write_bytes(data)


def _reason(error: OSError) -> Sentence:
    known = _REASONS.get(error.errno or 0)
    return known or sentence("{why}; choose another place", why=error.strerror or error)
