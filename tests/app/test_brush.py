"""The brush under a hand: it hides and reveals, is undone stroke by stroke, kept and exported."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QSlider

from blurstudio.app.export import ExportRequest, Part
from blurstudio.app.panels.motion.picture import DECONVOLUTION
from blurstudio.session.blend import Brush

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PHOTO, SHARP = (60, 120, 180), (128, 128, 128)


class Painter:
    """A person with a brush 16 px wide: places are px of the photo, 80 wide and 60 high."""

    def __init__(self, window, person, bot):
        self.window, self.person, self.bot = window, person, bot
        self.controller, self.canvas = window.controller, window.parts.canvas
        self.panel = window.parts.panel.result
        self.panel.brush_changed.emit(Brush(radius=0.1, hardness=1.0))

    def at(self, x, y):
        return self.canvas.from_picture(QPointF(x, y)).toPoint()

    def paint(self, *places, keys=NO_KEYS, let_go=True):
        QTest.mousePress(self.canvas, LEFT, keys, self.at(*places[0]))
        for (x0, y0), (x1, y1) in itertools.pairwise(places):
            for part in np.linspace(0.125, 1, 8):
                self.move(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part, keys, LEFT)
        if let_go:
            QTest.mouseRelease(self.canvas, LEFT, keys, self.at(*places[-1]))
            self.sees_result()

    def move(self, x, y, keys=NO_KEYS, buttons=Qt.MouseButton.NoButton):
        at = QPointF(self.at(x, y))
        there = (at, self.canvas.mapToGlobal(at))
        move = QEvent.Type.MouseMove
        event = QMouseEvent(move, *there, Qt.MouseButton.NoButton, buttons, keys)
        QApplication.sendEvent(self.canvas, event)

    def wheel(self, delta, keys):
        at = QPointF(self.at(40, 30))
        there = (at, self.canvas.mapToGlobal(at), QPoint(), QPoint(0, delta))
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(*there, Qt.MouseButton.NoButton, keys, phase, False)
        QApplication.sendEvent(self.canvas, event)

    def sees_result(self):
        wanted = lambda: self.controller.results.blend == self.controller.blend.acting  # noqa: E731
        self.bot.waitUntil(wanted)
        self.bot.waitUntil(lambda: self.controller.edited.is_idle)

    def seen(self, x, y):
        picture = self.canvas.shelf.pictures["sharp"].full
        x, y = x * picture.width() // 80, y * picture.height() // 60
        colour = picture.pixelColor(x, y)
        return colour.red(), colour.green(), colour.blue()

    @property
    def strokes(self):
        return self.controller.blend.mask.strokes

    def strikes(self, *keys):
        self.person.strikes(self.window, *keys)


@pytest.fixture
def painter(window, person, make_photo, qtbot):
    """Return a person who has a brush in the hand, over a sharp picture that is grey all over."""
    person.opens_and_waits(window, make_photo())
    window.parts.panel.motion.picture.sharp_by.pick(DECONVOLUTION)
    person.sees_results(window)
    person.strikes(window, "Shift+B")
    return Painter(window, person, qtbot)


def test_a_drag_hides_the_result_and_undo_brings_it_back(painter):
    painter.paint((10, 10), (70, 10))
    assert painter.seen(20, 10) == PHOTO
    assert painter.seen(20, 50) == SHARP
    painter.paint((10, 50), (70, 50))
    assert painter.seen(20, 50) == PHOTO
    painter.strikes("Ctrl+Z")
    painter.sees_result()
    assert len(painter.strokes) == 1
    assert painter.seen(20, 50) == SHARP
    assert painter.seen(20, 10) == PHOTO
    painter.strikes("Ctrl+Z")
    painter.sees_result()
    assert painter.seen(20, 10) == SHARP
    painter.strikes("Ctrl+Shift+Z", "Ctrl+Shift+Z")
    painter.sees_result()
    assert painter.seen(20, 10) == painter.seen(20, 50) == PHOTO


def test_the_picture_follows_the_hand_before_it_lets_go(painter):
    painter.paint((10, 10), (40, 10), let_go=False)
    painter.bot.waitUntil(lambda: painter.seen(20, 10) == PHOTO)
    painter.bot.waitUntil(lambda: painter.canvas.mask_shown)
    assert not painter.strokes
    painter.strikes("Esc")
    painter.bot.waitUntil(lambda: painter.seen(20, 10) == SHARP)
    QTest.mouseRelease(painter.canvas, LEFT, pos=painter.at(40, 10))
    assert not painter.strokes, "Esc gives the stroke up"
    assert painter.canvas.tool == "brush"


def test_esc_puts_the_brush_down(painter):
    painter.strikes("Esc")
    assert painter.canvas.tool == "view"
    assert not painter.window.commands["tool.brush"].isChecked()
    assert not painter.panel.brush.isChecked()
    painter.strikes("Shift+B")
    painter.strikes("R")
    assert painter.canvas.tool == "rectangle"
    assert not painter.panel.brush.isChecked()


def test_a_click_is_a_dab(painter):
    QTest.mouseClick(painter.canvas, LEFT, pos=painter.at(20, 40))
    painter.sees_result()
    assert len(painter.strokes[0].points) == 1
    assert painter.seen(20, 40) == PHOTO
    assert painter.seen(34, 40) == SHARP


def test_ctrl_erases(painter):
    painter.paint((10, 10), (70, 10))
    painter.paint((60, 10), keys=CTRL)
    assert painter.seen(60, 10) == SHARP
    assert painter.seen(20, 10) == PHOTO
    assert [stroke.brush.reveal for stroke in painter.strokes] == [False, True]


def test_a_person_can_hide_all_and_reveal_a_part(painter):
    painter.panel.invert.click()
    painter.sees_result()
    assert painter.seen(20, 10) == PHOTO
    painter.panel.mode.pick(value=True)
    painter.paint((10, 10), (30, 10))
    assert painter.seen(20, 10) == SHARP
    assert painter.seen(60, 50) == PHOTO
    painter.panel.invert.click()
    painter.sees_result()
    assert painter.seen(20, 10) == PHOTO
    assert painter.seen(60, 50) == SHARP


def test_clear_takes_all_strokes_away_and_can_be_undone(painter):
    assert not painter.panel.clear.isEnabled()
    painter.paint((10, 10), (70, 10))
    painter.panel.clear.click()
    painter.sees_result()
    assert not painter.strokes
    assert painter.seen(20, 10) == SHARP
    painter.strikes("Ctrl+Z")
    painter.sees_result()
    assert painter.seen(20, 10) == PHOTO


def test_a_faint_brush_hides_in_part(painter):
    painter.panel.opacity.setValue(50)
    painter.paint((10, 10), (70, 10))
    half = np.add(PHOTO, SHARP) / 2
    assert np.abs(np.subtract(painter.seen(20, 10), half)).max() <= 1


def test_keys_wheel_and_sliders_change_the_brush(painter):
    hand, panel = painter.canvas.brush_hand, painter.panel
    first, zoom = hand.brush, painter.canvas.zoom
    painter.strikes("]")
    assert hand.brush.radius > first.radius
    painter.strikes("[", "[")
    assert hand.brush.radius < first.radius
    painter.wheel(240, CTRL)
    assert hand.brush.radius > first.radius
    shown = panel.diameter.value()
    painter.wheel(-120, CTRL)
    assert panel.diameter.value() < shown
    painter.wheel(-120, SHIFT)
    assert hand.brush.hardness == pytest.approx(0.9)
    assert panel.hardness.value() == 90
    panel.hardness.setValue(40)
    panel.diameter.setValue(100)
    assert (hand.brush.hardness, hand.brush.radius) == (0.4, 0.5)
    assert painter.canvas.zoom == zoom
    painter.wheel(120, NO_KEYS)
    assert painter.canvas.zoom > zoom, "without a modifier the wheel zooms as ever"


def test_the_veil_lies_over_hidden_places_while_the_brush_is_in_the_hand(painter):
    painter.paint((10, 10), (70, 10))
    painter.move(70, 50)

    def shown():
        return painter.canvas.grab().toImage().pixelColor(painter.at(20, 10))

    painter.bot.waitUntil(lambda: shown().red() > PHOTO[0] + 40)
    veiled = shown()
    painter.strikes("Shift+M")
    assert np.abs(np.subtract(shown().getRgb()[:3], PHOTO)).max() <= 2
    painter.strikes("Shift+M")
    assert shown() == veiled
    painter.strikes("V")
    assert np.abs(np.subtract(shown().getRgb()[:3], PHOTO)).max() <= 2


def test_a_ring_shows_how_large_the_brush_is(painter):
    painter.move(40, 45)
    with_ring = painter.canvas.grab().toImage()
    edge = painter.at(48, 45)
    painter.strikes("V")
    without = painter.canvas.grab().toImage()
    near = [QPoint(edge.x() + dx, edge.y()) for dx in range(-3, 4)]
    assert any(with_ring.pixelColor(at) != without.pixelColor(at) for at in near)
    inside = painter.at(42, 45)
    assert with_ring.pixelColor(inside) == without.pixelColor(inside)


def test_the_middle_button_still_moves_the_picture(painter):
    painter.canvas.actual_size()
    painter.wheel(360, NO_KEYS)
    before = painter.at(40, 30)
    middle = Qt.MouseButton.MiddleButton
    QTest.mousePress(painter.canvas, middle, pos=before)
    painter.move(45, 33, buttons=middle)
    QTest.mouseRelease(painter.canvas, middle, pos=before)
    assert painter.at(40, 30) != before
    assert not painter.strokes


def test_painting_shows_the_sharp_picture(painter):
    painter.strikes("1")
    assert painter.canvas.picture == "photo"
    painter.paint((10, 10), (30, 10))
    assert painter.canvas.picture == "sharp"


def test_strokes_are_found_again_and_scale_with_nothing_but_the_photo(painter, person, make_photo):
    painter.paint((10, 10), (70, 10))
    strokes = painter.strokes
    first = painter.controller.opened.path
    person.opens_and_waits(painter.window, make_photo("another.png"))
    assert not painter.strokes
    assert painter.canvas.tool == "view"
    person.opens_and_waits(painter.window, first)
    assert painter.strokes == strokes
    painter.sees_result()
    assert painter.seen(20, 10) == PHOTO
    assert all(0 <= side <= 1 for point in strokes[0].points for side in point)


def test_the_command_line_reads_strokes_from_the_document(painter):
    painter.paint((10, 10), (70, 10))
    painter.window.commands["photo.command_line"].trigger()
    copied = QGuiApplication.clipboard().text()
    assert copied.endswith(" --document")
    assert "--amount" not in copied
    assert "strokes are read from the photo's document" in painter.window.parts.notices.texts[-1]


def test_the_exported_picture_differs_only_where_was_painted(painter, folder):
    def exported():
        with painter.bot.waitSignal(painter.controller.exported):
            painter.controller.export(ExportRequest(folder, frozenset({Part.SHARP}), "png"))
        return cv2.imread(str(folder / "a photo.png" / "sharp.png"), cv2.IMREAD_UNCHANGED)

    plain = exported()
    painter.paint((10, 10), (70, 10))
    masked = exported()
    taken = cv2.imread(str(painter.controller.opened.path))
    assert np.array_equal(masked[22:], plain[22:])
    scale = np.iinfo(masked.dtype).max // 255
    assert np.array_equal(masked[4:16, 10:70], taken[4:16, 10:70].astype(masked.dtype) * scale)


def test_every_control_has_a_name_and_says_what_it_does(painter):
    kinds = (QComboBox, QAbstractButton, QSlider)
    controls = [found for kind in kinds for found in painter.panel.findChildren(kind)]
    assert len(controls) == 9
    for control in controls:
        assert control.accessibleName()
        assert len(control.toolTip()) > 30


def test_undo_gives_up_the_stroke_in_the_hand_and_not_the_one_before(painter):
    painter.paint((10, 10), (40, 10))
    before = painter.window.controller.history.choices.blend
    painter.paint((10, 40), (40, 40), let_go=False)
    painter.person.strikes(painter.window, "Ctrl+Z")
    assert painter.window.controller.history.choices.blend == before
    QTest.mouseRelease(painter.canvas, LEFT, NO_KEYS, painter.at(40, 40))
    assert painter.window.controller.history.choices.blend == before
    painter.person.strikes(painter.window, "Ctrl+Z")
    assert painter.window.controller.history.choices.blend != before
