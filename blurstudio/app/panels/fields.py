"""Controls of a panel that is scrolled: a wheel turned over them scrolls, and changes nothing.

What is chosen with them is the panel's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from blurstudio.app.panels.words.term_label import TermLabel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent


class Choice(QComboBox):
    """One of several entries, each a text and what it stands for.

    Attributes
    ----------
    values
        What the entries stand for, from top to bottom.
    """

    picked = Signal(object)
    """What the entry stands for that a person chose; never sent for `show_value`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.values: list[Any] = []
        # After a click the keys stay with the picture.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(60)
        self.activated.connect(self._say)

    def set_entries(self, entries: Iterable[tuple[str, Any, str]]) -> None:
        """Replace all entries: text, value, tooltip."""
        self.clear()
        self.values.clear()
        for text, value, tip in entries:
            self.values.append(value)
            self.addItem(text)
            self.setItemData(self.count() - 1, tip or None, Qt.ItemDataRole.ToolTipRole)

    def show_value(self, value: object) -> bool:
        """Show the entry that stands for a value; returns whether there is one."""
        if value not in self.values:
            return False
        self.setCurrentIndex(self.values.index(value))
        return True

    def pick(self, value: object) -> None:
        """Choose the entry that stands for a value, as a hand does."""
        self.setCurrentIndex(self.values.index(value))
        self.picked.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def _say(self, index: int) -> None:
        self.picked.emit(self.values[index])


class Amount(QSlider):
    """A slider of per cents that jumps to the hand and is reset by a double click.

    Attributes
    ----------
    gesture
        Counts drags and runs of keys: what belongs to one gesture is undone as one.
    """

    moved = Signal(float)
    """While the slider is in the hand: where it is, [0, 1]."""
    chosen = Signal(float)
    """Let go there, or set by keys: [0, 1]."""

    def __init__(self, usual: float, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, 100)
        self.setPageStep(10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.gesture = 0
        self._usual = usual
        self._by_keys = False
        self._shown = False
        self.show_amount(usual)
        self.valueChanged.connect(self._value_changed)
        self.sliderReleased.connect(self._released)

    @property
    def amount(self) -> float:
        """Where the slider is, [0, 1]."""
        return self.value() / 100

    def show_amount(self, amount: float) -> None:
        """Move the slider without anybody having chosen that."""
        self._shown = True
        self.setValue(round(amount * 100))
        self._shown = False

    def reset(self) -> None:
        """Choose the usual amount."""
        self.setValue(round(self._usual * 100))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle to the hand and take hold of it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.gesture += 1
            self._by_keys = False
            self.setSliderDown(True)
            self.setSliderPosition(self._value_at(event.position().x()))
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Reset; the click before belongs to it."""
        self.reset()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin a gesture of its own."""
        if not self._by_keys:
            self.gesture += 1
            self._by_keys = True
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def _value_at(self, x: float) -> int:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control = QStyle.ComplexControl.CC_Slider
        groove = self.style().subControlRect(
            control, option, QStyle.SubControl.SC_SliderGroove, self
        )
        handle = self.style().subControlRect(
            control, option, QStyle.SubControl.SC_SliderHandle, self
        )
        room = groove.width() - handle.width()
        place = round(x) - groove.x() - handle.width() // 2
        return QStyle.sliderValueFromPosition(0, 100, place, room)

    def _value_changed(self, _value: int) -> None:
        if self._shown:
            return
        if self.isSliderDown():
            self.moved.emit(self.amount)
        else:
            self.chosen.emit(self.amount)

    def _released(self) -> None:
        self.chosen.emit(self.amount)


class ResetLabel(TermLabel):
    """The name of a control; a double click on it resets the choices that it stands for.

    Parameters
    ----------
    choices
        Their names in `AnalysisOptions`.
    """

    reset_asked = Signal(str, object)

    def __init__(self, text: str, choices: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(text, parent)
        self._choices = choices

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for it."""
        if self._choices:
            self.reset_asked.emit(self.text(), self._choices)
        event.accept()
