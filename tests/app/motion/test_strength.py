"""The strength of the deconvolution: dragged, stepped, reset, with a live picture."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from blurstudio.app.panels.motion.picture import DECONVOLUTION
from tests.app.motion.hands import drag, on_slider


def test_a_drag_of_the_strength_shows_pictures_and_is_one_step(deconvolved, panel, person, qtbot):
    slider = panel.picture.strength
    steps = deconvolved.controller.history.stack.count()
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=on_slider(slider, 0.5))
    for amount in (0.6, 0.7, 0.9):
        QTest.mouseMove(slider, on_slider(slider, amount))
    there = slider.amount
    assert there > 0.8
    qtbot.waitUntil(lambda: brightness(deconvolved) == pytest.approx(there, abs=0.02))
    assert deconvolved.controller.options.strength == 0.5, "nothing is chosen before letting go"
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=on_slider(slider, 0.9))
    person.sees_results(deconvolved)
    assert deconvolved.controller.results.options.strength == there
    assert deconvolved.controller.history.stack.count() == steps + 1
    person.strikes(deconvolved, "Ctrl+Z")
    person.sees_results(deconvolved)
    assert slider.amount == 0.5
    assert brightness(deconvolved) == pytest.approx(0.5, abs=0.02)


def brightness(window):
    """Brightness of the sharp picture on the canvas, [0, 1]."""
    return window.parts.canvas.shelf.pictures["sharp"].full.pixelColor(5, 5).redF()


def test_a_drag_shows_the_sharp_picture(deconvolved, panel, person):
    person.strikes(deconvolved, "4")
    drag(panel.picture.strength, 0.5, 0.7)
    assert deconvolved.parts.canvas.picture == "sharp"
    person.sees_results(deconvolved)


def test_a_drag_that_ends_where_it_began_leaves_everything(deconvolved, panel, person, qtbot):
    slider = panel.picture.strength
    steps = deconvolved.controller.history.stack.count()
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=on_slider(slider, 0.5))
    with qtbot.waitSignal(deconvolved.choosing.preview.requests.ready):
        QTest.mouseMove(slider, on_slider(slider, 0.9))
    slider.setSliderPosition(50)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton)
    person.sees_results(deconvolved)
    assert deconvolved.controller.history.stack.count() == steps
    assert brightness(deconvolved) == pytest.approx(0.5, abs=0.02)


def test_a_run_of_keys_is_one_step(deconvolved, panel, person):
    slider = panel.picture.strength
    steps = deconvolved.controller.history.stack.count()
    slider.setFocus()
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    person.sees_results(deconvolved)
    assert deconvolved.controller.results.options.strength == pytest.approx(0.53)
    assert deconvolved.controller.history.stack.count() == steps + 1


def test_a_double_click_resets_the_strength(deconvolved, panel, person):
    slider = panel.picture.strength
    drag(slider, 0.5, 0.9)
    person.sees_results(deconvolved)
    steps = deconvolved.controller.history.stack.count()
    at = on_slider(slider, 0.9)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=at)
    person.sees_results(deconvolved)
    assert slider.amount == 0.5
    assert deconvolved.controller.results.options.strength == 0.5
    assert deconvolved.controller.history.stack.count() <= steps + 1
    assert not slider.isSliderDown()


def test_the_strength_is_of_the_deconvolution_only(analysed, panel, person):
    assert not panel.picture.strength.isEnabled()
    panel.picture.sharp_by.pick(DECONVOLUTION)
    assert panel.picture.strength.isEnabled()
    person.sees_results(analysed)


def test_keys_of_a_control_do_nothing_to_the_timeline(deconvolved, panel, person):
    time = deconvolved.parts.timeline.time
    panel.picture.strength.setFocus()
    QTest.keyClick(panel.picture.strength, Qt.Key.Key_Left)
    QTest.keyClick(panel.picture.strength, Qt.Key.Key_Space)
    person.sees_results(deconvolved)
    assert deconvolved.parts.timeline.time == time
    assert not deconvolved.parts.timeline.playing
