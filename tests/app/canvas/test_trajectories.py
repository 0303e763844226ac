"""The paths over the picture: where they are drawn, how many, in which colours."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage, QPainter

from blurstudio.app.canvas import CanvasView
from blurstudio.app.canvas.arrays import draw_lines, draw_sprites
from blurstudio.app.canvas.camera import View
from blurstudio.app.canvas.ramp import STOPS, time_colour
from blurstudio.app.canvas.trajectories import Trajectories, positions_at
from blurstudio.media.drawing import time_colours

DARK = (24, 24, 24)


def straight(points, dx, dy, count=9):
    """Paths of uniform motion through the points at t = 0."""
    times = np.linspace(-0.5, 0.5, count)[None, :, None]
    points = np.asarray(points, float)
    return points, points[:, None] + times * np.array([dx, dy])


def grid(pitch, size):
    ys, xs = np.mgrid[pitch // 2 : size[0] : pitch, pitch // 2 : size[1] : pitch]
    return np.stack([xs.ravel(), ys.ravel()], axis=-1)


@pytest.fixture
def canvas(qtbot, hand):
    widget = CanvasView()
    qtbot.addWidget(widget)
    widget.resize(500, 400)
    widget.show()
    widget.set_picture("photo", hand.plain(DARK))
    widget.actual_size()
    return widget


def image_of(widget):
    return widget.grab().toImage()


def colour(image, at):
    seen = image.pixelColor(round(at.x()), round(at.y()))
    return seen.red(), seen.green(), seen.blue()


def test_a_path_is_seen_where_it_runs_and_nowhere_else(canvas, hand):
    canvas.motion.set_trajectories(*straight([(200, 150)], 120, 0), (300, 400))
    canvas.motion.set_trajectories_visible(True)
    canvas.motion.set_time(0.5)
    shot = image_of(canvas)
    for x in (146, 170, 230):
        seen = colour(shot, canvas.from_picture(QPointF(x + 0.5, 150.5)) - QPointF(0.5, 0.5))
        assert max(seen) > 150
    for x, y in ((200, 135), (120, 150), (200, 165)):
        assert hand.near(colour(shot, canvas.from_picture(QPointF(x, y))), DARK)


def test_paths_are_absent_when_switched_off(canvas):
    without = image_of(canvas)
    canvas.motion.set_trajectories(*straight([(200, 150)], 120, 0), (300, 400))
    assert image_of(canvas) == without
    canvas.motion.set_trajectories_visible(True)
    assert image_of(canvas) != without
    canvas.motion.set_trajectories_visible(False)
    assert image_of(canvas) == without


def test_a_path_begins_in_the_colour_of_opening_and_ends_in_that_of_closing(canvas):
    canvas.motion.set_trajectories(*straight([(200, 150)], 160, 0, count=33), (300, 400))
    canvas.motion.set_trajectories_visible(True)
    canvas.motion.set_time(0.0)
    shot = image_of(canvas)
    # Half a pixel up and left of the corner coordinates lies the pixel that holds them.
    begin = colour(shot, canvas.from_picture(QPointF(123, 150)))
    end = colour(shot, canvas.from_picture(QPointF(278, 150)))
    assert begin[2] > begin[0] + 60
    assert end[0] > end[2] + 60


def test_the_ramp_goes_from_its_first_stop_to_its_last_and_is_clamped():
    assert time_colour(-0.5).getRgb()[:3] == STOPS[0][1]
    assert time_colour(0.0).getRgb()[:3] == STOPS[len(STOPS) // 2][1]
    assert time_colour(0.5).getRgb()[:3] == STOPS[-1][1]
    assert time_colour(7.0) == time_colour(0.5)
    assert time_colour(-7.0) == time_colour(-0.5)


def test_time_has_the_colours_that_exported_overlays_have():
    moments = 41
    for index, exported in enumerate(time_colours(moments)):
        shown = time_colour(index / (moments - 1) - 0.5).getRgb()[:3]
        assert max(abs(int(a) - b) for a, b in zip(exported, shown, strict=True)) <= 6


def test_the_marker_is_where_the_content_is_at_that_time(canvas, hand):
    canvas.motion.set_trajectories(*straight([(200, 150)], 120, 40), (300, 400))
    canvas.motion.set_trajectories_visible(True)
    for time in (-0.5, 0.1, 0.5):
        canvas.motion.set_time(time)
        at = canvas.from_picture(QPointF(200.5 + 120 * time, 150.5 + 40 * time))
        assert hand.near(colour(image_of(canvas), at - QPointF(0.5, 0.5)), (255, 255, 255), 12)


def test_a_time_outside_the_exposure_is_clamped(canvas):
    canvas.motion.set_trajectories(*straight([(200, 150)], 120, 40), (300, 400))
    canvas.motion.set_trajectories_visible(True)
    canvas.motion.set_time(0.5)
    at_end = image_of(canvas)
    canvas.motion.set_time(3.0)
    assert image_of(canvas) == at_end


def test_lines_keep_their_width_on_the_screen(canvas):
    canvas.motion.set_trajectories(*straight([(200, 150)], 40, 0), (300, 400))
    canvas.motion.set_trajectories_visible(True)
    canvas.motion.set_time(0.5)
    heights = []
    for zoom in (1.0, 4.0):
        canvas.set_zoom(zoom)
        shot = image_of(canvas)
        at = canvas.from_picture(QPointF(195, 150.5))
        column = range(round(at.y()) - 20, round(at.y()) + 20)
        lit = [y for y in column if max(colour(shot, QPointF(round(at.x()), y))) > 60]
        heights.append(len(lit))
    assert heights[0] == pytest.approx(heights[1], abs=1)
    assert 1 <= heights[0] <= 4


@pytest.mark.parametrize("scale", [0.1, 0.37, 1.0, 2.0])
def test_short_paths_keep_14_to_28_px_between_them_as_long_as_the_grid_allows(scale):
    size = (1200, 1600)
    paths = Trajectories(*straight(grid(8, size), 3, 0), size)
    layer = paths.drawn(View(0, 0, scale), size, 1600, 1200, 1.0)
    middles = positions_at(layer.paths, 0.0)
    gaps = np.diff(np.unique(middles[:, 0].round(3)))
    assert gaps.min() >= 14 - 1e-6 or scale * 8 > 14
    assert gaps.max() <= max(28, 8 * scale) + 1e-6


def test_coarser_choices_are_among_the_finer_ones():
    size = (400, 400)
    paths = Trajectories(*straight(grid(4, size), 1, 0), size)
    chosen = []
    for scale in (4.0, 2.0, 1.0, 0.5):
        layer = paths.drawn(View(0, 0, scale), size, 1600, 1600, 1.0)
        chosen.append({tuple(p) for p in (positions_at(layer.paths, 0.0) / scale).round(2)})
    for finer, coarser in itertools.pairwise(chosen):
        assert coarser < finer


def test_only_paths_near_the_canvas_are_drawn():
    size = (4000, 6000)
    paths = Trajectories(*straight(grid(16, size), 5, 5), size)
    layer = paths.drawn(View(-3000, -2000, 1.0), size, 500, 400, 1.0)
    assert 0 < len(layer.paths) <= (500 / 16 + 3) * (400 / 16 + 3)


def test_paths_of_a_reduced_picture_are_stretched_to_the_photo():
    points, paths = straight([(99.5, 74.5)], 10, 0)
    trajectories = Trajectories(points, paths, (150, 200))
    layer = trajectories.drawn(View(0, 0, 1.0), (300, 400), 400, 300, 1.0)
    assert positions_at(layer.paths, 0.0)[0] == pytest.approx([200, 150])
    assert positions_at(layer.paths, 0.5)[0] == pytest.approx([210, 150])


def test_panning_and_playing_draw_no_line_anew(canvas, monkeypatch):
    canvas.motion.set_trajectories(*straight(grid(8, (300, 400)), 6, 2), (300, 400))
    canvas.motion.set_trajectories_visible(True)
    image_of(canvas)
    drawn = []
    draw = Trajectories.drawn
    monkeypatch.setattr(Trajectories, "drawn", lambda self, *a: drawn.append(1) or draw(self, *a))
    for step in range(5):
        canvas.pan(QPointF(4, 3))
        canvas.motion.set_time(step / 10)
        image_of(canvas)
    assert not drawn


def test_a_picture_panned_to_and_fro_looks_the_same(canvas):
    canvas.motion.set_trajectories(*straight(grid(8, (300, 400)), 6, 2), (300, 400))
    canvas.motion.set_trajectories_visible(True)
    before = image_of(canvas)
    canvas.pan(QPointF(300, 0))
    moved = image_of(canvas)
    canvas.pan(QPointF(-300, 0))
    assert moved != before
    assert image_of(canvas) == before


def test_lines_are_stretched_while_the_wheel_turns_and_then_drawn_anew(
    canvas, qtbot, monkeypatch, hand
):
    canvas.motion.set_trajectories(*straight(grid(8, (300, 400)), 6, 2), (300, 400))
    canvas.motion.set_trajectories_visible(True)
    image_of(canvas)
    drawn = []
    draw = Trajectories.drawn
    monkeypatch.setattr(Trajectories, "drawn", lambda self, *a: drawn.append(1) or draw(self, *a))
    hand.turn_wheel(canvas, QPoint(250, 200))
    image_of(canvas)
    assert not drawn
    qtbot.waitUntil(lambda: bool(drawn))


def test_no_motion_is_a_dot(canvas, hand):
    canvas.motion.set_trajectories(*straight([(200, 150)], 0, 0), (300, 400))
    canvas.motion.set_trajectories_visible(True)
    at = canvas.from_picture(QPointF(200.5, 150.5)) - QPointF(0.5, 0.5)
    assert hand.near(colour(image_of(canvas), at), (255, 255, 255), 12)


def test_no_paths_and_paths_without_end_are_left_out(canvas):
    canvas.motion.set_trajectories_visible(True)
    canvas.motion.set_trajectories(np.zeros((0, 2)), np.zeros((0, 9, 2)), (300, 400))
    image_of(canvas)
    points, paths = straight([(200, 150), (50, 50)], 10, 0)
    paths[1, 3] = np.nan
    assert len(Trajectories(points, paths, (300, 400))) == 1


@pytest.mark.parametrize(
    ("points", "paths", "named"),
    [
        ((4, 3), (4, 9, 2), r"\(4, 3\)"),
        ((4, 2), (5, 9, 2), r"\(5, 9, 2\)"),
        ((4, 2), (4, 9, 3), r"\(4, 9, 3\)"),
        ((4, 2), (4, 1, 2), r"\(4, 1, 2\)"),
    ],
)
def test_shapes_that_do_not_fit_are_named(points, paths, named):
    with pytest.raises(ValueError, match=named):
        Trajectories(np.zeros(points), np.zeros(paths), (10, 10))


def test_paths_are_forgotten_with_the_photo(canvas, hand):
    canvas.motion.set_trajectories(*straight([(200, 150)], 120, 0), (300, 400))
    canvas.motion.set_trajectories_visible(True)
    canvas.clear()
    canvas.set_picture("photo", hand.plain(DARK))
    with_paths = image_of(canvas)
    canvas.motion.set_trajectories_visible(False)
    assert image_of(canvas) == with_paths


def test_lines_and_sprites_of_other_shapes_are_refused(qtbot):
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    with pytest.raises(ValueError, match=r"\(3, 2\)"):
        draw_lines(painter, np.zeros((3, 2)))
    with pytest.raises(ValueError, match=r"\(3, 4\)"):
        draw_sprites(painter, np.zeros((3, 4)), None)
    painter.end()
