"""Protocol: what refining a photo by its own reblur does to paths and picture.

On simulated exposures the truth tells whether they got better; on real photos it is asked how much
better they explain the photo, and whether sharpness or motion was given up for that. How figures
are written down is in `refinement_section`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from blurstudio.errors import DataError
from blurstudio.evaluation import metrics
from blurstudio.evaluation.callables import silent
from blurstudio.evaluation.kodak import judge_paths
from blurstudio.evaluation.path_error import PathError
from blurstudio.evaluation.pictures import read_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from torch import Tensor

    from blurstudio.evaluation.callables import ProgressCallback
    from blurstudio.exposure.report import ReblurReport
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.simulate.evaluation_set import Take


class OnePath(StrEnum):
    """What of a refined photo follows one path that all of it moved along."""

    NOTHING = ""
    PICTURE = "picture"
    ALL = "paths and picture"


class Explanation(NamedTuple):
    """What an analysis says about a picture.

    Parameters
    ----------
    trajectory
        Its paths.
    sharp
        (3, H, W), sRGB-encoded, [0, 1].
    report
        How well the two explain it.
    shaken
        What of it follows one path.
    """

    trajectory: Trajectory
    sharp: Tensor
    report: ReblurReport
    shaken: OnePath = OnePath.NOTHING


if TYPE_CHECKING:
    Refine = Callable[[Tensor], tuple[Explanation, Explanation]]


@dataclass(frozen=True)
class SimulatedScore:
    """Figures of one simulated exposure.

    Parameters
    ----------
    name
        Of the exposure.
    strength
        Mean path length that was asked for, px.
    path_before, path_after
        Of the paths.
    psnr_blurred, psnr_before, psnr_after
        Of the blurred picture, and of the sharp one, dB.
    shaken
        What of it follows one path when it is refined.
    """

    name: str
    strength: float
    path_before: PathError
    path_after: PathError
    psnr_blurred: float
    psnr_before: float
    psnr_after: float
    shaken: OnePath = OnePath.NOTHING

    @property
    def gain(self) -> float:
        """PSNR gained by refining, dB."""
        return self.psnr_after - self.psnr_before


@dataclass(frozen=True)
class RealScore:
    """Figures of one real photo, before and after; `shaken` as in `Explanation`."""

    name: str
    before: ReblurReport
    after: ReblurReport
    shaken: OnePath = OnePath.NOTHING

    @property
    def energy_kept(self) -> float:
        """Gradient energy after over before."""
        return self.after.gradient_gain / max(self.before.gradient_gain, 1e-6)

    @property
    def length_kept(self) -> float:
        """Mean path length after over before."""
        return self.after.mean_length / max(self.before.mean_length, 1e-6)


@dataclass(frozen=True)
class RefinementResult:
    """Figures of both sets, in the order of their pictures."""

    simulated: tuple[SimulatedScore, ...]
    real: tuple[RealScore, ...]

    @property
    def strengths(self) -> tuple[float, ...]:
        """The strengths in the simulated set, px, rising."""
        return tuple(sorted({score.strength for score in self.simulated}))

    def of_strength(self, strength: float) -> RefinementResult:
        """Keep only the exposures of one strength, px."""
        kept = tuple(score for score in self.simulated if score.strength == strength)
        return RefinementResult(kept, ())

    @property
    def paths(self) -> tuple[PathError, PathError]:
        """Path errors before and after, added up by area."""
        before = reduce(add, (score.path_before for score in self.simulated), PathError())
        after = reduce(add, (score.path_after for score in self.simulated), PathError())
        return before, after

    @property
    def deblurred(self) -> tuple[float, float]:
        """PSNR of the sharp picture over the blurred one before and after, means, dB."""
        blurred = metrics.mean(score.psnr_blurred for score in self.simulated)
        before = metrics.mean(score.psnr_before for score in self.simulated)
        after = metrics.mean(score.psnr_after for score in self.simulated)
        return before - blurred, after - blurred

    @property
    def improved(self) -> float:
        """Share of the simulated exposures whose picture came nearer to the truth, %."""
        return 100 * metrics.mean(float(score.gain > 0) for score in self.simulated)

    @property
    def paths_improved(self) -> float:
        """Share of the simulated exposures whose paths came nearer to the truth, %."""
        return 100 * metrics.mean(
            float(score.path_after.everywhere.error < score.path_before.everywhere.error)
            for score in self.simulated
        )

    @property
    def worst(self) -> float:
        """Smallest gain, dB."""
        return min(score.gain for score in self.simulated)


def measure_refinement(
    takes: Sequence[Take],
    photos: Sequence[Path],
    refine: Refine,
    *,
    limit: int | None = None,
    progress: ProgressCallback = silent,
) -> RefinementResult:
    """Explain every picture without and with refinement.

    Parameters
    ----------
    takes
        Simulated exposures.
    photos
        Real photos.
    refine
        A picture (3, H, W) to its explanations before and after.
    limit
        Only the first so many of each.
    progress
        Called with fraction and text after each picture.

    Returns
    -------
    RefinementResult
        Figures of every picture.

    Raises
    ------
    DataError
        If there is nothing to measure.
    PhotoError
        If a photo can't be read.
    """
    takes, photos = takes[:limit], photos[:limit]
    if not takes or not photos:
        raise DataError("There is no picture to refine; ask for at least one.")
    count = len(takes) + len(photos)
    simulated: list[SimulatedScore] = []
    for number, take in enumerate(takes, start=1):
        exposure = take.render()
        before, after = refine(exposure.blurred)
        simulated.append(
            SimulatedScore(
                take.name,
                take.strength,
                judge_paths(before.trajectory, exposure),
                judge_paths(after.trajectory, exposure),
                metrics.psnr(exposure.blurred, exposure.sharp),
                metrics.psnr(before.sharp, exposure.sharp),
                metrics.psnr(after.sharp, exposure.sharp),
                after.shaken,
            )
        )
        progress(number / count, f"exposure {number} of {len(takes)}, {take.name}")
    real: list[RealScore] = []
    for number, path in enumerate(photos, start=1):
        before, after = refine(read_picture(path))
        real.append(RealScore(path.name, before.report, after.report, after.shaken))
        progress((len(takes) + number) / count, f"photo {number} of {len(photos)}, {path.name}")
    return RefinementResult(tuple(simulated), tuple(real))
