"""A hand for the canvas's tests: pictures to show, a wheel to turn, a mouse to drag."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


class Hand:
    """What a person does at the canvas, and what they see."""

    @staticmethod
    def plain(colour, height=300, width=400):
        """Picture of one colour."""
        picture = np.empty((height, width, 3), np.uint8)
        picture[:] = colour
        return picture

    @staticmethod
    def turn_wheel(widget, at, notches=1.0):
        """Turn the wheel with the cursor at a point."""
        event = QWheelEvent(
            QPointF(at),
            widget.mapToGlobal(QPointF(at)),
            QPoint(),
            QPoint(0, round(120 * notches)),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)

    @staticmethod
    def drag(widget, start, stop, button=Qt.MouseButton.LeftButton, steps=5):
        """Press, move in steps, release."""
        QTest.mousePress(widget, button, pos=start)
        for step in range(1, steps + 1):
            QTest.mouseMove(widget, start + (stop - start) * step / steps)
        QTest.mouseRelease(widget, button, pos=stop)

    @staticmethod
    def colour_at(widget, x, y):
        """Colour of a pixel as the eye sees it."""
        colour = widget.grab().toImage().pixelColor(round(x), round(y))
        return colour.red(), colour.green(), colour.blue()

    @staticmethod
    def near(one, other, tolerance=3):
        """Whether two colours are the same to the eye."""
        return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))


@pytest.fixture
def hand():
    """Return a hand and an eye."""
    return Hand
