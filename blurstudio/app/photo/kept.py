"""The last analyses of the photo on show, kept so that undo and other choices start from them.

It only looks at their choices; nothing is computed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blurstudio.engine.stages import shared_stages

if TYPE_CHECKING:
    from blurstudio.engine.options import AnalysisOptions

# All that is kept may take this many pixels, some 20 bytes each: the one on show and the one
# before in any case.
_PIXELS = 32_000_000
_LEAST, _MOST = 2, 12


class Kept:
    """Analyses of one photo at one size, the newest last."""

    def __init__(self) -> None:
        self._analyses: list[Any] = []

    def clear(self) -> None:
        """Forget all of them."""
        self._analyses.clear()

    def add(self, analysis: Any) -> None:  # noqa: ANN401 - the engine's; torch is not imported here
        """Keep an analysis; one with the same choices, or the oldest, gives way."""
        others = [one for one in self._analyses if one.options != analysis.options]
        height, width = analysis.photo.size
        room = min(max(_PIXELS // (height * width), _LEAST), _MOST)
        self._analyses = [*others, analysis][-room:]

    def nearest(self, options: AnalysisOptions) -> Any:  # noqa: ANN401 - as above
        """Return the analysis that shares most stages with such choices; None if there is none."""
        best = None
        for analysis in self._analyses:
            # The same choices first: directions of time are no stage.
            shared = len(shared_stages(analysis.options, options))
            rank = (analysis.options == options, shared)
            if best is None or rank >= best[0]:
                best = (rank, analysis)
        return None if best is None else best[1]


def is_done(analysis: Any, options: AnalysisOptions) -> bool:  # noqa: ANN401 - as above
    """Whether an analysis has all of the slow stages that such choices need."""
    return "reblur" in shared_stages(analysis.options, options)
