"""One export under way: where its files go, how far it is, and what has been written.

What is in the files is the writers' business, each in a module of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.engine.export.request import stored_depth
from blurstudio.media.folders import make_folder
from blurstudio.media.stills import write_still

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from blurstudio.engine.analysis import Analysis
    from blurstudio.engine.export.extras import Extras
    from blurstudio.engine.export.request import ExportRequest
    from blurstudio.engine.lanes.job import CancelToken, ProgressCallback

    Files = dict[str, Path]
    Writer = Callable[["Task", Files], None]


class Task:
    """What the writers share.

    Parameters
    ----------
    analysis
        Whatever of it is not computed yet is computed when a writer asks.
    request, extras
        What is asked for, and what is told beside the analysis.
    home
        The photo's folder of results.
    progress
        Called with a fraction in [0, 1] and a text.
    cancel
        Asked between files and frames.

    Attributes
    ----------
    present
        Files of the export that are there: written, or left as they were.
    """

    def __init__(
        self,
        analysis: Analysis,
        request: ExportRequest,
        extras: Extras,
        home: Path,
        progress: ProgressCallback | None,
        cancel: CancelToken | None,
    ) -> None:
        self.analysis = analysis
        self.request = request
        self.extras = extras
        self.home = home
        self.present: list[Path] = []
        self._progress = progress
        self._cancel = cancel
        self._start, self._share, self._text = 0.0, 1.0, ""

    def begin(self, start: float, share: float, text: str) -> None:
        """Begin a part of the work that takes this share of it."""
        self._start, self._share, self._text = start, share, text
        self.say(0.0)

    def say(self, fraction: float, _text: str = "") -> None:
        """Tell how far the part is, unless somebody asked to stop.

        Raises
        ------
        Cancelled
            If a person wants it to stop.
        """
        self.stop_if_asked()
        if self._progress is not None:
            self._progress(self._start + self._share * fraction, self._text)

    def stop_if_asked(self) -> None:
        """Leave the work here if somebody asked to stop.

        Raises
        ------
        Cancelled
            If a person wants it to stop.
        """
        if self._cancel is not None:
            self._cancel.raise_if_cancelled()

    def make_folders(self, files: Iterable[Path]) -> None:
        """Make the folders that files go to.

        Raises
        ------
        ExportError
            If one can't be made.
        """
        for folder in dict.fromkeys([self.home, *(file.parent for file in files)]):
            make_folder(folder)

    def still(self, path: Path, pixels: npt.NDArray[np.float32], depth: int) -> None:
        """Write a picture in the photo's encoding, with its profile, metadata and provenance."""
        able = stored_depth(path.suffix.removeprefix("."), depth)
        told = self.analysis.provenance
        write_still(path, pixels, self.analysis.photo, able, told, self.request.quality)
