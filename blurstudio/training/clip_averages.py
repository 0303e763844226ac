"""Frames of a clip, joined along the flow between them, as blurred pictures.

The mean is plain and in display encoding, as the pictures of video benchmarks are; the frame in
the middle is the sharp picture. Which frames are taken is drawn in clip_windows.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from blurstudio.training.clip_frames import find_flow, flow_finder, read_along, read_frames

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from blurstudio.training.clip_windows import Window


def averages(
    clips: Sequence[Path], windows: Sequence[Window], size: int
) -> dict[str, NDArray[Any]]:
    """Average the frames of some windows.

    Each clip is read once, and of its frames no more is kept than sums and the last one.

    Parameters
    ----------
    clips
        Those that the windows' numbers mean.
    windows
        What to average.
    size
        Side of the averages in px.

    Returns
    -------
    dict
        `blurred` and `sharp`, ``(n, 3, size, size)`` bytes, and `strength`, ``(n,)`` px.
    """
    pictures = np.zeros((2, len(windows), 3, size, size), np.uint8)
    for number, clip in enumerate(clips):
        rows = [row for row, window in enumerate(windows) if window.clip == number]
        last = max((windows[row].first + windows[row].frames for row in rows), default=0)
        sums: dict[int, _Sum] = {}
        for index, frame in enumerate(read_frames(clip)):
            if index >= last:
                break
            for row in rows:
                window = windows[row]
                if not window.first <= index < window.first + window.frames:
                    continue
                part = frame[window.top :, window.left :][: window.side, : window.side]
                resized = cv2.resize(part, (size, size), interpolation=cv2.INTER_AREA)
                small = np.asarray(resized, np.uint8)
                if index == window.first:
                    sums[row] = _Sum(small, window.parts)
                else:
                    sums[row].add(small)
                if index == window.middle:
                    pictures[1, row] = small.transpose(2, 0, 1)
                if index == window.first + window.frames - 1:
                    pictures[0, row] = sums.pop(row).mean().transpose(2, 0, 1)
    strength = np.array([window.strength for window in windows], np.float32)
    return {"blurred": pictures[0], "sharp": pictures[1], "strength": strength}


class _Sum:
    """Sum of frames and of what lies between them, evenly in time."""

    def __init__(self, first: NDArray[np.uint8], parts: int) -> None:
        self._total = first.astype(np.float32)
        self._last, self._parts, self._count = first, parts, 1
        self._finder = flow_finder()

    def add(self, frame: NDArray[np.uint8]) -> None:
        if self._parts > 1:
            self._join(self._last, frame)
        self._total += frame
        self._count += 1
        self._last = frame

    def mean(self) -> NDArray[np.uint8]:
        return np.asarray(self._total / self._count + 0.5, np.uint8)

    def _join(self, before: NDArray[np.uint8], after: NDArray[np.uint8]) -> None:
        """Add the moments between two frames: each moved toward the other, and cross-faded."""
        one, other = (np.asarray(cv2.cvtColor(p, cv2.COLOR_RGB2GRAY)) for p in (before, after))
        on, back = find_flow(self._finder, one, other), find_flow(self._finder, other, one)
        for part in range(1, self._parts):
            time = np.float32(part / self._parts)
            self._total += (1 - time) * read_along(before, time * back)
            self._total += time * read_along(after, (1 - time) * on)
            self._count += 1
