"""What a run is fed with: batches to learn from by step, and held-out ones to measure on.

The loop knows no more of them than that; what a batch holds is between feed and task.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from blurstudio.training.batches import held_out_batches, training_batch
from blurstudio.training.course_batches import course_batch, held_out_courses
from blurstudio.training.courses import Asked, prepare_courses
from blurstudio.training.guides import prepare_guides
from blurstudio.training.recipe_checks import SURVEYED
from blurstudio.training.resident import ResidentExposures, fits
from blurstudio.training.shakes import Looked, prepare_shakes
from blurstudio.training.survey_batches import held_out_surveys, survey_batch
from blurstudio.training.surveys import prepare_surveys

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy as np
    import torch
    from numpy.typing import NDArray
    from torch import nn

    from blurstudio.training.batches import Exposures
    from blurstudio.training.recipe import Recipe
    from blurstudio.training.records import RecordBook

_MEASURED = 4
"""Pictures in a batch that is measured on."""


class Feed(Protocol):
    """What the loop asks of a feed; batches know how to go `to` a device."""

    def batch(self, step: int) -> Any:  # noqa: ANN401 - see the module
        """Batch of a step: seed and step alone decide it."""

    def on(self, device: torch.device) -> Feed:
        """Return the feed that serves a run on a device best."""

    def held_out(self) -> Iterator[Any]:
        """Batches that are never learned from, always the same."""


@dataclass(frozen=True)
class PictureFeed:
    """Pictures and, where they are known, their paths.

    Attributes
    ----------
    recipe
        Whose schedule and seed.
    exposures
        Rendered, or averages of clips.
    held_out_count
        How many at the end are measured on.
    guides
        From `training.guides`, for a guided network.
    resident
        The exposures that are learned from, where they lie in a GPU's memory.
    """

    recipe: Recipe
    exposures: Exposures
    held_out_count: int
    guides: NDArray[np.float16] | None = None
    resident: ResidentExposures | None = None

    def batch(self, step: int) -> Any:  # noqa: ANN401 - as in `Feed`
        """Draw a `training.batches.Batch`."""
        schedule = self.recipe.schedule
        draw = {"seed": self.recipe.seed, "batch": schedule.batch, "crop": schedule.crop}
        if self.resident is not None:
            return self.resident.batch(step, **draw)
        learned = len(self.exposures) - self.held_out_count
        return training_batch(self.exposures, learned, step, guides=self.guides, **draw)

    def on(self, device: torch.device) -> PictureFeed:
        """Return the feed with its exposures in the memory of a GPU, where they fit into it."""
        learned = len(self.exposures) - self.held_out_count
        if not fits(self.exposures, learned, device):
            return self
        resident = ResidentExposures(self.exposures, learned, device, self.guides)
        return replace(self, resident=resident)

    def held_out(self) -> Iterator[Any]:
        """Yield the last exposures."""
        first = len(self.exposures) - self.held_out_count
        return held_out_batches(
            self.exposures,
            first,
            batch=_MEASURED,
            multiple=self.recipe.multiple,
            guides=self.guides,
        )


@dataclass(frozen=True)
class AnswerFeed:
    """What other networks said of rendered exposures.

    Attributes
    ----------
    recipe, exposures, held_out_count
        As for `PictureFeed`.
    answers
        From `training.surveys`, `courses` or `shakes`.
    draw
        Makes the batch of a step of the first so many exposures and answers.
    in_order
        Yields batches of those from one on.
    """

    recipe: Recipe
    exposures: Exposures
    held_out_count: int
    answers: Any
    draw: Callable[..., Any]
    in_order: Callable[..., Iterator[Any]]

    def batch(self, step: int) -> Any:  # noqa: ANN401 - as in `Feed`
        """Draw the batch of a step."""
        learned = len(self.exposures) - self.held_out_count
        seed, batch = self.recipe.seed, self.recipe.schedule.batch
        return self.draw(self.exposures, self.answers, learned, step, seed=seed, batch=batch)

    def on(self, device: torch.device) -> AnswerFeed:
        """Return the feed itself."""
        return self

    def held_out(self) -> Iterator[Any]:
        """Yield what was said of the last exposures."""
        first = len(self.exposures) - self.held_out_count
        return self.in_order(self.exposures, self.answers, first, batch=_MEASURED)


def make_feed(
    recipe: Recipe,
    exposures: Exposures,
    folder: Path,
    prepare: Callable[[nn.Module], nn.Module],
    book: RecordBook,
    stopped: threading.Event,
    workers: int = 1,
) -> Feed:
    """Make ready what a recipe wants to know of its exposures; what is there already is read.

    Parameters
    ----------
    recipe, exposures
        What is trained, and on what.
    folder
        Of the run: answers of other networks are kept there.
    prepare
        Brings a network that is only asked to where and how it is to run.
    book
        Is told what takes long.
    stopped
        Ends it early; called again it goes on.
    workers
        Processes that work beside each other where that is possible.

    Raises
    ------
    WeightsError
        If a network that is asked isn't there.
    Cancelled
        If it was stopped early.
    """
    held_out = recipe.data.held_out

    def told(kind: str) -> Callable[[int, int], None]:
        def write(done: int, count: int) -> None:
            book.write(kind, done=done, exposures=count, motion=recipe.guide)

        write(0, len(exposures))
        return write

    if recipe.task in SURVEYED:
        surveys = prepare_surveys(
            recipe.guide, exposures, folder, stopped, told("surveys"), workers
        )
        if recipe.task == "refine":
            return AnswerFeed(recipe, exposures, held_out, surveys, survey_batch, held_out_surveys)
    courses = partial(course_batch, crop=recipe.schedule.crop)
    if recipe.task == "keep":
        refiners = Asked(recipe.guide, recipe.bends, recipe.deblurrer)
        refined = prepare_courses(refiners, exposures, folder, stopped, told("courses"), workers)
        return AnswerFeed(recipe, exposures, held_out, refined, courses, held_out_courses)
    if recipe.task == "shake":
        looked = Looked(recipe.guide, recipe.deblurrer)
        shakes = prepare_shakes(looked, exposures, folder, stopped, told("shakes"), workers)
        return AnswerFeed(recipe, exposures, held_out, shakes, courses, held_out_courses)
    guides = None
    if recipe.guide:
        book.write("guides", exposures=len(exposures), motion=recipe.guide)
        guides = prepare_guides(recipe.guide, exposures, folder, prepare)
    return PictureFeed(recipe, exposures, held_out, guides)
