"""Photos made of smooth waves and networks of a few thousand random weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from blurstudio.engine.options import AnalysisOptions
from blurstudio.media.photo import Photo
from tests.tiny_networks import save_tiny_networks


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory):
    """Files of one tiny network per task, as task -> path."""
    return save_tiny_networks(tmp_path_factory.mktemp("models"))


@pytest.fixture
def options(tiny_models):
    return AnalysisOptions(
        device="cpu",
        precision="float32",
        motion_model=tiny_models["motion"],
        deblur_model=tiny_models["deblur"],
    )


def waves(height, width):
    """Smooth picture (H, W, 3) in [0.05, 0.95] with different detail in each channel."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    channels = [np.sin(x / (7 + c) + c) * np.cos(y / (9 - c)) for c in range(3)]
    return (0.5 + 0.45 * np.stack(channels, axis=-1)).astype(np.float32)


def photo_of(pixels, **values):
    return replace(Photo(path=Path("a photo.jpg"), pixels=pixels), **values)


@pytest.fixture
def photo():
    return photo_of(waves(90, 130))
