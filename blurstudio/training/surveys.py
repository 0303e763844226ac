"""Surveys of every exposure of a set, made once and kept: what a refining network learns from.

They are made around the paths that a trained motion network reads, as later on a person's photos.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np
import torch

from blurstudio.engine.paths.motion import estimate_motion
from blurstudio.engine.paths.spreading import estimate_spread
from blurstudio.exposure.survey.path_survey import survey_paths
from blurstudio.training.answers import kept_answers, networks_asked
from blurstudio.weights import registry

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.networks import MotionNet
    from blurstudio.training.batches import Exposures


_PARTS = ("evidence", "straight", "about", "maps")


@dataclass(frozen=True)
class Surveys:
    """Surveys of a set of exposures, in half precision.

    Attributes
    ----------
    evidence, straight, about
        ``(count, ...)``, each as in `exposure.survey.path_survey.PathSurvey`.
    maps
        ``(count, 2, 2, H/4, W/4)`` px: the paths that were surveyed, in one direction of time.
    """

    evidence: NDArray[np.float16]
    straight: NDArray[np.float16]
    about: NDArray[np.float16]
    maps: NDArray[np.float16]


def prepare_surveys(
    name: str,
    exposures: Exposures,
    folder: Path,
    stopped: threading.Event,
    progress: Callable[[int, int], None],
    workers: int = 1,
) -> Surveys:
    """Survey every exposure, or read what was found before.

    Parameters
    ----------
    name
        Name or path of the motion network's weights.
    exposures
        Whose pictures are surveyed; their sides are multiples of
        `exposure.survey.path_survey.CELL`.
    folder
        Of the run; surveys are kept in a folder in it, named after the weights' hash.
    stopped, progress, workers
        As for `training.answers.kept_answers`.

    Raises
    ------
    WeightsError
        If there is no such network.
    Cancelled
        If it was stopped.
    """
    kept = survey_folder(name, folder)
    ask = partial(_survey, name)
    return Surveys(**kept_answers(ask, exposures, kept, stopped, progress, workers))


def survey_folder(name: str, folder: Path) -> Path:
    """Return the folder of surveys around what a motion network reads, in that of a run."""
    return folder / f"surveys-twice-{registry.find(name).sha256[:12]}"


def _survey(name: str, exposures: Exposures, span: range) -> dict[str, NDArray[np.float16]]:
    """Survey some exposures."""
    (network,), compute = networks_asked((name,))
    found = [_surveyed(exposures[k].blurred, cast("MotionNet", network), compute) for k in span]
    return {key: np.stack([each[key] for each in found]) for key in _PARTS}


def _surveyed(
    blurred: NDArray[np.uint8], network: MotionNet, compute: ComputeDevice
) -> dict[str, NDArray[np.float16]]:
    """Survey one exposure, `(3, H, W)` of whole grey levels."""
    picture = torch.from_numpy(np.array(blurred)).float().div_(255)
    paths = estimate_motion(picture, network, compute)
    spread = estimate_spread(picture, network, compute)
    with torch.no_grad():
        found = survey_paths(picture.mean(0).to(compute.device), paths, spread)
    tensors = (found.evidence, found.straight, found.about, paths.maps)
    return {key: value.half().cpu().numpy() for key, value in zip(_PARTS, tensors, strict=True)}
