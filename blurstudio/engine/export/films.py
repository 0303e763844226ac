"""Frames of the exposure as numbered pictures and as films, plain or with the paths over them.

The encoding is `media.video`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from blurstudio.engine.drawing.views import moving_paths
from blurstudio.engine.export import sizes
from blurstudio.engine.export.request import DEPTH_OF_PHOTO, Part
from blurstudio.engine.pictures import resize_picture
from blurstudio.media.colour import display_image
from blurstudio.media.drawing import draw_markers, draw_trajectories
from blurstudio.media.video import write_video

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import numpy.typing as npt

    from blurstudio.engine.export.request import ExportRequest
    from blurstudio.engine.export.task import Files, Task

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]
    Run = tuple[int, tuple[float, float]]

PARTS = frozenset({Part.FRAMES, Part.VIDEO, Part.OVERLAY_VIDEO})
"""What shows the exposure frame by frame."""


def write_frames(task: Task, files: Files) -> None:
    """Write the frames that are wanted as pictures, and the film if it is among the files.

    Each frame is made once, at the photo's size, for both.
    """
    frames = _numbered(task, files)
    film = files.get(Part.VIDEO)
    if film is not None:
        photo, request = task.analysis.photo, task.request
        size = sizes.video_size(photo.size, request.video, request.video_fit)
        shown = (
            display_image(resize_picture(pixels, size), photo.icc_profile) for pixels in frames
        )
        _write(task, film, shown)
        return
    for number, _ in enumerate(frames, start=1):
        task.say(number / task.request.frames)


def shares_frames(request: ExportRequest) -> bool:
    """Whether numbered frames and film are both asked for, and the film shows each frame once."""
    both = request.parts >= {Part.FRAMES, Part.VIDEO}
    return both and sizes.video_frames(request) == request.frames


def write_film(task: Task, files: Files) -> None:
    """Write the exposure as a film or an animation."""
    for path in files.values():
        frames = (picture for picture, _ in _shown(task))
        _write(task, path, frames)


def write_overlay_film(task: Task, files: Files) -> None:
    """Write the film with the paths over it, and dots that show how far things are on them."""
    for path in files.values():
        _write(task, path, _with_paths(task))


def runs(request: ExportRequest) -> Iterator[Run]:
    """Say which frames a film shows: how many, and from which moment to which.

    A way back leaves out both ends, which would stand still for two frames each.
    """
    first, last = request.interval
    count = request.frames
    for _ in range(sizes.repeats(request)):
        yield count, (first, last)
        if request.pingpong and count > 2:
            step = (last - first) / (count - 1)
            yield count - 2, (last - step, first + step)


def _numbered(task: Task, files: Files) -> Iterator[Floats]:
    """Frames in the photo's encoding and size, one at a time; those wanted as pictures are."""
    request = task.request
    own = 8 if task.analysis.photo.bit_depth == 8 else 16
    depth = own if request.frame_depth == DEPTH_OF_PHOTO else request.frame_depth
    frames = task.analysis.frames(request.frames, request.interval)
    for number, pixels in enumerate(frames, start=1):
        task.stop_if_asked()
        if str(number) in files:
            task.still(files[str(number)], pixels, depth)
        yield pixels


def _write(task: Task, path: Path, frames: Iterable[Bytes]) -> None:
    request = task.request
    total = sizes.video_frames(request)
    write_video(path, frames, request.fps, total, task.say, request.loops)


def _shown(task: Task) -> Iterator[tuple[Bytes, float]]:
    """Frames for the screen, and the moment of each."""
    photo, request = task.analysis.photo, task.request
    size = sizes.video_size(photo.size, request.video, request.video_fit)
    for count, (first, last) in runs(request):
        moments = np.linspace(first, last, count) if count > 1 else [(first + last) / 2]
        frames = task.analysis.frames(count, (first, last), size)
        for pixels, moment in zip(frames, moments, strict=True):
            task.stop_if_asked()
            yield display_image(pixels, photo.icc_profile), float(moment)


def _with_paths(task: Task) -> Iterator[Bytes]:
    drawn: tuple[Floats, Floats, Floats | None] | None = None
    for picture, moment in _shown(task):
        if drawn is None:
            drawn = moving_paths(task.analysis.trajectory, picture.shape[:2])
        points, paths, sure = drawn
        under = draw_trajectories(picture, points, paths, sure)
        yield draw_markers(under, paths, moment + 0.5)
