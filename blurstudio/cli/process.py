"""``blurstudio process``: photos in; sharp pictures, paths, flows and videos out.

Here are its words; what is done with the photos is in `processing.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from blurstudio.cli.one_photo import AMOUNT
from blurstudio.cli.options import (
    Amount,
    DeblurModel,
    Deblurrer,
    Device,
    Flips,
    Json,
    MaxSide,
    Memory,
    MotionModel,
    PathShape,
    Photos,
    Precision,
    Refine,
    RefineWhat,
    Reverse,
    SharpBy,
    Strength,
    place_from,
)
from blurstudio.cli.photos import gather_photos
from blurstudio.cli.processing import Settings, Video, process_photos
from blurstudio.engine.export.request import Part, parts_from
from blurstudio.engine.interval import interval_from
from blurstudio.engine.options import AnalysisOptions
from blurstudio.session.conflicts import Conflict

_DEFAULT = Settings()
_FIELDS = {
    "model_motion": "motion_model",
    "model_deblur": "deblur_model",
    "max_side": "max_side",
    "constraint": "constraint",
    "refine": "refine",
    "deblurrer": "deblurrer",
    "strength": "strength",
    "reverse": "reverse",
    "flip": "flips",
    AMOUNT: AMOUNT,
}
"""Options about a photo by the names of their words; a document has them as well."""


def process(
    context: typer.Context,
    photos: Photos,
    folder: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Results go to DIR/<photo file name>/."),
    ] = Path("out"),
    frames: Annotated[
        int, typer.Option(min=2, max=999, help="Frames of the exposure to write.")
    ] = _DEFAULT.frames,
    video: Annotated[Video, typer.Option(help="Kind of video.")] = _DEFAULT.video,
    device: Device = _DEFAULT.options.device,
    precision: Precision = _DEFAULT.options.precision,
    memory: Memory = None,
    model_motion: MotionModel = None,
    model_deblur: DeblurModel = None,
    max_side: MaxSide = None,
    constraint: PathShape = None,
    refine: RefineWhat = Refine.OFF,
    deblurrer: SharpBy = Deblurrer.NETWORK,
    strength: Strength = _DEFAULT.options.strength,
    amount: Amount = _DEFAULT.amount,
    reverse: Reverse = False,
    flip: Flips = None,
    part: Annotated[
        str,
        typer.Option(
            metavar="A:B",
            help="Part of the exposure for frames and video, 0:1 is all of it; also exposes "
            "a picture for only so long.",
        ),
    ] = "0:1",
    parts: Annotated[
        str | None,
        typer.Option(
            metavar="A,B",
            help=f"Write only these, such as sharp,video,report. There are: {', '.join(Part)}.",
        ),
    ] = None,
    recursive: Annotated[
        bool,
        typer.Option(
            "--recursive", "-r", help="Take photos in the folders below a folder as well."
        ),
    ] = False,
    on_conflict: Annotated[
        Conflict | None,
        typer.Option(
            "--on-conflict",
            help="What to do where results lie already: write over them, skip the photo, or write "
            "beside them with a number. Without it (and with number), results that are whole and "
            "were made of the same photo with the same choices are kept, so that a run that was "
            "stopped goes on; others are written over.",
            show_default=False,
        ),
    ] = None,
    document: Annotated[
        bool,
        typer.Option(
            "--document/--no-document",
            help="Use the choices and regions in the document beside a photo "
            "(PHOTO.blurstudio.json); options on the command line count before it.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the sharp picture, the motion, the residual and a video of each photo.

    A run that was stopped goes on when the same command is given again.
    """
    options = AnalysisOptions(
        device=device,
        precision=precision,
        memory_limit=None if memory is None else round(memory * 1e9),
        motion_model=model_motion,
        deblur_model=model_deblur,
        max_side=max_side,
        constraint=None if constraint is None else constraint.value,
        refine=refine.value,
        deblurrer=deblurrer.value,
        strength=strength,
        reverse=reverse,
        flips=tuple(place_from(text) for text in flip or ()),
    )
    settings = Settings(
        frames,
        video,
        interval_from(part),
        options,
        None if parts is None else parts_from(parts),
        amount,
        conflict=on_conflict,
        document=document,
        spoken=_spoken(context),
        roots=tuple(path for path in photos if path.is_dir()) if recursive else (),
    )
    found = gather_photos(photos, below=recursive)
    raise typer.Exit(process_photos(found, folder, settings, as_json=as_json))


def _spoken(context: typer.Context) -> frozenset[str]:
    """Fields of the options that were chosen by a word of the command line."""
    return frozenset(
        name
        for word, name in _FIELDS.items()
        if (source := context.get_parameter_source(word)) is not None
        and source.name == "COMMANDLINE"
    )
