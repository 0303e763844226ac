"""A person's way through the program: fresh processes, real files, no display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture
def person(tmp_path):
    """Type a command line in a folder of one's own, on a machine without a display."""

    def types(*words: object, program: tuple[str, ...] = ("-m", "blurstudio"), **variables: str):
        environment = {name: value for name, value in os.environ.items() if name not in SCREENS}
        return subprocess.run(
            [sys.executable, *program, *map(str, words)],
            cwd=tmp_path,
            env={**environment, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return types


@pytest.fixture
def photo(tmp_path):
    """A small photo in the person's folder."""
    coarse = np.random.default_rng(1).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    path = tmp_path / "my photo.png"
    cv2.imwrite(str(path), cv2.resize(coarse, (128, 96), interpolation=cv2.INTER_CUBIC))
    return path
