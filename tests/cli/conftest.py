"""Photos and tiny networks for the command line's tests, and a way to call it in the process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pytest

from blurstudio.cli import main
from blurstudio.locations import user_data_dir

TINY = ["--model-motion", "tiny-motion", "--model-deblur", "tiny-deblur"]

_TINY_MOTION = {
    "widths": [8, 12, 16, 16],
    "depths": [1, 1, 1, 1],
    "up_depths": [1, 1, 1],
    "spectrum_channels": 4,
}
_TINY_DEBLUR = {"widths": [8, 12, 16], "depths": [1, 1, 1], "up_depths": [1, 1]}


@dataclass(frozen=True)
class Outcome:
    """What one command line came to."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def sentences(self) -> list[str]:
        """Lines for the person."""
        return self.err.splitlines()


@pytest.fixture
def blurstudio(capfd):
    """Run a command line in this process."""

    def run(*words: object) -> Outcome:
        capfd.readouterr()
        code = main([str(word) for word in words])
        return Outcome(code, *capfd.readouterr())

    return run


def picture(height: int = 72, width: int = 96) -> np.ndarray:
    """A smooth picture with some edges, uint8 BGR."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = 127 + 60 * np.sin(x / 5) + 60 * np.sin((x + 2 * y) / 9)
    rgb = np.stack([waves, waves[::-1], 255 - waves], axis=-1)
    cv2.circle(rgb, (width // 2, height // 2), min(height, width) // 4, (20, 200, 240), -1)
    return np.clip(rgb, 0, 255).astype(np.uint8)


@pytest.fixture
def photo(tmp_path):
    """A readable photo."""
    path = tmp_path / "photo.png"
    cv2.imwrite(str(path), picture())
    return path


@pytest.fixture
def tiny_networks():
    """Small untrained networks in the person's own folder, and the options that choose them."""
    import torch

    from blurstudio import networks
    from blurstudio.weights.cards import ModelCard
    from blurstudio.weights.registry import save_network

    torch.manual_seed(0)
    kinds = {
        "motion": ("motion-spectral", _TINY_MOTION),
        "deblur": ("deblur-unet", _TINY_DEBLUR),
    }
    for task, (architecture, config) in kinds.items():
        card = ModelCard(name=f"tiny-{task}", task=task, architecture=architecture, config=config)
        save_network(networks.build(architecture, **config), card, user_data_dir() / "weights")
    return TINY


@pytest.fixture
def user_weights(tiny_networks):
    """The folder that holds the tiny networks."""
    return user_data_dir() / "weights"


@pytest.fixture
def process(blurstudio, tiny_networks, tmp_path):
    """Process photos with tiny networks into the folder out."""

    def run(*words: object):
        return blurstudio("process", *words, "-o", tmp_path / "out", "--frames", 2, *tiny_networks)

    return run


@pytest.fixture
def process_photo(blurstudio, tiny_networks, photo, tmp_path):
    """Process the photo with tiny networks into the folder out, with three frames."""

    def run(*words: object):
        usual = ("-o", tmp_path / "out", "--frames", 3)
        return blurstudio("process", photo, *usual, *words, *tiny_networks)

    return run


@pytest.fixture
def home(tmp_path):
    """Return where the results of the photo go."""
    return tmp_path / "out" / "photo.png"
