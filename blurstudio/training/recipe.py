"""Recipes: the exact way in which a weight file was made, as a TOML file.

A recipe names the network, the exposures to simulate, the schedule and the seed; reading one
checks every key, so that a misspelt key is a sentence and not a silently ignored wish.
"""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass, field
from math import cos, pi
from typing import TYPE_CHECKING, Any

from blurstudio.errors import RecipeError
from blurstudio.training.clip_recipe import ClipRecipe
from blurstudio.training.data_recipe import DataRecipe
from blurstudio.training.recipe_checks import check
from blurstudio.training.settings_checks import is_like

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Schedule:
    """How the optimiser is led.

    The rate rises over `warmup` steps, stays, and falls to nothing along a cosine from
    `decay_from` on. Up to there a run does not depend on how long it will be, so a longer
    recipe can continue a shorter one.

    Attributes
    ----------
    steps, batch, crop
        Number of steps, pictures in each, and the side of a picture in px.
    learning_rate, weight_decay, clip
        AdamW's rate and decay; the gradient's norm is clipped to `clip`.
    warmup, decay_from
        Steps of warming up; share of the steps at which the rate starts to fall.
    ema
        Decay of the running average of the weights, which is what is kept.
    start_share
        Share of the weights that the run began with, in those that it leaves and is measured by:
        what they knew of other exposures is forgotten less (Wortsman et al. 2022, "Robust
        fine-tuning of zero-shot models").
    precision
        `bf16-mixed` or `32-true`, as Lightning Fabric names them. A processor that only emulates
        bfloat16 trains in float32 whatever is asked, some ten times as fast.
    """

    steps: int = 10_000
    batch: int = 8
    crop: int = 256
    learning_rate: float = 8e-4
    weight_decay: float = 1e-4
    clip: float = 1.0
    warmup: int = 200
    decay_from: float = 0.7
    ema: float = 0.999
    start_share: float = 0.0
    precision: str = "bf16-mixed"

    def rate(self, step: int) -> float:
        """Learning rate at a step."""
        if step < self.warmup:
            return self.learning_rate * (step + 1) / self.warmup
        start = self.decay_from * self.steps
        if step <= start:
            return self.learning_rate
        share = min(1.0, (step - start) / max(1.0, self.steps - start))
        return self.learning_rate * 0.5 * (1 + cos(pi * share))


@dataclass(frozen=True)
class LossRecipe:
    """What a network is asked for, where there is a choice.

    All but the last are for networks that learn by exposing sharp pictures again, with the
    defaults of Zhang et al. 2020.

    Attributes
    ----------
    light
        In which light frames are averaged: `display` encoding, `linear` light, or, for each
        picture, `either`: the one that explains it better (task `reblur` only).
    border
        What lies beyond the picture: `zeros` or `replicate`.
    mse, structure, smoothness, magnitude
        Weights of the squared error, of 1 - MS-SSIM, of the differences of neighbouring offsets
        and of the squared offsets.
    anchor
        Weight of the change of path lengths and of expected errors since the start.
    sharp
        What a deblurring network is asked for: `psnr`, or `mse` as Zhang et al. have it.
    """

    light: str = "display"
    border: str = "zeros"
    mse: float = 1.0
    structure: float = 0.1
    smoothness: float = 0.002
    magnitude: float = 2e-5
    anchor: float = 0.02
    sharp: str = "psnr"


@dataclass(frozen=True)
class Records:
    """How often a run writes things down.

    Attributes
    ----------
    log_steps, measure_steps
        Steps between two lines of losses, and between two measurements on held-out exposures
        (with preview pictures).
    checkpoint_minutes
        Minutes between two checkpoints.
    """

    log_steps: int = 50
    measure_steps: int = 1000
    checkpoint_minutes: float = 5.0


@dataclass(frozen=True)
class Recipe:
    """One training run.

    Attributes
    ----------
    name, task, architecture
        Name of the weights, a key of `recipe_checks.TASKS`, and a key of `networks.ARCHITECTURES`.
    seed
        Seed of the initial weights and of the order of batches.
    start_from
        Name or path of weights to start from; empty for a fresh start.
    only
        Part of the network that learns while the rest stays as it began; empty for all of it.
    guide
        Name or path of the motion network that guides a guided deblurring network, `truth` for
        the exposures' own paths; or of the one whose paths the tasks `refine` and `keep` refine.
    deblurrer
        Name or path of the deblurring network whose pictures the task `reblur` exposes again
        (empty for the true sharp pictures), and the task `keep` refines.
    bends
        Name or path of the refining network along whose paths the task `keep` refines them.
    config
        Arguments of the architecture.
    data, clips, schedule, records, loss
        See their own types; the task `motion` does not read the last. With clips, nothing is
        learned from `data`, but its held-out exposures are measured on: only their paths are known.
    """

    name: str
    task: str
    architecture: str
    seed: int = 1
    start_from: str = ""
    only: str = ""
    guide: str = ""
    deblurrer: str = ""
    bends: str = ""
    config: dict[str, Any] = field(default_factory=dict)
    data: DataRecipe = field(default_factory=DataRecipe)
    clips: ClipRecipe = field(default_factory=ClipRecipe)
    schedule: Schedule = field(default_factory=Schedule)
    records: Records = field(default_factory=Records)
    loss: LossRecipe = field(default_factory=LossRecipe)

    @property
    def shows_half(self) -> bool:
        """Whether the network is shown pictures reduced to half as well, for its onlooker."""
        return self.task == "motion" and bool(self.config.get("onlooker"))

    @property
    def multiple(self) -> int:
        """What sides of pictures that are shown must be multiples of, in px, so that halves fit."""
        return 64 if self.shows_half else 32


_TABLES = {
    "data": DataRecipe,
    "clips": ClipRecipe,
    "schedule": Schedule,
    "records": Records,
    "loss": LossRecipe,
}


def read_recipe(path: Path) -> Recipe:
    """Read and check a recipe.

    Raises
    ------
    RecipeError
        If the file can't be read, isn't TOML, or holds keys or values that make no sense.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RecipeError(
            "The recipe {path} can't be read: {why}. Name a TOML file.", path=path, why=error
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(
            "The recipe {path} is not valid TOML: {why}. Mend that line.", path=path, why=error
        ) from error
    try:
        parts = {key: _fill(kind, table.pop(key, {}), f"[{key}]") for key, kind in _TABLES.items()}
        recipe: Recipe = _fill(Recipe, {**table, **parts}, "the top of the file")
        check(recipe)
    except RecipeError as error:
        raise RecipeError(
            "The recipe {file} can't be followed: {why}", file=path.name, why=error
        ) from error
    return recipe


def _fill(kind: type[Any], table: Any, where: str) -> Any:  # noqa: ANN401 - TOML's own values
    if not isinstance(table, dict):
        raise RecipeError("{where} must be a table.", where=where)
    fields = {f.name: f for f in dataclasses.fields(kind)}
    for key, value in table.items():
        if key not in fields:
            known = ", ".join(sorted(fields))
            raise RecipeError(
                "{where} has no key {key}; its keys are {known}.",
                where=where,
                key=repr(key),
                known=known,
            )
        default = fields[key].default
        if isinstance(default, (int, float, str)) and not is_like(value, default):
            raise RecipeError(
                "{key} in {where} must be like {like}, not {value}.",
                key=key,
                where=where,
                like=repr(default),
                value=repr(value),
            )
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in table.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise RecipeError("{where} lacks a key: {why}.", where=where, why=error) from error
