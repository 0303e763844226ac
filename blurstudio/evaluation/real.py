"""Protocol: really blurred photos, of which nobody knows the sharp picture or the paths.

What can be asked is how well our own result explains the photo, with the two figures without
which that says nothing: sharpness gained and path length. How they are written down is in
`sections`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blurstudio.errors import DataError
from blurstudio.evaluation import metrics
from blurstudio.evaluation.callables import silent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blurstudio.evaluation.callables import Explain, ProgressCallback
    from blurstudio.exposure.report import ReblurReport


@dataclass(frozen=True)
class RealScore:
    """Figures of one photo.

    Parameters
    ----------
    name
        The file's name.
    report
        How sharp picture and paths explain the photo.
    """

    name: str
    report: ReblurReport


@dataclass(frozen=True)
class RealResult:
    """Figures of all photos.

    Parameters
    ----------
    scores
        In the order of the photos.
    """

    scores: tuple[RealScore, ...]

    @property
    def psnr(self) -> float:
        """Mean PSNR of the reblurred result against the photo, dB."""
        return metrics.mean(score.report.psnr for score in self.scores)

    @property
    def gradient_gain(self) -> float:
        """Mean gradient energy of the sharp picture over the photo's."""
        return metrics.mean(score.report.gradient_gain for score in self.scores)

    @property
    def mean_length(self) -> float:
        """Mean over the photos of their mean path length, px."""
        return metrics.mean(score.report.mean_length for score in self.scores)


def measure_real(
    photos: Sequence[Path],
    explain: Explain,
    *,
    limit: int | None = None,
    progress: ProgressCallback = silent,
) -> RealResult:
    """Analyse every photo and ask how well the result explains it.

    Parameters
    ----------
    photos
        Files of the photos.
    explain
        A photo's path to the report on its analysis.
    limit
        Only the first so many.
    progress
        Called with fraction and text after each photo.

    Returns
    -------
    RealResult
        Figures of every photo.

    Raises
    ------
    DataError
        If there is no photo.
    """
    wanted = photos[:limit]
    scores: list[RealScore] = []
    for path in wanted:
        scores.append(RealScore(path.name, explain(path)))
        progress(len(scores) / len(wanted), f"photo {len(scores)} of {len(wanted)}, {path.name}")
    if not scores:
        raise DataError("There is no photo to measure; ask for at least one.")
    return RealResult(tuple(scores))
