"""Protocol: the fixed set of simulated exposures, whose paths and sharp pictures are known.

It measures path error and deblurring over the 96 exposures of `simulate.evaluation_set`, whole
and by strength. How the figures are written down is in `sections`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import add
from typing import TYPE_CHECKING

from blurstudio.errors import DataError
from blurstudio.evaluation import metrics
from blurstudio.evaluation.callables import silent
from blurstudio.evaluation.path_error import PathError, path_error
from blurstudio.evaluation.quality import Gain, Quality
from blurstudio.exposure.basis import times
from blurstudio.exposure.resample import resample

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blurstudio.evaluation.callables import Estimate, ProgressCallback, Sharpen
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.simulate.evaluation_set import EvaluationExposure


@dataclass(frozen=True)
class ExposureScore:
    """Figures of one exposure.

    Parameters
    ----------
    strength
        Mean path length that was asked for, px.
    path
        Of the estimated paths.
    gain
        Of the restored picture.
    refined
        Of the paths after refinement.
    """

    strength: float
    path: PathError
    gain: Gain
    refined: PathError | None = None


@dataclass(frozen=True)
class KodakResult:
    """Figures of a set of exposures.

    Parameters
    ----------
    scores
        In the order of the set.
    """

    scores: tuple[ExposureScore, ...]

    @property
    def strengths(self) -> tuple[float, ...]:
        """The strengths in the set, px, rising."""
        return tuple(sorted({score.strength for score in self.scores}))

    def of_strength(self, strength: float) -> KodakResult:
        """Keep only the exposures of one strength, px."""
        return KodakResult(tuple(s for s in self.scores if s.strength == strength))

    @property
    def path(self) -> PathError:
        """Path errors of all exposures, added up by area."""
        return reduce(add, (score.path for score in self.scores), PathError())

    @property
    def refined(self) -> PathError | None:
        """The same after refinement, where all were refined."""
        found = [score.refined for score in self.scores if score.refined is not None]
        return reduce(add, found, PathError()) if len(found) == len(self.scores) else None

    @property
    def blurred(self) -> Quality:
        """Mean quality of the blurred pictures."""
        return Quality.mean([score.gain.blurred for score in self.scores])

    @property
    def restored(self) -> Quality:
        """Mean quality of the restored pictures."""
        return Quality.mean([score.gain.restored for score in self.scores])

    @property
    def gain(self) -> float:
        """Mean PSNR gained over the blurred picture, dB."""
        return metrics.mean(score.gain.psnr for score in self.scores)


def measure_kodak(
    exposures: Iterable[EvaluationExposure],
    estimate: Estimate,
    sharpen: Sharpen,
    refine: Estimate | None = None,
    *,
    total: int,
    limit: int | None = None,
    progress: ProgressCallback = silent,
) -> KodakResult:
    """Estimate paths and sharp picture of every exposure and compare them with the truth.

    Parameters
    ----------
    exposures
        Usually `simulate.evaluation_set.kodak_exposures`.
    estimate
        Blurred picture (3, H, W) to `Trajectory`.
    sharpen
        Blurred picture (3, H, W) and its paths to sharp picture (3, H, W), [0, 1].
    refine
        Blurred picture to refined `Trajectory`.
    total
        How many exposures there are.
    limit
        Only the first so many; the strengths take turns.
    progress
        Called with fraction and text after each exposure.

    Returns
    -------
    KodakResult
        Figures of every exposure.

    Raises
    ------
    DataError
        If there is no exposure.
    """
    count = total if limit is None else min(limit, total)
    scores: list[ExposureScore] = []
    for exposure in islice(exposures, count):
        trajectory = estimate(exposure.blurred)
        sharp = sharpen(exposure.blurred, trajectory)
        scores.append(
            ExposureScore(
                exposure.strength,
                judge_paths(trajectory, exposure),
                Gain.of(exposure.name, exposure.blurred, sharp, exposure.sharp),
                None if refine is None else judge_paths(refine(exposure.blurred), exposure),
            )
        )
        progress(len(scores) / count, f"exposure {len(scores)} of {count}, {exposure.name}")
    if not scores:
        raise DataError("There is no exposure to measure; ask for at least one.")
    return KodakResult(tuple(scores))


def judge_paths(trajectory: Trajectory, exposure: EvaluationExposure) -> PathError:
    """Path error of a trajectory at the exposure's own size and moments.

    Pixels whose true path leaves the picture do not count: what they read was never seen.
    """
    along = trajectory.to(exposure.offsets.device)
    height, width = exposure.blurred.shape[-2:]
    confidence = along.confidence
    if confidence is not None:
        confidence = resample(confidence[None], (height, width))[0]
    return path_error(
        along.offsets(times(len(exposure.offsets)), (height, width)),
        exposure.offsets,
        exposure.layers,
        confidence,
        exposure.validity[0] > 0.5,
    )
