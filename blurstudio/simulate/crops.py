"""Random parts of sharp photos, for backgrounds and for the textures of layers.

Photos come slightly soft; reducing them by a random factor first makes the parts sharper.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from blurstudio.simulate.settings import ExposureSettings


def turned(photo: Tensor, rng: np.random.Generator, quarters: int = 1) -> Tensor:
    """Photo ``(3, h, w)`` flipped and turned at random by multiples of some quarters."""
    photo = torch.rot90(photo, quarters * int(rng.integers(4 // quarters)), (1, 2))
    return photo.flip(2) if rng.random() < 0.5 else photo


def cut(
    photo: Tensor,
    size: tuple[int, int],
    reach: int,
    settings: ExposureSettings,
    rng: np.random.Generator,
) -> tuple[Tensor, tuple[int, int]]:
    """Crop at random, with a margin of true content around it as far as the photo has it.

    Parameters
    ----------
    photo
        ``(3, h, w)``, at least as big as `size`.
    size
        Height and width of the exposure, px.
    reach
        Wanted margin on every side, px.

    Returns
    -------
    tuple
        The window ``(3, H + 2 rows, W + 2 columns)`` and the margin (rows, columns) reached.
    """
    margin = [
        min(reach, (have - want) // 2) for have, want in zip(photo.shape[1:], size, strict=True)
    ]
    window = (size[0] + 2 * margin[0], size[1] + 2 * margin[1])
    return _crop(photo, window, settings, rng), (margin[0], margin[1])


def texture(
    photos: Sequence[Tensor],
    index: int,
    size: tuple[int, int],
    settings: ExposureSettings,
    rng: np.random.Generator,
) -> Tensor:
    """Content for a layer, from another photo or another part of the same one."""
    other = int(rng.integers(len(photos)))
    photo = photos[index if rng.random() < 0.3 else other]
    photo = turned(photo, rng)
    grow = max(size[0] / photo.shape[1], size[1] / photo.shape[2], 1.0)
    if grow > 1:
        enlarged = (int(np.ceil(photo.shape[1] * grow)), int(np.ceil(photo.shape[2] * grow)))
        photo = _resized(photo, enlarged)
    return _crop(photo, size, settings, rng)


def enlarged(photo: Tensor, size: tuple[int, int], settings: ExposureSettings) -> Tensor:
    """Enlarge a photo ``(3, h, w)`` that is too small for exposures of (H, W), if that is asked."""
    short = min(have / want for have, want in zip(photo.shape[1:], size, strict=True))
    if short >= settings.enlarge_to:
        return photo
    grow = settings.enlarge_to / short
    return _resized(photo, (math.ceil(photo.shape[1] * grow), math.ceil(photo.shape[2] * grow)))


def _crop(
    photo: Tensor, size: tuple[int, int], settings: ExposureSettings, rng: np.random.Generator
) -> Tensor:
    """Random part of a photo, reduced by a random factor as far as the photo is big enough."""
    most = min(photo.shape[1] / size[0], photo.shape[2] / size[1])
    factor = min(float(rng.uniform(*settings.shrink)), most)
    # Reducing by a hair would only soften.
    if factor < 1.1:
        factor = 1.0
    height, width = (
        min(round(side * factor), have) for side, have in zip(size, photo.shape[1:], strict=True)
    )
    top = int(rng.integers(photo.shape[1] - height + 1))
    left = int(rng.integers(photo.shape[2] - width + 1))
    part = photo[:, top : top + height, left : left + width]
    return part if (height, width) == size else _resized(part, size)


def _resized(photo: Tensor, size: tuple[int, int]) -> Tensor:
    resized = functional.interpolate(
        photo[None], size, mode="bicubic", align_corners=False, antialias=True
    )
    return resized[0].clamp(0, 1)
