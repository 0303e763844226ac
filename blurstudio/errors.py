"""The one family of errors a person can meet.

Every message is a sentence that says what is wrong and what to do; programming mistakes stay
`ValueError` and `TypeError` and do not live here.
"""

from __future__ import annotations

from blurstudio.sentences import Sentence, sentence


class SpokenError(Exception):
    """An exception whose message is a sentence, which can be said in another language.

    Parameters
    ----------
    template
        The message as it stands in the code, with the places of values in braces (see
        `sentences.sentence`), or a sentence that was made elsewhere.
    **values
        What is filled in; another such error gives its own sentence.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(sentence(template, **values))

    @property
    def sentence(self) -> Sentence:
        """The message."""
        return Sentence(self.args[0])


class BlurStudioError(SpokenError):
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

    def __init__(self, template: str = "The work was cancelled.", /, **values: object) -> None:
        super().__init__(template, **values)


class RegionError(BlurStudioError):
    """A region can't be analysed by itself where it lies."""
