"""Protocol: our path of a whole picture, drawn as a kernel, beside the kernel that was recorded.

Every pixel of these pictures was blurred alike, so the paths of the surer half are brought to one.
How figures are written down is in `path_sections`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.errors import DataError
from blurstudio.evaluation import metrics
from blurstudio.evaluation.callables import silent
from blurstudio.evaluation.kernel_likeness import MOMENTS, best_line, draw_path, drawn, likeness
from blurstudio.evaluation.pictures import read_picture
from blurstudio.exposure.kernels import content_paths
from blurstudio.exposure.shaking.one_path import one_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.evaluation.callables import Estimate, ProgressCallback
    from blurstudio.evaluation.recorded import Recorded
    from blurstudio.exposure.trajectory import Trajectory


@dataclass(frozen=True)
class KernelScore:
    """Likeness of kernels to the recorded one, 0 to 1.

    Parameters
    ----------
    name
        Of the picture.
    kernel
        Of the recorded kernel.
    dot
        Of no motion at all.
    linear, path
        Of our path without its bend, and of all of it.
    line
        Of the straight line that is most like the recorded kernel.
    traced
        Of the shake traced for the whole picture.
    """

    name: str
    kernel: str
    dot: float
    linear: float
    path: float
    line: float
    traced: float | None = None

    @property
    def final(self) -> float:
        """Likeness of the best we do: traced, if shakes were traced."""
        return self.path if self.traced is None else self.traced


@dataclass(frozen=True)
class KernelResult:
    """Figures of all pictures, in their order."""

    scores: tuple[KernelScore, ...]

    @property
    def ahead(self) -> int:
        """How many of our final paths are more like the kernel than our linear ones."""
        return sum(score.final > score.linear for score in self.scores)

    def mean(self, part: str) -> float:
        """Mean of one column; not a number where it was not measured."""
        values = [getattr(score, part) for score in self.scores]
        return math.nan if None in values else metrics.mean(values)


def measure_kernels(
    pictures: Sequence[Recorded],
    estimate: Estimate,
    trace: Estimate | None = None,
    *,
    limit: int | None = None,
    progress: ProgressCallback = silent,
) -> KernelResult:
    """Draw our path of every picture and compare it with the recorded kernel.

    Parameters
    ----------
    pictures
        Usually from `recorded_kernels`.
    estimate
        Blurred picture (3, H, W) to `Trajectory`.
    trace
        Blurred picture to the shake traced for it.
    limit
        Only the first so many.
    progress
        Called with fraction and text after each picture.

    Returns
    -------
    KernelResult
        Figures of every picture.

    Raises
    ------
    DataError
        If there is no picture.
    PhotoError
        If one can't be read.
    """
    wanted = pictures[:limit]
    scores: list[KernelScore] = []
    for number, recorded in enumerate(wanted, start=1):
        picture = read_picture(recorded.picture)
        kernel = recorded.read_kernel()
        maps = one_path(estimate(picture))
        traced = None if trace is None else draw_path(_content(trace(picture)))
        straight = torch.stack((maps[0], torch.zeros(2)))
        scores.append(
            KernelScore(
                recorded.picture.stem.removesuffix("_img"),
                recorded.kernel.stem,
                dot=likeness(drawn(torch.zeros(2, 2)), kernel),
                linear=likeness(drawn(straight), kernel),
                path=likeness(drawn(maps), kernel),
                line=best_line(recorded.kernel),
                traced=None if traced is None else likeness(traced, kernel),
            )
        )
        progress(number / len(wanted), f"picture {number} of {len(wanted)}, {scores[-1].name}")
    if not scores:
        raise DataError("There is no picture to measure; ask for at least one.")
    return KernelResult(tuple(scores))


def _content(trajectory: Trajectory) -> Tensor:
    """Way of the content in the middle of a picture that moved as one, (257, 2) px."""
    height, width = trajectory.size
    middle = torch.tensor([[width / 2, height / 2]])
    return content_paths(trajectory, middle, MOMENTS)[0]
