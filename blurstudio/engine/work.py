"""The bookkeeping of one analysis: progress over its parts, cancelling, times, notes, faults.

What the parts are and how they are computed is `engine.analysis`'s.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from blurstudio.engine.compute.memory import is_out_of_memory, release_memory
from blurstudio.errors import BlurStudioError, MemoryBudgetError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blurstudio.engine.lanes.job import CancelToken, ProgressCallback


class Work:
    """What is told and asked while parts are computed one after another.

    Parameters
    ----------
    shares
        Parts by name and the share of the whole time that each takes; together 1.
    progress
        Called with a fraction of the whole, which never falls, and a text.
    cancel
        Asked between steps.

    Attributes
    ----------
    seconds
        Time that each finished part took.
    notes
        Sentences for the person, in the order they came.
    """

    def __init__(
        self,
        shares: Mapping[str, float],
        progress: ProgressCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> None:
        self._shares = shares
        self.progress = progress
        self.cancel = cancel
        self.seconds: dict[str, float] = {}
        self.notes: list[str] = []

    @contextlib.contextmanager
    def heard_by(
        self, progress: ProgressCallback | None, cancel: CancelToken | None
    ) -> Iterator[None]:
        """Tell and ask others for a while."""
        before = self.progress, self.cancel
        self.progress, self.cancel = progress, cancel
        try:
            yield
        finally:
            self.progress, self.cancel = before

    @contextlib.contextmanager
    def part(self, name: str, text: str) -> Iterator[None]:
        """Compute one part: told about, timed, stoppable before and after, faults in sentences.

        Raises
        ------
        MemoryBudgetError
            When memory runs out inside.
        BlurStudioError
            When the graphics processor fails inside.
        Cancelled
            When `cancel` says so.
        """
        self.step(name, 0.0, text)
        start = time.perf_counter()
        try:
            yield
        except Exception as error:
            if (sentence := _explained(error)) is None:
                raise
            release_memory()
            raise sentence from error
        self.seconds[name] = time.perf_counter() - start
        self.tell(name, 1.0, text)

    def step(self, name: str, fraction: float, text: str) -> None:
        """Stop if that was asked for, else tell how far a part is."""
        if self.cancel is not None:
            self.cancel.raise_if_cancelled()
        self.tell(name, fraction, text)

    def tell(self, name: str, fraction: float, text: str) -> None:
        """Tell how far a part is, as a fraction of the whole."""
        if self.progress is not None:
            done = sum(self._shares[other] for other in self.seconds if other != name)
            self.progress(min(done + self._shares[name] * fraction, 1.0), text)


def _explained(error: Exception) -> BlurStudioError | None:
    """Say in a sentence what a fault of the machine means; None for any other error."""
    if is_out_of_memory(error):
        return MemoryBudgetError(
            "There is not enough memory for a photo of this size; close other programs or set a "
            "largest side."
        )
    if isinstance(error, RuntimeError) and "CUDA error" in str(error):
        return BlurStudioError(
            "The graphics processor failed; start Blur Studio again, or choose the device cpu."
        )
    return None
