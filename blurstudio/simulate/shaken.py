"""Photos blurred by a hand that shook: every pixel along one path of any shape, known exactly.

Scenes with layers and cameras that turn are `exposures`' business. These paths are drawn in another
way than those that networks learn from.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.light import srgb_to_linear
from blurstudio.exposure.path_blur import PathBlur
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.simulate.evaluation_set import SETTINGS, kodak_photos
from blurstudio.simulate.photos import load_sharp
from blurstudio.simulate.sensor import draw_sensor

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

LENGTHS = (8.0, 16.0, 24.0)
SEED = 9_900

_MOMENTS = 129
_WAVES = 5
"""Cosines that a path may have: it turns so often at most."""


class ShakenExposure(NamedTuple):
    """One exposure of a hand that shook.

    Parameters
    ----------
    blurred, sharp
        (3, H, W), sRGB-encoded, [0, 1].
    path
        (T, 2), motion offsets (x, y) of every pixel, px, 0 at mid-exposure.
    """

    blurred: Tensor
    sharp: Tensor
    path: Tensor


@dataclass(frozen=True)
class ShakenTake:
    """What one exposure is rendered from.

    Parameters
    ----------
    name
        Photo and length.
    photo
        A sharp photo; what its border is blurred with is cut off.
    length
        Arc length of the path, px.
    seed
        Decides everything else.
    """

    name: str
    photo: Path
    length: float
    seed: int

    def render(self) -> ShakenExposure:
        """Render the exposure, always the same."""
        rng = np.random.default_rng(self.seed)
        path = draw_shake(rng, self.length)
        wide = srgb_to_linear(load_sharp(self.photo))
        border = math.ceil(float(path.abs().max())) + 1
        size = (wide.shape[-2] - 2 * border, wide.shape[-1] - 2 * border)
        maps = path.view(-1, 2, 1, 1).expand(-1, -1, 2, 2)
        blur = PathBlur.along(Trajectory(maps, Constraint.FREE, size), size, _MOMENTS)
        sensor = draw_sensor(rng, SETTINGS)
        noise = torch.Generator().manual_seed(self.seed)
        blurred = sensor.record(blur.blur(wide), noise)
        return ShakenExposure(blurred, sensor.develop(blur.narrowed(wide)), path)


def shaken_takes(folder: Path) -> list[ShakenTake]:
    """List an exposure of each of the 24 Kodak photos, of lengths in turn.

    Raises
    ------
    DataError
        If the folder does not hold exactly the 24 photos.
    """
    lengths = [LENGTHS[number % len(LENGTHS)] for number in range(len(kodak_photos(folder)))]
    return [
        ShakenTake(f"{photo.stem}, {length:g} px", photo, length, SEED + number)
        for number, (photo, length) in enumerate(zip(kodak_photos(folder), lengths, strict=True))
    ]


def draw_shake(rng: np.random.Generator, length: float) -> Tensor:
    """Draw the path of a hand: cosines that weaken as they quicken, of that arc length in px.

    Returns
    -------
    Tensor
        (129, 2), motion offsets (x, y), px, 0 at mid-exposure.
    """
    moments = times(_MOMENTS).numpy() + 0.5
    path = np.zeros((_MOMENTS, 2))
    steepness = rng.uniform(1.2, 2.0)
    for wave in range(1, int(rng.integers(2, _WAVES + 1)) + 1):
        turned = np.cos(math.pi * wave * moments + rng.uniform(0, 2 * math.pi))
        path += turned[:, None] * rng.standard_normal(2) / wave**steepness
    path *= length / np.linalg.norm(np.diff(path, axis=0), axis=1).sum()
    return torch.from_numpy(path - path[_MOMENTS // 2]).float()
