"""``blurstudio render``: a data set of simulated exposures with exact answers, from sharp photos.

The simulator lives in `blurstudio.simulate`; a data set that was interrupted is completed by the
same command.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from blurstudio.cli import output
from blurstudio.cli.options import Json
from blurstudio.cli.photos import gather_photos
from blurstudio.cli.progress import progress_bar


class Preset(StrEnum):
    """How strong the simulated blur is."""

    LIGHT = "light"
    MIXED = "mixed"
    STRONG = "strong"


def render(
    context: typer.Context,
    photos: Annotated[
        list[Path], typer.Argument(metavar="PHOTO...", help="Sharp photos, or folders of them.")
    ],
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder of the data set.")
    ],
    count: Annotated[int, typer.Option(min=1, help="Number of exposures.")] = 100,
    size: Annotated[
        int, typer.Option(min=32, metavar="PX", help="Side of an exposure, a multiple of 4.")
    ] = 256,
    seed: Annotated[int, typer.Option(min=0, help="Decides every exposure.")] = 0,
    preset: Annotated[Preset, typer.Option(help="How strong the blur is.")] = Preset.MIXED,
    workers: Annotated[
        int,
        typer.Option(min=1, max=256, metavar="N", help="Processes that render beside each other."),
    ] = 1,
    evaluation_set: Annotated[
        bool,
        typer.Option(
            "--evaluation-set",
            help="Write the 96 exposures that networks are measured on, from the folder of the "
            "24 Kodak photos.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Render blurred exposures with known paths from sharp photos."""
    if evaluation_set:
        _refuse_choices(context)
        _render_evaluation_set(photos, folder, as_json=as_json)
        return
    if size % 4:
        raise typer.BadParameter("it must be a multiple of 4", param_hint="--size")
    from blurstudio.simulate.dataset import write_dataset
    from blurstudio.simulate.settings import PRESETS

    sharp = gather_photos(photos)
    settings = replace(PRESETS[preset.value], size=(size, size))
    with progress_bar("Rendering") as move:
        dataset = write_dataset(
            sharp,
            folder,
            count,
            settings,
            seed,
            progress=lambda done, total: move(done / total, f"{done} of {total} exposures"),
            workers=workers,
        )
    if as_json:
        output.answer_json(
            {"folder": str(folder), "exposures": len(dataset), "photos": len(sharp), "seed": seed}
        )
    else:
        output.answer(str(folder))
        output.say(f"{len(dataset)} exposures from {len(sharp)} photos.")


def _render_evaluation_set(photos: list[Path], folder: Path, *, as_json: bool) -> None:
    from blurstudio.simulate.evaluation_files import write_evaluation_set

    if len(photos) != 1 or not photos[0].is_dir():
        raise typer.BadParameter("name the one folder of the Kodak photos", param_hint="PHOTO")
    with progress_bar("Rendering") as move:
        files = write_evaluation_set(
            photos[0],
            folder,
            progress=lambda done, total: move(done / total, f"{done} of {total} exposures"),
        )
    if as_json:
        output.answer_json({"folder": str(folder), "files": [str(file) for file in files]})
    else:
        output.answer(str(folder))
        output.say(f"The evaluation set, {len(files)} exposures.")


def _refuse_choices(context: typer.Context) -> None:
    """Refuse what would change the set, which is always the same."""
    for name in ("count", "size", "seed", "preset"):
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            raise typer.BadParameter("the evaluation set has its own", param_hint=f"--{name}")
