from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from blurstudio.media.flow import write_flo

SIZE = (60, 80)
BUSY = ("read other", "read others again", "keep result", "other picture", "other figures")


@pytest.fixture
def settles(qtbot):
    """Wait until nothing of the others is on its way."""

    def settle(window):
        for _ in range(2):
            for key in (*BUSY, "other frames"):
                qtbot.waitUntil(lambda key=key: not window.bridge.is_busy(key))
            QCoreApplication.processEvents()

    return settle


@pytest.fixture
def write_flow(tmp_path):
    """Write a flow of one vector as a .flo file; returns its path."""

    def write(name="theirs.flo", vector=(6.0, 0.0), size=SIZE):
        write_flo(tmp_path / name, np.full((*size, 2), vector, np.float32))
        return tmp_path / name

    return write
