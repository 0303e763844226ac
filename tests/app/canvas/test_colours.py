"""Colours from a photo's profile to the screen: what is seen is what the file means."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColorSpace, QWindow

from blurstudio.app import screen_profile
from blurstudio.app.canvas import CanvasView
from blurstudio.app.photo import work
from blurstudio.app.windows_profile import windows_profile
from blurstudio.engine.lanes.jobs import CancelToken, JobContext
from blurstudio.engine.options import AnalysisOptions

NAMED = QColorSpace.NamedColorSpace
# A colour in the numbers of each space and in those of sRGB, by the spaces' published matrices.
SRGB_OF = {
    NAMED.DisplayP3: ((120, 140, 160), (115, 141, 162)),
    NAMED.AdobeRgb: ((120, 140, 160), (111, 141, 162)),
}


@pytest.fixture
def canvas(qtbot):
    widget = CanvasView()
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    widget.show()
    return widget


@pytest.fixture
def make_profiled(tmp_path):
    """Write a photo of one colour with a colour profile; returns its path."""

    def make(space, colour):
        path = tmp_path / "profiled.png"
        pixels = np.full((60, 80, 3), colour, np.uint8)
        profile = bytes(QColorSpace(space).iccProfile().data())
        Image.fromarray(pixels).save(path, icc_profile=profile)
        return path

    return make


@pytest.mark.parametrize("space", SRGB_OF)
def test_a_photo_of_another_colour_space_looks_right_on_an_srgb_screen(
    canvas, make_profiled, hand, space
):
    own, srgb = SRGB_OF[space]
    context = JobContext(lambda fraction, text: None, CancelToken())
    opened = work.read_photo(make_profiled(space, own), AnalysisOptions(), context)
    canvas.set_picture("photo", opened.picture)
    assert hand.near(hand.colour_at(canvas, 150, 100), srgb, 1)


@pytest.mark.parametrize("space", SRGB_OF)
def test_a_screen_of_another_colour_space_is_given_its_own_numbers(canvas, hand, space):
    own, srgb = SRGB_OF[space]
    canvas.set_picture("photo", hand.plain(srgb))
    canvas.use_screen(QColorSpace(space))
    assert hand.near(hand.colour_at(canvas, 150, 100), own, 2)
    canvas.use_screen(None)
    assert hand.colour_at(canvas, 150, 100) == srgb


def test_what_panning_brings_into_sight_is_converted_too(canvas, hand):
    own, srgb = SRGB_OF[NAMED.AdobeRgb]
    canvas.use_screen(QColorSpace(NAMED.AdobeRgb))
    canvas.set_picture("photo", hand.plain(srgb, 900, 1200))
    canvas.actual_size()
    canvas.grab()
    canvas.pan(QPointF(40, 0))
    assert hand.near(hand.colour_at(canvas, 10, 100), own, 2)
    assert hand.colour_at(canvas, 10, 100) == hand.colour_at(canvas, 150, 100)


def test_the_pixel_that_is_read_is_the_pictures_not_the_screens(canvas, hand):
    _, srgb = SRGB_OF[NAMED.AdobeRgb]
    canvas.use_screen(QColorSpace(NAMED.AdobeRgb))
    canvas.set_picture("photo", hand.plain(srgb))
    assert canvas.shelf.pictures["photo"].full.pixelColor(5, 5).getRgb()[:3] == srgb


def test_the_colours_of_a_window_are_those_it_was_given(qapp):
    given = QWindow()
    form = given.format()
    form.setColorSpace(QColorSpace(NAMED.DisplayP3))
    given.setFormat(form)
    assert screen_profile.screen_space(given) == QColorSpace(NAMED.DisplayP3)
    assert screen_profile.screen_space(QWindow()) is None


def test_the_profile_that_the_desktop_laid_down_is_used(qapp, monkeypatch):
    profile = bytes(QColorSpace(NAMED.DisplayP3).iccProfile().data())
    monkeypatch.setattr(screen_profile, "_x11_profile", lambda number: profile)
    space = screen_profile.screen_space(QWindow())
    assert space.primaries() == QColorSpace.Primaries.DciP3D65


def test_a_profile_that_means_nothing_is_left_alone(qapp, monkeypatch):
    monkeypatch.setattr(screen_profile, "_x11_profile", lambda number: b"no profile")
    assert screen_profile.screen_space(QWindow()) is None


class Gdi:
    """Windows' graphics library with one screen, whose profile is a file."""

    def __init__(self, profile):
        self._profile = profile
        self.open = []
        # As functions of a library, which carry the type of their answer.
        self.CreateDCW = lambda *names: self._create(*names)

    def _create(self, driver, device, port, mode):
        if driver != r"\\.\DISPLAY1":
            return None
        self.open.append(7)
        return 7

    def GetICMProfileW(self, context, size, name):
        if self._profile is None:
            return 0
        name.value = str(self._profile)
        return 1

    def DeleteDC(self, context):
        self.open.remove(context.value)


def test_under_windows_the_profile_is_a_file(tmp_path):
    file = tmp_path / "wide.icm"
    file.write_bytes(b"a profile")
    gdi = Gdi(file)
    assert windows_profile(r"\\.\DISPLAY1", gdi) == b"a profile"
    assert windows_profile(r"\\.\DISPLAY2", gdi) is None
    assert windows_profile(r"\\.\DISPLAY1", Gdi(None)) is None
    assert windows_profile(r"\\.\DISPLAY1", Gdi(tmp_path / "lost.icm")) is None
    assert not gdi.open, "what was opened is given back"
