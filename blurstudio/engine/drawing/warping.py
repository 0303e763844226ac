"""Exact frames of a picture at any moment of its exposure, in bounded memory.

Frames for scrubbing, quicker and in bytes, are `frames`' business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from blurstudio.engine.pictures import bands
from blurstudio.exposure.parts.occlusion import layered_frame, sheets
from blurstudio.exposure.warp import sample, sampling_grid

if TYPE_CHECKING:
    import numpy.typing as npt

    from blurstudio.exposure.trajectory import Trajectory

    Floats = npt.NDArray[np.float32]


class Warper:
    """Reads a sharp picture along its paths, a band of rows at a time.

    Where paths jump, what moves before something else is laid over it; elsewhere a frame is one
    warp of the picture.

    Parameters
    ----------
    sharp
        ``(H, W, 3)`` float32.
    trajectory
        Paths, of a picture of any size.
    """

    def __init__(self, sharp: Floats, trajectory: Trajectory) -> None:
        self._sharp = sharp
        self._size = (sharp.shape[0], sharp.shape[1])
        self._trajectory = trajectory.to("cpu")
        self._source = torch.from_numpy(np.ascontiguousarray(sharp)).permute(2, 0, 1)
        with torch.inference_mode():
            self._sheets = sheets(self._source, self._trajectory)

    def frame(self, t: float) -> Floats:
        """Frame ``(H, W, 3)`` at moment `t` in [-1/2, 1/2]; a new array each time."""
        if t == 0:
            # No path has gone anywhere yet; sampling would only add rounding.
            return self._sharp.copy()
        frame = np.empty_like(self._sharp)
        with torch.inference_mode():
            for rows in bands(self._size):
                read = self._band(t, (rows.start, rows.stop))
                frame[rows] = read.permute(1, 2, 0).numpy()
        return frame

    def _band(self, t: float, rows: tuple[int, int]) -> torch.Tensor:
        if self._sheets:
            return layered_frame(self._sheets, t, rows)
        offsets = self._trajectory.offsets((t,), self._size, rows)
        return sample(self._source[None], sampling_grid(offsets, self._size, rows[0]))[0]
