"""Which picture is seen, of which size, and what big ones cost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from blurstudio.app.canvas import CanvasView, layers, picture_image
from blurstudio.app.canvas.picture import Picture, ScreenImage, memory_of
from blurstudio.errors import MemoryBudgetError

GREEN = (20, 160, 40)
RED = (200, 30, 30)


@pytest.fixture
def canvas(qtbot):
    widget = CanvasView()
    qtbot.addWidget(widget)
    widget.resize(500, 400)
    widget.show()
    return widget


def test_the_chosen_picture_is_seen(canvas, qtbot, hand):
    canvas.set_picture("photo", hand.plain(RED))
    canvas.set_picture("sharp", hand.plain(GREEN))
    assert hand.near(hand.colour_at(canvas, 250, 200), RED)
    with qtbot.waitSignal(canvas.pictureChanged) as told:
        canvas.show_picture("sharp")
    assert told.args == ["sharp"]
    assert hand.near(hand.colour_at(canvas, 250, 200), GREEN)
    assert canvas.caption == "Sharp"


def test_the_photo_stands_in_until_a_result_arrives(canvas, hand):
    canvas.set_picture("photo", hand.plain(RED))
    canvas.show_picture("flow")
    assert hand.near(hand.colour_at(canvas, 250, 200), RED)
    assert canvas.caption == "Photo"
    canvas.set_picture("flow", hand.plain(GREEN))
    assert hand.near(hand.colour_at(canvas, 250, 200), GREEN)


def test_zoom_and_place_stay_when_another_picture_of_the_size_is_shown(canvas, hand):
    canvas.set_picture("photo", hand.plain(RED))
    canvas.set_picture("sharp", hand.plain(GREEN))
    canvas.set_zoom(3.0, QPointF(111, 222))
    place = canvas.to_picture(QPointF(10, 10))
    canvas.show_picture("sharp")
    canvas.set_picture("sharp", hand.plain(RED))
    assert canvas.zoom == 3.0
    assert canvas.to_picture(QPointF(10, 10)) == place


def test_a_photo_of_another_size_is_fitted(canvas, hand):
    canvas.set_picture("photo", hand.plain(RED))
    canvas.set_zoom(7.0)
    canvas.set_picture("photo", hand.plain(RED, 800, 1000))
    assert canvas.is_fitted
    assert canvas.zoom < 1.0


def test_a_quick_pass_of_a_quarter_covers_the_photo(canvas, hand):
    quick = hand.plain(RED, 75, 100)
    quick[:, 50:] = GREEN
    canvas.set_picture("photo", hand.plain((0, 0, 0)))
    canvas.set_picture("sharp", quick)
    canvas.show_picture("sharp")
    canvas.set_zoom(1.0)
    assert canvas.picture_size == (300, 400)
    left = canvas.from_picture(QPointF(3, 150))
    right = canvas.from_picture(QPointF(397, 150))
    assert hand.near(hand.colour_at(canvas, left.x(), left.y()), RED)
    assert hand.near(hand.colour_at(canvas, right.x(), right.y()), GREEN)


def test_the_canvas_keeps_its_own_copy(canvas, hand):
    picture = hand.plain(RED)
    canvas.set_picture("photo", picture)
    picture[:] = 0
    assert hand.near(hand.colour_at(canvas, 250, 200), RED)


def test_a_worker_may_prepare_the_picture(canvas, hand):
    picture = hand.plain(GREEN)
    with ThreadPoolExecutor(1) as pool:
        image = pool.submit(picture_image, picture).result()
    picture[:] = 0
    canvas.set_picture("photo", image)
    assert hand.near(hand.colour_at(canvas, 250, 200), GREEN)


def test_an_image_that_was_not_prepared_is_refused(canvas):
    for image in (QImage(), QImage(4, 4, QImage.Format.Format_RGB888)):
        with pytest.raises(ValueError, match="picture_image"):
            canvas.set_picture("photo", image)


@pytest.mark.parametrize("turned", ["mirrored", "every second pixel", "columns first"])
def test_any_memory_layout_is_read_right(canvas, turned, hand):
    wide = np.zeros((40, 60, 3), np.uint8)
    wide[:20] = RED
    wide[20:] = GREEN
    picture = {
        "mirrored": wide[:, ::-1],
        "every second pixel": wide.repeat(2, 0).repeat(2, 1)[::2, ::2],
        "columns first": np.asfortranarray(wide),
    }[turned]
    canvas.set_picture("photo", picture)
    canvas.actual_size()
    for row, colour in ((5, RED), (35, GREEN)):
        at = canvas.from_picture(QPointF(30.5, row + 0.5))
        assert hand.near(hand.colour_at(canvas, at.x(), at.y()), colour, 0)


@pytest.mark.parametrize(
    "wrong",
    [np.zeros((4, 4)), np.zeros((4, 4, 4), np.uint8), np.zeros((0, 4, 3), np.uint8)],
)
def test_a_picture_of_another_kind_is_refused_with_its_shape(canvas, wrong):
    with pytest.raises(ValueError, match=str(wrong.shape[0])):
        canvas.set_picture("photo", wrong)


def test_an_unknown_key_is_refused(canvas, hand):
    with pytest.raises(ValueError, match="unknown picture 'depth'"):
        canvas.set_picture("depth", hand.plain(RED))
    with pytest.raises(ValueError, match="unknown picture 'depth'"):
        canvas.show_picture("depth")


def test_removing_a_result_shows_the_photo_again(canvas, hand):
    canvas.set_picture("photo", hand.plain(RED))
    canvas.set_picture("sharp", hand.plain(GREEN))
    canvas.show_picture("sharp")
    canvas.remove_picture("sharp")
    assert not canvas.has_picture("sharp")
    assert hand.near(hand.colour_at(canvas, 250, 200), RED)


def test_an_empty_canvas_shows_the_placeholder_and_says_so(canvas, hand):
    placeholder = QLabel("Drop a photo here")
    canvas.set_placeholder(placeholder)
    assert placeholder.isVisible()
    assert placeholder.size() == canvas.size()
    canvas.set_picture("photo", hand.plain(RED))
    assert not placeholder.isVisible()
    canvas.clear()
    assert canvas.is_empty
    assert canvas.picture_size is None
    assert placeholder.isVisible()


def test_what_is_shown_is_told_to_a_screen_reader(canvas, hand):
    assert canvas.accessibleName() == "Canvas"
    canvas.set_picture("photo", hand.plain(RED))
    assert canvas.accessibleDescription() == "Photo"


def test_dropped_files_are_left_to_the_window(canvas):
    assert not canvas.acceptDrops()


def test_panning_24_megapixels_draws_only_what_comes_into_sight(canvas, monkeypatch, hand):
    canvas.set_picture("photo", np.zeros((4000, 6000, 3), np.uint8))
    canvas.set_zoom(0.3)
    canvas.grab()
    drawn = []

    class RecordedImage(QImage):
        def __init__(self, width, height, form):
            drawn.append(width * height)
            super().__init__(width, height, form)

    monkeypatch.setattr(layers, "QImage", RecordedImage)
    for step in range(4):
        hand.drag(canvas, QPoint(200, 200), QPoint(230 + step, 180), steps=2)
        canvas.grab()
    assert drawn
    # A drag by some 30 px bares a thirtieth of the canvas or two at a time.
    assert max(drawn) < canvas.width() * canvas.height() / 8


@pytest.mark.parametrize("zoom", [0.13, 0.3, 0.9, 1.0, 1.7, 5.0, 48.0])
def test_a_picture_that_was_panned_looks_as_if_it_had_been_drawn_there(qtbot, zoom, hand):
    noise = np.random.default_rng(1).integers(0, 256, (501, 703, 3), dtype=np.uint8)
    smooth = cv2.resize(noise, (2403, 1701))

    def shown(way):
        widget = CanvasView()
        qtbot.addWidget(widget)
        widget.resize(500, 400)
        widget.set_picture("photo", smooth)
        widget.set_zoom(zoom)
        for step in way[:-1]:
            widget.pan(QPointF(*step))
            widget.grab()
        widget.pan(QPointF(*way[-1]))
        return levels_of(widget.grab().toImage())

    def levels_of(image):
        return memory_of(image.convertToFormat(QImage.Format.Format_RGB32)).astype(int)

    way = [(7, 0), (0, -5), (-13, 11), (30, 4), (-499, 3)]
    there = tuple(sum(step[axis] for step in way) for axis in (0, 1))
    assert np.abs(shown(way) - shown([there])).max() <= 2


def test_a_big_picture_comes_with_halves_that_are_means_of_its_pixels():
    rows = np.zeros((3000, 2000, 3), np.uint8)
    rows[1::2] = 200
    made = Picture(picture_image(rows))
    half, scale = made.level_for(0.5)
    assert (half.width(), half.height(), scale) == (1000, 1500, 0.5)
    assert {half.pixelColor(500, y).red() for y in (0, 300, 749, 1499)} == {100}
    assert made.level_for(0.51)[0] is made.full
    assert min(made.level_for(0.0001)[0].size().toTuple()) <= 64


def test_odd_rows_and_columns_of_a_picture_are_in_its_halves():
    odd = np.zeros((129, 201, 3), np.uint8)
    odd[-1], odd[:, -1] = 80, 240
    half, _ = Picture(odd).level_for(0.5)
    assert (half.width(), half.height()) == (101, 65)
    assert half.pixelColor(10, 64).red() == 80
    assert half.pixelColor(100, 10).red() == 240
    assert half.pixelColor(100, 64).red() == 240
    assert half.pixelColor(99, 63).red() == 0


def test_stripes_are_grey_when_a_big_picture_is_seen_small(canvas, hand):
    stripes = np.zeros((1600, 2400, 3), np.uint8)
    stripes[:, 1::2] = 255
    canvas.set_picture("photo", stripes)
    assert 120 < hand.colour_at(canvas, 250, 200)[0] < 136


def test_an_image_made_elsewhere_gets_its_halves_when_it_is_given():
    image = QImage(2400, 1600, QImage.Format.Format_RGB32)
    image.fill(GREEN[1])
    half, _ = Picture(image).level_for(0.5)
    assert half.size().toTuple() == (1200, 800)


def test_a_picture_that_memory_can_not_hold_is_a_sentence(monkeypatch):
    monkeypatch.setattr(ScreenImage, "isNull", lambda self: True)
    with pytest.raises(MemoryBudgetError, match="no memory left"):
        picture_image(np.zeros((4, 4, 3), np.uint8))


@pytest.mark.parametrize("size", [(1, 1), (1, 2000), (2000, 1), (63, 65)])
def test_pictures_of_odd_sizes_are_seen(canvas, size, hand):
    canvas.set_picture("photo", hand.plain(GREEN, *size))
    middle = canvas.from_picture(QPointF(size[1] / 2, size[0] / 2))
    canvas.set_zoom(4.0)
    assert hand.near(hand.colour_at(canvas, middle.x(), middle.y()), GREEN)
