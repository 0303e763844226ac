"""Pictures with edges, as scenes have them; noise has none that a blur could be read from."""

from __future__ import annotations

import torch

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory


def blocks(size: tuple[int, int], seed: int = 0, count: int = 90) -> torch.Tensor:
    """Random rectangles over each other, `(3, H, W)` sRGB in [0.1, 0.9]."""
    draw = torch.Generator().manual_seed(seed)
    picture = torch.full((3, *size), 0.5)
    for _ in range(count):
        top, left, high, wide = (torch.rand(4, generator=draw) * 40).tolist()
        y, x = int(top / 40 * size[0]), int(left / 40 * size[1])
        colour = 0.1 + 0.8 * torch.rand(3, 1, 1, generator=draw)
        picture[:, y : y + 4 + int(high), x : x + 4 + int(wide)] = colour
    return picture


def parabola(
    size: tuple[int, int], a: tuple[float, float], b: tuple[float, float] = (0.0, 0.0)
) -> Trajectory:
    """The path u = a t + b t^2 everywhere, px of a picture of that size, rather sure."""
    maps = torch.zeros(2, 2, 8, 10)
    maps[0] += torch.tensor(a).view(2, 1, 1)
    maps[1] += torch.tensor(b).view(2, 1, 1)
    return Trajectory(maps, Constraint.QUADRATIC, size, torch.full((8, 10), 0.8))
