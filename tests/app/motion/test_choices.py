"""The motion panel: every control chooses, is undone, explains itself and knows its keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QSlider

from blurstudio.app.panels.motion.picture import DECONVOLUTION
from blurstudio.app.panels.motion.terms import tips
from tests.app.motion.hands import click, words

CHOICES = {
    "network": (lambda p: p.paths.motion_model.pick("bold"), {"motion_model": "bold"}),
    "shape": (lambda p: p.paths.constraint.pick("linear"), {"constraint": "linear"}),
    "reverse": (lambda p: click(p.direction.reverse), {"reverse": True}),
    "refinement": (lambda p: p.refinement.refine.pick("both"), {"refine": "both"}),
    "shake": (lambda p: p.refinement.refine.pick("shake"), {"refine": "shake"}),
    "refine": (lambda p: click(p.refinement.refine_button), {"refine": "path"}),
    "sharp by": (lambda p: p.picture.sharp_by.pick("blind"), {"deblur_model": "blind"}),
    "calculated": (
        lambda p: p.picture.sharp_by.pick(DECONVOLUTION),
        {"deblurrer": "deconvolution"},
    ),
}


@pytest.mark.parametrize(("does", "chosen"), CHOICES.values(), ids=CHOICES)
def test_every_control_chooses_and_is_undone(analysed, panel, person, engine, does, chosen):
    first = analysed.controller.options
    does(panel)
    person.sees_results(analysed)
    wanted = replace(first, **chosen)
    assert analysed.controller.options == wanted
    assert analysed.controller.results.options == wanted
    assert engine.asked[-1] == wanted
    person.strikes(analysed, "Ctrl+Z")
    person.sees_results(analysed)
    assert analysed.controller.results.options == first
    assert shown_choices(panel) == UNTOUCHED
    person.strikes(analysed, "Ctrl+Shift+Z")
    person.sees_results(analysed)
    assert analysed.controller.results.options == wanted
    assert shown_choices(panel) != UNTOUCHED


UNTOUCHED = ("motion", "As the network answers", False, "Off", True, "deblur", False)


def shown_choices(panel):
    """What can be read off the controls."""
    return (
        panel.paths.motion_model.currentText(),
        panel.paths.constraint.currentText(),
        panel.direction.reverse.isChecked(),
        panel.refinement.refine.currentText(),
        panel.refinement.refine_button.isEnabled(),
        panel.picture.sharp_by.currentText(),
        panel.picture.strength.isEnabled(),
    )


def test_the_panel_shows_the_first_choices(panel):
    assert shown_choices(panel) == UNTOUCHED


def test_undo_and_redo_say_what_they_do(analysed, panel, person):
    commands = analysed.commands
    assert not commands["edit.undo"].isEnabled()
    click(panel.direction.reverse)
    assert commands["edit.undo"].text() == "&Undo Reverse time"
    assert not commands["edit.redo"].isEnabled()
    commands["edit.undo"].trigger()
    assert commands["edit.redo"].text() == "&Redo Reverse time"
    person.strikes(analysed, "Ctrl+Y")
    assert analysed.controller.options.reverse
    person.sees_results(analysed)


def test_several_choices_are_undone_one_by_one(analysed, panel, person):
    panel.paths.constraint.pick("linear")
    person.sees_results(analysed)
    click(panel.direction.reverse)
    person.sees_results(analysed)
    panel.picture.sharp_by.pick(DECONVOLUTION)
    person.sees_results(analysed)
    seen = []
    for _ in range(3):
        person.strikes(analysed, "Ctrl+Z")
        person.sees_results(analysed)
        options = analysed.controller.results.options
        seen.append((options.constraint, options.reverse, options.deblurrer))
    assert seen == [
        ("linear", True, "network"), ("linear", False, "network"), (None, False, "network"),
    ]  # fmt: skip


def test_reset_all_goes_back_to_the_first_choices_and_can_be_undone(analysed, panel, person):
    assert not panel.reset.isEnabled()
    panel.paths.constraint.pick("free")
    click(panel.direction.reverse)
    person.sees_results(analysed)
    click(panel.reset)
    person.sees_results(analysed)
    assert analysed.controller.results.options == analysed.controller.defaults
    assert shown_choices(panel) == UNTOUCHED
    person.strikes(analysed, "Ctrl+Z")
    person.sees_results(analysed)
    assert analysed.controller.options.constraint == "free"
    assert analysed.controller.options.reverse


def test_another_photo_starts_without_tool_choices_and_past(analysed, panel, person, make_photo):
    click(panel.direction.reverse)
    person.strikes(analysed, "X")
    person.opens_and_waits(analysed, make_photo("next.png"))
    assert analysed.controller.results.options == analysed.controller.defaults
    assert shown_choices(panel) == UNTOUCHED
    assert not analysed.commands["edit.undo"].isEnabled()
    assert not analysed.parts.canvas.pointer.picking
    assert not panel.direction.flip.isChecked()


@pytest.mark.parametrize(("found", "goes_on"), [("doubted", "shake"), ("shake", "both")])
def test_what_refining_found_can_be_followed_up_at_once(
    analysed, panel, person, engine, found, goes_on
):
    offered = panel.refinement.further_buttons

    def on_show():
        return [refine for refine, button in offered.items() if button.isVisible()]

    assert on_show() == []
    setattr(engine, found, "a shake")
    click(panel.refinement.refine_button)
    person.sees_results(analysed)
    assert on_show() == [goes_on]
    engine.doubted = None
    click(offered[goes_on])
    person.sees_results(analysed)
    assert analysed.controller.options.refine == goes_on
    assert on_show() == []
    person.strikes(analysed, "Ctrl+Z")
    person.sees_results(analysed)
    assert on_show() == [goes_on]


def test_a_deconvolution_follows_a_shake_by_itself(analysed, panel, person, engine):
    engine.shake = "a shake"
    panel.picture.sharp_by.pick(DECONVOLUTION)
    person.sees_results(analysed)
    click(panel.refinement.refine_button)
    person.sees_results(analysed)
    assert not panel.refinement.further_buttons["both"].isVisible()


def test_what_refining_did_is_said(analysed, panel, person):
    click(panel.refinement.refine_button)
    person.sees_results(analysed)
    assert "Refined by a test." in words(panel)
    person.strikes(analysed, "Ctrl+Z")
    person.sees_results(analysed)
    assert "Refined by a test." not in words(panel)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("Read by", {"motion_model": "bold"}),
        ("Path shape", {"constraint": "linear"}),
        ("Direction", {"reverse": True, "flips": ((0.5, 0.5),)}),
        ("Refinement", {"refine": "both"}),
        ("Sharp by", {"deblurrer": "deconvolution", "deblur_model": "blind"}),
        ("Strength", {"strength": 0.9, "deblurrer": "deconvolution"}),
    ],
)
def test_a_double_click_on_a_name_resets_its_control(analysed, panel, person, name, changes):
    first = analysed.controller.options
    analysed.controller.change(replace(first, **changes), "A choice")
    person.sees_results(analysed)
    label = next(label for label in panel.findChildren(QLabel) if label.text() == name)
    QTest.mouseDClick(label, Qt.MouseButton.LeftButton)
    person.sees_results(analysed)
    left = {key: getattr(analysed.controller.options, key) for key in changes}
    kept = {"deblurrer": "deconvolution"} if name == "Strength" else {}
    assert left == {key: getattr(first, key) for key in changes} | kept
    assert analysed.commands["edit.undo"].text() == f"&Undo Reset {name.lower()}"


def test_a_wheel_turned_over_a_control_changes_nothing(analysed, panel):
    for control in (panel.paths.constraint, panel.picture.strength):
        middle = QPointF(control.rect().center())
        wheel = QWheelEvent(
            middle, control.mapToGlobal(middle), QPoint(0, -120), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(control, wheel)
    assert shown_choices(panel) == UNTOUCHED
    assert panel.picture.strength.amount == 0.5


def test_a_file_among_the_settings_is_an_entry_of_its_own(analysed, panel, person):
    controller = analysed.controller
    controller.change(replace(controller.options, motion_model="/far/own.safetensors"), "Own")
    person.sees_results(analysed)
    assert panel.paths.motion_model.currentText() == "own"


def test_without_a_result_the_panel_says_why_nothing_can_be_chosen(
    window, person, engine, make_photo
):
    engine.open.clear()
    person.opens(window, make_photo())
    panel = window.parts.panel.motion
    assert any("being read" in text for text in words(panel))
    for control in controls(panel):
        assert not control.isEnabled()
    engine.open.set()
    person.sees_results(window)
    assert not any("being read" in text for text in words(panel))
    assert panel.paths.constraint.isEnabled()


def test_after_a_first_failure_another_network_can_be_chosen(
    window, person, engine, make_photo, qtbot
):
    from blurstudio.errors import WeightsError

    engine.fault = WeightsError("There are no weights here; install Blur Studio again.")
    person.opens(window, make_photo())
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    panel = window.parts.panel.motion
    assert any("choose another network" in text for text in words(panel))
    assert panel.paths.motion_model.isEnabled()
    assert not panel.direction.reverse.isEnabled()
    engine.fault = None
    panel.paths.constraint.pick("linear")
    person.sees_results(window)
    assert window.controller.results.options.constraint == "linear"


def controls(panel):
    kinds = (QComboBox, QAbstractButton, QSlider)
    return [found for kind in kinds for found in panel.findChildren(kind)]


def test_every_control_explains_itself_and_has_a_name(panel):
    named = {control.objectName(): control for control in controls(panel)}
    assert set(tips()) == set(named)
    for key, control in named.items():
        assert control.accessibleName()
        assert tips()[key] in control.toolTip()
        assert tips()[key].endswith(")"), "the papers' term comes last, in brackets"
        assert "(" in tips()[key]


def test_tab_goes_through_the_controls_from_top_to_bottom(analysed, panel, person):
    person.strikes(analysed, "M")
    seen = []
    for _ in range(9):
        focused = QApplication.focusWidget()
        seen.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen[:8] == [
        "motion_model", "constraint", "reverse", "flip", "direction_map", "refine",
        "refine_button", "sharp_by",
    ]  # fmt: skip


def test_the_panel_fits_beside_a_small_canvas(analysed, qtbot):
    analysed.resize(1280, 720)
    side = analysed.parts.panel
    qtbot.waitUntil(lambda: analysed.width() == 1280)
    assert side.widget().width() <= side.viewport().width()
    assert side.widget().minimumSizeHint().width() <= side.width() - side.style().pixelMetric(
        side.style().PixelMetric.PM_ScrollBarExtent
    )


def test_choices_for_a_photo_are_no_settings(analysed, panel, person, settings_file):
    panel.paths.constraint.pick("linear")
    panel.paths.motion_model.pick("bold")
    person.sees_results(analysed)
    analysed.close()
    assert "bold" not in settings_file.read_text()
    assert analysed.settings.motion_model == ""


def test_after_a_click_the_keys_stay_with_the_picture(analysed, panel, person):
    click(panel.direction.reverse)
    click(panel.refinement.refine_button)
    person.sees_results(analysed)
    assert analysed.parts.canvas.hasFocus()


def test_m_goes_to_a_hidden_panel_and_esc_comes_back(analysed, panel, person):
    person.strikes(analysed, "Tab")
    assert not analysed.parts.panel.isVisible()
    person.strikes(analysed, "M")
    assert analysed.parts.panel.isVisible()
    assert panel.paths.motion_model.hasFocus()
    QTest.keyClick(panel.paths.motion_model, Qt.Key.Key_Escape)
    assert analysed.parts.canvas.hasFocus()
