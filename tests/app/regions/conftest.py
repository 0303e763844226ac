"""A person with a pencil before a photo with a full result."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from blurstudio.session.editing import acting_on_motion

LEFT = Qt.MouseButton.LeftButton


class Draughtsman:
    """A person with a pencil: places are px of the photo, 80 wide and 60 high."""

    def __init__(self, window, person, bot):
        self.window = window
        self.person = person
        self.bot = bot
        self.canvas = window.parts.canvas
        self.panel = window.parts.panel.regions

    def at(self, x, y):
        return self.canvas.from_picture(QPointF(x, y)).toPoint()

    def drag(self, *places, keys=Qt.KeyboardModifier.NoModifier, let_go=True):
        QTest.mousePress(self.canvas, LEFT, keys, self.at(*places[0]))
        for (x0, y0), (x1, y1) in itertools.pairwise(places):
            for part in np.linspace(0.125, 1, 8):
                self.move((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part), keys)
        if let_go:
            QTest.mouseRelease(self.canvas, LEFT, keys, self.at(*places[-1]))

    def move(self, place, keys):
        at = QPointF(self.at(*place))
        there = (at, self.canvas.mapToGlobal(at))
        move = QEvent.Type.MouseMove
        event = QMouseEvent(move, *there, Qt.MouseButton.NoButton, LEFT, keys)
        QApplication.sendEvent(self.canvas, event)

    def click(self, x, y):
        QTest.mouseClick(self.canvas, LEFT, pos=self.at(x, y))

    def double_click(self, x, y):
        self.click(x, y)
        QTest.mouseDClick(self.canvas, LEFT, pos=self.at(x, y))

    def strikes(self, *keys):
        self.person.strikes(self.window, *keys)

    def draws(self, key, *places, **how):
        self.strikes(key)
        self.drag(*places, **how)
        return self.regions[-1]

    def rectangle(self, left, top, right, bottom, edit=None):
        region = self.draws("R", (left, top), (right, bottom))
        if edit is not None:
            self.panel.fields.edit.pick(edit)
        return region

    @property
    def regions(self):
        return self.window.controller.regions

    @property
    def region(self):
        return self.window.drawing.region

    def sees_edits(self):
        """Wait until what is on show has the edits of the regions."""
        window = self.window
        self.bot.waitUntil(
            lambda: (
                window.controller.edited.is_idle
                and window.controller.results.edits == acting_on_motion(self.regions)
                and not any(window.bridge.is_busy(key) for key in ("figures", "flow"))
            )
        )

    def offsets(self):
        """Return the motion of the content on show, (dx of every pixel)."""
        paths = self.window.controller.results.analysis.trajectory
        first, last = paths.endpoints()
        return (first - last)[0].numpy()


@pytest.fixture
def draughtsman(person, qtbot):
    """Return how a person takes a pencil at a window."""
    return lambda window: Draughtsman(window, person, qtbot)


@pytest.fixture
def desk(window, person, make_photo, qtbot):
    """Return a person with a pencil before a photo with a full result."""
    person.opens_and_waits(window, make_photo())
    made = Draughtsman(window, person, qtbot)
    yield made
    qtbot.waitUntil(lambda: window.controller.edited.is_idle)
