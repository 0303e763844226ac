"""Frames out as films (MP4, MKV, MOV) or animations (GIF, WebP), written one frame at a time.

Which frames there are is decided elsewhere; here they only get a file and a rate. Encoding is
`media.encoding`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from blurstudio.errors import ExportError
from blurstudio.libraries import load_video_libraries
from blurstudio.media.atomic import atomic_path
from blurstudio.media.encoding import ENCODERS, encode
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    import os

    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]

Progress = Callable[[float, str], None]
SUFFIXES = (".mp4", ".mkv", ".mov", ".gif", ".webp")
# Visually lossless; a clip of one exposure is short, so its size hardly matters.
_CRF = "16"
_WEBP_QUALITY = "90"
# Browsers slow down GIFs whose pictures stay for less than two hundredths of a second.
_GIF_SHORTEST = 2
_GIF_MAX_SIDE = 65535
_WEBP_MAX_SIDE = 16383


def write_video(
    path: str | os.PathLike[str],
    frames: Iterable[Bytes],
    fps: float,
    total: int | None = None,
    progress: Progress | None = None,
    loops: int = 0,
) -> None:
    """Write frames as a film or an animation, atomically.

    Parameters
    ----------
    path
        Ends in .mp4 (H.264, 4:2:0, BT.709 limited range, odd sizes padded to even by repeating
        the last row or column), .mkv (FFV1, lossless), .mov (ProRes 422 HQ, BT.709, even sizes as
        well), .gif (256 colours a frame) or .webp.
    frames
        ``(H, W, 3)`` uint8 sRGB, all of one size; taken one by one. What this iterator raises,
        a cancellation for example, passes through and leaves no file behind.
    fps
        Frames per second, above 0.
    total
        How many frames there will be, for `progress`; else asked from `frames` where it knows.
    progress
        Called after every frame with the share done, ``[0, 1]``, and a text.
    loops
        How often viewers play an animation, 0 for ever; films take no notice.

    Raises
    ------
    ExportError
        If the ending is unknown, there are no frames, the size is beyond the format's, or the
        place can't be written to.
    ValueError
        If frames are of another shape or type, differ in size, or `fps` isn't positive.
    """
    path = Path(path)
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise ExportError(
            "{path} has no known ending; use {known}.", path=path, known=", ".join(SUFFIXES)
        )
    if path.suffix.lower()[1:] not in available_kinds():
        raise ExportError(
            "{kind} can't be encoded here; choose one of {known}.",
            kind=path.suffix[1:].upper(),
            known=", ".join(available_kinds()),
        )
    if not 0 < fps < float("inf"):
        raise ValueError(f"fps must be positive, got {fps}")
    if total is None and isinstance(frames, Sized):
        total = len(frames)
    checked = _reporting(_checked(frames), total, progress)
    first = next(checked, None)
    if first is None:
        raise ExportError(
            "{path} can't be written: there are no frames; ask for at least one.", path=path
        )
    _check_size(path, first.shape)
    with atomic_path(path) as temporary:
        rate = Fraction(fps).limit_denominator(1001)
        writer(temporary, _chained(first, checked), rate, loops)


@cache
def available_kinds() -> tuple[str, ...]:
    """List the endings, without the dot, of what can be written here.

    It asks the encoders once, which takes a moment.
    """
    load_video_libraries()
    import av

    kinds = []
    for suffix in SUFFIXES:
        try:
            if suffix in ENCODERS:
                av.Codec(ENCODERS[suffix], "w")
        except (ValueError, av.error.FFmpegError):
            continue
        kinds.append(suffix[1:])
    return tuple(kinds)


def _checked(frames: Iterable[Bytes]) -> Iterator[Bytes]:
    shape: tuple[int, ...] | None = None
    for frame in frames:
        if frame.ndim != 3 or frame.shape[2] != 3 or frame.dtype != np.uint8:
            raise ValueError(f"frames must be (H, W, 3) uint8, got {frame.shape} {frame.dtype}")
        if shape is not None and frame.shape != shape:
            raise ValueError(f"frames must be of one size, got {frame.shape} after {shape}")
        shape = frame.shape
        yield np.ascontiguousarray(frame)


def _reporting(
    frames: Iterator[Bytes], total: int | None, progress: Progress | None
) -> Iterator[Bytes]:
    for done, frame in enumerate(frames, start=1):
        yield frame
        if progress is not None and total:
            progress(
                min(done / total, 1.0),
                sentence("frame {number} of {total}", number=done, total=total),
            )


def _chained(first: Bytes, rest: Iterator[Bytes]) -> Iterator[Bytes]:
    yield first
    yield from rest


def _check_size(path: Path, shape: tuple[int, ...]) -> None:
    limit = {".gif": _GIF_MAX_SIDE, ".webp": _WEBP_MAX_SIDE}.get(path.suffix.lower())
    if limit is not None and max(shape) > limit:
        raise ExportError(
            "{path} is too large for its format ({limit} px); choose a smaller size.",
            path=path,
            limit=limit,
        )


def _write_mp4(path: Path, frames: Iterator[Bytes], rate: Fraction, _loops: int) -> None:
    options = {"crf": _CRF, "preset": "medium"}
    encode(path, frames, rate, "mp4", "yuv420p", options, {"movflags": "+faststart"})


def _write_mkv(path: Path, frames: Iterator[Bytes], rate: Fraction, _loops: int) -> None:
    # Version 3 has checksums, and slices for several threads.
    options = {"level": "3", "slices": "4", "slicecrc": "1"}
    encode(path, frames, rate, "matroska", "bgr0", options, {})


def _write_mov(path: Path, frames: Iterator[Bytes], rate: Fraction, _loops: int) -> None:
    encode(path, frames, rate, "mov", "yuv422p10le", {"profile": "3"}, {})


def _write_webp(path: Path, frames: Iterator[Bytes], rate: Fraction, loops: int) -> None:
    options = {"quality": _WEBP_QUALITY, "compression_level": "4"}
    encode(path, frames, rate, "webp", "bgra", options, {"loop": str(loops)})


def _write_gif(path: Path, frames: Iterator[Bytes], rate: Fraction, loops: int) -> None:
    pictures = (Image.fromarray(frame).quantize(256) for frame in frames)
    duration = 10 * max(_GIF_SHORTEST, round(100 / rate))
    # The file counts repetitions after the first time, 0 being for ever; without it, once.
    repeated = {} if loops == 1 else {"loop": max(0, loops - 1)}
    next(pictures).save(
        path, "GIF", save_all=True, append_images=pictures, duration=duration, **repeated
    )


_WRITERS = {
    ".mp4": _write_mp4,
    ".mkv": _write_mkv,
    ".mov": _write_mov,
    ".gif": _write_gif,
    ".webp": _write_webp,
}
