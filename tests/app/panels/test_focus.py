"""Whatever has the keys shows it, in both looks: a frame that stands out from the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from blurstudio.app import theme
from blurstudio.app.panels.fields import Amount, Choice
from blurstudio.app.panels.fold import Fold
from blurstudio.app.panels.number import Number


@pytest.fixture
def make(look, qtbot):
    """Return a function that shows a control above another one."""

    pages = []

    def shown(kind):
        page = QWidget()
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(240, 120)
        made, other = kind(page), QPushButton("other", page)
        column = QVBoxLayout(page)
        column.addWidget(made)
        column.addWidget(other)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        other.setFocus()
        return made, other

    return shown


def filled(page):
    choice = Choice(page)
    choice.set_entries([("one", 1, "")])
    return choice


def ticked(page):
    box = QCheckBox("Paths", page)
    box.setChecked(True)
    return box


def pressed(page):
    button = QPushButton("Brush", page)
    button.setCheckable(True)
    button.setChecked(True)
    return button


@pytest.mark.parametrize(
    ("kind", "sign"),
    [
        (lambda page: Amount(0.5, page), "LINK"),
        (lambda page: QCheckBox("Paths", page), "LINK"),
        (ticked, "LINK"),
        (filled, "LINK"),
        (lambda page: Number(10, 1, 0, "", page), "LINK"),
        (lambda page: QPushButton("Clear", page), "LINK"),
        (pressed, "STRONG"),
        (lambda page: Fold("motion", "Motion", page).heading, "LINK"),
    ],
    ids=["slider", "box", "ticked", "list", "number", "button", "pressed", "heading"],
)
def test_a_frame_shows_where_the_keys_are(make, kind, sign):
    made, other = make(kind)
    without = made.grab().toImage()
    made.setFocus(Qt.FocusReason.TabFocusReason)
    assert made.hasFocus()
    framed = made.grab().toImage()
    middle = made.width() // 2
    colour = getattr(theme, sign).name()
    for y in (0, made.height() - 1):
        assert framed.pixelColor(middle, y).name() == colour
        assert without.pixelColor(middle, y).name() != colour
    other.setFocus()
    assert made.grab().toImage() == without


def test_a_slider_with_a_frame_still_comes_to_the_hand(make):
    slider, _ = make(lambda page: Amount(0.5, page))
    for x, amount in ((slider.width() - 1, 1.0), (slider.width() // 2, 0.5), (0, 0.0)):
        QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, slider.height() // 2))
        assert slider.amount == pytest.approx(amount, abs=0.02)
