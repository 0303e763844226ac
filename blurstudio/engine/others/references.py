"""Other answers about the photo on show: a kept result, or someone else's picture, flow or paths.

What is drawn of them lives in `engine.others.reference_pictures`, figures in
`evaluation.comparison`; reading them from files in `engine.others.reference_files`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch

from blurstudio.engine.drawing.frames import FramePlayer
from blurstudio.exposure.flow import flow_first_to_last, flow_last_to_first
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.sizes import MOTION_PIXELS, bounded_size

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]
    Size = tuple[int, int]


class Kind(StrEnum):
    """What an answer consists of."""

    RESULT = "result"
    PICTURE = "picture"
    FLOW = "flow"
    PATHS = "paths"
    FRAMES = "frames"


@dataclass(frozen=True, eq=False)
class Reference:
    """An answer about a photo, ours or another's.

    Attributes
    ----------
    kind
        What it consists of.
    size
        (H, W) px of the photo.
    sharp
        Sharp picture for the screen, ``(h, w, 3)`` uint8 sRGB, or None.
    trajectory
        Paths, or None. Of a flow they are straight and even, and still where it is unknown.
    flow
        Flow as it was read, ``(H, W, 2)`` px, NaN where unknown; None where paths tell it.
    frames
        Pictures of the exposure in order, evenly spaced from opening to closing, uint8 sRGB of
        one size; empty where there are none.
    """

    kind: Kind
    size: Size
    sharp: Bytes | None = None
    trajectory: Trajectory | None = None
    flow: Floats | None = None
    frames: tuple[Bytes, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether it says how things moved."""
        return self.trajectory is not None

    @property
    def working_size(self) -> Size:
        """(H, W) at which motion is drawn and judged: the photo's, up to 1.5 megapixels."""
        return bounded_size(self.size, MOTION_PIXELS)


def of_result(trajectory: Trajectory, sharp: Bytes, size: Size) -> Reference:
    """Describe one of our own results.

    Parameters
    ----------
    trajectory
        Its paths, of a picture of any size.
    sharp
        Its sharp picture for the screen.
    size
        (H, W) px of the photo.
    """
    return Reference(Kind.RESULT, size, sharp, trajectory.to("cpu").resized(size))


def of_flow(flow: Floats) -> Reference:
    """Describe a flow ``(H, W, 2)`` px, NaN where unknown."""
    made = Reference(Kind.FLOW, (flow.shape[0], flow.shape[1]), flow=flow)
    small = np.nan_to_num(_nearest(flow, made.working_size))
    scale = np.array(_scale(made.size, made.working_size), np.float32)
    lifted = Trajectory.from_flow(torch.from_numpy(small / scale).permute(2, 0, 1).contiguous())
    return replace(made, trajectory=lifted.resized(made.size))


def flow_of(reference: Reference, *, backwards: bool = False) -> Floats:
    """Flow of an answer that moves, at its working size.

    Parameters
    ----------
    reference
        The answer.
    backwards
        Read its time the other way: from the last moment to the first, on the last one's grid.
        A flow that was read from a file is only known one way, and stays.

    Returns
    -------
    ndarray
        ``(h, w, 2)`` float32, px of the photo; NaN where unknown.

    Raises
    ------
    ValueError
        If it has no motion.
    """
    size = reference.working_size
    if reference.flow is not None:
        return _nearest(reference.flow, size)
    if reference.trajectory is None:
        raise ValueError(f"a reference of kind {reference.kind} has no flow")
    between = flow_last_to_first if backwards else flow_first_to_last
    with torch.inference_mode():
        flow = between(reference.trajectory, size).permute(1, 2, 0).numpy()
    return np.ascontiguousarray(flow * np.array(_scale(reference.size, size), np.float32))


def motion_error(ours: Reference, theirs: Reference) -> tuple[Floats, bool]:
    """How far the flows of two answers lie apart, in the direction of our time that fits better.

    Parameters
    ----------
    ours
        An answer with paths: its time may be turned round, for a photo doesn't tell.
    theirs
        Another that moves.

    Returns
    -------
    tuple
        ``(h, w)`` px of the photo at the working size, NaN where unknown; and whether our time
        was turned round for it.
    """
    flow = flow_of(theirs)
    ways = [_distance(flow_of(ours, backwards=backwards), flow) for backwards in (False, True)]
    forward, backward = (float(np.nanmean(way)) for way in ways)
    turned = backward < forward
    return ways[turned], turned


class TrueFrames:
    """Pictures of an exposure by their moments, asked as `FramePlayer` is."""

    def __init__(self, frames: tuple[Bytes, ...]) -> None:
        self._frames = frames

    def frame(self, t: float) -> Bytes:
        """Picture nearest to moment `t` in [-1/2, 1/2], ``(H, W, 3)`` uint8."""
        return self._frames[round((t + 0.5) * (len(self._frames) - 1))]


def player_of(reference: Reference, sharp: Bytes, pixels: int) -> FramePlayer | TrueFrames | None:
    """Make what shows an answer at any moment; None if it doesn't tell.

    Parameters
    ----------
    reference
        The answer.
    sharp
        Picture that is moved along its paths where it has none of its own.
    pixels
        Most pixels of a frame.
    """
    if reference.frames:
        return TrueFrames(reference.frames)
    if reference.trajectory is None:
        return None
    picture = sharp if reference.sharp is None else reference.sharp
    size = (picture.shape[0], picture.shape[1])
    return FramePlayer(picture, reference.trajectory, bounded_size(size, pixels))


def _distance(first: Floats, second: Floats) -> Floats:
    apart = first - second
    return np.hypot(apart[..., 0], apart[..., 1])


def _scale(size: Size, wanted: Size) -> tuple[float, float]:
    """Factors (x, y) from px of a picture of `wanted` to px of one of `size`."""
    return size[1] / wanted[1], size[0] / wanted[0]


def _nearest(flow: Floats, size: Size) -> Floats:
    """Pick the vectors of a smaller picture: means would mix known and unknown ones."""
    if flow.shape[:2] == size:
        return flow
    return cv2.resize(flow, (size[1], size[0]), interpolation=cv2.INTER_NEAREST)
