"""Options that several commands share, so that they read and mean the same everywhere.

What a command does with them lives in the command.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[
    bool, typer.Option("--json", help="Print one JSON document on stdout instead of text.")
]
Device = Annotated[
    str, typer.Option("--device", help="Where networks run: auto, cpu, cuda, cuda:1, mps.")
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
