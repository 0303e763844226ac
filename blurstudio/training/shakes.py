"""What one shake would make of every exposure's sharp picture, written down once and kept.

A keeping network learns from it which photos moved as one, and what is kept of pictures that were
deconvolved along such a path. Exposures are the recipe's; shakes are read from them as later on
from a person's photos.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import torch

from blurstudio.engine.paths.motion import estimate_motion
from blurstudio.engine.sharp.deconvolve import regularisation
from blurstudio.engine.sharp.path_tiles import part_of
from blurstudio.engine.sharp.restore import restore
from blurstudio.exposure.refining.course import Shown, residual_cells
from blurstudio.exposure.shaking.one_path import anywhere
from blurstudio.exposure.shaking.registration import moved, offset_between
from blurstudio.exposure.shaking.shake import ENCODED, IN_LIGHT, trace_shakes
from blurstudio.exposure.shaking.shake_course import JUDGED, shake_course
from blurstudio.exposure.shaking.shake_reading import telling_window
from blurstudio.levels import grey_levels
from blurstudio.training.answers import kept_answers, networks_asked, weights_key
from blurstudio.training.courses import Courses
from blurstudio.training.guides import kept_guide
from blurstudio.training.losses import psnr

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor, nn

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.networks import DeblurNet, MotionNet
    from blurstudio.training.batches import Exposures

_PARTS = ("pictures", "residuals", "guide", "blurred", "sharp")

_WAYS = (*IN_LIGHT, *ENCODED)


class Looked(NamedTuple):
    """Names or paths of the networks whose pictures shakes are judged beside."""

    motion: str
    deblur: str


def prepare_shakes(
    looked: Looked,
    exposures: Exposures,
    folder: Path,
    stopped: threading.Event,
    progress: Callable[[int, int], None],
    workers: int = 1,
) -> Courses:
    """Read one shake from every exposure and deconvolve along it, or read what that did before.

    Parameters
    ----------
    looked
        The networks.
    exposures
        Whose shakes are read.
    folder
        Of the run; answers are kept in a folder in it, named after the networks' hashes.
    stopped, progress, workers
        As for `training.answers.kept_answers`.

    Raises
    ------
    WeightsError
        If a network isn't there.
    Cancelled
        If it was stopped.
    """
    kept = folder / f"shakes-{weights_key(looked)}"
    ask = partial(_ask, looked)
    return Courses(**kept_answers(ask, exposures, kept, stopped, progress, workers))


def _ask(looked: Looked, exposures: Exposures, span: range) -> dict[str, NDArray[Any]]:
    """Read the shakes of some exposures."""
    networks, compute = networks_asked(looked)
    found = [_read(exposures[k].blurred, exposures[k].sharp, k, networks, compute) for k in span]
    return {key: np.stack([each[key] for each in found]) for key in _PARTS}


def _read(
    blurred: NDArray[np.uint8],
    sharp: NDArray[np.uint8],
    number: int,
    networks: list[nn.Module],
    compute: ComputeDevice,
) -> dict[str, NDArray[Any]]:
    """Read the shake of one exposure, `(3, H, W)` of whole grey levels."""
    motion, deblur = cast("tuple[MotionNet, DeblurNet]", networks)
    photo, truth = (torch.from_numpy(np.array(each)).float().div_(255) for each in (blurred, sharp))
    paths = estimate_motion(photo, motion, compute)
    start = restore(photo, deblur, compute, paths if deblur.guided else None)
    # All ways to read it are judged later on, so all are shown, by turns. Reading climbs gradients
    # of its own.
    shakes = trace_shakes(photo, paths, ways=[_WAYS[number % len(_WAYS)]])
    with torch.inference_mode():
        # Readings of large photos are better than those of small ones; a part is judged.
        size = (photo.shape[-2], photo.shape[-1])
        window = telling_window(photo, JUDGED)
        photo, truth, start = (
            each[:, window.rows, window.columns] for each in (photo, truth, start)
        )
        paths = part_of(paths, size, window)
        if not shakes:
            # There is nothing to be judged, only a picture to be mended.
            still = residual_cells(torch.zeros(4, *photo.shape[-2:]))
            change, along = Shown(start, start, start, still), paths
        else:
            along = anywhere(shakes[0].trajectory, size, window)
            tv = regularisation(photo)
            change, offset = shake_course(photo, start, along, paths, tv)
            truth = _placed(truth, start, change, offset, float(along.grid_length().max()))
        pictures = torch.stack(change[:3])
        guide = kept_guide(along)
    return {
        "pictures": grey_levels(pictures).numpy(),
        "residuals": change.residuals.half().numpy(),
        "guide": guide.half().numpy(),
        "blurred": grey_levels(photo).numpy(),
        "sharp": grey_levels(truth).numpy(),
    }


def _placed(
    truth: Tensor, start: Tensor, change: Shown, offset: tuple[float, float], most: float
) -> Tensor:
    """Move the truth to where the shake puts it.

    It is found beside the deconvolved picture; beside the network's where that is worse.
    """
    straight = offset_between(truth, change.end, most)
    first = offset_between(truth, start, most)
    tried = [
        moved(truth, place) for place in (straight, (first[0] + offset[0], first[1] + offset[1]))
    ]

    def likeness(placed: Tensor) -> float:
        return max(float(psnr(each[None], placed[None])) for each in (change.start, change.end))

    return max(tried, key=likeness)
