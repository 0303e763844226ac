"""The document of a photo that was renamed: it lies beside it, under the photo's former name."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.session.document import PhotoMark

_MOST = 500
"""Documents of a folder that are looked at: opening a photo must not wait for thousands."""


def left_behind(photo: PhotoMark, ending: str) -> Path | None:
    """Find the document of the same photo under another name, whose own photo is gone.

    Parameters
    ----------
    photo
        The photo that was opened; without a fingerprint nothing is found.
    ending
        Of documents' names, behind the photo's.
    """
    if not photo.fingerprint:
        return None
    with suppress(OSError):
        for path in islice(sorted(photo.path.parent.glob(f"[!.]*{ending}")), _MOST):
            if not path.with_name(path.name.removesuffix(ending)).exists() and _is_of(path, photo):
                return path
    return None


def _is_of(path: Path, photo: PhotoMark) -> bool:
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        told = json.loads(path.read_text(encoding="utf-8"))["photo"]
        return bool(told["fingerprint"] == photo.fingerprint)
    return False
