"""The others of one photo as a list: who they are, which are seen beside ours, what was measured.

A plain value model; loading, drawing and showing them are elsewhere.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blurstudio.app.canvas.compare import MOST_CELLS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from PySide6.QtGui import QImage

    from blurstudio.evaluation.comparison import Agreement

    Files = tuple[str, ...]

MOST_KEPT = MOST_CELLS - 1
"""Results that can be kept: with the one on show they fill the grid."""


@dataclass(eq=False)
class Entry:
    """One other.

    Attributes
    ----------
    slot
        Tells it from the rest, also in the canvas's keys.
    name
        What it is called.
    reference
        The engine's description; None for a file that is lost.
    files
        Where it came from, as the document keeps it; empty for a result of ours.
    made_of
        The kept result's choices and edits; None for files.
    pictures
        Pictures that came with it, by the canvas's kinds.
    in_grid
        Whether it is wanted in the grid.
    trouble
        Why there is none.
    agreement
        Figures; None until they are measured.
    """

    slot: str
    name: str
    reference: Any = None
    files: Files = ()
    made_of: object = None
    pictures: dict[str, QImage] = field(default_factory=dict)
    in_grid: bool = False
    trouble: str = ""
    agreement: Agreement | None = None


class Entries:
    """The others in the order in which they came.

    Attributes
    ----------
    picked
        Slot of the one that is compared with; empty for the photo.
    """

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._next = 1
        self.picked = ""

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def there(self) -> list[Entry]:
        """Those that there is something to see of."""
        return [entry for entry in self._entries if entry.reference is not None]

    @property
    def kept(self) -> list[Entry]:
        """Our own results among them."""
        return [entry for entry in self._entries if not entry.files]

    @property
    def in_grid(self) -> tuple[str, ...]:
        """Slots of those that are wanted in the grid."""
        return tuple(entry.slot for entry in self.there if entry.in_grid)

    @property
    def looked_at(self) -> Entry | None:
        """The one that error views are about: the picked one, else the newest."""
        return self.find(self.picked) or (self.there[-1] if self.there else None)

    def find(self, slot: str) -> Entry | None:
        """Return the one of a slot, if something can be seen of it."""
        return next((entry for entry in self.there if entry.slot == slot), None)

    def add(self, name: str, **what: Any) -> Entry:  # noqa: ANN401 - fields of `Entry`
        """Put another one at the end; in the grid too, as long as there is room."""
        entry = Entry(str(self._next), self._free_name(name), **what)
        self._next += 1
        entry.in_grid = entry.reference is not None and len(self.in_grid) < MOST_CELLS - 1
        self._entries.append(entry)
        return entry

    def remove(self, entry: Entry) -> None:
        """Take one away."""
        self._entries.remove(entry)
        if self.picked == entry.slot:
            self.picked = ""

    def want_in_grid(self, slot: str, wanted: bool) -> bool:
        """Let one be in the grid or not; returns whether there was room."""
        entry = self.find(slot)
        if entry is None or (wanted and len(self.in_grid) >= MOST_CELLS - 1):
            return False
        entry.in_grid = wanted
        return True

    @property
    def picked_files(self) -> Files:
        """Files of the one that is compared with; none for the photo and for a kept result."""
        return next((each.files for each in self._entries if each.slot == self.picked), ())

    def pick(self, files: Files) -> None:
        """Compare with the one of some files; with the photo where there is none."""
        found = (each.slot for each in self._entries if files and each.files == files)
        self.picked = next(found, "")

    def put_in_grid(self, wanted: Collection[Files]) -> None:
        """Let these files be in the grid and no others, as far as there is room.

        A file that is lost takes no room, and stays wanted.
        """
        files = [entry for entry in self._entries if entry.files]
        for entry in files:
            entry.in_grid = False
        for entry in files:
            room = entry.reference is None or len(self.in_grid) < MOST_CELLS - 1
            entry.in_grid = entry.files in wanted and room

    def grid_of(self, order: Sequence[Files]) -> tuple[Files, ...] | None:
        """Return the files that are wanted in the grid; None for the usual ones, or none at all.

        Parameters
        ----------
        order
            All files, as they will come the next time.
        """
        wanted = {entry.files for entry in self._entries if entry.in_grid}
        there = {entry.files for entry in self.there}
        usual = [files for files in order if files in there][: MOST_CELLS - 1]
        chosen = tuple(files for files in order if files in wanted)
        return chosen if chosen and set(chosen) != set(usual) else None

    def clear(self) -> None:
        """Forget all of them."""
        self._entries.clear()
        self.picked = ""

    def _free_name(self, name: str) -> str:
        taken = {entry.name for entry in self._entries}
        number = 2
        free = name
        while free in taken:
            free = f"{name} ({number})"
            number += 1
        return free


def name_of(files: Sequence[str]) -> str:
    """Call files by the name of the first, or of the folder they lie in."""
    first = Path(files[0])
    return first.name if len(files) == 1 else first.parent.name or f"{first.name} …"


def kept_path(path: Path, folder: Path) -> str:
    """Write a path relative to the photo's folder, with slashes; absolute on another drive."""
    try:
        return Path(os.path.relpath(path.absolute(), folder.absolute())).as_posix()
    except ValueError:
        return path.absolute().as_posix()
