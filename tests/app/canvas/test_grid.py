"""Several answers on one canvas: in a grid, and one of them in the photo's place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF

from blurstudio.app.canvas import CanvasView
from blurstudio.app.canvas.compare import at

RED, GREEN, BLUE = (200, 30, 30), (20, 160, 40), (30, 40, 200)


@pytest.fixture
def canvas(qtbot, hand):
    widget = CanvasView()
    qtbot.addWidget(widget)
    widget.resize(600, 400)
    widget.show()
    widget.set_picture("photo", hand.plain(RED))
    widget.set_picture("sharp", hand.plain(GREEN))
    widget.set_picture(at("sharp", "1"), hand.plain(BLUE))
    widget.shelf.names = {"": "ours", "1": "theirs", "2": "flow.flo"}
    widget.show_picture("sharp")
    return widget


def test_the_picked_one_takes_the_photo_s_place(canvas, hand):
    canvas.set_others("1", ())
    canvas.set_compare("split")
    assert hand.near(hand.colour_at(canvas, 200, 300), BLUE)
    assert hand.near(hand.colour_at(canvas, 400, 300), GREEN)
    assert canvas.caption == "Sharp – theirs | Sharp – ours"
    canvas.set_compare("flicker")
    assert canvas.caption == "Sharp – theirs"
    canvas.flicker.turn()
    assert canvas.caption == "Sharp"


def test_where_the_picked_one_has_no_such_picture_the_photo_shows(canvas):
    canvas.set_others("2", ())
    canvas.set_compare("side")
    assert canvas.caption == "Photo | Sharp"


def test_the_held_key_shows_the_photo_whoever_is_picked(canvas, hand):
    canvas.set_others("1", ("1",))
    for mode in ("split", "grid"):
        canvas.set_compare(mode)
        canvas.hold(True)
        assert hand.near(hand.colour_at(canvas, 150, 200), RED)
        canvas.hold(False)


@pytest.mark.parametrize(
    ("others", "places"),
    [
        (("1",), [(150, 200), (450, 200)]),
        (("1", "2"), [(150, 100), (450, 100), (150, 300)]),
        (("1", "2", "3"), [(150, 100), (450, 100), (150, 300), (450, 300)]),
    ],
)
def test_the_grid_has_two_or_four_panes_of_one_size(canvas, others, places):
    canvas.set_others("", others)
    canvas.set_compare("grid")
    assert len({(pane.width, pane.height) for pane in canvas.panes()}) == 1
    keys = [part.key for part in canvas.parts()]
    assert keys == ["sharp", *(at("sharp", slot) for slot in others)]
    for place, part in zip(places, canvas.parts(), strict=True):
        assert part.pane.contains(*canvas.to_device(QPointF(*place)))


def test_panes_of_the_grid_look_at_the_same_place(canvas, hand):
    canvas.set_others("", ("1", "2", "3"))
    canvas.set_compare("grid")
    hand.turn_wheel(canvas, QPoint(450, 300), 6)
    hand.drag(canvas, QPoint(150, 100), QPoint(130, 110))
    seen = {
        (round(point.x(), 3), round(point.y(), 3))
        for pane in canvas.panes()
        for point in [
            canvas.to_picture(QPointF(pane.x + 50, pane.y + 60) / canvas.devicePixelRatioF(), pane)
        ]
    }
    assert len(seen) == 1


def test_what_an_answer_lacks_is_said_in_its_pane(canvas, hand):
    canvas.set_others("", ("1", "2"))
    canvas.set_compare("grid")
    assert canvas.caption.endswith("Sharp – flow.flo …")
    canvas.shelf.lacking.add(at("sharp", "2"))
    assert canvas.caption.endswith("Sharp – flow.flo: not told")
    assert not hand.near(hand.colour_at(canvas, 150, 330), RED)
    assert canvas.key_under(QPointF(150, 330)) is None


def test_one_pane_is_marked_where_the_mouse_is_in_another(canvas):
    canvas.set_others("", ("1", "2", "3"))
    canvas.set_compare("grid")
    canvas.mouse = QPointF(150, 100)
    crosses = canvas.linked_crosses()
    assert len(crosses) == 3
    assert len(set(crosses)) == 3


def test_in_the_grid_of_differences_ours_is_seen_itself(canvas):
    canvas.set_others("", ("1",))
    canvas.show_picture("against")
    canvas.set_picture(
        "against",
        canvas.grab().toImage().convertToFormat(canvas.shelf.pictures["photo"].full.format()),
    )
    canvas.set_compare("grid")
    assert [part.key for part in canvas.parts()] == ["sharp", at("against", "1")]
