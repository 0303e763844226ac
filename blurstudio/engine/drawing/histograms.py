"""Histograms: of a picture's values, of the directions of motion, of the lengths of paths.

Shares of a whole, ready to be plotted; nothing is drawn here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from blurstudio.engine.drawing.heat import blur_top
from blurstudio.engine.paths.motion_field import motion_field
from blurstudio.exposure.flow import colour_wheel
from blurstudio.levels import grey_levels

if TYPE_CHECKING:
    import numpy.typing as npt

    from blurstudio.exposure.trajectory import Trajectory

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]

SECTORS = 36
BINS = 40
_SAMPLES = 400_000
_MOVING = 1.0
"""Ways shorter than this, px, have no direction worth counting."""


@dataclass(frozen=True, eq=False)
class MotionStatistics:
    """How the motion of a photo is spread over directions and lengths.

    Attributes
    ----------
    directions
        ``(SECTORS,)`` share of the photo that moved towards each; the first is centred on the
        right, then against the clock. What hardly moved is left out.
    colours
        ``(SECTORS, 3)`` uint8 sRGB, each direction's on the colour wheel.
    lengths
        ``(BINS,)`` share of the photo with paths of each length.
    edges
        ``(BINS + 1,)`` of these lengths, px of the full-size photo.
    median
        Of the lengths, px.
    """

    directions: Floats
    colours: Bytes
    lengths: Floats
    edges: Floats
    median: float


def value_histogram(pixels: npt.NDArray[np.uint8]) -> Floats:
    """Share of each value 0 to 255 in each channel, ``(C, 256)``.

    Parameters
    ----------
    pixels
        ``(H, W, C)``. Of large pictures pixels on a lattice are counted, some hundred thousand.
    """
    height, width = pixels.shape[:2]
    step = max(1, round((height * width / _SAMPLES) ** 0.5))
    chosen = pixels[::step, ::step].reshape(-1, pixels.shape[2])
    counts = [np.bincount(channel, minlength=256) for channel in chosen.T]
    return (np.stack(counts) / len(chosen)).astype(np.float32)


def motion_statistics(trajectory: Trajectory, size: tuple[int, int]) -> MotionStatistics:
    """Count directions and lengths of the paths.

    Parameters
    ----------
    trajectory
        Paths of a picture of any size.
    size
        (H, W) of the full-size photo, whose px lengths are told in.
    """
    field = motion_field(trajectory, size)
    dx, dy = np.moveaxis(field.last - field.first, 2, 0)
    moving = np.hypot(dx, dy) >= _MOVING
    turns = np.arctan2(-dy[moving], dx[moving]) / (2 * np.pi)
    sectors = np.rint(turns * SECTORS).astype(int) % SECTORS
    directions = np.bincount(sectors, minlength=SECTORS) / field.length.size
    lengths, edges = np.histogram(field.length, BINS, (0.0, blur_top(trajectory, size)))
    return MotionStatistics(
        directions.astype(np.float32),
        _sector_colours(),
        (lengths / field.length.size).astype(np.float32),
        edges.astype(np.float32),
        float(np.median(field.length)),
    )


def _sector_colours() -> Bytes:
    angle = torch.arange(SECTORS) * (2 * np.pi / SECTORS)
    vectors = torch.stack([angle.cos(), -angle.sin()])[:, None] * (1 - 1e-6)
    return grey_levels(colour_wheel(vectors, 1.0)[:, 0].T).numpy()
