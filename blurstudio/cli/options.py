"""Options that several commands share, so that they read and mean the same everywhere.

What a command does with them lives in the command.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from blurstudio.errors import BlurStudioError

Json = Annotated[
    bool, typer.Option("--json", help="Print one JSON document on stdout instead of text.")
]
Device = Annotated[
    str, typer.Option("--device", help="Where networks run: auto, cpu, cuda, cuda:1, mps.")
]
Precision = Annotated[
    str, typer.Option("--precision", help="How networks calculate: auto, float32, bfloat16.")
]
Memory = Annotated[
    float | None,
    typer.Option(
        "--memory", metavar="GB", min=0.001, max=1e6, help="Memory that networks may take."
    ),
]
Photos = Annotated[
    list[Path], typer.Argument(metavar="PHOTO...", help="Photos, or folders of photos.")
]
MotionModel = Annotated[
    str | None,
    typer.Option("--model-motion", metavar="NAME", help="Motion network, see blurstudio models."),
]
MaxSide = Annotated[
    int | None,
    typer.Option(
        "--max-side", metavar="PX", min=8, help="Reduce the longer side to this many px first."
    ),
]
DeblurModel = Annotated[
    str | None,
    typer.Option(
        "--model-deblur", metavar="NAME", help="Deblurring network, see blurstudio models."
    ),
]


class Shape(StrEnum):
    """Path families, by the names of `engine.options.CONSTRAINTS`."""

    LINEAR = "linear"
    BILINEAR = "bilinear"
    QUADRATIC = "quadratic"
    FREE = "free"


class Refine(StrEnum):
    """What a refinement fits, by the names of `engine.options.REFINEMENTS`."""

    OFF = "off"
    PATH = "path"
    BOTH = "both"
    SHAKE = "shake"


class Deblurrer(StrEnum):
    """What makes the sharp picture, by the names of `engine.options.DEBLURRERS`."""

    NETWORK = "network"
    DECONVOLUTION = "deconvolution"


PathShape = Annotated[
    Shape | None,
    typer.Option(
        "--constraint", help="Family that paths are fitted to; else as the network answers."
    ),
]
RefineWhat = Annotated[
    Refine,
    typer.Option(
        "--refine",
        help="Fit to the photo: the paths, both paths and picture, or one shake of any shape for "
        "the whole of it, which the first two follow only where what comes of it looks right.",
    ),
]
SharpBy = Annotated[
    Deblurrer,
    typer.Option("--deblurrer", help="A network, or deconvolution along the paths without one."),
]
Strength = Annotated[
    float, typer.Option("--strength", min=0, max=1, help="Strength of the deconvolution.")
]
Amount = Annotated[
    float,
    typer.Option(
        "--amount",
        metavar="PERCENT",
        min=0,
        max=100,
        help="How much of the deblurred result is used in sharp picture, frames and video; 0 is "
        "the photo.",
    ),
]
Reverse = Annotated[bool, typer.Option("--reverse", help="Turn time round everywhere.")]
Flips = Annotated[
    list[str] | None,
    typer.Option(
        "--flip",
        metavar="X,Y",
        help="Turn time round in the motion region at this place, from 0,0 top left to 1,1 "
        "bottom right; may be given several times.",
    ),
]


def place_from(text: str) -> tuple[float, float]:
    """Read a place like ``0.5,0.25``.

    Raises
    ------
    BlurStudioError
        If it is no place in a picture.
    """
    try:
        x, y = (float(side) for side in text.split(","))
    except ValueError as error:
        raise BlurStudioError(
            '"{text}" is no place; write two numbers from 0 to 1 like 0.5,0.25 after --flip.',
            text=text,
        ) from error
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise BlurStudioError(
            "The place {text} lies outside the picture; both numbers after --flip go from 0 to 1.",
            text=text,
        )
    return x, y
