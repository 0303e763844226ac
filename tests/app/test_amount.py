"""The amount under a hand: seen while the slider moves, undone, kept, copied, exported."""

from __future__ import annotations

import json

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from blurstudio.app.export import ExportRequest, Part
from blurstudio.app.panels.fields import ResetLabel
from blurstudio.app.panels.motion.picture import DECONVOLUTION

LEFT = Qt.MouseButton.LeftButton
PLACE = (5, 5)
"""Far from the grey square: the photo is of one colour there, and the sharp picture is grey."""
PHOTO, SHARP = (60, 120, 180), (128, 128, 128)


class Mixer:
    """A person with a hand on the slider."""

    def __init__(self, window, person, bot):
        self.window, self.person, self.bot = window, person, bot
        self.controller = window.controller
        self.panel = window.parts.panel.result
        self.slider = self.panel.amount

    def at(self, amount):
        return QPoint(round(8 + amount * (self.slider.width() - 16)), self.slider.height() // 2)

    def drag(self, *ways, let_go=True):
        QTest.mousePress(self.slider, LEFT, pos=self.at(self.slider.amount))
        for amount in ways:
            QTest.mouseMove(self.slider, self.at(amount))
        if let_go:
            self.let_go(ways[-1])

    def let_go(self, amount):
        QTest.mouseRelease(self.slider, LEFT, pos=self.at(amount))

    def chooses(self, amount):
        self.slider.setValue(round(amount * 100))
        self.sees(amount)

    def seen(self, place=PLACE):
        colour = self.window.parts.canvas.shelf.pictures["sharp"].full.pixelColor(*place)
        return colour.red(), colour.green(), colour.blue()

    def expected(self, amount):
        return tuple(
            round(sharp * amount + photo * (1 - amount))
            for sharp, photo in zip(SHARP, PHOTO, strict=True)
        )

    def sees(self, amount):
        """Wait until the full result has this amount, and look at it."""
        self.bot.waitUntil(lambda: self.controller.results.blend.amount == amount)
        self.bot.waitUntil(lambda: self.controller.edited.is_idle)
        assert self.controller.blend.amount == amount
        assert np.abs(np.subtract(self.seen(), self.expected(amount))).max() <= 1

    def strikes(self, *keys):
        self.person.strikes(self.window, *keys)


@pytest.fixture
def mixer(window, person, make_photo, qtbot):
    """Return a person at a window whose sharp picture is grey all over."""
    person.opens_and_waits(window, make_photo())
    window.parts.panel.motion.picture.sharp_by.pick(DECONVOLUTION)
    person.sees_results(window)
    return Mixer(window, person, qtbot)


def test_all_of_the_result_is_used_at_first(mixer):
    assert mixer.slider.amount == 1
    mixer.sees(1.0)


def test_the_picture_follows_the_slider_and_the_full_one_the_hand(mixer, engine):
    analyses = len(engine.asked)
    mixer.drag(0.6, 0.25, let_go=False)
    wanted = mixer.expected(mixer.slider.amount)
    mixer.bot.waitUntil(lambda: np.abs(np.subtract(mixer.seen(), wanted)).max() <= 1)
    assert mixer.controller.blend.amount == 1, "nothing is chosen while the slider is held"
    mixer.let_go(0.25)
    mixer.sees(mixer.slider.amount)
    assert len(engine.asked) == analyses, "no analysis is made for it"


def test_a_drag_is_undone_as_one(mixer):
    steps = mixer.controller.history.stack.count()
    mixer.drag(0.8, 0.6, 0.4)
    chosen = mixer.slider.amount
    mixer.sees(chosen)
    assert mixer.controller.history.stack.count() == steps + 1
    mixer.strikes("Ctrl+Z")
    mixer.sees(1.0)
    assert mixer.slider.amount == 1
    mixer.strikes("Ctrl+Shift+Z")
    mixer.sees(chosen)


def test_keys_move_it_and_are_undone_as_one(mixer):
    mixer.slider.setFocus()
    for _ in range(3):
        QTest.keyClick(mixer.slider, Qt.Key.Key_Left)
    mixer.sees(0.97)
    mixer.strikes("Ctrl+Z")
    mixer.sees(1.0)


def test_a_hand_that_lets_go_where_it_began_leaves_the_full_picture(mixer):
    steps = mixer.controller.history.stack.count()
    before = mixer.controller.results
    mixer.drag(0.5, 1.0)
    mixer.bot.waitUntil(lambda: mixer.seen() == mixer.expected(1.0))
    assert mixer.controller.history.stack.count() == steps
    assert mixer.controller.results is before


def test_a_double_click_on_slider_or_name_resets_it(mixer):
    mixer.chooses(0.3)
    QTest.mouseDClick(mixer.slider, LEFT, pos=mixer.at(0.5))
    mixer.sees(1.0)
    mixer.chooses(0.4)
    name = next(name for name in mixer.panel.findChildren(ResetLabel) if name.text() == "Amount")
    QTest.mouseDClick(name, LEFT)
    mixer.sees(1.0)


def test_reset_all_takes_it_back_as_well(mixer):
    mixer.strikes("Ctrl+Z")
    mixer.person.sees_results(mixer.window)
    reset = mixer.window.parts.panel.motion.reset
    assert not reset.isEnabled()
    mixer.slider.setValue(40)
    mixer.bot.waitUntil(lambda: mixer.controller.results.blend.amount == 0.4)
    assert reset.isEnabled()
    reset.click()
    mixer.bot.waitUntil(lambda: mixer.controller.results.blend.amount == 1)
    assert not reset.isEnabled()
    assert mixer.controller.history.stack.undoText() == "Reset all"


def test_another_choice_keeps_the_amount(mixer, person):
    mixer.chooses(0.5)
    mixer.window.parts.panel.motion.direction.reverse.click()
    person.sees_results(mixer.window)
    mixer.sees(0.5)


def test_the_strength_in_the_hand_is_seen_with_the_amount(mixer):
    mixer.chooses(0.5)
    mixer.window.parts.panel.motion.picture.strength_moved.emit(1.0)
    half = tuple((255 + photo) / 2 for photo in PHOTO)
    mixer.bot.waitUntil(lambda: np.abs(np.subtract(mixer.seen(), half)).max() <= 1)


def test_frames_are_laid_over_the_photo(mixer):
    mixer.chooses(0.0)
    frame = mixer.controller.results.player.frame(0.4)
    assert np.array_equal(frame[PLACE], PHOTO)


def test_it_is_found_again_when_the_photo_is_opened_again(mixer, person, make_photo):
    mixer.chooses(0.6)
    mixer.strikes("Ctrl+S")
    first = mixer.controller.opened.path
    person.opens_and_waits(mixer.window, make_photo("another.png"))
    assert mixer.controller.blend.amount == 1
    person.opens_and_waits(mixer.window, first)
    mixer.sees(0.6)
    document = json.loads(first.with_name(f"{first.name}.blurstudio.json").read_text("utf-8"))
    assert document["blend"]["amount"] == 0.6


def test_it_goes_along_with_copied_settings(mixer, person, make_photo):
    mixer.chooses(0.6)
    mixer.strikes("Ctrl+Shift+C")
    person.opens_and_waits(mixer.window, make_photo("another.png"))
    mixer.strikes("Ctrl+Shift+V")
    person.sees_results(mixer.window)
    mixer.sees(0.6)
    mixer.strikes("Ctrl+Z")
    assert mixer.controller.blend.amount == 1


@pytest.mark.parametrize("amount", ["7", '"all"', "null"])
def test_a_damaged_amount_is_not_pasted(mixer, amount):
    mixer.chooses(0.6)
    QGuiApplication.clipboard().setText(f'{{"constraint": "linear", "amount": {amount}}}')
    mixer.strikes("Ctrl+Shift+V")
    assert mixer.controller.options.constraint == "linear"
    assert mixer.controller.blend.amount == 0.6
    mixer.person.sees_results(mixer.window)


def test_it_is_part_of_the_command_line(mixer):
    mixer.chooses(0.6)
    mixer.window.commands["photo.command_line"].trigger()
    assert QGuiApplication.clipboard().text().endswith("--amount 60")


def test_the_exported_picture_has_it(mixer, folder):
    mixer.chooses(0.25)
    with mixer.bot.waitSignal(mixer.controller.exported):
        mixer.controller.export(ExportRequest(folder, frozenset({Part.SHARP}), "png"))
    written = cv2.imread(str(folder / "a photo.png" / "sharp.png"))[PLACE][::-1]
    assert np.abs(np.subtract(written, mixer.expected(0.25))).max() <= 1
