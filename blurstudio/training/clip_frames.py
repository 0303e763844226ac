"""Frames of video clips, and how far things move from one to the next.

Which frames are averaged is decided in clip_windows.py; PyAV is imported only when a clip is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from blurstudio.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

CELL = 8
"""Side in px of a cell of the survey's pictures."""

_SURVEYED = 640
"""Longest side in px of the pictures that motion is measured on."""

_LEAST = 32
"""Side in px that a clip must have for flow to be found in it."""

_UNEXPLAINED = 16.0
"""Grey levels between a frame and the next one read along the flow, above which it is no flow."""


_SEEN = 3.0
"""Grey levels by which a cell has to change before its flow is believed: walls only flicker."""


def read_frames(path: Path) -> Iterator[NDArray[np.uint8]]:
    """Yield the frames of a clip in order, ``(h, w, 3)`` RGB as displayed.

    Raises
    ------
    DataError
        If PyAV is missing, or the file is missing, damaged, or holds no video.
    """
    try:
        import av
    except ImportError as error:
        raise DataError(
            "Reading clips needs PyAV, which is not installed here; install it with: "
            "pip install av. Or bring the finished averages of another machine with --clips."
        ) from error
    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                raise DataError(
                    "The clip {path} holds no video; remove it from the recipe.", path=path
                )
            for frame in container.decode(video=0):
                pixels: NDArray[np.uint8] = frame.to_ndarray(format="rgb24")
                yield pixels
    except (av.error.FFmpegError, OSError) as error:
        raise DataError(
            "The clip {path} can't be read ({why}); check that it is there and undamaged, or "
            "remove it from the recipe.",
            path=path,
            why=error,
        ) from error


class Survey:
    """How far things move from each frame of a clip to the next.

    Parameters
    ----------
    size
        Height and width of the clip's frames, px.
    cell
        Height and width of a cell in px of the clip.
    steps
        ``(frames - 1, rows, columns)`` px of the clip: the mean step in each cell; zero where
        nothing changes, infinite where no flow explains the next frame.
    """

    def __init__(
        self, size: tuple[int, int], cell: tuple[float, float], steps: NDArray[np.float16]
    ) -> None:
        self.size, self.cell, self.steps = size, cell, steps

    @property
    def frames(self) -> int:
        """Count of frames."""
        return len(self.steps) + 1


def flow_finder() -> cv2.DISOpticalFlow:
    """Dense optical flow between two grey pictures."""
    return cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)


def find_flow(
    finder: cv2.DISOpticalFlow, before: NDArray[np.uint8], after: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """Where in `after` each pixel of `before` is, ``(h, w, 2)`` px away."""
    nothing = np.zeros((*before.shape, 2), np.float32)
    return np.asarray(finder.calc(before, after, nothing), np.float32)


def read_along(picture: NDArray[np.uint8], flow: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Gather a picture along a flow ``(h, w, 2)`` px; beyond its border, its nearest pixel."""
    rows, columns = np.indices(picture.shape[:2], np.float32)
    x, y = columns + flow[..., 0], rows + flow[..., 1]
    read = cv2.remap(picture, x, y, cv2.INTER_LINEAR, None, cv2.BORDER_REPLICATE)
    return np.asarray(read, np.uint8)


def survey(path: Path) -> Survey:
    """Measure the motion of a whole clip by dense optical flow.

    Raises
    ------
    DataError
        If the clip can't be read, is tiny, or has fewer than two frames.
    """
    finder = flow_finder()
    before: NDArray[np.uint8] | None = None
    size, steps = (0, 0), []
    for frame in read_frames(path):
        if before is None:
            size = (frame.shape[0], frame.shape[1])
        if min(size) < _LEAST or frame.shape[:2] != size:
            raise DataError(
                "The frames of the clip {path} are smaller than {least} px or change their size; "
                "remove it from the recipe.",
                path=path,
                least=_LEAST,
            )
        grey = _reduced(frame)
        if before is not None:
            steps.append(_steps(finder, before, grey) * (size[1] / grey.shape[1]))
        before = grey
    if before is None or not steps:
        raise DataError(
            "The clip {path} has fewer than two frames; remove it from the recipe.", path=path
        )
    scale = (size[0] / before.shape[0], size[1] / before.shape[1])
    return Survey(size, (CELL * scale[0], CELL * scale[1]), np.stack(steps).astype(np.float16))


def _reduced(frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
    grey = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)
    factor = max(grey.shape) / _SURVEYED
    if factor > 1:
        width, height = (max(CELL, round(side / factor)) for side in grey.shape[::-1])
        grey = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(grey, np.uint8)


def _steps(
    finder: cv2.DISOpticalFlow, before: NDArray[np.uint8], after: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """Mean step of each whole cell, in px of the given pictures."""
    flow = find_flow(finder, before, after)
    length = _cells(np.hypot(flow[..., 0], flow[..., 1]))
    change = _cells(cv2.absdiff(after, before).astype(np.float32))
    error = _cells(cv2.absdiff(read_along(after, flow), before).astype(np.float32))
    length[change < _SEEN] = 0
    length[error > _UNEXPLAINED] = np.inf
    return length


def _cells(field: NDArray[np.float32]) -> NDArray[np.float32]:
    rows, columns = (side // CELL for side in field.shape)
    whole = field[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL)
    means: NDArray[np.float32] = whole.mean((1, 3))
    return means
