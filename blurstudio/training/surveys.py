"""Surveys of every exposure of a set, made once and kept: what a refining network learns from.

They are made around the paths that a trained motion network reads, as later on a person's photos.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import torch

from blurstudio.engine.device import choose_device, one_thread
from blurstudio.engine.motion import estimate_motion
from blurstudio.errors import Cancelled
from blurstudio.exposure.path_survey import survey_paths
from blurstudio.simulate.dataset import Dataset, read_dataset
from blurstudio.simulate.workers import each_done
from blurstudio.weights import registry

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence

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
    workers: int = 1,
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
    workers
        Processes that survey beside each other, if the exposures lie in a folder.

    Raises
    ------
    WeightsError
        If there is no such network.
    Cancelled
        If it was stopped.
    """
    files = survey_files(name, len(exposures), folder)
    missing = [(*span, file) for span, file in files.items() if not file.is_file()]
    done = len(exposures) - sum(end - first for first, end, _ in missing)
    for size in _made(exposures, name, missing, stopped, workers):
        done += size
        progress(done, len(exposures))
    shards = []
    for file in files.values():
        with np.load(file) as shard:
            shards.append({key: shard[key] for key in _PARTS})
    return Surveys(*(np.concatenate([shard[key] for shard in shards]) for key in _PARTS))


def survey_files(name: str, count: int, folder: Path) -> dict[tuple[int, int], Path]:
    """Where surveys are kept, by the first exposure and the one after the last.

    Parameters
    ----------
    name, folder
        As for `prepare_surveys`.
    count
        Number of exposures.

    Raises
    ------
    WeightsError
        If there is no such network.
    """
    kept = folder / f"surveys-{registry.find(name).sha256[:12]}"
    kept.mkdir(parents=True, exist_ok=True)
    spans = [(first, min(first + _SHARD, count)) for first in range(0, count, _SHARD)]
    return {span: kept / "{:06d}-{:06d}.npz".format(*span) for span in spans}


def _made(
    exposures: Exposures,
    name: str,
    missing: Sequence[tuple[int, int, Path]],
    stopped: threading.Event,
    workers: int,
) -> Iterator[int]:
    """Survey shards, given as first and last exposure and file; yield the size of each when done.

    Raises
    ------
    Cancelled
        If it was stopped.
    """

    def check() -> None:
        if stopped.is_set():
            raise Cancelled("The run was stopped while it surveyed; run it again to go on there.")

    source: Exposures | Path = exposures
    if workers > 1 and isinstance(exposures, Dataset):
        source = exposures.folder
    else:
        workers = 1
    check()
    with closing(each_done(partial(_survey_shard, source, name), missing, workers)) as sizes:
        for size in sizes:
            yield size
            check()


def _survey_shard(exposures: Exposures | Path, name: str, first: int, end: int, file: Path) -> int:
    """Survey some exposures of a set, or of the set in a folder, into a file; return how many."""
    if isinstance(exposures, Path):
        exposures = read_dataset(exposures)
    network, compute = _asked(name, registry.find(name).sha256)
    found = [_surveyed(exposures[k].blurred, network, compute) for k in range(first, end)]
    part = file.with_suffix(".part")
    with part.open("wb") as opened:
        stacks = {key: np.stack([each[key] for each in found]) for key in _PARTS}
        np.savez(opened, **stacks)  # type: ignore[arg-type]
    part.replace(file)
    return end - first


@lru_cache(maxsize=1)
def _asked(name: str, sha256: str) -> tuple[MotionNet, ComputeDevice]:
    """Load the motion network whose paths are surveyed, and tell where it runs."""
    compute = choose_device(precision="float32")
    card = registry.find(name)
    return cast("MotionNet", registry.load_network(card, compute.device)), compute


def _surveyed(
    blurred: NDArray[np.uint8], network: MotionNet, compute: ComputeDevice
) -> dict[str, NDArray[np.float16]]:
    """Survey one exposure, `(3, H, W)` of whole grey levels."""
    picture = torch.from_numpy(np.array(blurred)).float().div_(255)
    paths = estimate_motion(picture, network, compute)
    with torch.no_grad(), one_thread():
        found = survey_paths(picture.mean(0).to(compute.device), paths)
    tensors = (found.evidence, found.straight, found.error, paths.maps)
    return {key: value.half().cpu().numpy() for key, value in zip(_PARTS, tensors, strict=True)}
