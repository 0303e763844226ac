"""The Motion panel under a hand: every control chooses, shows what is in force, and is undone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QSlider

from blurstudio.app import listing_work
from blurstudio.app.listing_work import ModelChoice
from blurstudio.app.panels.motion_picture import DECONVOLUTION
from blurstudio.app.panels.terms import tips
from blurstudio.app.regions import region_work

MODELS = (
    ModelChoice("motion", "motion", "the usual one", True),
    ModelChoice("motion", "bold", "another one", False),
    ModelChoice("deblur", "deblur", "the usual one", True),
    ModelChoice("deblur", "blind", "another one", False),
)


@pytest.fixture
def analysed(make_window, engine, person, make_photo, monkeypatch, qtbot):
    """Return a window with a full result and two networks of each kind to choose from."""
    monkeypatch.setattr(listing_work, "list_models", lambda context: MODELS)
    window = make_window()
    person.opens_and_waits(window, make_photo())
    qtbot.waitUntil(lambda: "bold" in window.parts.panel.motion.paths.motion_model.values)
    return window


@pytest.fixture
def panel(analysed):
    """Return the Motion panel of that window."""
    return analysed.parts.panel.motion


@pytest.fixture
def deconvolved(analysed, panel, person):
    """Return the window once the deconvolution was chosen."""
    panel.picture.sharp_by.pick(DECONVOLUTION)
    person.sees_results(analysed)
    return analysed


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


def test_shift_x_reverses_time(analysed, panel, person):
    person.strikes(analysed, "Shift+X")
    assert panel.direction.reverse.isChecked()
    assert analysed.commands["photo.reverse"].isChecked()
    person.sees_results(analysed)


def test_reversed_time_runs_the_other_way(analysed, panel, person):
    before = analysed.controller.results.paths
    click(panel.direction.reverse)
    person.sees_results(analysed)
    assert (analysed.controller.results.paths.ways == before.ways[:, ::-1]).all()


def test_a_click_on_the_canvas_flips_the_region_under_it(analysed, panel, person, qtbot):
    canvas = analysed.parts.canvas
    place = canvas.from_picture(QPointF(40, 15)).toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert analysed.controller.options.flips == (), "clicks mean nothing before"
    click(panel.direction.flip)
    assert analysed.commands["photo.flip"].isChecked()
    assert canvas.cursor().shape() is Qt.CursorShape.CrossCursor
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    person.sees_results(analysed)
    ((x, y),) = analysed.controller.results.options.flips
    assert (x, y) == pytest.approx((40 / 80, 15 / 60), abs=0.01)
    assert any("1 flip by hand" in text for text in words(panel))
    person.strikes(analysed, "Ctrl+Z")
    person.sees_results(analysed)
    assert analysed.controller.results.options.flips == ()


def test_a_drag_with_the_tool_pans_and_flips_nothing(analysed, person, qtbot):
    person.strikes(analysed, "X")
    canvas = analysed.parts.canvas
    start = canvas.rect().center()
    before = canvas.from_picture(QPointF(0, 0))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas, start + QPoint(30, 10))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(30, 10))
    assert canvas.from_picture(QPointF(0, 0)) != before
    assert analysed.controller.options.flips == ()


def test_a_click_beside_the_picture_flips_nothing(analysed, person, qtbot):
    person.strikes(analysed, "X")
    canvas = analysed.parts.canvas
    outside = canvas.from_picture(QPointF(-5, 30)).toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=outside)
    assert analysed.controller.options.flips == ()


@pytest.mark.parametrize("key", ["Esc", "X"])
def test_a_key_leaves_the_tool(analysed, panel, person, qtbot, key):
    person.strikes(analysed, "X")
    assert panel.direction.flip.isChecked()
    assert any("Esc" in text for text in words(panel))
    person.strikes(analysed, key)
    assert not panel.direction.flip.isChecked()
    assert not any("Esc" in text for text in words(panel))
    canvas = analysed.parts.canvas
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    assert analysed.controller.options.flips == ()


def test_another_photo_starts_without_tool_choices_and_past(analysed, panel, person, make_photo):
    click(panel.direction.reverse)
    person.strikes(analysed, "X")
    person.opens_and_waits(analysed, make_photo("next.png"))
    assert analysed.controller.results.options == analysed.controller.defaults
    assert shown_choices(panel) == UNTOUCHED
    assert not analysed.commands["edit.undo"].isEnabled()
    assert not analysed.parts.canvas.pointer.picking
    assert not panel.direction.flip.isChecked()


def test_the_direction_map_is_shown_and_hidden(analysed, panel, person):
    click(panel.direction.direction_map)
    assert analysed.parts.canvas.picture == "direction"
    assert analysed.commands["view.direction"].isChecked()
    click(panel.direction.direction_map)
    assert analysed.parts.canvas.picture == "sharp"
    person.strikes(analysed, "6")
    assert panel.direction.direction_map.isChecked()


def test_what_refining_did_is_said(analysed, panel, person):
    click(panel.refinement.refine_button)
    person.sees_results(analysed)
    assert "Refined by a test." in words(panel)
    person.strikes(analysed, "Ctrl+Z")
    person.sees_results(analysed)
    assert "Refined by a test." not in words(panel)


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


def test_the_strength_is_of_the_deconvolution_only(analysed, panel, person):
    assert not panel.picture.strength.isEnabled()
    panel.picture.sharp_by.pick(DECONVOLUTION)
    assert panel.picture.strength.isEnabled()
    person.sees_results(analysed)


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


def test_keys_of_a_control_do_nothing_to_the_timeline(deconvolved, panel, person):
    time = deconvolved.parts.timeline.time
    panel.picture.strength.setFocus()
    QTest.keyClick(panel.picture.strength, Qt.Key.Key_Left)
    QTest.keyClick(panel.picture.strength, Qt.Key.Key_Space)
    person.sees_results(deconvolved)
    assert deconvolved.parts.timeline.time == time
    assert not deconvolved.parts.timeline.playing


@pytest.fixture
def halves(monkeypatch):
    """Let the left half of every picture move as one, and the right half."""
    numbers = np.zeros((4, 6), np.uint8)
    numbers[:, 3:] = 1
    monkeypatch.setattr(region_work, "motion_region_map", lambda analysis, context: numbers)


def hover(widget, place):
    """Bring the mouse over a place; sent as it is, since a cursor that stays sends nothing."""
    spot = QPointF(place)
    move = QMouseEvent(
        QMouseEvent.Type.MouseMove, spot, widget.mapToGlobal(spot), Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, move)


def test_the_region_under_the_cursor_stands_out(halves, analysed, person, qtbot):
    canvas = analysed.parts.canvas
    left, right = (canvas.from_picture(QPointF(x, 30)).toPoint() for x in (20, 60))
    plain = canvas.grab().toImage()
    hover(canvas, left)
    person.strikes(analysed, "X")
    qtbot.waitUntil(lambda: canvas.marked_region == 0)
    veiled = canvas.grab().toImage()
    assert veiled.pixelColor(left) == plain.pixelColor(left)
    assert veiled.pixelColor(right).lightness() < plain.pixelColor(right).lightness()
    hover(canvas, right)
    assert canvas.marked_region == 1
    hover(canvas, canvas.from_picture(QPointF(-5, 30)).toPoint())
    assert canvas.marked_region is None
    person.strikes(analysed, "Esc")
    hover(canvas, left)
    assert canvas.marked_region is None
    assert canvas.grab().toImage().pixelColor(right) == plain.pixelColor(right)


def test_regions_of_another_photo_are_dropped(halves, analysed, person, make_photo, qtbot):
    canvas = analysed.parts.canvas
    hover(canvas, canvas.from_picture(QPointF(20, 30)).toPoint())
    person.strikes(analysed, "X")
    qtbot.waitUntil(lambda: canvas.marked_region == 0)
    person.opens_and_waits(analysed, make_photo("next.png"))
    assert canvas.marked_region is None
