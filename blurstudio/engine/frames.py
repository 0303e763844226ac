"""Frames of the exposure for scrubbing: one warp at the display's size, no network, no waiting.

Exact frames for export are `Analysis.frame`'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import torch

from blurstudio.exposure.basis import basis, reverse_maps
from blurstudio.exposure.resample import resample_nearest

if TYPE_CHECKING:
    import numpy.typing as npt

    from blurstudio.exposure.trajectory import Trajectory

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]


class FramePlayer:
    """Shows a sharp picture at any moment of its exposure.

    Paths are linear in their maps, so everything but the weights of a moment is worked out
    beforehand: a frame is a sum of at most two dense maps and one `cv2.remap`.

    Parameters
    ----------
    sharp
        ``(h, w, 3)``, uint8 or float ``[0, 1]``, as it is to be shown.
    trajectory
        Paths, of a picture of any size.
    size
        (H, W) px of the frames. Default: the sharp picture's.

    Raises
    ------
    ValueError
        If the picture has another shape.
    """

    def __init__(
        self,
        sharp: npt.NDArray[Any],
        trajectory: Trajectory,
        size: tuple[int, int] | None = None,
    ) -> None:
        if sharp.ndim != 3 or sharp.shape[2] != 3:
            raise ValueError(f"sharp must be (H, W, 3), got {sharp.shape}")
        self.size = size or (sharp.shape[0], sharp.shape[1])
        self._picture = _as_shown(sharp, self.size)
        self._constraint = trajectory.constraint
        along = trajectory.resized(self.size)
        maps = along.maps.detach().float().cpu()
        self._forwards: Floats = maps.numpy()
        self._backwards: Floats = reverse_maps(maps, along.constraint).numpy()
        self._flips = None
        if along.flipped is not None:
            self._flips = resample_nearest(along.flipped.cpu(), self.size).numpy()
        self._dense: dict[int, Floats] = {}
        height, width = self.size
        x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
        self._grid: Floats = np.stack(np.meshgrid(x, y), axis=-1)
        self._map = np.empty_like(self._grid)

    def frame(self, t: float) -> Bytes:
        """Picture at moment `t` in [-1/2, 1/2], ``(H, W, 3)`` uint8; a new array each time."""
        weights = basis(self._constraint, torch.tensor([t]), len(self._forwards))[0].tolist()
        places = self._grid
        for index, weight in enumerate(weights):
            if weight:
                places = cv2.scaleAdd(self._dense_map(index), weight, places, self._map)
        if places is self._grid:
            return self._picture.copy()
        return cv2.remap(
            self._picture, places, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )

    def _dense_map(self, index: int) -> Floats:
        """Map of (H, W, 2) px, with the places that are read backwards already turned."""
        if index not in self._dense:
            dense = self._enlarged(self._forwards[index])
            if self._flips is not None:
                dense[self._flips] = self._enlarged(self._backwards[index])[self._flips]
            self._dense[index] = dense
        return self._dense[index]

    def _enlarged(self, coarse: Floats) -> Floats:
        height, width = self.size
        planes = np.ascontiguousarray(coarse.transpose(1, 2, 0))
        dense = cv2.resize(planes, (width, height), interpolation=cv2.INTER_LINEAR)
        return dense.reshape(height, width, 2)


def _as_shown(sharp: npt.NDArray[Any], size: tuple[int, int]) -> Bytes:
    height, width = size
    if sharp.dtype != np.uint8:
        sharp = np.clip(np.rint(np.asarray(sharp, np.float32) * 255), 0, 255).astype(np.uint8)
    if sharp.shape[:2] == size:
        return np.ascontiguousarray(sharp)
    smaller = height <= sharp.shape[0] and width <= sharp.shape[1]
    method = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    return cv2.resize(sharp, (width, height), interpolation=method)
