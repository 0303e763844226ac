"""The document of a photo: which photo it is, what was chosen for it, its regions, how it was seen.

A document is a value; reading and writing its file is `files`', its form as JSON `form`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blurstudio.engine.interval import WHOLE, Interval
from blurstudio.engine.options import AnalysisOptions
from blurstudio.session.blend import Blend

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.session.regions import Regions

Others = tuple[tuple[str, ...], ...]

_ENDS = 1 << 20


@dataclass(frozen=True)
class Choices:
    """What a person chose for a photo, all of which can be undone.

    Attributes
    ----------
    options
        How it is analysed.
    regions
        From the bottom to the top.
    blend
        How much of the result is used, and where.
    others
        Files of other answers that the photo is compared with; several of one answer are the
        frames of the exposure. Relative to the photo's folder, with slashes, or absolute.
    """

    options: AnalysisOptions = field(default_factory=AnalysisOptions)
    regions: Regions = ()
    blend: Blend = field(default_factory=Blend)
    others: Others = ()


@dataclass(frozen=True)
class ViewState:
    """How a photo was looked at; nothing of it changes a result.

    Attributes
    ----------
    picture
        Key of the picture that was shown, such as ``"sharp"``.
    paths, outlines
        Whether paths, and outlines of regions, were drawn over it.
    time
        Moment of the timeline, [-1/2, 1/2].
    compare
        Way of comparing with the photo, such as ``"off"`` or ``"split"``.
    split
        Place of the split line, [0, 1] of the width.
    part
        First and last moment of the part that is played, [-1/2, 1/2].
    grid
        Files of the other answers that stand beside ours in the grid, as `Choices.others` has them;
        None for the usual ones, the first.
    partner
        Files of the one that took the photo's place in comparisons, likewise; empty for the photo.
    """

    picture: str = "photo"
    paths: bool = False
    outlines: bool = True
    time: float = 0.0
    compare: str = "off"
    split: float = 0.5
    part: Interval = WHOLE
    grid: Others | None = None
    partner: tuple[str, ...] = ()


@dataclass(frozen=True)
class PhotoMark:
    """What tells the photo of a document from others.

    Attributes
    ----------
    path
        Where it was when the document was saved.
    size
        (H, W) px, upright.
    fingerprint
        See `fingerprint`; empty if the file could not be read.
    """

    path: Path
    size: tuple[int, int]
    fingerprint: str = ""


@dataclass(frozen=True)
class Document:
    """Everything that is kept of the work on one photo."""

    photo: PhotoMark
    choices: Choices = field(default_factory=Choices)
    view: ViewState = field(default_factory=ViewState)


def fingerprint(path: Path) -> str:
    """Tell a file's content from others without reading all of a large one.

    Returns
    -------
    str
        ``sha256:`` and the hash of its length, its first and its last mebibyte.

    Raises
    ------
    OSError
        If the file can't be read.
    """
    size = path.stat().st_size
    import hashlib

    content = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        content.update(file.read(_ENDS))
        if size > _ENDS:
            file.seek(max(size - _ENDS, _ENDS))
            content.update(file.read(_ENDS))
    return f"sha256:{content.hexdigest()}"


def mark_of(path: Path, size: tuple[int, int]) -> PhotoMark:
    """Mark a photo; a file that can't be read (any more) has no fingerprint."""
    try:
        return PhotoMark(path, size, fingerprint(path))
    except OSError:
        return PhotoMark(path, size)
