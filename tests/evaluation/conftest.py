"""Pictures, exposures and tiny data folders for the protocols; nothing here is ever trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import torch

from blurstudio.engine.options import AnalysisOptions
from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.networks import build
from blurstudio.simulate.evaluation_set import EvaluationExposure
from blurstudio.weights.registry import ModelCard, save_network

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> AnalysisOptions:
    """Choose two untrained networks of the smallest size, saved as models are."""
    folder = tmp_path_factory.mktemp("models")
    torch.manual_seed(0)
    small = {"depths": (1, 1, 1), "up_depths": (1, 1), "spectrum_channels": 8}
    kinds = {
        "motion": (
            "motion-spectral",
            {
                "widths": (16, 16, 16, 16),
                "depths": (1, 1, 1, 1),
                "up_depths": (1, 1, 1),
                "spectrum_channels": 8,
            },
        ),
        "deblur": ("deblur-unet", {"widths": (16, 16, 16), **small}),
    }
    for task, (architecture, config) in kinds.items():
        card = ModelCard(f"tiny-{task}", task, architecture, config, hardware="nothing", steps=0)
        save_network(build(architecture, **config), card, folder)
    return AnalysisOptions(
        device="cpu",
        motion_model=str(folder / "tiny-motion.safetensors"),
        deblur_model=str(folder / "tiny-deblur.safetensors"),
    )


@pytest.fixture
def data_folder(tmp_path: Path, write_picture: Callable[[Path, np.ndarray], Path]) -> Path:
    """Lay out a data folder as the real one is, with tiny pictures."""
    folder = tmp_path / "data"
    generator = np.random.default_rng(5)

    def picture() -> np.ndarray:
        coarse = generator.integers(0, 256, (12, 16, 3), dtype=np.uint8)
        return cv2.resize(coarse, (64, 48), interpolation=cv2.INTER_LINEAR)

    for number in range(1, 25):
        write_picture(folder / "benchmark" / "kodak" / f"{number}.png", picture())
    for name in ("a", "b"):
        write_picture(folder / "benchmark" / "gopro_pairs" / f"{name}.png", picture())
        write_picture(folder / "benchmark" / "gopro_pairs" / f"{name}_gt.png", picture())
        write_picture(folder / "real" / f"{name}.png", picture())
    turns = folder / "benchmark" / "camera_rotation"
    for number in range(3):
        write_picture(turns / f"{number}_roll{number}_pitch-1_yaw2_xmot0_ymot0.jpg", picture())
        write_picture(turns / f"{number}_roll{number}_pitch-1_yaw2_xmot0_ymot0_gt.jpg", picture())
    write_picture(folder / "benchmark" / "levin" / "im1_kernel2_img.png", picture())
    write_picture(folder / "benchmark" / "levin" / "gt" / "kernel2.png", picture()[:9, :9])
    write_picture(folder / "benchmark" / "levin" / "gt" / "im1.png", picture())
    return folder
