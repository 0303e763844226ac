"""`SharedReading`: readings with other choices, which share what those choices leave alone.

What is computed at all is `engine.reading`, which stages depend on which choices is
`engine.stages`; what can be seen of a reading is `engine.analysis`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from blurstudio.engine.reading import Reading
from blurstudio.engine.stages import serves_refinement, shared_stages

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import numpy.typing as npt

    from blurstudio.engine.findings.verdict import Verdict
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.engine.sharp.blending import Blending
    from blurstudio.exposure.edits import MaskedEdit
    from blurstudio.exposure.trajectory import Trajectory

    Floats = npt.NDArray[np.float32]


class SharedReading(Reading):
    """A reading from which others are made: of a smaller photo, with other choices or edits.

    Parameters and attributes are those of `blurstudio.engine.analysis.Analysis`.
    """

    _flow: Floats | None = None
    _verdict: Verdict | None = None

    def preview(self, max_side: int) -> Self:
        """Analysis of the photo reduced to `max_side` px, for a quick pass; not computed yet."""
        limit = min(max_side, self.options.max_side or max_side)
        return self._sibling(replace(self.options, max_side=limit))

    def changed(self, options: AnalysisOptions) -> Self:
        """Analysis of the same photo with other choices; what these leave alone is not redone.

        Parameters
        ----------
        options
            All choices, the old ones among them. Another `max_side` starts from the photo as it
            is here, so it can only reduce it further.
        """
        with self._lock:
            other = self._sibling(options)
            shared = shared_stages(self.options, options)
            if "estimated" in shared:
                other._estimated = self._estimated
            if "settled" in shared:
                other._settled, other._refinement = self._settled, self._refinement
                other.parts = self.parts
            if "sharp" in shared:
                other._sharp = self._sharp
            elif self._sharp is not None and serves_refinement(self.options, options):
                other._unrefined = self._maker.seen(self._sharp)
            if "reblur" in shared:
                other._reblur = self._reblur
            if "sharp" in shared:
                other._work.notes = list(self._work.notes)
            parts = {"motion": "estimated", "sharp": "sharp", "reblur": "reblur"}
            other._work.seconds |= {
                part: self._work.seconds[part]
                for part, stage in parts.items()
                if stage in shared and part in self._work.seconds
            }
        return other

    def edited(self, edits: Iterable[MaskedEdit]) -> Self:
        """Analysis with the same estimate and these edits of its paths instead of its own.

        Parameters
        ----------
        edits
            Applied in this order, after time's direction. Reversals leave the reblur as it is;
            figures, residual and verdict speak of the estimate, whatever the edits.
        """
        with self._lock:
            other = self.changed(self.options)
            other.edits = tuple(edits)
            other._directed, other._verdict = self._directed, self._verdict
            other._left_over = self._left_over
        return other

    def blended(self, blending: Blending | None) -> Self:
        """Analysis of which less is seen: sharp picture and frames are laid over the photo.

        Parameters
        ----------
        blending
            How; None is everything, as deblurred. Figures, residual and paths speak of what was
            deblurred, whatever of it is seen. In frames the photo stands still.
        """
        with self._lock:
            other = self.changed(self.options)
            other.blending = blending
            other._directed, other._verdict = self._directed, self._verdict
            other._mended, other._flow = self._mended, self._flow
            other._trajectory, other._left_over = self._trajectory, self._left_over
        return other

    def replaced(self, trajectory: Trajectory) -> Self:
        """Analysis with the same sharp picture and other paths; what depends on these starts anew.

        Parameters
        ----------
        trajectory
            Paths of a picture of any size; brought to the photo's.
        """
        with self._lock:
            other = self._sibling(self.options)
            other.edits, other.patches = (), ()
            other._directed = other._settled = trajectory.resized(self.photo.size)
            other._sharp = self._sharp
            other._work.notes = list(self._work.notes)
            if "sharp" in self._work.seconds:
                other._work.seconds["sharp"] = self._work.seconds["sharp"]
        return other

    def _sibling(self, options: AnalysisOptions) -> Self:
        work = self._work
        other = type(self)(self.photo, options, progress=work.progress, cancel=work.cancel)
        other.edits, other.blending = self.edits, self.blending
        if options == self.options:
            # Parts were analysed with what was chosen for the whole as well.
            other.patches = self.patches
        return other
