"""Two pictures of one scene, shifted against each other: by how much, and one moved onto the other.

A path that was read from a kernel has no place of its own: what is deconvolved along it lies where
the middle of that path happens to be.
"""

from __future__ import annotations

import cv2
import numpy as np
import torch
from torch import Tensor

_SOFT = 1.5
"""Px by which both are smoothed first: noise and rings of a pixel or two say nothing of place."""

_LEAST_SIDE = 16
"""Px of a side below which there is too little to tell a place by."""

_WIDEST = 32_000
"""Px of a side up to which OpenCV warps pictures; larger ones are moved by whole px."""


def offset_between(picture: Tensor, other: Tensor, most: float) -> tuple[float, float]:
    """Find how far the content of another picture lies beside that of the first.

    Parameters
    ----------
    picture, other
        (3, H, W), [0, 1].
    most
        px; what is found beyond is taken for a mistake.

    Returns
    -------
    tuple of float
        (x, y), px; zeros where nothing within `most` is found.

    Notes
    -----
    Source: enhanced correlation, Evangelidis and Psarakis 2008, begun where phase correlation
    (Kuglin and Hines 1975) leads.
    """
    if min(picture.shape[-2:]) < _LEAST_SIDE:
        return 0.0, 0.0
    first, second = (
        cv2.GaussianBlur(each.mean(0).numpy(), (0, 0), _SOFT) for each in (picture, other)
    )
    window = cv2.createHanningWindow((first.shape[1], first.shape[0]), cv2.CV_32F)
    begun, _ = cv2.phaseCorrelate(first - first.mean(), second - second.mean(), window)
    for x, y in (begun, (0.0, 0.0)):
        if np.hypot(x, y) > most:
            continue
        matrix = np.array([[1, 0, x], [0, 1, y]], np.float32)
        try:
            _, matrix = cv2.findTransformECC(first, second, matrix, cv2.MOTION_TRANSLATION)
        except cv2.error:
            # Flat pictures, and such as have nothing in common.
            continue
        found = float(matrix[0, 2]), float(matrix[1, 2])
        if np.hypot(*found) <= most:
            return found
    return 0.0, 0.0


def moved(picture: Tensor, offset: tuple[float, float]) -> Tensor:
    """Move the content of a picture (3, H, W) by (x, y) px; the border is repeated.

    Values stay in [0, 1].
    """
    x, y = offset
    if not (x or y):
        return picture
    height, width = picture.shape[-2:]
    if max(height, width) > _WIDEST:
        return _moved_by_pixels(picture, round(x), round(y))
    matrix = np.array([[1.0, 0.0, x], [0.0, 1.0, y]])
    placed = cv2.warpAffine(
        np.ascontiguousarray(picture.permute(1, 2, 0).numpy()),
        matrix,
        (width, height),
        flags=cv2.INTER_LANCZOS4,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return torch.from_numpy(placed).permute(2, 0, 1).clamp(0, 1).contiguous()


def _moved_by_pixels(picture: Tensor, right: int, down: int) -> Tensor:
    """Move content by whole px; rows and columns that are missing repeat the border."""
    height, width = picture.shape[-2:]
    rows = (torch.arange(height) - down).clamp(0, height - 1)
    columns = (torch.arange(width) - right).clamp(0, width - 1)
    return picture[:, rows][:, :, columns]
