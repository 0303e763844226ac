"""What lies over the pictures: arrows, kernels, legends, a mark, and the numbers of pixels."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from blurstudio.app.canvas import CanvasView, picture_image
from blurstudio.app.canvas.arrows import Arrows
from blurstudio.app.canvas.legend import PictureLegend, legend_box
from blurstudio.app.canvas.overlays import Kernels

GREY = (90, 90, 90)
GREEN = (20, 160, 40)


@pytest.fixture
def canvas(qtbot, hand):
    widget = CanvasView()
    qtbot.addWidget(widget)
    widget.resize(500, 400)
    widget.show()
    widget.set_picture("photo", hand.plain(GREY))
    return widget


def rightwards(length, size=(300, 400)):
    """Arrows of one length to the right, all over a picture."""
    first = np.zeros((3, 4, 2), np.float32)
    first[..., 0] = -length / 2
    return Arrows(first, -first, size)


def seen(canvas):
    """Pixels of the canvas, (H, W, 3)."""
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def white_share(canvas):
    """Share of the canvas that is white."""
    return float((seen(canvas).min(axis=2) > 240).mean())


def test_arrows_show_only_while_they_are_switched_on(canvas):
    canvas.overlays.set_arrows(rightwards(20))
    assert white_share(canvas) == 0
    canvas.overlays.show_arrows(True)
    assert white_share(canvas) > 0.005
    canvas.overlays.show_arrows(False)
    assert white_share(canvas) == 0


def test_arrows_lie_along_the_motion_and_their_heads_are_where_it_ended(canvas):
    canvas.overlays.set_arrows(rightwards(24))
    canvas.overlays.show_arrows(True)
    arrows, view = canvas.overlays.arrows, canvas._camera.view(canvas.panes()[0])
    places = arrows.lattice(view, (300, 400), canvas.panes()[0], 1.0)
    tails, tips = arrows.ends(places, view, (300, 400))
    assert (tips - tails) / canvas.zoom == pytest.approx(np.tile([24, 0], (len(tails), 1)))
    bright = seen(canvas).min(axis=2) > 200
    x, y = tips[len(tips) // 2].round().astype(int)
    tail = round(tails[len(tips) // 2][0])
    head_rows = bright[y - 6 : y + 7, x - 6 : x + 1].any(axis=1).sum()
    tail_rows = bright[y - 6 : y + 7, tail : tail + 7].any(axis=1).sum()
    assert head_rows > tail_rows + 2


def test_coming_nearer_adds_arrows_between_those_that_are_there(canvas):
    arrows, pane = rightwards(4), canvas.panes()[0]

    def standing(zoom):
        canvas.set_zoom(zoom)
        view = canvas._camera.view(pane)
        return {tuple(place) for place in arrows.lattice(view, (300, 400), pane, 1.0).tolist()}

    far, near = standing(1.0), standing(4.0)
    spacing = {zoom: np.diff(sorted({x for x, _ in places})).min() for zoom, places in
               ((1, far), (4, near))}  # fmt: skip
    assert spacing[4] == spacing[1] / 4
    assert 36 <= spacing[1] <= 72


def test_what_stands_still_is_a_dot_and_not_an_arrow(canvas):
    canvas.overlays.set_arrows(rightwards(0))
    canvas.overlays.show_arrows(True)
    assert 0 < white_share(canvas) < 0.005


def test_arrows_that_don_t_fit_together_are_refused():
    with pytest.raises(ValueError, match="expected two"):
        Arrows(np.zeros((3, 4, 2)), np.zeros((3, 5, 2)), (30, 40))


def test_the_opacity_lets_the_picture_show_through_arrows_kernels_and_paths(canvas, hand):
    sheet = QImage(40, 30, QImage.Format.Format_ARGB32_Premultiplied)
    sheet.fill(QColor(255, 255, 255))
    canvas.overlays.set_kernels(Kernels(sheet, "Kernels 1 : 1"))
    canvas.overlays.show_kernels(True)
    assert hand.near(hand.colour_at(canvas, 250, 200), (255, 255, 255))
    canvas.overlays.set_opacity(0.5)
    assert hand.near(hand.colour_at(canvas, 250, 200), (172, 172, 172))
    canvas.overlays.set_opacity(-3)
    assert hand.near(hand.colour_at(canvas, 250, 200), GREY)


def test_paths_follow_the_same_opacity(canvas):
    points = np.array([[200.0, 150.0]])
    ways = points[:, None] + np.stack([np.linspace(-60, 60, 17), np.zeros(17)], axis=-1)
    canvas.motion.set_trajectories(points, ways, (300, 400))
    canvas.motion.set_trajectories_visible(True)
    middle = canvas.from_picture(QPointF(180, 150.5))
    row, column = round(middle.y()), round(middle.x())

    def coloured():
        return np.ptp(seen(canvas)[row - 3 : row + 4, column], axis=1).max()

    full = coloured()
    canvas.overlays.set_opacity(0.3)
    assert 0 < coloured() < 0.5 * full


def ramp(title="Blur length"):
    """Legend of a ramp from black to green."""
    scale = np.zeros((1, 64, 3), np.uint8)
    scale[0, :, 1] = np.linspace(0, 255, 64)
    return PictureLegend(title, picture_image(scale), False, ((0.0, "0"), (1.0, "30 px")))


def has_green(canvas):
    pixels = seen(canvas)
    return bool(((pixels[..., 1] > 200) & (pixels[..., 0] < 60)).any())


def test_a_legend_belongs_to_its_picture_and_can_be_switched_off(canvas, hand):
    canvas.set_picture("blur", hand.plain(GREY))
    canvas.overlays.set_legend("blur", ramp())
    assert not has_green(canvas)
    canvas.show_picture("blur")
    assert has_green(canvas)
    canvas.overlays.show_legends(False)
    assert not has_green(canvas)


def test_a_canvas_without_room_has_no_legend(canvas):
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    assert legend_box(painter, ramp(), QRectF(0, 0, 100, 100)) is None
    box = legend_box(painter, ramp(), QRectF(0, 0, 500, 400))
    painter.end()
    assert box.left() >= 0
    assert box.bottom() <= 400


def test_side_by_side_the_legend_stands_in_its_picture_s_pane(canvas, hand):
    canvas.resize(700, 400)
    canvas.set_picture("blur", hand.plain(GREY))
    canvas.overlays.set_legend("blur", ramp())
    canvas.show_picture("blur")
    canvas.set_compare("side")
    pixels = seen(canvas)
    green = (pixels[..., 1] > 200) & (pixels[..., 0] < 60)
    assert np.nonzero(green)[1].min() > 350


def test_the_mark_is_where_the_pin_is_and_goes_with_the_photo(canvas):
    canvas.overlays.set_pin(QPointF(100, 80))
    at = canvas.from_picture(QPointF(100, 80))
    rows, columns = np.nonzero(seen(canvas)[60:].min(axis=2) > 200)
    rows = rows + 60
    assert np.hypot(rows.mean() - at.y(), columns.mean() - at.x()) < 1.5
    canvas.clear()
    assert canvas.overlays.pin is None


def numbered(height=30, width=40):
    """Picture of dark pixels."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[..., 0] = np.arange(width)
    return picture


@pytest.mark.parametrize(("zoom", "written"), [(39.0, False), (40.0, True), (64.0, True)])
def test_pixels_show_their_values_once_they_are_40_px_large(canvas, zoom, written):
    canvas.set_picture("photo", numbered())
    canvas.set_zoom(zoom)
    assert bool(seen(canvas)[60:].max() > 180) is written


def test_values_are_dark_on_light_pixels(canvas, hand):
    canvas.set_picture("photo", hand.plain((250, 250, 250), 30, 40))
    canvas.set_zoom(60.0)
    assert seen(canvas)[60:].min() < 90


def test_the_picture_under_a_point_is_known_in_every_layout(canvas, hand):
    canvas.set_picture("sharp", hand.plain(GREEN))
    canvas.show_picture("sharp")
    assert canvas.key_under(QPointF(10, 10)) == "sharp"
    canvas.set_compare("split")
    assert canvas.key_under(QPointF(10, 10)) == "photo"
    assert canvas.key_under(QPointF(490, 10)) == "sharp"
    canvas.turn_split()
    assert canvas.key_under(QPointF(490, 10)) == "photo"
    assert canvas.key_under(QPointF(10, 390)) == "sharp"
    assert canvas.key_under(None) is None


def test_in_a_narrow_pane_the_legend_stands_above_the_legend_of_time(canvas, hand):
    points = np.array([[200.0, 150.0]])
    ways = points[:, None] + np.stack([np.linspace(-60, 60, 17), np.zeros(17)], axis=-1)
    canvas.motion.set_trajectories(points, ways, (300, 400))
    canvas.set_picture("blur", hand.plain(GREY))
    canvas.overlays.set_legend("blur", ramp())
    canvas.show_picture("blur")

    def lowest_green():
        pixels = seen(canvas)
        return np.nonzero((pixels[..., 1] > 200) & (pixels[..., 0] < 60))[0].max()

    canvas.resize(300, 400)
    alone = lowest_green()
    canvas.motion.set_trajectories_visible(True)
    assert lowest_green() < alone - 20
    canvas.resize(700, 400)
    assert lowest_green() == alone
