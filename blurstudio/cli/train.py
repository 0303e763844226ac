"""``blurstudio train``: follows a recipe and leaves weights with their card in a run folder.

The loop lives in `blurstudio.training`. The same command goes on where an interrupted run
stopped; with ``--json`` every record is one line, so that another program can follow the run.
"""

from __future__ import annotations

import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from blurstudio.cli import output
from blurstudio.errors import BlurStudioError, Cancelled, RecipeError
from blurstudio.locations import data_folder, resource


def train(
    recipe: Annotated[
        str, typer.Argument(metavar="RECIPE", help="A TOML file, or the name of a shipped recipe.")
    ],
    run: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="The run's folder; runs/<recipe> unless given."
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of photos, clips; else BLURSTUDIO_DATA is asked."),
    ] = None,
    exposures: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of rendered exposures, shared between runs."),
    ] = None,
    clips: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of averages of clips, shared between runs."),
    ] = None,
    steps: Annotated[
        int | None,
        typer.Option(min=1, help="Stop at the first record after this step; run again to go on."),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start from the beginning instead of going on.")
    ] = False,
    accelerator: Annotated[
        str, typer.Option(metavar="NAME", help="Where to train: auto, cpu, cuda or mps.")
    ] = "auto",
    workers: Annotated[
        int,
        typer.Option(
            min=1, max=256, metavar="N", help="Processes that render and survey beside each other."
        ),
    ] = 1,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print every record as one line of JSON.")
    ] = False,
) -> None:
    """Train a network as a recipe says; run it again to go on after a stop."""
    if find_spec("lightning_fabric") is None:
        raise BlurStudioError(
            "Training needs Lightning Fabric; install it with: pip install 'blurstudio[training]'."
        )
    path = _find_recipe(recipe)
    run_folder = run or Path("runs") / path.stem
    from blurstudio.training import read_recipe
    from blurstudio.training import train as train_network

    # A mistake in the recipe is told before anybody looks for a data folder.
    read_recipe(path)
    photos = data_folder(data) if data is not None or exposures is None else None
    follower = _Follower(steps, as_json=as_json)
    weights = train_network(
        path,
        run_folder,
        photos,
        exposures_folder=exposures,
        clips_folder=clips,
        resume=not fresh,
        accelerator=accelerator,
        listener=follower,
        stop=follower.stop,
        workers=workers,
    )
    if follower.interrupted:
        how = "the same command goes on"
        if fresh:
            how += " if --fresh is left out"
        raise Cancelled("Stopped at step {step}; {how}.", step=follower.step, how=how)
    if as_json:
        output.answer_json_line({"kind": "result", "weights": str(weights)})
    else:
        output.answer(str(weights))


def _find_recipe(recipe: str) -> Path:
    """Find a recipe by its file or by the name of a shipped one."""
    path = Path(recipe)
    if path.is_file():
        return path
    shipped = resource("recipes", f"{recipe}.toml")
    if path.name == recipe and shipped.is_file():
        return shipped
    known = ", ".join(sorted(file.stem for file in resource("recipes").glob("*.toml")))
    raise RecipeError(
        "There is no recipe {recipe}; name a TOML file or one of the shipped recipes: {known}.",
        recipe=recipe,
        known=known,
    )


class _Follower:
    """Shows each record of a run, and stops it after enough steps."""

    def __init__(self, steps: int | None, *, as_json: bool) -> None:
        self.stop = threading.Event()
        self.step = 0
        self._steps = steps
        self._as_json = as_json

    def __call__(self, record: dict[str, Any]) -> None:
        if self._as_json:
            output.answer_json_line(record)
        else:
            output.say(_in_words(record))
        self.step = int(record.get("step", self.step))
        if self._enough:
            self.stop.set()

    @property
    def interrupted(self) -> bool:
        """Whether a signal stopped the run, before there were enough steps."""
        return self.stop.is_set() and not self._enough

    @property
    def _enough(self) -> bool:
        return self._steps is not None and self.step >= self._steps


def _in_words(record: dict[str, Any]) -> str:
    hidden = {"kind", "time", "step", "recipe"}
    values = ", ".join(
        f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in record.items()
        if name not in hidden
    )
    return f"step {record.get('step', 0)}: {record['kind']} {values}".rstrip()
