"""Panels that look closely: the probe, the histograms, the view controls, and where they are."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtTest import QTest

PLACE = (40.5, 30.5)


@pytest.fixture
def analysed(window, person, make_photo):
    """Return a window with a full result."""
    window.resize(1400, 900)
    person.opens_and_waits(window, make_photo())
    return window


def settled(window, qtbot):
    """Wait until the lanes have told what the panels asked for."""
    for key in ("known", "probe", "histogram", "motion statistics"):
        qtbot.waitUntil(lambda key=key: not window.bridge.is_busy(key))
    QCoreApplication.processEvents()


@pytest.fixture
def hovers(qtbot):
    """Move the mouse to a picture point and wait for the answer."""

    def hover(window, x, y):
        canvas = window.parts.canvas
        at = canvas.from_picture(QPointF(x, y))
        # From elsewhere: a mouse that is there already doesn't move.
        for place in (QPoint(2, 2), QPoint(round(at.x()), round(at.y()))):
            QTest.mouseMove(canvas, place)
        settled(window, qtbot)

    return hover


@pytest.fixture
def clicks(qtbot):
    """Click on a picture point and wait for the answer."""

    def click(window, x, y):
        canvas = window.parts.canvas
        at = canvas.from_picture(QPointF(x, y))
        spot = QPoint(round(at.x()), round(at.y()))
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=spot)
        settled(window, qtbot)

    return click


@pytest.fixture
def probe(analysed, person):
    """Return the probe's panel, open."""
    person.strikes(analysed, "Ctrl+I")
    return analysed.instruments.docks["probe"].panel


def rows(panel):
    """Names and values that the probe tells."""
    from PySide6.QtWidgets import QLabel

    texts = [label.text() for label in panel.figures.findChildren(QLabel)]
    return dict(zip(texts[::2], texts[1::2], strict=True))


def pixel(image, x, y):
    """Colour of a pixel of a QImage."""
    colour = image.pixelColor(x, y)
    return colour.red(), colour.green(), colour.blue()


def middle(image):
    """Colour in the middle of a QImage."""
    return pixel(image, image.width() // 2, image.height() // 2)


def test_the_probe_tells_of_the_place_under_the_mouse(analysed, probe, hovers):
    hovers(analysed, *PLACE)
    assert probe.place.text() == "40, 30"
    assert rows(probe) == {"Path": "8.0 px  → 0°", "Confidence": "not told by this network"}


def test_the_probe_plots_the_path_in_px(analysed, probe, hovers):
    hovers(analysed, *PLACE)
    times, x = probe.x_curve.getData()
    _, y = probe.y_curve.getData()
    assert times[[0, -1]].tolist() == [-50, 50]
    assert x[[0, 32, -1]].tolist() == pytest.approx([-4, 0, 4], abs=1e-5)
    assert y == pytest.approx(np.zeros(65))
    assert "% of the exposure" in probe.path.name
    assert probe.speed.isHidden(), "without an exposure time there is no speed"


def test_with_an_exposure_time_the_probe_tells_the_speed(window, person, hovers, tmp_path):
    from PIL import Image

    exif = Image.Exif()
    exif[0x8769] = {0x829A: 0.02}
    path = tmp_path / "timed.png"
    Image.new("RGB", (80, 60), (60, 120, 180)).save(path, exif=exif)
    person.opens_and_waits(window, path)
    person.strikes(window, "Ctrl+I")
    panel = window.instruments.docks["probe"].panel
    hovers(window, *PLACE)
    times, speed = panel.speed_curve.getData()
    assert times[[0, -1]].tolist() == pytest.approx([-10, 10])
    assert speed == pytest.approx(np.full(65, 0.4), rel=1e-3)
    assert rows(panel)["Mean speed"] == "0.4 px/ms"
    assert not panel.speed.isHidden()


def test_the_probe_shows_patches_and_the_kernel(analysed, probe, hovers):
    hovers(analysed, *PLACE)
    for view in (probe.photo, probe.sharp, probe.reblurred):
        assert (view.image.width(), view.image.height()) == (48, 48)
        assert middle(view.image) == (128, 128, 128), "the grey square of the photo"
    assert middle(probe.kernel.image)[0] > 200
    assert probe.kernel.caption == f"Kernel, {probe.kernel.image.width()} px wide"


def test_a_click_pins_the_place_and_the_mouse_moves_on_without_it(analysed, probe, hovers, clicks):
    clicks(analysed, *PLACE)
    assert probe.place.text() == "40, 30 · pinned"
    assert analysed.parts.canvas.overlays.pin is not None
    hovers(analysed, 10.5, 10.5)
    assert probe.place.text() == "40, 30 · pinned"
    clicks(analysed, 60.5, 20.5)
    assert probe.place.text() == "60, 20 · pinned"
    clicks(analysed, 60.5, 20.5)
    assert probe.place.text() == "60, 20"
    assert analysed.parts.canvas.overlays.pin is None
    hovers(analysed, 10.5, 10.5)
    assert probe.place.text() == "10, 10"


def test_escape_and_the_button_let_go_of_a_pinned_place(analysed, probe, clicks, person, qtbot):
    clicks(analysed, *PLACE)
    person.strikes(analysed, "Esc")
    assert analysed.instruments.probing.pinned is None
    qtbot.mouseClick(probe.pin, Qt.MouseButton.LeftButton)
    assert analysed.instruments.probing.pinned is not None
    settled(analysed, qtbot)
    assert probe.pin.text() == "Let go"
    qtbot.mouseClick(probe.pin, Qt.MouseButton.LeftButton)
    assert analysed.instruments.probing.pinned is None
    settled(analysed, qtbot)


def test_a_pinned_place_is_looked_at_again_after_another_choice(
    analysed, probe, clicks, person, qtbot
):
    clicks(analysed, *PLACE)
    person.strikes(analysed, "Shift+X")
    person.sees_results(analysed)
    settled(analysed, qtbot)
    assert rows(probe)["Path"] == "8.0 px  ← 180°"


def test_another_photo_begins_without_a_place(analysed, probe, clicks, person, make_photo):
    clicks(analysed, *PLACE)
    person.opens(analysed, make_photo("another.png"))
    assert analysed.instruments.probing.pinned is None
    assert not probe.place.isVisible()
    person.sees_results(analysed)


def test_without_the_panel_a_click_pins_nothing(analysed, clicks):
    clicks(analysed, *PLACE)
    assert analysed.instruments.probing.pinned is None


def test_late_answers_about_the_photo_before_are_dropped(
    analysed, probe, hovers, person, make_photo, monkeypatch, qtbot
):
    import threading

    from blurstudio.engine.drawing import probe as engine_probe

    gate, real = threading.Event(), engine_probe.probe_at

    def slow(*how):
        gate.wait(30)
        return real(*how)

    monkeypatch.setattr(engine_probe, "probe_at", slow)
    canvas = analysed.parts.canvas
    QTest.mouseMove(canvas, QPoint(2, 2))
    QTest.mouseMove(canvas, canvas.from_picture(QPointF(5, 5)).toPoint())
    qtbot.waitUntil(lambda: analysed.bridge.is_busy("probe"))
    analysed.open_paths([make_photo("another.png", colour=(200, 0, 0))])
    gate.set()
    qtbot.waitUntil(lambda: analysed.controller.opened.path.name == "another.png")
    person.sees_results(analysed)
    settled(analysed, qtbot)
    if probe.place.isVisible():
        assert pixel(probe.photo.image, 0, 0) == (200, 0, 0), "the mouse is over the new one now"


@pytest.fixture
def histogram(analysed, person, qtbot):
    """Return the histogram panel, open."""
    person.strikes(analysed, "H")
    settled(analysed, qtbot)
    return analysed.instruments.docks["histogram"].panel


def peaks(panel):
    """Most frequent value of each channel."""
    return [int(curve.getData()[1].argmax()) for curve in panel.channels]


def test_the_histogram_counts_the_picture_on_show(analysed, histogram, person, qtbot):
    assert peaks(histogram) == [60, 120, 180]
    assert histogram.values.name == "Values of sharp, 0 to 255"
    person.strikes(analysed, "4")
    settled(analysed, qtbot)
    assert peaks(histogram) == [255, 0, 0]
    assert histogram.values.name == "Values of flow, 0 to 255"


def test_the_rose_and_the_lengths_are_of_the_photo(analysed, histogram, person, qtbot):
    assert histogram.rose.strongest == 0
    assert "8.0 px" in histogram.median.text()
    person.strikes(analysed, "Shift+X")
    person.sees_results(analysed)
    settled(analysed, qtbot)
    assert histogram.rose.strongest == 180


def test_the_rose_has_its_petal_on_the_right(analysed, histogram):
    image = histogram.rose.grab().toImage()
    middle_row = image.height() // 2
    right, left = (
        image.pixelColor(round(image.width() / 2 + side * 25), middle_row) for side in (1, -1)
    )
    assert (right.red(), right.green()) == (255, 0)
    assert left.saturation() == 0


def test_the_histogram_follows_the_video(analysed, histogram, person, qtbot):
    person.strikes(analysed, "3")
    settled(analysed, qtbot)
    assert histogram.values.name == "Values of video, 0 to 255"
    person.strikes(analysed, "Right")
    qtbot.waitUntil(lambda: not analysed.bridge.is_busy("frame"))
    settled(analysed, qtbot)
    assert sum(histogram.channels[0].getData()[1]) == pytest.approx(1)


@pytest.fixture
def controls(analysed):
    """Return the view controls, open."""
    analysed.commands["view.controls"].trigger()
    return analysed.instruments.docks["controls"].panel


def test_switches_and_actions_follow_each_other(analysed, controls, person, qtbot):
    paths, arrows = controls.switches[:2]
    qtbot.mouseClick(paths, Qt.MouseButton.LeftButton, pos=QPoint(8, paths.height() // 2))
    assert analysed.parts.canvas.motion.trajectories_visible
    person.strikes(analysed, "G")
    assert arrows.isChecked()
    person.strikes(analysed, "G")
    assert not arrows.isChecked()


def test_the_slider_sets_the_opacity_and_a_double_click_resets_it(analysed, controls, qtbot):
    from blurstudio.app.panels.fields import ResetLabel

    controls.opacity.setFocus()
    qtbot.keyClick(controls.opacity, Qt.Key.Key_Home)
    assert analysed.parts.canvas.overlays.opacity == 0
    label = controls.findChild(ResetLabel)
    qtbot.mouseDClick(label, Qt.MouseButton.LeftButton)
    assert analysed.parts.canvas.overlays.opacity == 1


def test_panels_are_closed_and_brought_back_by_their_actions(analysed, person):
    dock, action = analysed.instruments.docks["histogram"], analysed.commands["view.histogram"]
    assert not dock.isVisible()
    person.strikes(analysed, "H")
    assert dock.isVisible()
    assert action.isChecked()
    dock.close()
    assert not action.isChecked()
    person.strikes(analysed, "H")
    assert dock.isVisible()


def test_the_panels_are_listed_in_a_menu_of_their_own(window):
    from blurstudio.app.actions.action_spec import Group

    view = next(
        entry.menu() for entry in window.menuBar().actions() if entry.text() == Group.VIEW.value
    )
    panels = next(entry.menu() for entry in view.actions() if entry.menu())
    texts = [entry.text().replace("&", "") for entry in panels.actions() if entry.text()]
    assert texts == [
        *("Probe", "Histogram", "View controls", "Others", "Queue"),
        "Reset layout",
    ]


def test_where_panels_are_survives_a_restart(analysed, person, make_window):
    person.strikes(analysed, "H")
    dock = analysed.instruments.docks["histogram"]
    analysed.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
    analysed.close()
    again = make_window()
    dock = again.instruments.docks["histogram"]
    assert dock.isVisible()
    assert again.dockWidgetArea(dock) == Qt.DockWidgetArea.BottomDockWidgetArea
    assert again.commands["view.histogram"].isChecked()
    assert not again.instruments.docks["probe"].isVisible()


def test_the_first_layout_can_be_had_back(analysed, person):
    person.strikes(analysed, "H", "Ctrl+I")
    dock = analysed.instruments.docks["histogram"]
    analysed.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    analysed.instruments.docks["probe"].setFloating(True)
    analysed.commands["view.layout"].trigger()
    for name in ("probe", "histogram"):
        dock = analysed.instruments.docks[name]
        assert not dock.isVisible()
        assert not dock.isFloating()
        assert analysed.dockWidgetArea(dock) == Qt.DockWidgetArea.LeftDockWidgetArea
        assert not analysed.commands[f"view.{name}"].isChecked()


def test_panels_opened_before_a_photo_wait_for_it(window, person, make_photo, hovers):
    person.strikes(window, "H", "Ctrl+I")
    panel = window.instruments.docks["probe"].panel
    assert not panel.place.isVisible()
    person.opens_and_waits(window, make_photo())
    hovers(window, *PLACE)
    assert panel.place.text() == "40, 30"
    assert peaks(window.instruments.docks["histogram"].panel) == [60, 120, 180]


def test_panels_under_each_other_share_their_side(analysed, person):
    person.strikes(analysed, "H", "Ctrl+I")
    heights = [analysed.instruments.docks[name].height() for name in ("probe", "histogram")]
    assert min(heights) > 0.3 * sum(heights)
