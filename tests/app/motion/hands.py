"""How a person works the controls of the motion panel."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def on_slider(slider, amount):
    """Place of an amount on a slider, widget px."""
    return QPoint(round(8 + amount * (slider.width() - 16)), slider.height() // 2)


def drag(slider, start, *ways):
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=on_slider(slider, start))
    for amount in ways:
        QTest.mouseMove(slider, on_slider(slider, amount))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=on_slider(slider, ways[-1]))


def words(panel):
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)]


# What a hand does, and what is chosen by that.
