"""What the runs learn from: two photos, exposures of them, and recipes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.training.runs.small_runs import CONFIGS, RECIPE


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder with two textured photos."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "photos").mkdir()
    rng = np.random.default_rng(0)
    for number in range(2):
        coarse = rng.integers(0, 255, (40, 40, 3), dtype=np.uint8)
        photo = cv2.resize(coarse, (240, 240), interpolation=cv2.INTER_CUBIC)
        (folder / "photos" / f"{number}.png").write_bytes(cv2.imencode(".png", photo)[1].tobytes())
    return folder


@pytest.fixture(scope="module")
def exposures(tmp_path_factory):
    """Where the module's runs share their rendered exposures."""
    return tmp_path_factory.mktemp("exposures")


@pytest.fixture
def recipe(tmp_path):
    def write(task="deblur", steps=8, minutes=60.0, extra=""):
        architecture, config = CONFIGS[task]
        path = tmp_path / f"{task}-{steps}.toml"
        path.write_text(
            RECIPE.format(
                task=task,
                architecture=architecture,
                config=config,
                steps=steps,
                minutes=minutes,
                extra=extra,
            )
        )
        return path

    return write
