"""What a recipe's values may be, and which of them go together.

How a recipe is read and what its keys mean is `blurstudio.training.recipe`'s business.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from blurstudio.errors import RecipeError
from blurstudio.exposure.shaking.shake_course import JUDGED
from blurstudio.exposure.survey.path_survey import CELL
from blurstudio.training.network_checks import check_network
from blurstudio.training.settings_checks import check_settings

if TYPE_CHECKING:
    from blurstudio.training.recipe import Recipe

TASKS = {
    "motion": "motion",
    "deblur": "deblur",
    "offsets": "motion",
    "reblur": "motion",
    "refine": "refine",
    "keep": "keep",
    "shake": "shake",
}
"""Tasks of training, and what the network then does in the app, as its card says."""

SURVEYED = ("refine", "keep")
"""Tasks that learn from exposures which were surveyed whole."""

ASKED = (*SURVEYED, "shake")
"""Tasks that learn from what other networks say of exposures, around a motion network's paths."""

TRUTH = "truth"
"""Name of the guide that is made of the exposures' own paths."""

LIGHTS = ("display", "linear", "either")
BORDERS = ("zeros", "replicate")
SHARP_LOSSES = ("psnr", "mse")

_LARGEST_BATCH = 4096
"""Pictures at most: a typing mistake then doesn't fill the memory."""

_LARGEST_SEED = 2**63 - 1
"""What TOML's whole numbers and torch's seeds reach."""

_MOST_HELD_OUT = 0.5
"""Share of the photos that may be kept for the exposures that are measured on."""

_AGAIN = {"light", "border", "mse", "structure", "smoothness"}
_READ = {"deblur": {"sharp"}, "offsets": {*_AGAIN, "magnitude"}, "reblur": {*_AGAIN, "anchor"}}
"""Keys of [loss] that each task reads."""

_HELPERS = {"deblurrer": ("reblur", "keep", "shake"), "bends": ("keep",)}
"""Keys that name helping networks, and the tasks that read them."""

_PRECISIONS = ("bf16-mixed", "32-true")
"""What a schedule may ask for: all that runs were ever made with."""

_LEAST_CROP = 192
"""The smallest multiple of 32 that all scales of MS-SSIM fit into."""


def check(recipe: Recipe) -> None:
    """Refuse a recipe whose values contradict each other.

    Raises
    ------
    RecipeError
        Saying which, and what would do.
    """
    schedule, data = recipe.schedule, recipe.data
    _check_name(recipe.name)
    if recipe.task not in TASKS:
        raise RecipeError(
            "task must be one of {known}, not {task}.",
            known=", ".join(TASKS),
            task=repr(recipe.task),
        )
    if recipe.task in SURVEYED:
        _check_surveyed(recipe)
    elif recipe.task == "shake":
        _check_shake(recipe)
    elif bool(recipe.guide) != bool(recipe.config.get("guided")):
        raise RecipeError("guide and guided = true in [config] go together; give both or neither.")
    _check_numbers(recipe)
    least = recipe.multiple
    if schedule.crop % least or not least <= schedule.crop <= data.size:
        raise RecipeError(
            "crop must be a multiple of {least} between {least} and size ({size}).",
            least=least,
            size=data.size,
        )
    recipe.clips.check(recipe.task, recipe.guide, schedule.crop)
    check_network(recipe)
    _check_helpers(recipe)
    _check_loss(recipe)
    check_settings(data.settings)
    photos: object = data.photos
    if not isinstance(photos, tuple) or not photos or any(not isinstance(p, str) for p in photos):
        raise RecipeError(
            'photos must be a list of folders, like ["photos"], not {value}.', value=repr(photos)
        )
    if data.count <= data.held_out or data.held_out < 1:
        raise RecipeError("held_out must be at least 1 and smaller than count.")
    if not 0 <= data.held_out_photos <= _MOST_HELD_OUT:
        raise RecipeError(
            "held_out_photos must lie between 0 and {most}, not {value}.",
            most=_MOST_HELD_OUT,
            value=data.held_out_photos,
        )


def _check_name(name: object) -> None:
    """Keep weights, which are files of that name, in the run's folder."""
    if (
        not isinstance(name, str)
        or not name
        or not name.isprintable()
        or name.startswith(".")
        or {"/", "\\"} & {*name}
    ):
        raise RecipeError(
            "name must be a plain name for the weights, without slashes and not beginning with a "
            "dot, not {name}.",
            name=repr(name),
        )


def _check_numbers(recipe: Recipe) -> None:
    schedule = recipe.schedule
    positive = {
        "steps": schedule.steps,
        "learning_rate": schedule.learning_rate,
        "clip": schedule.clip,
        "log_steps": recipe.records.log_steps,
        "measure_steps": recipe.records.measure_steps,
    }
    for key, value in positive.items():
        if value <= 0:
            raise RecipeError("{key} must be above zero, not {value}.", key=key, value=value)
    bounded = [
        ("batch", schedule.batch, 1, _LARGEST_BATCH),
        *(("seed", each.seed, 0, _LARGEST_SEED) for each in (recipe, recipe.data, recipe.clips)),
    ]
    for key, value, least, most in bounded:
        if not least <= value <= most:
            raise RecipeError(
                "{key} must lie in {least}..{most}, not {value}.",
                key=key,
                least=least,
                most=most,
                value=value,
            )
    if schedule.precision not in _PRECISIONS:
        raise RecipeError(
            "precision must be one of {known}, not {value}.",
            known=", ".join(_PRECISIONS),
            value=repr(schedule.precision),
        )
    if schedule.weight_decay < 0:
        raise RecipeError("weight_decay must not be negative.")
    if not 0 <= schedule.decay_from <= 1 or not 0 <= schedule.ema < 1:
        raise RecipeError("decay_from must lie in 0..1 and ema in 0..1 (below 1).")
    if not 0 <= schedule.start_share < 1:
        raise RecipeError("start_share must lie in 0..1 (below 1), or nothing would be learned.")


def _check_loss(recipe: Recipe) -> None:
    loss = recipe.loss
    for key in dataclasses.fields(loss):
        told = getattr(loss, key.name) != key.default
        if told and key.name not in _READ.get(recipe.task, ()):
            raise RecipeError(
                "{key} in [loss] means nothing to the task {task}; omit it.",
                key=key.name,
                task=recipe.task,
            )
    lights = LIGHTS if recipe.task == "reblur" else LIGHTS[:2]
    if loss.light not in lights or loss.border not in BORDERS:
        raise RecipeError(
            "light must be one of {lights} and border one of {borders}.",
            lights=", ".join(lights),
            borders=", ".join(BORDERS),
        )
    if loss.sharp not in SHARP_LOSSES:
        raise RecipeError("sharp in [loss] must be one of {known}.", known=", ".join(SHARP_LOSSES))
    if min(loss.mse, loss.structure, loss.smoothness, loss.magnitude, loss.anchor) < 0:
        raise RecipeError("the weights in [loss] must not be negative.")
    again = recipe.task in ("offsets", "reblur")
    if again and loss.structure and recipe.schedule.crop < _LEAST_CROP:
        raise RecipeError(
            "crop must be at least {least}, or structure in [loss] 0: MS-SSIM has no room.",
            least=_LEAST_CROP,
        )


def _check_helpers(recipe: Recipe) -> None:
    if recipe.task == "reblur" and not recipe.start_from:
        raise RecipeError("start_from must name the motion network that is to go on learning.")
    if recipe.task == "keep" and not (recipe.deblurrer and recipe.bends):
        raise RecipeError(
            "deblurrer and bends must name the networks whose pictures and paths are refined."
        )
    for key, readers in _HELPERS.items():
        if getattr(recipe, key) and recipe.task not in readers:
            raise RecipeError(
                "{key} is read by the task {readers} only; leave it out.",
                key=key,
                readers=" or ".join(f'"{reader}"' for reader in readers),
            )


def _check_guide(recipe: Recipe) -> None:
    if recipe.guide in ("", TRUTH):
        raise RecipeError("guide must name the motion network whose paths are to be refined.")


def _check_shake(recipe: Recipe) -> None:
    _check_guide(recipe)
    if not recipe.deblurrer:
        raise RecipeError("deblurrer must name the network whose pictures shakes are judged by.")
    if recipe.schedule.crop > JUDGED:
        raise RecipeError(
            "crop must be at most {judged}: so much of an exposure is judged.", judged=JUDGED
        )


def _check_surveyed(recipe: Recipe) -> None:
    _check_guide(recipe)
    if recipe.data.size % CELL:
        raise RecipeError("size must be a multiple of {cell}: exposures are surveyed.", cell=CELL)
    if recipe.task == "refine" and recipe.schedule.crop != recipe.data.size:
        raise RecipeError(
            "crop must be size ({size}): exposures are surveyed whole.", size=recipe.data.size
        )
