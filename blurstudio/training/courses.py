"""What refining the sharp picture did to every exposure of a set, written down once and kept.

A keeping network learns from it how much of such a change brings a picture nearer to the truth. The
pictures are those of the networks that will be asked later, along paths that were surveyed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import torch

from blurstudio.engine.paths.motion import estimate_motion
from blurstudio.engine.sharp.deconvolve import estimate_noise
from blurstudio.engine.sharp.restore import restore
from blurstudio.exposure.light import srgb_to_linear
from blurstudio.exposure.refining.consistency import explain_more
from blurstudio.exposure.refining.course import shown
from blurstudio.exposure.refining.path_change import changed_paths
from blurstudio.exposure.resample import resample
from blurstudio.levels import grey_levels
from blurstudio.training.answers import kept_answers, networks_asked, read_answers, weights_key
from blurstudio.training.guides import kept_guide
from blurstudio.training.surveys import survey_folder

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor, nn

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.networks import DeblurNet, MotionNet, SurveyNet
    from blurstudio.training.batches import Exposures

_PARTS = ("pictures", "residuals", "guide")
_SURVEY = ("evidence", "straight", "about")


class Asked(NamedTuple):
    """Names or paths of the networks whose pictures are refined."""

    motion: str
    bends: str
    deblur: str


@dataclass(frozen=True)
class Courses:
    """Courses of a set of exposures.

    Attributes
    ----------
    pictures
        ``(count, 3, 3, H, W)`` grey levels: before, after three steps and after all.
    residuals
        ``(count, 4, H/4, W/4)``, see `exposure.refining.course.residual_cells`; in half precision.
    guide
        ``(count, 5, H/4, W/4)``: a and b of the paths in px, and their confidence; likewise.
    blurred, sharp
        ``(count, 3, H, W)`` grey levels: the photo, where it is a part of the exposure only; the
        truth, where it lies elsewhere than in the exposures.
    """

    pictures: NDArray[np.uint8]
    residuals: NDArray[np.float16]
    guide: NDArray[np.float16]
    blurred: NDArray[np.uint8] | None = None
    sharp: NDArray[np.uint8] | None = None


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
    folder
        Of the run; courses are kept in a folder in it, named after the networks' hashes.
    stopped, progress, workers
        As for `training.answers.kept_answers`.

    Raises
    ------
    WeightsError
        If a network isn't there.
    Cancelled
        If it was stopped.
    """
    kept = folder / f"courses-{weights_key(asked)}"
    ask = partial(_refine, asked, survey_folder(asked.motion, folder))
    return Courses(**kept_answers(ask, exposures, kept, stopped, progress, workers))


def _refine(
    asked: Asked, surveyed: Path, exposures: Exposures, span: range
) -> dict[str, NDArray[Any]]:
    """Refine the sharp pictures of some exposures, whose surveys lie in a folder."""
    networks, compute = networks_asked(asked)
    surveys = read_answers(surveyed, span)
    found = []
    for row, index in enumerate(span):
        survey = [torch.from_numpy(surveys[key][row]).float() for key in _SURVEY]
        found.append(_refined(exposures[index].blurred, survey, networks, compute))
    return {key: np.stack([each[key] for each in found]) for key in _PARTS}


def _refined(
    blurred: NDArray[np.uint8],
    survey: list[Tensor],
    networks: list[nn.Module],
    compute: ComputeDevice,
) -> dict[str, NDArray[Any]]:
    """Refine one exposure, `(3, H, W)` of whole grey levels; a survey is in `_SURVEY`'s order."""
    motion, bends, deblur = cast("tuple[MotionNet, SurveyNet, DeblurNet]", networks)
    picture = torch.from_numpy(np.array(blurred)).float().div_(255)
    given = estimate_motion(picture, motion, compute)
    sharp = restore(picture, deblur, compute, given if deblur.guided else None)
    with torch.inference_mode():
        said = bends(*(each[None].to(compute.device) for each in survey))
        straight = survey[_SURVEY.index("straight")][0]
        paths = changed_paths(given, straight, *(each[0].cpu() for each in said))
        light = srgb_to_linear(picture), srgb_to_linear(sharp)
        sure = resample(cast("Tensor", paths.confidence)[None], paths.size)[0]
        course = explain_more(*light, paths, sure, estimate_noise(picture))
        pictures = torch.stack([course.start, course.early, course.end])
        guide, residuals = kept_guide(paths), shown(course).residuals
    return {
        "pictures": grey_levels(pictures).numpy(),
        "residuals": residuals.half().numpy(),
        "guide": guide.half().numpy(),
    }
