"""Pictures, exposures and tiny data folders for the protocols; nothing here is ever trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import pytest
import torch

from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Constraint, Trajectory, times
from blurstudio.simulate.evaluation_set import EvaluationExposure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np

SIZE = (32, 40)


@pytest.fixture
def make_exposure() -> Callable[..., EvaluationExposure]:
    """Make one exposure whose content runs straight to the right, with half of it a layer."""

    def make(strength: float = 8.0, seed: int = 0) -> EvaluationExposure:
        generator = torch.Generator().manual_seed(seed)
        sharp = torch.rand(3, *SIZE, generator=generator)
        maps = torch.zeros(2, 2, *SIZE)
        maps[0, 0] = -strength
        truth = Trajectory(maps, Constraint.QUADRATIC, SIZE)
        layers = torch.zeros(SIZE, dtype=torch.uint8)
        layers[:, SIZE[1] // 2 :] = 1
        return EvaluationExposure(
            name=f"photo-{seed}",
            strength=strength,
            blurred=reblur_along(sharp, truth),
            sharp=sharp,
            offsets=truth.offsets(times(17)),
            layers=layers,
            validity=torch.ones(1, *SIZE),
        )

    return make


@pytest.fixture
def write_picture() -> Callable[[Path, np.ndarray], Path]:
    """Write a uint8 RGB picture as PNG."""

    def write(path: Path, picture: np.ndarray) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        assert cv2.imwrite(str(path), picture[..., ::-1])
        return path

    return write
