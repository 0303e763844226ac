"""The one family of errors a person can meet.

Every message is a sentence that says what is wrong and what to do; programming mistakes stay
`ValueError` and `TypeError` and do not live here.
"""

from __future__ import annotations


class BlurStudioError(Exception):
    """Base of every error whose message is written for the person at the desk."""


class PhotoError(BlurStudioError):
    """A photo can't be read."""


class ExportError(BlurStudioError):
    """A result can't be written."""


class WeightsError(BlurStudioError):
    """A network's weights are missing, damaged, or made for another network."""


class RecipeError(BlurStudioError):
    """A training recipe can't be followed."""


class DataError(BlurStudioError):
    """A folder of photos or benchmarks isn't there or isn't laid out as expected."""


class MemoryBudgetError(BlurStudioError):
    """A picture can't be worked on within the memory allowed."""


class Cancelled(BlurStudioError):
    """The person asked for the work to stop; named as `concurrent.futures` names that state."""

    def __init__(self, message: str = "The work was cancelled.") -> None:
        super().__init__(message)


class RegionError(BlurStudioError):
    """A region can't be analysed by itself where it lies."""
