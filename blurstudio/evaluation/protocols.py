"""The protocols by name: each gets its data and the networks, and says what was found.

How things are measured is in the modules of the protocols, how it is put in those of the
sections; which protocols run is `run`'s business.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blurstudio.evaluation.camera import camera_turns, measure_camera
from blurstudio.evaluation.camera_section import camera_section
from blurstudio.evaluation.deconvolution import deconvolution_section, measure_deconvolution
from blurstudio.evaluation.gopro import gopro_pairs, measure_gopro
from blurstudio.evaluation.kodak import measure_kodak
from blurstudio.evaluation.levin import measure_kernels
from blurstudio.evaluation.occlusion import (
    COUNT,
    SEED,
    measure_occlusion,
    occluding_exposures,
)
from blurstudio.evaluation.occlusion_section import occlusion_section
from blurstudio.evaluation.path_sections import (
    kernels_section,
    reblur_section,
)
from blurstudio.evaluation.pictures import list_pictures
from blurstudio.evaluation.real import measure_real
from blurstudio.evaluation.reblur import measure_reblur
from blurstudio.evaluation.recorded import recorded_kernels
from blurstudio.evaluation.refinement import measure_refinement
from blurstudio.evaluation.refinement_section import refinement_section
from blurstudio.evaluation.sections import (
    gopro_section,
    kodak_section,
    real_section,
)
from blurstudio.evaluation.shakes import measure_shakes, shakes_section
from blurstudio.simulate import evaluation_set, shaken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blurstudio.evaluation.tables import Section
    from blurstudio.evaluation.task import Task


def _kodak(task: Task) -> Section:
    folder = task.data / "benchmark" / "kodak"
    total = evaluation_set.PHOTOS * evaluation_set.EXPOSURES_PER_PHOTO
    result = measure_kodak(
        evaluation_set.kodak_exposures(folder),
        task.pipeline.estimate,
        task.pipeline.sharpen,
        task.pipeline.estimate_refined,
        total=total,
        limit=task.limit,
        progress=task.progress,
    )
    strengths = ", ".join(f"{strength:g}" for strength in evaluation_set.STRENGTHS)
    data = (
        f"{evaluation_set.PHOTOS} Kodak photos, {evaluation_set.EXPOSURES_PER_PHOTO} exposures of "
        f"each, mean path lengths of {strengths} px in turn, rendered by our simulator"
    )
    seed = f"{evaluation_set.SEED} and the number of the exposure"
    return kodak_section(result, task.circumstances(data, seed), task.partial(total, "exposures"))


def _gopro(task: Task) -> Section:
    pairs = gopro_pairs(task.data / "benchmark" / "gopro_pairs")
    result = measure_gopro(pairs, task.pipeline.restore, limit=task.limit, progress=task.progress)
    data = f"{len(pairs)} pairs from two GoPro sequences (see the table)"
    return gopro_section(
        result, task.circumstances(data, "none is needed"), task.partial(len(pairs), "pairs")
    )


def _real(task: Task) -> Section:
    photos = list_pictures(task.data / "real")
    result = measure_real(photos, task.pipeline.explain, limit=task.limit, progress=task.progress)
    data = f"{len(photos)} really blurred photos (see the table)"
    return real_section(
        result, task.circumstances(data, "none is needed"), task.partial(len(photos), "photos")
    )


def _camera(task: Task) -> Section:
    turns = camera_turns(task.data / "benchmark" / "camera_rotation")
    if task.limit is not None:
        # Each photo takes its focal length from the others: one alone can't be judged.
        task = replace(task, limit=max(task.limit, 2))
    result = measure_camera(turns, task.pipeline.estimate, limit=task.limit, progress=task.progress)
    data = f"{len(turns)} photos blurred by known turns of the camera (see the table)"
    return camera_section(
        result, task.circumstances(data, "none is needed"), task.partial(len(turns), "photos")
    )


def _reblur(task: Task) -> Section:
    pairs = gopro_pairs(task.data / "benchmark" / "gopro_pairs")
    takes = evaluation_set.evaluation_takes(task.data / "benchmark" / "kodak")[::16]
    motion = task.pipeline.models[0]
    others = task.pipeline.offset_networks
    networks = {motion.name: task.pipeline.estimate}
    networks |= {card.name: estimate for card, estimate in others}
    result = measure_reblur(pairs, takes, networks, limit=task.limit, progress=task.progress)
    data = (
        f"{len(pairs)} GoPro pairs and every 16th of the simulated exposures of Kodak photos, "
        f"{len(takes)} of them (see the table)"
    )
    seed = f"{evaluation_set.SEED} and the number of the exposure; fitting draws nothing"
    return reblur_section(
        result,
        task.circumstances(data, seed, [motion, *(card for card, _ in others)]),
        task.partial(max(len(pairs), len(takes)), "pictures of each set"),
    )


def _kernels(task: Task) -> Section:
    pictures = recorded_kernels(task.data / "benchmark" / "levin")
    result = measure_kernels(
        pictures,
        task.pipeline.estimate,
        task.pipeline.trace,
        limit=task.limit,
        progress=task.progress,
    )
    data = f"{len(pictures)} pictures with recorded kernels (see the table)"
    return kernels_section(
        result,
        task.circumstances(data, "none is needed"),
        task.partial(len(pictures), "pictures"),
    )


def _deconvolution(task: Task) -> Section:
    takes = _of_every_third_photo(task.data)
    result = measure_deconvolution(
        takes,
        task.pipeline.estimate,
        task.pipeline.sharpen,
        limit=task.limit,
        progress=task.progress,
    )
    data = f"{len(takes)} simulated exposures of every third Kodak photo, one of each strength"
    seed = f"{evaluation_set.SEED} and the number of the exposure"
    return deconvolution_section(
        result, task.circumstances(data, seed), task.partial(len(takes), "exposures")
    )


def _of_every_third_photo(data: Path) -> list[evaluation_set.Take]:
    """Take three simulated exposures of every third Kodak photo, one of each strength."""
    takes = evaluation_set.evaluation_takes(data / "benchmark" / "kodak")
    # Four exposures in a row are of one photo, three in a row are of all strengths.
    return [each for n, each in enumerate(takes) if n % 12 < len(evaluation_set.STRENGTHS)]


def _refinement(task: Task) -> Section:
    takes = _of_every_third_photo(task.data)
    photos = list_pictures(task.data / "real")
    result = measure_refinement(
        takes, photos, task.pipeline.refine, limit=task.limit, progress=task.progress
    )
    data = (
        f"{len(takes)} simulated exposures of every third Kodak photo, one of each strength, and "
        f"{len(photos)} really blurred photos (see the table)"
    )
    seed = f"{evaluation_set.SEED} and the number of the exposure"
    return refinement_section(
        result,
        task.circumstances(data, seed),
        task.partial(max(len(takes), len(photos)), "pictures of each set"),
    )


def _shakes(task: Task) -> Section:
    takes = shaken.shaken_takes(task.data / "benchmark" / "kodak")
    scores = measure_shakes(takes, task.pipeline.refine, limit=task.limit, progress=task.progress)
    lengths = ", ".join(f"{length:g}" for length in shaken.LENGTHS)
    data = f"{len(takes)} Kodak photos, each along one path, {lengths} px long in turn"
    seed = f"{shaken.SEED} and the number of the photo"
    return shakes_section(
        scores, task.circumstances(data, seed), task.partial(len(takes), "exposures")
    )


def _occlusion(task: Task) -> Section:
    result = measure_occlusion(
        occluding_exposures(task.data / "benchmark" / "kodak"),
        task.pipeline.estimate,
        task.pipeline.sharpen,
        limit=task.limit,
        progress=task.progress,
    )
    data = f"{COUNT} Kodak photos, objects moving before each, rendered by our simulator"
    seed = f"{SEED} and the number of the photo"
    return occlusion_section(
        result, task.circumstances(data, seed), task.partial(COUNT, "exposures")
    )


PROTOCOLS: dict[str, Callable[[Task], Section]] = {
    "kodak": _kodak,
    "gopro": _gopro,
    "real": _real,
    "camera": _camera,
    "reblur": _reblur,
    "kernels": _kernels,
    "deconvolution": _deconvolution,
    "refinement": _refinement,
    "shakes": _shakes,
    "occlusion": _occlusion,
}
"""Protocols by name, in the order they run."""

SLOW = frozenset({"reblur", "kernels", "deconvolution", "refinement", "shakes", "occlusion"})
"""Those that take minutes each and run only when they are named."""
