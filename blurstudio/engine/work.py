"""The work on one analysis as others follow it: progress over its parts, cancelling, faults.

What the parts are and how they are computed is `engine.making`'s; what is said of each of them
goes into its log, which is `engine.made`'s.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from blurstudio.engine.compute.memory import is_out_of_memory, release_memory
from blurstudio.engine.made import Log
from blurstudio.errors import BlurStudioError, MemoryBudgetError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blurstudio.engine.lanes.job import CancelToken, ProgressCallback
    from blurstudio.engine.options import AnalysisOptions

_SHARES = {"motion": 0.2, "sharp": 0.5, "reblur": 0.3}
_SHARES_REFINED = {"motion": 0.1, "refine": 0.6, "sharp": 0.15, "reblur": 0.15}


def shares_of(options: AnalysisOptions) -> Mapping[str, float]:
    """Return the parts of the work in their order, and the share of the time that each takes."""
    return _SHARES if options.refine == "off" else _SHARES_REFINED


class Work:
    """What is told and asked while parts are computed one after another.

    Parameters
    ----------
    shares
        From `shares_of`; together 1.
    progress
        Called with a fraction of the whole, which never falls, and a text.
    cancel
        Asked between steps.
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
    def part(self, name: str, text: str) -> Iterator[Log]:
        """Compute one part: told about, timed, stoppable before and after, faults in sentences.

        Yields
        ------
        Log
            For notes; the time is written into it in the end.

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
        log, start = Log(), time.perf_counter()
        try:
            yield log
        except Exception as error:
            if (sentence := _explained(error)) is None:
                raise
            release_memory()
            raise sentence from error
        log.seconds[name] = time.perf_counter() - start
        self.tell(name, 1.0, text)

    def step(self, name: str, fraction: float, text: str) -> None:
        """Stop if that was asked for, else tell how far a part is."""
        if self.cancel is not None:
            self.cancel.raise_if_cancelled()
        self.tell(name, fraction, text)

    def tell(self, name: str, fraction: float, text: str) -> None:
        """Tell how far a part is, as a fraction of the whole."""
        if self.progress is not None:
            names = list(self._shares)
            # One part follows from another: those before it are done, here or by whoever shares.
            done = sum(self._shares[before] for before in names[: names.index(name)])
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
