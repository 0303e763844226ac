"""Surveys of every exposure of a set, made once and kept: what a refining network learns from.

They are made around the paths that a trained motion network reads, as later on a person's photos.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
import torch

from blurstudio.engine.device import one_thread
from blurstudio.engine.motion import estimate_motion
from blurstudio.engine.spreading import Readers, estimate_spread
from blurstudio.exposure.path_survey import survey_paths
from blurstudio.training.answers import kept_answers, networks_asked
from blurstudio.weights import registry

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from blurstudio.engine.device import ComputeDevice
    from blurstudio.networks import MotionNet, SpreadNet
    from blurstudio.training.batches import Exposures


class Surveyors(NamedTuple):
    """Names or paths of the motion network and of the spread network that looks on."""

    motion: str
    spread: str

    @property
    def key(self) -> str:
        """What their weights are told apart by."""
        return "-".join(registry.find(name).sha256[:8] for name in self)


_PARTS = ("evidence", "straight", "about", "maps")


@dataclass(frozen=True)
class Surveys:
    """Surveys of a set of exposures, in half precision.

    Attributes
    ----------
    evidence, straight, about
        ``(count, ...)``, each as in `exposure.path_survey.PathSurvey`.
    maps
        ``(count, 2, 2, H/4, W/4)`` px: the paths that were surveyed, in one direction of time.
    """

    evidence: NDArray[np.float16]
    straight: NDArray[np.float16]
    about: NDArray[np.float16]
    maps: NDArray[np.float16]


def prepare_surveys(
    asked: Surveyors,
    exposures: Exposures,
    folder: Path,
    stopped: threading.Event,
    progress: Callable[[int, int], None],
    workers: int = 1,
) -> Surveys:
    """Survey every exposure, or read what was found before.

    Parameters
    ----------
    asked
        The networks.
    exposures
        Whose pictures are surveyed; their sides are multiples of `exposure.path_survey.CELL`.
    folder
        Of the run; surveys are kept in a folder in it, named after the weights' hashes.
    stopped, progress, workers
        As for `training.answers.kept_answers`.

    Raises
    ------
    WeightsError
        If a network isn't there.
    Cancelled
        If it was stopped.
    """
    kept = survey_folder(asked, folder)
    ask = partial(_survey, asked)
    return Surveys(**kept_answers(ask, exposures, kept, stopped, progress, workers))


def survey_folder(asked: Surveyors, folder: Path) -> Path:
    """Return the folder of surveys around what networks read, in that of a run."""
    return folder / f"surveys-{asked.key}"


def _survey(asked: Surveyors, exposures: Exposures, span: range) -> dict[str, NDArray[np.float16]]:
    """Survey some exposures."""
    loaded, compute = networks_asked(asked)
    readers = Readers(*cast("tuple[MotionNet, SpreadNet]", tuple(loaded)))
    found = [_surveyed(exposures[k].blurred, readers, compute) for k in span]
    return {key: np.stack([each[key] for each in found]) for key in _PARTS}


def _surveyed(
    blurred: NDArray[np.uint8], readers: Readers, compute: ComputeDevice
) -> dict[str, NDArray[np.float16]]:
    """Survey one exposure, `(3, H, W)` of whole grey levels."""
    picture = torch.from_numpy(np.array(blurred)).float().div_(255)
    paths = estimate_motion(picture, readers.motion, compute)
    spread = estimate_spread(picture, readers, compute)
    with torch.no_grad(), one_thread():
        found = survey_paths(picture.mean(0).to(compute.device), paths, spread.to(compute.device))
    tensors = (found.evidence, found.straight, found.about, paths.maps)
    return {key: value.half().cpu().numpy() for key, value in zip(_PARTS, tensors, strict=True)}
