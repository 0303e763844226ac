"""Made-up sharp photos, so that the tests need no files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import torch
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _photo(seed: int, height: int = 120, width: int = 140) -> torch.Tensor:
    """Texture at several scales, without values near white."""
    generator = torch.Generator().manual_seed(seed)
    photo = torch.zeros(1, 3, height, width)
    for cell, weight in ((4, 0.3), (12, 0.4), (40, 0.3)):
        size = (height // cell + 2, width // cell + 2)
        noise = torch.rand(1, 3, *size, generator=generator)
        photo += weight * functional.interpolate(
            noise, (height, width), mode="bicubic", align_corners=False
        )
    return photo[0].clamp(0, 0.8)


@pytest.fixture
def make_photo() -> Callable[..., torch.Tensor]:
    return _photo


@pytest.fixture
def photo_files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "photos with space"
    folder.mkdir()
    paths = []
    for number in range(6):
        pixels = (_photo(number, 96, 96) * 255).round().byte().permute(1, 2, 0).numpy()
        _, data = cv2.imencode(".png", np.ascontiguousarray(pixels[:, :, ::-1]))
        path = folder / f"sharp {number}.png"
        path.write_bytes(data.tobytes())
        paths.append(path)
    return paths
