"""Blur Studio reads a motion-blurred photo as a recording.

The public API is loaded on first use, so importing `blurstudio` imports neither torch nor Qt.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blurstudio.engine.analysis import Analysis, AnalysisOptions, analyze
    from blurstudio.errors import BlurStudioError
    from blurstudio.exposure.basis import Constraint
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.media.photo import Photo, open_photo

__version__ = "0.1.0"

_HOMES = {
    "Analysis": "blurstudio.engine.analysis",
    "AnalysisOptions": "blurstudio.engine.analysis",
    "BlurStudioError": "blurstudio.errors",
    "Constraint": "blurstudio.exposure.basis",
    "Photo": "blurstudio.media.photo",
    "Trajectory": "blurstudio.exposure.trajectory",
    "analyze": "blurstudio.engine.analysis",
    "open_photo": "blurstudio.media.photo",
}

__all__ = [
    "Analysis",
    "AnalysisOptions",
    "BlurStudioError",
    "Constraint",
    "Photo",
    "Trajectory",
    "analyze",
    "open_photo",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the module protocol's own signature
    """Load a public name from its home on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Names of the public API, loaded or not."""
    return sorted(__all__)
