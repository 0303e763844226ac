"""Surveys of every exposure of a set, made once and kept: what a refining network learns from.

They are made around the paths that a trained motion network reads, as later on a person's photos.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
import torch

from blurstudio.engine.device import choose_device, one_thread
from blurstudio.engine.motion import estimate_motion
from blurstudio.errors import Cancelled
from blurstudio.exposure.path_survey import survey_paths
from blurstudio.weights import registry

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from blurstudio.engine.device import ComputeDevice
    from blurstudio.networks import MotionNet
    from blurstudio.training.batches import Exposures

_SHARD = 100
_PARTS = ("evidence", "straight", "error", "maps")


@dataclass(frozen=True)
class Surveys:
    """Surveys of a set of exposures, in half precision.

    Attributes
    ----------
    evidence, straight, error
        ``(count, ...)``, each as in `exposure.path_survey.PathSurvey`.
    maps
        ``(count, 2, 2, H/4, W/4)`` px: the paths that were surveyed, in one direction of time.
    """

    evidence: NDArray[np.float16]
    straight: NDArray[np.float16]
    error: NDArray[np.float16]
    maps: NDArray[np.float16]


def prepare_surveys(
    name: str,
    exposures: Exposures,
    folder: Path,
    stopped: threading.Event,
    progress: Callable[[int, int], None],
) -> Surveys:
    """Survey every exposure, or read what was found before.

    Parameters
    ----------
    name
        Name or path of the motion network's weights.
    exposures
        Whose pictures are surveyed; their sides are multiples of `exposure.path_survey.CELL`.
    folder
        Where surveys are kept, in a folder named after the weights' hash.
    stopped
        Ends the work at the next hundred of exposures; called again it goes on there.
    progress
        Called with exposures done and all of them.

    Raises
    ------
    WeightsError
        If there is no such network.
    Cancelled
        If it was stopped.
    """
    card = registry.find(name)
    kept = folder / f"surveys-{card.sha256[:12]}"
    kept.mkdir(parents=True, exist_ok=True)
    compute = choose_device(precision="float32")
    network = cast("MotionNet", registry.load_network(card, compute.device))
    shards = []
    for first in range(0, len(exposures), _SHARD):
        stop = min(first + _SHARD, len(exposures))
        path = kept / f"{first:06d}-{stop:06d}.npz"
        if stopped.is_set():
            raise Cancelled("The run was stopped while it surveyed; run it again to go on there.")
        if not path.is_file():
            found = [_surveyed(exposures[k].blurred, network, compute) for k in range(first, stop)]
            part = path.with_suffix(".part")
            with part.open("wb") as file:
                stacks = {key: np.stack([each[key] for each in found]) for key in _PARTS}
                np.savez(file, **stacks)  # type: ignore[arg-type]
            part.replace(path)
        with np.load(path) as shard:
            shards.append({key: shard[key] for key in _PARTS})
        progress(stop, len(exposures))
    return Surveys(*(np.concatenate([shard[key] for shard in shards]) for key in _PARTS))


def _surveyed(
    blurred: NDArray[np.uint8], network: MotionNet, compute: ComputeDevice
) -> dict[str, NDArray[np.float16]]:
    """Survey one exposure, `(3, H, W)` of whole grey levels."""
    picture = torch.from_numpy(np.array(blurred)).float().div_(255)
    paths = estimate_motion(picture, network, compute)
    with torch.no_grad(), one_thread():
        found = survey_paths(picture.mean(0), paths)
    tensors = (found.evidence, found.straight, found.error, paths.maps)
    return {key: value.half().numpy() for key, value in zip(_PARTS, tensors, strict=True)}
