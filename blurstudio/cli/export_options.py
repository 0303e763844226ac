"""Options of ``blurstudio process`` that say what is written and how, as the export dialog does.

They are the fields of `ExportRequest`; what is done with it lives in `writing`.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from blurstudio.engine.export.request import (
    FLOWS,
    FPS_RANGE,
    FRAMES_RANGE,
    LOOPS_RANGE,
    QUALITY_RANGE,
    VIDEO_FITS,
    Part,
)
from blurstudio.session.conflicts import Conflict


class Still(StrEnum):
    """Endings of pictures, by the names of `engine.export.request.STILLS`."""

    TIF = "tif"
    PNG = "png"
    JPG = "jpg"
    EXR = "exr"


class Video(StrEnum):
    """Kinds of video, by the names of `engine.export.request.VIDEOS`."""

    MP4 = "mp4"
    MKV = "mkv"
    MOV = "mov"
    GIF = "gif"
    WEBP = "webp"


class Depth(StrEnum):
    """Bits per channel, as `engine.export.request.DEPTHS` has them."""

    EIGHT = "8"
    SIXTEEN = "16"
    FLOATS = "32"


Output = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="DIR", help="Results go to DIR/<photo file name>/."),
]
Parts = Annotated[
    str | None,
    typer.Option(
        "--parts",
        metavar="A,B",
        help=f"Write only these, such as sharp,video,report. There are: {', '.join(Part)}.",
    ),
]
PartOfExposure = Annotated[
    str,
    typer.Option(
        "--part",
        metavar="A:B",
        help="Part of the exposure for frames and video, 0:1 is all of it; also exposes a picture "
        "for only so long.",
    ),
]
Stills = Annotated[
    Still, typer.Option("--still", help="Format of the sharp picture and others like it.")
]
StillDepth = Annotated[
    Depth,
    typer.Option(
        "--depth",
        help="Bits per channel of these pictures, 32 for floats; a format that can't hold them "
        "takes what it can: png 16, jpg 8, exr floats of 16 or 32.",
    ),
]
Quality = Annotated[
    int,
    typer.Option(
        "--quality",
        min=QUALITY_RANGE[0],
        max=QUALITY_RANGE[1],
        help="Of pictures and frames as jpg: the higher, the larger the file.",
    ),
]
Names = Annotated[
    str,
    typer.Option(
        "--names",
        metavar="PATTERN",
        help="Names of the files: {part} is what is written, such as sharp, {name} the photo's "
        "name, {date} the day; / makes a folder.",
    ),
]
Frames = Annotated[
    int,
    typer.Option(
        "--frames", min=FRAMES_RANGE[0], max=FRAMES_RANGE[1], help="Frames of the exposure."
    ),
]
FrameStills = Annotated[Still, typer.Option("--frame-still", help="Format of single frames.")]
FrameDepth = Annotated[
    Depth | None,
    typer.Option(
        "--frame-depth",
        help="Bits per channel of single frames; without it 8 for a photo of 8 bit, else 16.",
    ),
]
FrameNames = Annotated[
    str,
    typer.Option(
        "--frame-names",
        metavar="PATTERN",
        help="Names of single frames, like --names; {frame:04d} is the number with four digits.",
    ),
]
VideoKind = Annotated[Video, typer.Option("--video", help="Kind of video.")]
Fps = Annotated[
    float,
    typer.Option(
        "--fps", min=FPS_RANGE[0], max=FPS_RANGE[1], help="Frames of the video in a second."
    ),
]
VideoSize = Annotated[
    str,
    typer.Option(
        "--video-size",
        metavar="WxH",
        help="The video is reduced to fit within it, such as 1920x1080, upright or lying, or a "
        f"single number for the longer side; also {', '.join(VIDEO_FITS)}.",
    ),
]
PingPong = Annotated[
    bool, typer.Option("--ping-pong", help="The video runs back to its start again.")
]
Loops = Annotated[
    int,
    typer.Option(
        "--loops",
        min=LOOPS_RANGE[0],
        max=LOOPS_RANGE[1],
        help="How often the video is played: a film holds its frames so many times, gif and webp "
        "tell the viewer; 0 is once, and for ever with gif and webp.",
    ),
]
Flows = Annotated[
    str,
    typer.Option(
        "--flows", metavar="A,B", help=f"Kinds of flow files. There are: {', '.join(FLOWS)}."
    ),
]
OnConflict = Annotated[
    Conflict | None,
    typer.Option(
        "--on-conflict",
        help="What to do where results lie already: write over them, skip the photo, or write "
        "beside them with a number. Without it (and with number), results that are whole and "
        "were made of the same photo with the same choices are kept, so that a run that was "
        "stopped goes on; others are written over.",
        show_default=False,
    ),
]
