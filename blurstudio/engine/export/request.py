"""What a person asks to have written, as a value that settings, queues and the command line keep.

What the files are called is `names`' business, writing them `write`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from blurstudio.engine.export.pattern import FRAME_PATTERN, PATTERN
from blurstudio.engine.interval import WHOLE
from blurstudio.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Part(StrEnum):
    """Something that can be written."""

    SHARP = "sharp"
    EXPOSED = "exposed"
    STRIP = "strip"
    OVERLAY = "overlay"
    PICTURES = "pictures"
    FRAMES = "frames"
    VIDEO = "video"
    OVERLAY_VIDEO = "overlay-video"
    FLOW = "flow"
    PATHS = "paths"
    KERNELS = "kernels"
    MASKS = "masks"
    REPORT = "report"
    FIGURES = "figures"


class Conflict(StrEnum):
    """What becomes of results that are there already: of one file, or of a folder of them."""

    OVERWRITE = "overwrite"
    SKIP = "skip"
    NUMBER = "number"


DEPTHS_OF = {"tif": (8, 16, 32), "png": (8, 16), "jpg": (8,), "exr": (16, 32)}
"""Bits per channel of pictures, by their endings; 32 are floats, as all of OpenEXR's are."""

STILLS = tuple(DEPTHS_OF)
"""Endings of pictures."""

VIDEOS = ("mp4", "mkv", "mov", "gif", "webp")
"""Endings of films and animations; the last two can be told to go on for ever."""

FLOWS = ("flo", "kitti", "pfm")
"""Kinds of flow files."""

ANIMATIONS = ("gif", "webp")
"""Endings of films that viewers repeat by themselves."""

FULL_SIZE = (0, 0)
"""A video as large as the photo, as far as its kind allows."""

VIDEO_FITS = {"full": FULL_SIZE, "1080p": (1920, 1080), "720p": (1280, 720)}
"""Sizes of videos that have a name: what they fit within."""

DEPTHS = (8, 16, 32)
"""Bits per channel of pictures."""

DEPTH_OF_PHOTO = 0
"""Frames of 8 bit of a photo of 8 bit, and of 16 bit of any other."""

FRAMES_RANGE = (2, 999)
FPS_RANGE = (1.0, 240.0)
QUALITY_RANGE = (1, 100)
SIDE_RANGE = (16, 16384)
LOOPS_RANGE = (0, 99)
"""Least and most that a person may ask for, as `ExportRequest` has it."""


@dataclass(frozen=True)
class ExportRequest:
    """What to write, how, and where.

    Attributes
    ----------
    folder
        A folder named after the photo is made in it.
    parts
        What to write.
    still, video
        Suffixes without the dot: tif, png, jpg or exr; mp4 (H.264), mkv (FFV1), mov (ProRes), gif
        or webp.
    frames
        Number of frames of video and sequence.
    interval
        Part of the exposure that they cover, and the picture exposed for only so long, within
        [-1/2, 1/2].
    fps
        Frames per second of the video.
    depth, frame_depth
        Bits per channel of pictures and of frames: 8, 16, or 32 for floats (tif and exr). A format
        that can't hold them takes what it can. Frames can have `DEPTH_OF_PHOTO`.
    quality
        Of JPEG files, 1 to 100.
    frame_still
        Suffix of the frames.
    pattern, frame_pattern
        How files and frames are called, without the suffix; see `pattern`.
    day
        What ``{date}`` stands for, such as 2025-03-09; empty for the day of writing.
    conflict
        What becomes of files that are there already.
    video_fit
        Longer and shorter side in px that the video must fit within; 0 sets no bound.
    pingpong
        Whether the video runs back to its start again.
    loops
        How often the video is played: repeated in the file of a film, told to viewers in an
        animation. 0 is once in a film and for ever in an animation.
    flows
        Which kinds of flow files, of `FLOWS`.
    name
        Name of the folder that is made; empty for the photo's.
    """

    folder: Path
    parts: frozenset[Part] = field(default_factory=frozenset)
    still: str = "tif"
    video: str = "mp4"
    frames: int = 15
    interval: tuple[float, float] = WHOLE
    fps: float = 15.0
    depth: int = 16
    quality: int = 95
    frame_still: str = "png"
    frame_depth: int = 16
    pattern: str = PATTERN
    frame_pattern: str = FRAME_PATTERN
    day: str = ""
    conflict: Conflict = Conflict.OVERWRITE
    video_fit: tuple[int, int] = FULL_SIZE
    pingpong: bool = False
    loops: int = 0
    flows: tuple[str, ...] = ("flo", "kitti")
    name: str = ""


def parts_from(text: str) -> frozenset[Part]:
    """Read parts from words with commas between them, such as ``"sharp,video,report"``.

    Raises
    ------
    ExportError
        If a word is no part, or there is none at all.
    """
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    unknown = next((word for word in words if word not in {*Part}), None)
    if unknown is not None or not words:
        raise ExportError(
            "No part is named; choose from {known}."
            if unknown is None
            else '"{unknown}" can\'t be written; choose from {known}.',
            unknown=unknown,
            known=", ".join(Part),
        )
    return frozenset(Part(word) for word in words)


def flows_from(text: str) -> tuple[str, ...]:
    """Read kinds of flow files from words with commas between them, such as ``"flo,kitti"``.

    Returns
    -------
    tuple of str
        In the order of `FLOWS`.

    Raises
    ------
    ExportError
        If a word is no kind, or there is none at all.
    """
    words = {word.strip().lower() for word in text.split(",") if word.strip()}
    unknown = next((word for word in sorted(words) if word not in FLOWS), None)
    if unknown is not None or not words:
        raise ExportError(
            '"{unknown}" is no flow file; choose from {known}.'
            if words
            else "No kind of flow file is named; choose from {known}.",
            unknown=unknown,
            known=", ".join(FLOWS),
        )
    return tuple(kind for kind in FLOWS if kind in words)


def fit_from(text: str) -> tuple[int, int]:
    """Read what a video fits within, such as ``"1920x1080"``, ``"1600"`` or ``"720p"``.

    Returns
    -------
    tuple of int
        Longer and shorter side in px; 0, as the shorter one of a single number, sets no bound.

    Raises
    ------
    ExportError
        If it is no size that a video can have.
    """
    words = text.strip().lower()
    if words in VIDEO_FITS:
        return VIDEO_FITS[words]
    long, by, short = words.partition("x")
    least, most = SIDE_RANGE
    try:
        fit = (int(long), int(short) if by else 0)
    except ValueError:
        fit = (-1, -1)
    if not all(side == 0 or least <= side <= most for side in fit):
        raise ExportError(
            '"{text}" is no size of a video; write its longer and shorter side like 1920x1080, or '
            "one number for the longer side, each from {least} to {most} px. There are also "
            "{fits}.",
            text=text,
            least=least,
            most=most,
            fits=", ".join(VIDEO_FITS),
        )
    # An upright size means the same.
    return fit if 0 in fit else (max(fit), min(fit))


def fit_in_words(fit: tuple[int, int]) -> str:
    """Write down what a video fits within as `fit_from` reads it."""
    long, short = fit
    return f"{long}x{short}" if short else f"{long}"


def in_words(parts: Iterable[Part]) -> str:
    """Write parts down as `parts_from` reads them, in their usual order."""
    wanted = set(parts)
    return ",".join(part for part in Part if part in wanted)


def stored_depth(suffix: str, depth: int) -> int:
    """Bits per channel that a picture of a suffix gets when `depth` is asked for."""
    held = DEPTHS_OF[suffix]
    return max((each for each in held if each <= (depth or 16)), default=held[0])
