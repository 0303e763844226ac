"""The window on the real engine, with networks of a few thousand random weights."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from blurstudio.app.export import ExportRequest, Part
from blurstudio.app.launch.screenshot import Screenshot
from blurstudio.app.panels.motion.picture import DECONVOLUTION
from blurstudio.app.settings import Settings
from blurstudio.app.settings_file import save
from blurstudio.errors import ExportError
from blurstudio.media.paths import read_paths
from tests.tiny_networks import save_tiny_networks


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    """Return weight files by task."""
    return save_tiny_networks(tmp_path_factory.mktemp("networks"))


@pytest.fixture
def window(make_window, settings_file, networks):
    """Return a window whose settings name the networks."""
    chosen = Settings(
        device="cpu", motion_model=networks["motion"], deblur_model=networks["deblur"]
    )
    save(chosen, settings_file)
    return make_window()


@pytest.fixture
def photo(tmp_path):
    """Return the path of a photo with detail."""
    coarse = np.random.default_rng(1).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    path = tmp_path / "detail.png"
    cv2.imwrite(str(path), cv2.resize(coarse, (128, 96), interpolation=cv2.INTER_CUBIC))
    return path


def test_a_photo_becomes_pictures_paths_and_frames(window, person, photo, qtbot):
    person.opens_and_waits(window, photo)
    qtbot.waitUntil(lambda: window.parts.canvas.has_picture("frame"))
    for key in ("photo", "sharp", "frame", "flow", "residual", "direction"):
        assert window.parts.canvas.shelf.pictures[key].size == (96, 128)
    results = window.controller.results
    assert results.paths.ways.shape[2] == 2
    assert len(results.thumbnails) > 2
    assert window.parts.notices.texts == []


def test_scrubbing_shows_another_frame(window, person, photo, qtbot):
    person.opens_and_waits(window, photo)
    seen = []
    window.controller.frames.ready.connect(lambda *frame: seen.append(frame))
    person.strikes(window, "Home")
    qtbot.waitUntil(lambda: bool(seen) and seen[-1][0] == -0.5)
    person.strikes(window, "End")
    qtbot.waitUntil(lambda: seen[-1][0] == 0.5)
    assert seen[0][1] != seen[-1][1]


def test_results_are_exported(window, person, photo, folder, qtbot):
    person.opens_and_waits(window, photo)
    with qtbot.waitSignal(window.controller.exported) as done:
        window.controller.export(ExportRequest(folder, frozenset(Part), frames=2))
    assert all(path.stat().st_size > 0 for path in done.args[0])
    stored = read_paths(folder / "detail.png" / "path.npz")
    assert np.allclose(stored.maps, window.controller.results.analysis.trajectory.maps.numpy())


def test_a_damaged_network_gives_a_sentence(window, person, photo, networks, tmp_path, qtbot):
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(b"nothing")
    window.controller.defaults = Settings(motion_model=str(damaged)).analysis_options()
    person.opens(window, photo)
    qtbot.waitUntil(lambda: bool(window.parts.notices.texts))
    assert "damaged" in window.parts.notices.texts[0]
    assert "Traceback" not in window.parts.notices.texts[0]
    assert window.parts.canvas.has_picture("photo")


def test_a_photo_of_one_pixel_is_read_as_it_is(window, person, tmp_path):
    path = tmp_path / "dot.png"
    cv2.imwrite(str(path), np.full((1, 1, 3), 90, np.uint8))
    person.opens_and_waits(window, path)
    assert window.parts.canvas.shelf.pictures["sharp"].size == (1, 1)


def test_a_screenshot_is_taken_of_the_full_result(window, person, photo, tmp_path, qtbot):
    picture = Screenshot(window, tmp_path / "window.png")
    with qtbot.waitSignal(picture.finished):
        window.open_paths([photo])
    assert picture.problem is None
    assert cv2.imread(str(tmp_path / "window.png")).std() > 10
    assert not window.isVisible()


def test_a_screenshot_that_cannot_be_saved_is_a_problem(window, photo, tmp_path, qtbot):
    picture = Screenshot(window, tmp_path / "nowhere" / "window.png")
    with qtbot.waitSignal(picture.finished):
        window.open_paths([photo])
    assert isinstance(picture.problem, ExportError)
    assert QApplication.activeWindow() is None


def test_choices_are_made_and_undone_on_the_real_engine(window, person, photo):
    """Every stage once: shape, direction, a click, refinement, deconvolution."""
    person.opens_and_waits(window, photo)
    controller = window.controller
    first = controller.results.report
    for changes in (
        {"constraint": "linear"},
        {"reverse": True},
        {"flips": ((0.5, 0.5),)},
        {"refine": "path"},
        {"deblurrer": "deconvolution"},
    ):
        controller.change(replace(controller.options, **changes), "A choice")
        person.sees_results(window)
        assert controller.results.analysis.options == controller.options
    assert controller.results.refinement.sentence
    assert controller.results.report != first
    for _ in range(5):
        person.strikes(window, "Ctrl+Z")
        person.sees_results(window)
    assert controller.results.report == first
    assert window.parts.notices.texts == []


def test_a_strength_in_the_hand_shows_the_deconvolution(window, person, photo, qtbot):
    person.opens_and_waits(window, photo)
    window.parts.panel.motion.picture.sharp_by.pick(DECONVOLUTION)
    person.sees_results(window)
    slider = window.parts.panel.motion.picture.strength
    with qtbot.waitSignal(window.choosing.preview.requests.ready) as made:
        slider.moved.emit(1.0)
    assert made.args[1].picture.width() == 128
    slider.chosen.emit(1.0)
    person.sees_results(window)
    assert window.controller.results.options.strength == 1.0


def test_the_tool_marks_regions_of_the_real_paths(window, person, photo, qtbot):
    person.opens_and_waits(window, photo)
    person.strikes(window, "X")
    canvas = window.parts.canvas
    qtbot.waitUntil(lambda: canvas.motion.regions is not None)
    canvas.report_cursor(canvas.from_picture(QPointF(64, 48)))
    assert canvas.motion.marked_region is not None
