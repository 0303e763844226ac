"""`PatchedReading`: readings of which parts were analysed by themselves and laid into the whole.

What a part is, and how much around it is read, is `engine.parts`; how it is laid over is
`engine.patches`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

from blurstudio.engine.parts import Part, cut, read_around
from blurstudio.engine.patches import frame_layers
from blurstudio.engine.sharing import SharedReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    import numpy.typing as npt

    from blurstudio.engine.analysis import Analysis
    from blurstudio.engine.lanes.job import CancelToken, ProgressCallback
    from blurstudio.engine.part_wish import PartWish
    from blurstudio.engine.patches import FrameLayer, Patch

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]


class PatchedReading(SharedReading):
    """A reading with parts of its own.

    Parameters and attributes are those of `blurstudio.engine.analysis.Analysis`.
    """

    def part(
        self,
        wish: PartWish,
        progress: ProgressCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> Part:
        """Analyse a part of the photo by itself, with enough around it; the last few are kept.

        Parameters
        ----------
        wish
            Which part, and how.
        progress
            Called with a fraction in [0, 1] and a text.
        cancel
            Asked between steps; nothing is kept then.

        Raises
        ------
        BlurStudioError
            If weights are missing or memory is too small.
        Cancelled
            If `cancel` says so.
        """
        known = self.parts.get(wish)
        if known is not None:
            return known
        read = read_around(wish.window, self)
        own = type(self)(cut(self.photo, read), wish.options)
        # White is a matter of the whole photo: a dark part must not be brightened.
        own._maker.white = self._maker.white
        own._maker.focus = wish.window.within(read)
        part = Part(wish.window, read, cast("Analysis", own.compute(progress, cancel)))
        self.parts.keep(wish, part)
        return part

    def patched(self, patches: Iterable[Patch], remarks: Iterable[str] = ()) -> Self:
        """Analysis of which parts are as they were analysed by themselves.

        Parameters
        ----------
        patches
            Each is laid over those before. Outside their masks nothing changes; report and verdict
            stay those of the whole.
        remarks
            Sentences for the person.
        """
        with self._lock:
            other = self.changed(self.options)
            other.patches = tuple(patches)
            other._work.notes += remarks
            other._directed, other._verdict = self._directed, self._verdict
        return other

    def layers(
        self, size: tuple[int, int], sharp: Bytes, shown: Callable[[Floats, Part], Bytes]
    ) -> list[FrameLayer]:
        """Prepare what patches add to frames for the screen; see `engine.patches.frame_layers`."""
        return frame_layers(self.patches, self.directed, self.edits, size, sharp, shown)

    def _unpatched(self) -> Self:
        return self.patched(()) if self.patches else self

    def _layers(self, size: tuple[int, int]) -> list[FrameLayer]:
        if not self.patches:
            return []
        sharp = self._unpatched().mended
        return frame_layers(
            *(self.patches, self.directed, self.edits, size, sharp), lambda own, _part: own
        )
