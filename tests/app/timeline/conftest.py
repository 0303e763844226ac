"""A clock that a test turns by hand, and a timeline that runs on it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from blurstudio.app.timeline import Timeline


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def timeline(qtbot, clock):
    window = QWidget()
    qtbot.addWidget(window)
    widget = Timeline(window, clock)
    window.resize(900, 100)
    widget.resize(900, widget.sizeHint().height())
    widget.set_frame_count(11)
    window.show()
    widget.setFocus()
    widget.told = []
    widget.timeChanged.connect(widget.told.append)
    yield widget
    window.close()
