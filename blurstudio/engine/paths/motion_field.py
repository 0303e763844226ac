"""The motion of a photo as small arrays, for whatever has to answer at once wherever it is asked.

No tensor is needed to read it; paths in full are `exposure.trajectory`'s.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.resample import resample
from blurstudio.sizes import bounded_size

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from blurstudio.exposure.trajectory import Trajectory

    Floats = npt.NDArray[np.float32]

_CELLS = 160_000


@dataclass(frozen=True, eq=False)
class MotionField:
    """Where content was at both ends of the exposure, and how long its path was.

    Attributes
    ----------
    first, last
        ``(h, w, 2)`` px from the place at mid-exposure, when the shutter opened and closed.
    length
        ``(h, w)`` length of the path, px.
    confidence
        ``(h, w)`` ``[0, 1]``, or None where the network tells none.
    size
        (H, W) of the photo whose px these are.
    """

    first: Floats
    last: Floats
    length: Floats
    confidence: Floats | None
    size: tuple[int, int]

    def length_at(self, x: float, y: float) -> float:
        """Length of the path at a place in shares [0, 1) of the photo, px."""
        return float(self.length[self._cell(x, y)])

    def direction_at(self, x: float, y: float) -> float | None:
        """Which way content went, degrees: 0 right, 90 up; None where it ended as it began."""
        cell = self._cell(x, y)
        dx, dy = (self.last[cell] - self.first[cell]).tolist()
        return math.degrees(math.atan2(-dy, dx)) % 360 if dx or dy else None

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        height, width = self.length.shape
        column = min(max(int(x * width), 0), width - 1)
        return min(max(int(y * height), 0), height - 1), column


def motion_field(trajectory: Trajectory, size: tuple[int, int]) -> MotionField:
    """Read paths into arrays of bounded size.

    Parameters
    ----------
    trajectory
        Paths of a picture of any size.
    size
        (H, W) of the photo, whose px everything is told in.
    """
    with torch.inference_mode():
        paths = trajectory.to("cpu").resized(size)
        cells = bounded_size(size, _CELLS)
        factor = torch.tensor([size[1] / cells[1], size[0] / cells[0]])
        first, last = (-part.permute(1, 2, 0) * factor for part in paths.endpoints(cells))
        length = resample(paths.grid_length()[None], cells)[0]
        sure = paths.confidence
        confidence = None if sure is None else resample(sure[None].float(), cells)[0].numpy()
    return MotionField(first.numpy(), last.numpy(), length.numpy(), confidence, size)
