"""How large pictures and videos come out: in px exactly, in bytes about.

Bytes follow from px by what usual photos take; the truth depends on their detail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.engine.export.request import ANIMATIONS, stored_depth
from blurstudio.sizes import scaled_size

if TYPE_CHECKING:
    from blurstudio.engine.export.request import ExportRequest

Size = tuple[int, int]

VIDEO_SIDE = {"mp4": 3840, "mkv": 16384, "mov": 8192, "gif": 960, "webp": 1920}
"""Longer side in px above which a video is reduced, by kind: what players and other people's
programs still show. The single frames keep the photo's size."""

# Bytes per channel of a pixel that lossless formats keep, by bits: noise does not compress.
_LOSSLESS = {8: 0.5, 16: 1.7, 32: 3.3}
_JPEG_95 = 0.13
# Bytes per pixel of one frame; neighbours are alike, so films take less than pictures.
_FRAME = {"mp4": 0.04, "mkv": 0.8, "mov": 0.7, "gif": 0.55, "webp": 0.12}
# Lines over a film are sharp, and move.
_FRAME_DRAWN = {"mp4": 0.16, "mkv": 0.9, "mov": 0.8, "gif": 0.6, "webp": 0.3}
_HEADERS = 4096


def video_size(size: Size, kind: str, fit: tuple[int, int] = (0, 0)) -> Size:
    """Size (H, W) in px of the video of a photo.

    Parameters
    ----------
    size
        (H, W) of the photo.
    kind
        Ending of the video.
    fit
        Longer and shorter side in px that it must fit within; 0 sets no bound. Nothing is
        enlarged.
    """
    scale = min(1.0, VIDEO_SIDE[kind] / max(size))
    for bound, side in zip(fit, (max(size), min(size)), strict=True):
        if bound:
            scale = min(scale, bound / side)
    return scaled_size(size, scale)


def stored_video_size(size: Size, kind: str) -> Size:
    """Size of a film's picture in its file: even sides where the codec wants them."""
    if kind not in ("mp4", "mov"):
        return size
    return size[0] + size[0] % 2, size[1] + size[1] % 2


def still_bytes(size: Size, suffix: str, depth: int, quality: int = 95, channels: int = 3) -> int:
    """Bytes that a picture takes, about."""
    samples = size[0] * size[1] * channels
    if suffix == "jpg":
        # What a step of quality saves grows towards 100.
        return _HEADERS + round(samples * _JPEG_95 * (100.5 - 95) ** 0.6 / (100.5 - quality) ** 0.6)
    return _HEADERS + round(samples * _LOSSLESS[stored_depth(suffix, depth)])


def video_frames(request: ExportRequest) -> int:
    """Frames in the file of a video: there, back again, and as often as it is repeated."""
    once = request.frames
    if request.pingpong:
        once += max(0, request.frames - 2)
    return once * repeats(request)


def repeats(request: ExportRequest) -> int:
    """How often the frames of a video stand in its file; animations are repeated by viewers."""
    return 1 if request.video in ANIMATIONS else max(1, request.loops)


def video_bytes(size: Size, kind: str, frames: int, *, drawn: bool = False) -> int:
    """Bytes that a video takes, about; more where something is drawn over it."""
    per_pixel = (_FRAME_DRAWN if drawn else _FRAME)[kind]
    return _HEADERS + round(size[0] * size[1] * frames * per_pixel)
