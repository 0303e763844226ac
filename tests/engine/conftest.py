"""Photos made of smooth waves and networks of a few thousand random weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from blurstudio import networks
from blurstudio.engine.options import AnalysisOptions
from blurstudio.media.photo import Photo
from blurstudio.weights.cards import ModelCard
from blurstudio.weights.registry import save_network

TINY = {
    "motion": (
        "motion-spectral",
        {
            "widths": [8, 8, 8, 8],
            "depths": [1, 1, 1, 1],
            "up_depths": [1, 1, 1],
            "spectrum_channels": 4,
        },
    ),
    "deblur": (
        "deblur-unet",
        {"widths": [8, 8, 8], "depths": [1, 1, 1], "up_depths": [1, 1]},
    ),
}


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory):
    """Files of one tiny network per task, as task -> path."""
    folder = tmp_path_factory.mktemp("models")
    paths = {}
    for seed, (task, (architecture, config)) in enumerate(TINY.items()):
        torch.manual_seed(seed)
        network = networks.build(architecture, **config)
        if task == "motion":
            # As made, the head answers with hardly any motion; a test wants to see some.
            torch.nn.init.normal_(network.head.module.weight, std=0.3)
        card = ModelCard(name=f"tiny-{task}", task=task, architecture=architecture, config=config)
        paths[task] = str(save_network(network, card, folder).weights)
    return paths


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
