"""Frames of the exposure for scrubbing: warps at the display's size, no network, no waiting.

Exact frames for export are `Analysis.frame`'s business.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import torch

from blurstudio.exposure.basis import basis, reverse_maps
from blurstudio.exposure.parts.occlusion import Sheet, sheets
from blurstudio.exposure.resample import resample_nearest
from blurstudio.exposure.window import Window
from blurstudio.levels import as_picture, quantise

if TYPE_CHECKING:
    import numpy.typing as npt
    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]


class FramePlayer:
    """Shows a sharp picture at any moment of its exposure.

    Paths are linear in their maps, so everything but the weights of a moment is worked out
    beforehand: a frame is a sum of at most two dense maps and one `cv2.remap`. Where paths jump,
    what moves before something else is a layer with a sum and a remap of its own, in its window.

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
        along = trajectory.to("cpu").resized(self.size)
        pixels = torch.from_numpy(self._picture).permute(2, 0, 1).float() / 255
        back, *front = sheets(pixels, along) or (Sheet(along, pixels, None),)
        behind = as_picture(back.picture) if front else self._picture
        self._back = _Warp(behind, back.trajectory, Window(0, 0, *self.size))
        self._front = [_Cutout(sheet) for sheet in front]

    def frame(self, t: float) -> Bytes:
        """Picture at moment `t` in [-1/2, 1/2], ``(H, W, 3)`` uint8; a new array each time."""
        if t == 0:
            return self._picture.copy()
        frame = self._back.read(self._back.places(t))
        for cutout in self._front:
            cutout.lay_on(frame, t)
        return frame


class _Warp:
    """Reads a picture along paths, within a window of the frame."""

    def __init__(self, picture: Bytes, along: Trajectory, window: Window) -> None:
        self._picture = picture
        self._window = window
        self._size = along.size
        self._constraint = along.constraint
        maps = along.maps.detach().float()
        self._forwards: Floats = maps.numpy()
        self._backwards: Floats = reverse_maps(maps, along.constraint).numpy()
        self._flips = None
        if along.flipped is not None:
            self._flips = resample_nearest(along.flipped, along.size).numpy()
        self._dense: dict[int, Floats] = {}
        x = np.arange(window.left, window.right, dtype=np.float32)
        y = np.arange(window.top, window.bottom, dtype=np.float32)
        self._grid: Floats = np.stack(np.meshgrid(x, y), axis=-1)
        self._map = np.empty_like(self._grid)

    def places(self, t: float) -> Floats | None:
        """Where to read at moment `t`, (h, w, 2) px, until the next call; None: where it is."""
        weights = basis(self._constraint, torch.tensor([t]), len(self._forwards))[0].tolist()
        places = self._grid
        for index, weight in enumerate(weights):
            if weight:
                places = cv2.scaleAdd(self._dense_map(index), weight, places, self._map)
        return None if places is self._grid else places

    def read(self, places: Floats | None, picture: Bytes | None = None) -> Bytes:
        """Read the picture, or another one of its size, at some places; a new array."""
        source = self._picture if picture is None else picture
        if places is None:
            return source[self._window.rows, self._window.columns].copy()
        return cv2.remap(source, places, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)

    def _dense_map(self, index: int) -> Floats:
        """Map of (h, w, 2) px, with the places that are read backwards already turned."""
        if index not in self._dense:
            dense = self._enlarged(self._forwards[index])
            if self._flips is not None:
                dense[self._flips] = self._enlarged(self._backwards[index])[self._flips]
            here = dense[self._window.rows, self._window.columns]
            self._dense[index] = np.ascontiguousarray(here)
        return self._dense[index]

    def _enlarged(self, coarse: Floats) -> Floats:
        height, width = self._size
        planes = np.ascontiguousarray(coarse.transpose(1, 2, 0))
        dense = cv2.resize(planes, (width, height), interpolation=cv2.INTER_LINEAR)
        return dense.reshape(height, width, 2)


class _Cutout:
    """A layer that moves before the others."""

    def __init__(self, sheet: Sheet) -> None:
        cover = torch.ones(sheet.trajectory.size) if sheet.cover is None else sheet.cover
        self._window = _window(sheet.trajectory, cover)
        self._warp = _Warp(as_picture(sheet.picture), sheet.trajectory, self._window)
        self._clear = as_picture((1 - cover).expand(3, -1, -1))

    def lay_on(self, frame: Bytes, t: float) -> None:
        """Cover a frame with the layer as it lies at moment `t`."""
        under = frame[self._window.rows, self._window.columns]
        places = self._warp.places(t)
        clear = self._warp.read(places, self._clear)
        under[:] = cv2.add(cv2.multiply(under, clear, scale=1 / 255), self._warp.read(places))


def _window(along: Trajectory, cover: Tensor) -> Window:
    """Where a layer can come to during the exposure."""
    reach = math.ceil(float(torch.stack(along.endpoints()).abs().max())) + 1
    rows, columns = ((cover > 0).any(dim=axis).nonzero()[:, 0].tolist() for axis in (1, 0))
    seen = Window(0, 0, 0, 0)
    if rows:
        seen = Window(rows[0], columns[0], rows[-1] + 1, columns[-1] + 1)
    return seen.grown(reach, along.size)


def _as_shown(sharp: npt.NDArray[Any], size: tuple[int, int]) -> Bytes:
    height, width = size
    if sharp.dtype != np.uint8:
        sharp = quantise(np.asarray(sharp, np.float32), np.uint8)
    if sharp.shape[:2] == size:
        return np.ascontiguousarray(sharp)
    smaller = height <= sharp.shape[0] and width <= sharp.shape[1]
    method = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    return cv2.resize(sharp, (width, height), interpolation=method)
