"""Protocol: how well paths of each family explain a blurred picture, given its true sharp frame.

The blurred picture is made again from the sharp one, along paths that networks read from the
blurred picture, and along the best paths there are. How figures are written down is in
`path_sections`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blurstudio.errors import DataError
from blurstudio.evaluation import metrics
from blurstudio.evaluation.averaging import PHOTO, VIDEO, ZHANG
from blurstudio.evaluation.callables import silent
from blurstudio.evaluation.optimum import best_paths
from blurstudio.evaluation.pictures import read_picture
from blurstudio.exposure.basis import Constraint, evaluate_maps, fit_maps, times
from blurstudio.exposure.trajectory import Trajectory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from torch import Tensor

    from blurstudio.evaluation.averaging import Averaging
    from blurstudio.evaluation.callables import Estimate, ProgressCallback
    from blurstudio.evaluation.gopro import Pair
    from blurstudio.simulate.evaluation_set import Take

_MOMENTS = 31


@dataclass(frozen=True)
class ReblurScore:
    """Figures of one picture, PSNR of the reblur in dB.

    Parameters
    ----------
    name
        Of the picture.
    identity
        Of the sharp frame as it is, no motion at all.
    best
        Along the best paths, by family.
    read
        Along the paths that a network read, by the network's name and the family.
    true
        Along the paths that the picture was rendered along.
    """

    name: str
    identity: float
    best: Mapping[Constraint, float]
    read: Mapping[tuple[str, Constraint], float] = field(default_factory=dict)
    true: float | None = None


@dataclass(frozen=True)
class ReblurResult:
    """Figures of averages of video and of simulated exposures.

    Parameters
    ----------
    video, simulated
        In the order of the pictures.
    """

    video: tuple[ReblurScore, ...]
    simulated: tuple[ReblurScore, ...]


def measure_reblur(
    pairs: Sequence[Pair],
    takes: Sequence[Take],
    networks: Mapping[str, Estimate],
    *,
    limit: int | None = None,
    progress: ProgressCallback = silent,
) -> ReblurResult:
    """Fit paths of every family to every picture, and ask the networks for theirs.

    Parameters
    ----------
    pairs
        Averages of video and one of their frames.
    takes
        Simulated exposures.
    networks
        Blurred picture (3, H, W) to `Trajectory`, by the network's name.
    limit
        Only the first so many of each.
    progress
        Called with fraction and text after each picture.

    Returns
    -------
    ReblurResult
        Figures of every picture.

    Raises
    ------
    DataError
        If a pair's pictures differ in size.
    PhotoError
        If a picture can't be read.

    Notes
    -----
    The best paths of a pair are averaged as Zhang et al. 2020 do, since that is what their figures
    are of; networks' paths are of whole exposures, and averaged so.
    """
    pairs, takes = pairs[:limit], takes[:limit]
    count = len(pairs) + len(takes)
    video: list[ReblurScore] = []
    for name, sharp, blurred in _read(pairs):
        video.append(score_reblur(name, sharp, blurred, networks, ZHANG, VIDEO))
        progress(len(video) / count, f"pair {len(video)} of {len(pairs)}, {name}")
    simulated: list[ReblurScore] = []
    for take in takes:
        exposure = take.render()
        truth = Trajectory.fit(exposure.offsets, times(len(exposure.offsets)), Constraint.FREE)
        simulated.append(
            score_reblur(take.name, exposure.sharp, exposure.blurred, networks, PHOTO, PHOTO, truth)
        )
        done = len(simulated)
        progress((len(video) + done) / count, f"exposure {done} of {len(takes)}, {take.name}")
    return ReblurResult(tuple(video), tuple(simulated))


def score_reblur(
    name: str,
    sharp: Tensor,
    blurred: Tensor,
    networks: Mapping[str, Estimate],
    fitted: Averaging,
    whole: Averaging,
    truth: Trajectory | None = None,
) -> ReblurScore:
    """Judge the reblurs of one picture.

    Parameters
    ----------
    name
        Of the picture.
    sharp, blurred
        (3, H, W), sRGB-encoded, [0, 1].
    networks
        As `measure_reblur` takes them.
    fitted, whole
        How the best paths are averaged, and how those of networks are.
    truth
        The paths that the picture was rendered along.
    """

    def along(trajectory: Trajectory, averaging: Averaging) -> float:
        return metrics.psnr(averaging.reblur(sharp, trajectory), blurred)

    read = {}
    for network, estimate in networks.items():
        trajectory = estimate(blurred)
        read[network, trajectory.constraint] = along(trajectory, whole)
        if trajectory.constraint is Constraint.QUADRATIC:
            straight = _straightened(trajectory)
            read[network, Constraint.LINEAR] = along(straight, whole)
    best = best_paths(sharp, blurred, fitted)
    return ReblurScore(
        name,
        metrics.psnr(sharp, blurred),
        {family: along(trajectory, fitted) for family, trajectory in best.items()},
        read,
        None if truth is None else along(truth, whole),
    )


def _straightened(trajectory: Trajectory) -> Trajectory:
    """Nearest straight paths."""
    moments = times(_MOMENTS, trajectory.maps.device)
    offsets = evaluate_maps(trajectory.maps, trajectory.constraint, moments)
    maps = fit_maps(offsets, moments, Constraint.LINEAR)
    return Trajectory(maps, Constraint.LINEAR, trajectory.size)


def _read(pairs: Sequence[Pair]) -> Iterator[tuple[str, Tensor, Tensor]]:
    for pair in pairs:
        blurred, sharp = read_picture(pair.blurred), read_picture(pair.truth)
        if blurred.shape != sharp.shape:
            raise DataError(
                "{file} and its true frame differ in size; restore the pair.", file=pair.blurred
            )
        yield pair.name, sharp, blurred
