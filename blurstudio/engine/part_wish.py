"""What a part of a photo is to be analysed with; a value that says the same as another if it is.

The analysis of a part is `engine.parts`'; no torch is imported here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.exposure.window import Window

LEAST_SIDE = 32
"""Px of the analysed picture: shorter sides hold too little to tell a path from detail."""


@dataclass(frozen=True)
class PartWish:
    """A part of a picture, and how it is analysed.

    Attributes
    ----------
    window
        What of the picture the answer is about, px of the analysed picture.
    options
        From `options_of_part`.
    """

    window: Window
    options: AnalysisOptions


def options_of_part(options: AnalysisOptions) -> AnalysisOptions:
    """Return choices without what a part can't have of its own: size and direction of time."""
    return replace(options, max_side=None, reverse=False, flips=())
