"""Frames through FFmpeg: encoders, pixel formats, and colours that players show as they were.

Which formats there are for people is `media.video`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from blurstudio.errors import ExportError
from blurstudio.libraries import load_video_libraries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction
    from pathlib import Path

    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]

ENCODERS = {".mp4": "libx264", ".mkv": "ffv1", ".mov": "prores_ks", ".webp": "libwebp_anim"}
"""What writes files of each ending; GIF is written without FFmpeg."""

# Brightness and colour apart, in the limited range of video.
_VIDEO_LIGHT = ("yuv420p", "yuv422p10le")


def encode(
    path: Path,
    frames: Iterator[Bytes],
    rate: Fraction,
    container_format: str,
    pixel_format: str,
    codec_options: dict[str, str],
    container_options: dict[str, str],
) -> None:
    """Encode frames into a file, with true colours.

    Parameters
    ----------
    path
        Where to; its ending tells the encoder.
    frames
        ``(H, W, 3)`` uint8 sRGB, all of one size.
    rate
        Frames per second.
    container_format, pixel_format, codec_options, container_options
        As FFmpeg calls them. Where brightness and colour are stored apart, odd sizes are padded
        to even by repeating the last row or column, and colours are BT.709 in limited range.

    Raises
    ------
    ExportError
        If it can't be encoded on this machine.
    """
    # Imported here: a quarter of a second that opening a photo should not cost.
    load_video_libraries()
    import av

    try:
        codec = ENCODERS[path.suffix.lower()]
        with av.open(
            str(path), "w", format=container_format, options=container_options
        ) as container:
            stream: Any = None
            for number, frame in enumerate(frames):
                even = _even(frame) if pixel_format in _VIDEO_LIGHT else frame
                if stream is None:
                    stream = container.add_stream(codec, rate=rate, options=codec_options)
                    _describe(stream, even.shape, pixel_format)
                picture = _converted(av.VideoFrame.from_ndarray(even, "rgb24"), pixel_format)
                picture.pts, picture.time_base = number, 1 / rate
                container.mux(stream.encode(picture))
            container.mux(stream.encode(None))
    except av.error.FFmpegError as error:
        if isinstance(error, OSError):
            raise
        raise ExportError(
            "{kind} can't be encoded here ({why}); choose another format.",
            kind=path.suffix[1:].upper(),
            why=error,
        ) from error


def _describe(stream: Any, shape: tuple[int, ...], pixel_format: str) -> None:  # noqa: ANN401
    from av.video.reformatter import ColorRange, Colorspace

    stream.height, stream.width = shape[:2]
    stream.pix_fmt = pixel_format
    if pixel_format in _VIDEO_LIGHT:
        context = stream.codec_context
        context.colorspace = Colorspace.ITU709
        context.color_range = ColorRange.MPEG
        # 1 is BT.709 in both of H.264's tables; older PyAV has no names for them.
        context.color_primaries = context.color_trc = 1


def _converted(picture: Any, pixel_format: str) -> Any:  # noqa: ANN401 - av's frame both ways
    from av.video.reformatter import ColorRange, Colorspace, Interpolation

    if pixel_format not in _VIDEO_LIGHT:
        return picture.reformat(format=pixel_format)
    return picture.reformat(
        format=pixel_format,
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
        interpolation=Interpolation.BICUBIC,
    )


def _even(frame: Bytes) -> Bytes:
    height, width = frame.shape[:2]
    if height % 2 == 0 and width % 2 == 0:
        return frame
    return np.pad(frame, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
