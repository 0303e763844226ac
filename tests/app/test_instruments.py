"""Looking closely in the window: measures, overlays and the readout, on the canvas and by keys."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest

from blurstudio.app import settings_file as store
from blurstudio.media.heat import heat_colours

HOT = tuple(heat_colours(256)[-1].tolist())


@pytest.fixture
def analysed(window, person, make_photo):
    """Return a window with a full result."""
    person.opens_and_waits(window, make_photo())
    return window


@pytest.fixture
def looks(person, qtbot):
    """Strike keys and wait until what they ask for is there."""

    def look(window, *keys):
        person.strikes(window, *keys)
        for key in ("measure", "known", "kernels"):
            qtbot.waitUntil(lambda key=key: not window.bridge.is_busy(key))
        QCoreApplication.processEvents()

    return look


def middle_of(window, key):
    """Colour in the middle of a picture."""
    image = window.parts.canvas.shelf.pictures[key].full
    colour = image.pixelColor(image.width() // 2, image.height() // 2)
    return colour.red(), colour.green(), colour.blue()


def test_the_blur_map_is_made_when_it_is_looked_at(analysed, looks):
    canvas = analysed.parts.canvas
    assert not canvas.has_picture("blur")
    looks(analysed, "7")
    assert canvas.caption == "Blur length"
    assert middle_of(analysed, "blur") == HOT, "8 px everywhere is the longest there is"
    assert canvas.overlays.legend("blur").ticks[-1] == (1.0, "8 px")


def test_b_shows_the_blur_map_and_the_picture_before_it_again(analysed, looks):
    looks(analysed, "1", "B")
    assert analysed.parts.canvas.picture == "blur"
    looks(analysed, "B")
    assert analysed.parts.canvas.picture == "photo"


def test_d_goes_round_the_error_views(analysed, looks):
    seen = []
    for _ in range(4):
        looks(analysed, "D")
        seen.append(analysed.parts.canvas.caption)
    assert seen == ["Difference", "Residual", "Sharp", "Difference"]


def test_the_difference_of_equal_pictures_is_grey(analysed, looks):
    looks(analysed, "8")
    assert middle_of(analysed, "difference") == (128, 128, 128)


def test_a_network_without_confidence_says_so_in_the_legend(analysed, looks):
    looks(analysed, "9")
    assert middle_of(analysed, "confidence") == HOT
    assert "doesn't say" in analysed.parts.canvas.overlays.legend("confidence").remarks[0]


def test_flow_and_directions_are_explained_by_wheels(analysed, looks):
    legends = analysed.parts.canvas.overlays
    looks(analysed, "4")
    assert legends.legend("flow").ticks[-1] == (1.0, "8 px")
    looks(analysed, "6")
    assert legends.legend("direction").is_wheel


def test_other_choices_bring_other_measures_and_nothing_stale(analysed, looks, engine, person):
    looks(analysed, "8", "7")
    engine.motion = 16.0
    analysed.commands["photo.analyse"].trigger()
    person.sees_results(analysed)
    looks(analysed)
    canvas = analysed.parts.canvas
    assert canvas.overlays.legend("blur").ticks[-1] == (1.0, "16 px")
    assert not canvas.has_picture("difference"), "it was of the result before"


def test_another_photo_begins_without_measures(analysed, looks, person, make_photo):
    looks(analysed, "7")
    person.opens(analysed, make_photo("another.png"))
    assert not analysed.parts.canvas.has_picture("blur")
    person.sees_results(analysed)


@pytest.mark.parametrize(("key", "name"), [("G", "arrows"), ("Shift+G", "kernels")])
def test_overlays_come_and_go_by_their_keys(analysed, looks, key, name):
    overlays = analysed.parts.canvas.overlays
    assert getattr(overlays, name) is None
    looks(analysed, key)
    assert getattr(overlays, name) is not None
    assert analysed.commands[f"view.{name}"].isChecked()
    looks(analysed, key)
    assert getattr(overlays, name) is None


def test_the_choice_of_overlays_survives_a_restart(analysed, looks, make_window, settings_file):
    looks(analysed, "G", "Shift+G")
    analysed.commands["view.legends"].trigger()
    analysed.parts.canvas.overlays.set_opacity(0.4)
    analysed.close()
    kept, _ = store.load(settings_file)
    assert (kept.show_arrows, kept.show_kernels, kept.show_legends) == (True, True, False)
    again = make_window()
    overlays = again.parts.canvas.overlays
    assert overlays.arrows_visible
    assert overlays.kernels_visible
    assert not overlays.legends_visible
    assert overlays.opacity == pytest.approx(0.4)
    assert again.commands["view.arrows"].isChecked()


def hover(window, x, y):
    """Move the mouse to a picture point."""
    canvas = window.parts.canvas
    at = canvas.from_picture(QPointF(x, y))
    # From elsewhere: a mouse that is there already doesn't move.
    for place in (QPoint(2, 2), QPoint(round(at.x()), round(at.y()))):
        QTest.mouseMove(canvas, place)


def test_the_status_bar_tells_place_values_and_motion(analysed, looks):
    looks(analysed)
    hover(analysed, 10.5, 12.5)
    status = analysed.parts.status
    assert status.place.text() == "10, 12"
    assert status.values.text() == " 60 120 180   0.235 0.471 0.706"
    assert status.motion.text() == "8.0 px  → 0°"


def test_the_values_are_of_the_picture_that_is_seen(analysed, looks):
    hover(analysed, 10.5, 12.5)
    looks(analysed, "4")
    assert analysed.parts.status.values.text().startswith("255   0   0   1.000 0.000 0.000")
    looks(analysed, "Shift+Y")
    assert analysed.parts.status.values.text().startswith(" 60 120 180"), "left of the line"


def test_a_16_bit_photo_shows_its_own_fine_values(window, looks, person, tmp_path):
    import cv2

    picture = np.full((60, 80, 3), 30001, np.uint16)
    cv2.imwrite(str(tmp_path / "fine.png"), picture)
    person.opens_and_waits(window, tmp_path / "fine.png")
    looks(window, "1")
    hover(window, 10.5, 12.5)
    assert window.parts.status.values.text() == "117 117 117   0.458 0.458 0.458"


def test_beside_the_picture_nothing_is_told(analysed, looks):
    looks(analysed)
    hover(analysed, 10.5, 12.5)
    QTest.mouseMove(analysed.parts.canvas, QPoint(1, 1))
    assert not analysed.parts.status.values.text()
    assert not analysed.parts.status.motion.text()


def test_turned_time_turns_the_direction_under_the_cursor(analysed, looks, person):
    analysed.commands["photo.reverse"].trigger()
    person.sees_results(analysed)
    looks(analysed)
    hover(analysed, 10.5, 12.5)
    assert re.fullmatch(r"8\.0 px  ← 180°", analysed.parts.status.motion.text())


def test_flicker_is_a_way_of_comparing_like_the_others(analysed, looks):
    looks(analysed, "Alt+Y")
    assert analysed.parts.canvas.compare == "flicker"
    looks(analysed, "Y")
    assert analysed.parts.canvas.compare == "side"
    assert not analysed.commands["compare.flicker"].isChecked()
    assert not analysed.parts.canvas.flicker.is_running


def test_the_split_line_is_turned_by_its_key(analysed, looks):
    looks(analysed, "Shift+Y", "Ctrl+Shift+Y")
    assert analysed.parts.canvas.split_x is None
    assert analysed.parts.canvas.split_line is not None


def test_letters_twice_as_large_leave_panels_whole(window, person, make_photo, qapp, qtbot):
    person.opens_and_waits(window, make_photo())
    window.commands["view.others"].trigger()
    panel = window.instruments.docks["others"].panel
    font, large = QFont(qapp.font()), QFont(qapp.font())
    large.setPointSizeF(2 * font.pointSizeF())
    qapp.setFont(large)
    try:
        qtbot.waitUntil(lambda: panel.minimumSizeHint().width() > 320)
        qtbot.waitUntil(lambda: panel.width() == panel.parentWidget().width())
    finally:
        qapp.setFont(font)
