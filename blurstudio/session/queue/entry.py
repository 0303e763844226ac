"""One entry of the queue: a photo, the choices for it, what to write, and what came of it.

It is a value; what follows from what is `queue`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from blurstudio.engine.options import AnalysisOptions
from blurstudio.session.blend import Blend
from blurstudio.session.conflicts import Conflict

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.session.regions import Regions


class State(StrEnum):
    """Where an entry is; the last three are final until it is asked for again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"

    @property
    def final(self) -> bool:
        """Whether nothing is left to do."""
        return self not in (State.WAITING, State.RUNNING)


@dataclass(frozen=True)
class Outcome:
    """What came of working on an entry: a final state, and a sentence where there is one."""

    state: State
    sentence: str = ""


@dataclass(frozen=True)
class Entry:
    """One photo of the queue.

    Attributes
    ----------
    photo
        Its file.
    request
        What to write: a frozen dataclass with a `folder`, of the kind that the queue's file is
        read with.
    options, regions, blend
        How it is analysed and edited, and how much of it is used; where `own_document` says so,
        only if it has no document. Options of the machine are not kept: the queue goes on with the
        machine as it is then.
    own_document
        Whether the document of the photo decides.
    conflict
        What happens where results lie already.
    number
        Tells it apart from the others; 0 until it is in a queue.
    state, sentence
        What came of it so far.
    home
        Folder that its results go to, once that is settled: it stays the same after a restart.
    tries
        How often it was begun without coming to an end.
    """

    photo: Path
    request: Any
    options: AnalysisOptions = field(default_factory=AnalysisOptions)
    regions: Regions = ()
    blend: Blend = field(default_factory=Blend)
    own_document: bool = False
    conflict: Conflict = Conflict.OVERWRITE
    number: int = 0
    state: State = State.WAITING
    sentence: str = ""
    home: Path | None = None
    tries: int = 0
