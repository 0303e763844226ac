"""What refining the sharp picture did to every exposure of a set, written down once and kept.

A keeping network learns from it how much of such a change brings a picture nearer to the truth. The
pictures are those of the networks that will be asked later, along paths that were surveyed.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
import torch

from blurstudio.engine.deconvolve import estimate_noise
from blurstudio.engine.device import choose_device
from blurstudio.engine.motion import estimate_motion
from blurstudio.engine.restore import restore
from blurstudio.errors import Cancelled
from blurstudio.exposure.bending import bent_paths
from blurstudio.exposure.consistency import explain_more
from blurstudio.exposure.course import residual_maps
from blurstudio.exposure.light import srgb_to_linear
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.resample import resample
from blurstudio.simulate.dataset import Dataset, read_dataset
from blurstudio.simulate.workers import each_done
from blurstudio.training.surveys import survey_files
from blurstudio.weights import registry

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray
    from torch import Tensor

    from blurstudio.engine.device import ComputeDevice
    from blurstudio.networks import DeblurNet, MotionNet, SurveyNet
    from blurstudio.training.batches import Exposures

_PARTS = ("pictures", "residuals", "guide")


class Asked(NamedTuple):
    """Names or paths of the networks whose pictures are refined."""

    motion: str
    bends: str
    deblur: str

    @property
    def key(self) -> str:
        """What their weights are told apart by."""
        return "-".join(registry.find(name).sha256[:8] for name in self)


@dataclass(frozen=True)
class Courses:
    """Courses of a set of exposures.

    Attributes
    ----------
    pictures
        ``(count, 3, 3, H, W)`` grey levels: before, after three steps and after all.
    residuals
        ``(count, 4, H/4, W/4)``, see `exposure.course.residual_maps`; in half precision.
    guide
        ``(count, 5, H/4, W/4)``: a and b of the paths in px, and their confidence; likewise.
    """

    pictures: NDArray[np.uint8]
    residuals: NDArray[np.float16]
    guide: NDArray[np.float16]


def prepare_courses(
    asked: Asked,
    exposures: Exposures,
    folder: Path,
    stopped: threading.Event,
    progress: Callable[[int, int], None],
    workers: int = 1,
) -> Courses:
    """Refine the sharp picture of every exposure, or read what that did before.

    Parameters
    ----------
    asked
        The networks.
    exposures
        Whose pictures are refined; they were surveyed in the same folder
        (`training.surveys.prepare_surveys`).
    folder, stopped, progress, workers
        As for surveys.

    Raises
    ------
    WeightsError
        If a network isn't there.
    Cancelled
        If it was stopped.
    """
    kept = folder / f"courses-{asked.key}"
    kept.mkdir(parents=True, exist_ok=True)
    surveyed = survey_files(asked.motion, len(exposures), folder)
    files = {span: kept / file.name for span, file in surveyed.items()}
    missing = [(*span, surveyed[span], file) for span, file in files.items() if not file.is_file()]
    done = len(exposures) - sum(end - first for first, end, *_ in missing)
    for size in _made(asked, exposures, missing, stopped, workers):
        done += size
        progress(done, len(exposures))
    shards = []
    for file in files.values():
        with np.load(file) as shard:
            shards.append({key: shard[key] for key in _PARTS})
    return Courses(*(np.concatenate([shard[key] for shard in shards]) for key in _PARTS))


def _made(
    asked: Asked,
    exposures: Exposures,
    missing: list[tuple[int, int, Path, Path]],
    stopped: threading.Event,
    workers: int,
) -> Iterator[int]:
    """Refine shards; yield the size of each when it is done.

    Raises
    ------
    Cancelled
        If it was stopped.
    """

    def check() -> None:
        if stopped.is_set():
            raise Cancelled("The run was stopped while it refined; run it again to go on there.")

    source: Exposures | Path = exposures
    if workers > 1 and isinstance(exposures, Dataset):
        source = exposures.folder
    else:
        workers = 1
    check()
    with closing(each_done(partial(_refine_shard, source, asked), missing, workers)) as sizes:
        for size in sizes:
            yield size
            check()


def _refine_shard(
    exposures: Exposures | Path, asked: Asked, first: int, end: int, surveys: Path, file: Path
) -> int:
    """Refine some exposures of a set, or of the set in a folder, into a file; return how many."""
    if isinstance(exposures, Path):
        exposures = read_dataset(exposures)
    networks = _networks(asked, asked.key)
    with np.load(surveys) as opened:
        survey = {key: opened[key] for key in ("evidence", "straight", "error")}
    found = [
        _refined(
            exposures[k].blurred,
            {key: torch.from_numpy(each[k - first]).float() for key, each in survey.items()},
            networks,
        )
        for k in range(first, end)
    ]
    part = file.with_suffix(".part")
    with part.open("wb") as opened:
        stacks = {key: np.stack([each[n] for each in found]) for n, key in enumerate(_PARTS)}
        np.savez(opened, **stacks)  # type: ignore[arg-type]
    part.replace(file)
    return end - first


class _Networks(NamedTuple):
    motion: MotionNet
    bends: SurveyNet
    deblur: DeblurNet
    compute: ComputeDevice


@lru_cache(maxsize=1)
def _networks(asked: Asked, key: str) -> _Networks:
    del key  # other weights, other networks
    compute = choose_device(precision="float32")
    loaded = [registry.load_network(registry.find(name), compute.device) for name in asked]
    return _Networks(*cast("tuple[MotionNet, SurveyNet, DeblurNet]", tuple(loaded)), compute)


def _refined(
    blurred: NDArray[np.uint8], survey: Mapping[str, Tensor], networks: _Networks
) -> tuple[NDArray[np.uint8], NDArray[np.float16], NDArray[np.float16]]:
    """Refine one exposure, `(3, H, W)` of whole grey levels: parts of `Courses`."""
    motion, bends, deblur, compute = networks
    picture = torch.from_numpy(np.array(blurred)).float().div_(255)
    given = estimate_motion(picture, motion, compute)
    sharp = restore(picture, deblur, compute, given if deblur.guided else None)
    with torch.inference_mode():
        told = [survey[key][None].to(compute.device) for key in ("evidence", "straight", "error")]
        paths = bent_paths(given, survey["straight"], bends(*told)[0].cpu())
        sure = resample(cast("Tensor", paths.confidence)[None], paths.size)[0]
        light = srgb_to_linear(picture), srgb_to_linear(sharp)
        course = explain_more(*light, paths, sure, estimate_noise(picture))
        pictures = torch.stack([course.start, course.early, course.end])
        # On the grid of a guide, where paths of a photo lie as well.
        cells = (picture.shape[-2] // 4, picture.shape[-1] // 4)
        along = torch.cat(
            [as_quadratic(paths).flatten(0, 1), cast("Tensor", paths.confidence)[None]]
        )
        guide = resample(along, cells)
    grey = pictures.mul(255).round().clamp(0, 255).byte().numpy()
    return grey, residual_maps(course).half().numpy(), guide.half().numpy()
