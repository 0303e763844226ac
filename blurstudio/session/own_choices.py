"""The choices that a photo's own document holds, or others where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.session import files
from blurstudio.session.document import mark_of

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.session.document import Choices


def own_choices(
    photo: Path, size: tuple[int, int], otherwise: Choices
) -> tuple[Choices, tuple[str, ...]]:
    """Return what was chosen for a photo, and sentences about what is wrong with its document.

    Parameters
    ----------
    photo
        Its file.
    size
        (H, W) px, upright and whole.
    otherwise
        Choices where there is no document, or none that can be used; those about the machine
        are taken from it in any case.
    """
    if not files.exists(photo):
        return otherwise, ()
    left = files.load(mark_of(photo, size), otherwise.options)
    return left.document.choices if left.found else otherwise, left.remarks
