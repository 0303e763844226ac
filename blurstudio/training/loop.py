"""The loop: one recipe, one run folder, one network at the end.

A run can be stopped or killed at any moment and goes on exactly from its last checkpoint: a
batch depends on the seed and the step alone, and the checkpoint holds the rest.
"""

from __future__ import annotations

import dataclasses
import json
import signal
import threading
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import torch

from blurstudio import networks
from blurstudio.media.folders import make_folder
from blurstudio.training import export
from blurstudio.training.accelerator import check_accelerator, make_fabric
from blurstudio.training.average import Average
from blurstudio.training.checkpoint import load_checkpoint, save_checkpoint
from blurstudio.training.clips import prepare_clips
from blurstudio.training.exposures import prepare
from blurstudio.training.feeds import Feed, PictureFeed, make_feed
from blurstudio.training.recipe import read_recipe
from blurstudio.training.records import RecordBook, write_preview
from blurstudio.training.tasks import make_task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lightning_fabric import Fabric
    from torch import nn

    from blurstudio.training.recipe import Recipe
    from blurstudio.training.tasks import Task


def train(
    recipe_path: Path,
    run_folder: Path,
    data_folder: Path | None = None,
    *,
    exposures_folder: Path | None = None,
    clips_folder: Path | None = None,
    resume: bool = True,
    accelerator: str = "auto",
    listener: Callable[[dict[str, Any]], None] | None = None,
    stop: threading.Event | None = None,
    workers: int = 1,
) -> Path:
    """Train a network as a recipe says.

    Parameters
    ----------
    recipe_path
        TOML file, see `blurstudio.training.recipe`.
    run_folder
        Where the run lives: `records.jsonl`, `checkpoint.pt`, `previews/`, and the weights.
    data_folder
        Folder that the recipe's photos and clips lie in; not needed when all is made of them.
    exposures_folder
        Where the rendered exposures are or will be; `run_folder/exposures` unless told.
    clips_folder
        Where the averages of clips are or will be, likewise; `run_folder/clips` unless told.
    resume
        Go on from the run's checkpoint, if it has one.
    accelerator
        `auto`, `cpu`, `cuda` or `mps`, as Lightning Fabric names them.
    listener
        Called with every record that is written.
    stop
        When set, the run makes a checkpoint and ends. SIGTERM and SIGINT do the same.
    workers
        Processes that render exposures and survey them beside each other.

    Returns
    -------
    Path
        The weights: the running average so far, with their card beside them.

    Raises
    ------
    RecipeError, DataError, WeightsError, ExportError
        Sentences about what the run can't do.
    BlurStudioError
        If the accelerator isn't there, or its name means nothing.
    Cancelled
        If it was stopped before there was anything to keep.
    """
    recipe = read_recipe(recipe_path)
    check_accelerator(accelerator)
    make_folder(run_folder)
    rendered = exposures_folder or run_folder / "exposures"
    exposures = prepare(recipe.data, rendered, data_folder, workers=workers)
    clips = None
    if recipe.clips.files:
        averages = prepare_clips(recipe.clips, clips_folder or run_folder / "clips", data_folder)
        clips = PictureFeed(recipe, averages, recipe.clips.held_out)
    fabric = make_fabric(accelerator, recipe.schedule.precision)
    # Layers kept in float32 shall not be rounded to TF32; batches are all of one shape.
    torch.backends.cudnn.allow_tf32, torch.backends.cudnn.benchmark = False, True
    book = RecordBook(run_folder / "records.jsonl", listener)
    try:
        with _stopping(stop or threading.Event()) as stopped:
            watching = partial(_watching, fabric)
            feed = make_feed(recipe, exposures, run_folder, watching, book, stopped, workers)
            return _run(recipe, run_folder, feed, clips, fabric, book, stopped, resume)
    finally:
        book.close()


def _run(
    recipe: Recipe,
    folder: Path,
    feed: Feed,
    clips: Feed | None,
    fabric: Fabric,
    book: RecordBook,
    stopped: threading.Event,
    resume: bool,
) -> Path:
    schedule, records = recipe.schedule, recipe.records
    task = make_task(recipe, partial(_watching, fabric))
    learned = (clips or feed).on(fabric.device)
    torch.manual_seed(recipe.seed)
    plain = networks.build(recipe.architecture, **recipe.config)
    if recipe.start_from:
        export.start_from(plain, recipe.start_from)
    if recipe.only:
        plain.requires_grad_(requires_grad=False)
        plain.get_submodule(recipe.only).requires_grad_(requires_grad=True)
    plain = plain.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    network, optimizer = fabric.setup(
        plain,
        torch.optim.AdamW(
            plain.parameters(), lr=schedule.learning_rate, weight_decay=schedule.weight_decay
        ),
    )
    average = Average(plain, schedule.ema, schedule.start_share)
    described = json.loads(json.dumps(dataclasses.asdict(recipe)))
    first = load_checkpoint(folder, plain, average, optimizer, described) if resume else 0
    book.write("start", step=first, recipe=described, device=str(fabric.device))
    saved = time.monotonic()
    figures: dict[str, float] = {}
    done = first
    if recipe.start_from and not first:
        figures = _measure(recipe, task, feed, clips, fabric, average, folder, 0)
        book.write("measure", step=0, **figures)

    for step in range(first, schedule.steps):
        batch = learned.batch(step).to(fabric.device)
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate(step)
        optimizer.zero_grad()
        loss = task.loss(network, batch)
        fabric.backward(loss)
        norm = fabric.clip_gradients(network, optimizer, max_norm=schedule.clip)
        assert norm is not None
        optimizer.step()
        average.update(plain, step)

        done = step + 1
        if done % records.log_steps == 0 or done == schedule.steps:
            book.write("loss", step=done, loss=loss.item(), norm=float(norm))
        if done % records.measure_steps == 0 or done == schedule.steps:
            figures = _measure(recipe, task, feed, clips, fabric, average, folder, done)
            book.write("measure", step=done, **figures)
        late = time.monotonic() - saved > 60 * records.checkpoint_minutes
        if late or stopped.is_set() or done == schedule.steps:
            save_checkpoint(folder, done, plain, average, optimizer, described)
            export.save_average(recipe, average, folder, done, str(fabric.device), figures)
            book.write("checkpoint", step=done)
            saved = time.monotonic()
        if stopped.is_set():
            break
    book.write("end", step=done)
    return folder / f"{recipe.name}.safetensors"


def _measure(
    recipe: Recipe,
    task: Task,
    feed: Feed,
    clips: Feed | None,
    fabric: Fabric,
    average: Average,
    folder: Path,
    step: int,
) -> dict[str, float]:
    """Figures and preview pictures of the running average on held-out exposures and clips."""
    network = networks.build(recipe.architecture, **recipe.config)
    network.load_state_dict(average.left)
    network = _watching(fabric, network.eval())
    with torch.no_grad():
        batches = [b.to(fabric.device) for b in feed.held_out()]
        figures = task.measure(network, batches)
        write_preview(folder / "previews" / f"{step:07d}.png", task.preview(network, batches[0]))
        if clips is not None:
            batches = [b.to(fabric.device) for b in clips.held_out()]
            told = task.measure(network, batches)
            figures |= {f"clips_{name}": value for name, value in told.items()}
            sheet = folder / "previews" / f"{step:07d}-clips.png"
            write_preview(sheet, task.preview(network, batches[0]))
    return {name: round(value, 4) for name, value in figures.items()}


def _watching(fabric: Fabric, network: nn.Module) -> nn.Module:
    """Bring a network that is only asked, not trained, to the run's device and precision."""
    network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    answering: nn.Module = fabric.setup_module(network)
    return answering


@contextmanager
def _stopping(event: threading.Event) -> Iterator[threading.Event]:
    """Turn SIGTERM and SIGINT into a request to stop, where signals can be caught."""
    if threading.current_thread() is not threading.main_thread():
        yield event
        return
    caught = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: event.set()) for number in caught]
    try:
        yield event
    finally:
        for number, handler in zip(caught, before, strict=True):
            signal.signal(number, handler)
