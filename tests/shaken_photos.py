"""A hand that shook, for tests in several rooms: its path, and what a network may say of it."""

from __future__ import annotations

import torch

from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.trajectory import Trajectory


def hook() -> torch.Tensor:
    """Content's path of a hand that went right and then came back below, (33, 2) px."""
    t = times(33)
    return torch.stack([8 * torch.cos(2.4 * t), 9 * torch.sin(3.6 * t)], dim=1)


def shaken(size: tuple[int, int], path: torch.Tensor | None = None) -> Trajectory:
    """Everything in a picture of that size along one path of the content; the hook by default."""
    path = hook() if path is None else path
    maps = -(path - path[len(path) // 2]).view(-1, 2, 1, 1)
    return Trajectory(maps.expand(-1, 2, 6, 7).clone(), Constraint.FREE, size)


def straight(size: tuple[int, int], length: float = 14.0) -> Trajectory:
    """What a network may say of it: roughly how long, and in which order."""
    maps = torch.zeros(2, 2, 6, 7)
    maps[0, 1] = -length
    return Trajectory(maps, Constraint.QUADRATIC, size, torch.full((6, 7), 0.7))
