"""“Analyse only here” under a hand, on the real engine with networks of random weights."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from blurstudio.app.panels.word_beside import WORD
from blurstudio.app.settings import Settings
from blurstudio.app.settings_file import save
from blurstudio.cli import main
from blurstudio.errors import Cancelled, MemoryBudgetError
from blurstudio.session import files
from blurstudio.session.document import Document, mark_of
from blurstudio.session.regions import Edit, new_region, put
from blurstudio.session.shapes import Shape, ShapeKind
from tests.tiny_networks import save_tiny_networks


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    """Return weight files by task."""
    return save_tiny_networks(tmp_path_factory.mktemp("networks"))


class Desk:
    """A person before a photo of 192 x 144 px with a full result."""

    def __init__(self, window, path, bot):
        self.window, self.path, self.bot = window, path, bot
        self.controller = window.controller
        self.panel = window.parts.panel.regions
        self.own = self.panel.fields.own
        self.photos = self.controller.results.analysis

    def draws(self, left, top, right, bottom):
        shape = Shape(ShapeKind.RECTANGLE, ((left, top), (right, bottom)))
        region = new_region(self.controller.regions, shape)
        self.controller.draw(put(self.controller.regions, region), "Draw")
        self.window.drawing.select(region.number)
        return region

    def presses(self, button):
        self.bot.waitUntil(lambda: button.height() > 0)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    @property
    def region(self):
        return self.window.drawing.region

    def waits(self):
        """Wait until everything that was asked for is on show."""
        self.bot.waitUntil(
            lambda: (
                not self.controller.patching.is_busy
                and self.controller.edited.is_idle
                and not any(self.window.bridge.is_busy(key) for key in ("figures", "flow", "part"))
                and not self.window.parts.status.jobs.jobs
            )
        )

    @property
    def sharp(self):
        return self.controller.results.analysis.sharp

    def changed(self):
        """Return where the sharp picture differs from the photo's own result."""
        return (self.sharp != self.photos.sharp).any(axis=2)

    def analyses(self, *corners):
        """Draw a region, have it analysed with a look of its own, and wait."""
        self.draws(*corners)
        self.presses(self.own.analyse)
        self.own.sharp_by.pick("deconvolution")
        self.waits()

    def drag(self, start, end, *, let_go=True):
        canvas = self.window.parts.canvas
        places = [canvas.from_picture(QPointF(*place)).toPoint() for place in (start, end)]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=places[0])
        for part in (0.5, 1.0):
            QTest.mouseMove(canvas, places[0] + (places[1] - places[0]) * part)
        if let_go:
            self.lets_go(end)

    def lets_go(self, at):
        canvas = self.window.parts.canvas
        place = canvas.from_picture(QPointF(*at)).toPoint()
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place)


@pytest.fixture
def desk(make_window, settings_file, networks, person, tmp_path, qtbot):
    """Return that person."""
    coarse = np.random.default_rng(1).integers(0, 255, (18, 24, 3), dtype=np.uint8)
    path = tmp_path / "detail.png"
    cv2.imwrite(str(path), cv2.resize(coarse, (192, 144), interpolation=cv2.INTER_CUBIC))
    chosen = Settings(
        device="cpu", motion_model=networks["motion"], deblur_model=networks["deblur"]
    )
    save(chosen, settings_file)
    window = make_window()
    person.opens_and_waits(window, path)
    return Desk(window, path, qtbot)


def test_only_the_region_changes(desk):
    before = desk.controller.results
    desk.analyses(32, 32, 96, 96)
    changed = desk.changed()
    assert changed[34:94, 34:94].mean() > 0.9
    changed[32:96, 32:96] = False
    assert not changed.any()
    after = desk.controller.results
    outside = np.ones(after.sharp.shape[:2], bool)
    outside[32:96, 32:96] = False
    assert np.array_equal(after.sharp[outside], before.sharp[outside])
    for t in (-0.5, 0.25):
        assert np.array_equal(after.player.frame(t)[outside], before.player.frame(t)[outside])
    assert np.array_equal(after.player.frame(0.0), after.sharp)
    assert (after.sharp != before.sharp).any()


def test_it_is_undone_and_done_again(desk):
    desk.analyses(32, 32, 96, 96)
    changed = desk.changed()
    for _ in range(2):
        desk.window.commands["edit.undo"].trigger()
    desk.waits()
    assert desk.region.own is None
    assert np.array_equal(desk.sharp, desk.photos.sharp)
    for _ in range(2):
        desk.window.commands["edit.redo"].trigger()
    desk.waits()
    assert np.array_equal(desk.changed(), changed)


def test_forget_shows_the_photos_own_result(desk):
    desk.analyses(32, 32, 96, 96)
    desk.presses(desk.own.forget)
    desk.waits()
    assert desk.region.own is None
    assert not desk.changed().any()
    assert not desk.own.forget.isEnabled()


def test_the_list_says_which_and_the_figures_how_well(desk):
    desk.draws(32, 32, 96, 96)
    assert not desk.panel.list.item(0).data(WORD)
    assert not desk.own.refine.isVisibleTo(desk.panel)
    desk.presses(desk.own.analyse)
    desk.waits()
    assert desk.panel.list.item(0).data(WORD) == "by itself"
    assert desk.panel.list.item(0).text() == "Region 1"
    assert desk.own.refine.isVisibleTo(desk.panel)
    texts = [label.text() for label in desk.panel.fields.findChildren(QLabel)]
    for name in ("Reblur here", "Gradients here", "Path here"):
        assert " → " in texts[texts.index(name) + 1]


def test_stopped_everything_is_as_it_was(desk, monkeypatch):
    def stopped(_analysis, _wish, _progress, _cancel):
        raise Cancelled

    region = desk.draws(32, 32, 96, 96)
    monkeypatch.setattr(type(desk.photos), "part", stopped)
    count = desk.controller.history.stack.count()
    desk.presses(desk.own.analyse)
    desk.waits()
    assert desk.controller.regions == (region,)
    assert desk.controller.history.stack.count() == count
    assert desk.sharp is desk.photos.sharp


def test_one_that_fails_says_why_and_leaves_the_region(desk, monkeypatch):
    def fails(_analysis, _wish, _progress, _cancel):
        raise MemoryBudgetError("There is not enough memory.")

    region = desk.draws(32, 32, 96, 96)
    monkeypatch.setattr(type(desk.photos), "part", fails)
    desk.presses(desk.own.analyse)
    desk.waits()
    assert desk.window.parts.notices.texts == ["There is not enough memory."]
    assert desk.controller.regions == (region,)


@pytest.mark.parametrize(
    ("corners", "words"),
    [((20, 20, 50, 90), "covers only 30 x 70 px"), ((200, 20, 300, 90), "lies beside the picture")],
)
def test_where_it_cant_be_a_sentence_says_so(desk, corners, words):
    region = desk.draws(*corners)
    desk.presses(desk.own.analyse)
    assert words in desk.window.parts.notices.texts[0]
    assert desk.controller.regions == (region,)


def test_moved_it_is_analysed_again_at_the_end_of_the_drag(desk):
    desk.analyses(32, 32, 96, 96)
    desk.drag((60, 60), (124, 76), let_go=False)
    assert not desk.controller.patching.is_busy
    desk.bot.waitUntil(lambda: desk.controller.edited.is_idle)
    assert not desk.changed().any(), "what was analysed lies elsewhere"
    desk.lets_go((124, 76))
    desk.waits()
    changed = desk.changed()
    assert changed[52:108, 100:156].mean() > 0.9
    changed[46:114, 94:162] = False
    assert not changed.any()


def test_an_edit_of_the_region_counts_as_well(desk):
    desk.analyses(32, 32, 96, 96)
    desk.panel.fields.edit.pick(Edit.FREEZE)
    desk.waits()
    analysis = desk.controller.results.analysis
    inside = (slice(44, 84), slice(44, 84))
    assert analysis.frame(-0.5)[inside] == pytest.approx(desk.sharp[inside], abs=1e-3)
    assert desk.changed().any()


def test_the_command_line_makes_the_same_pixels(desk, tmp_path, capfd):
    desk.analyses(32, 32, 96, 96)
    choices = desk.controller.history.choices
    files.save(Document(mark_of(desk.path, desk.controller.opened.photo.size), choices))
    desk.window.commands["photo.command_line"].trigger()
    _program, *copied = shlex.split(QGuiApplication.clipboard().text())
    told = ("-o", str(tmp_path / "out"), "--parts", "sharp", "--json")
    assert main([*copied, *told]) == 0
    assert json.loads(capfd.readouterr().out)["results"]
    (written,) = (tmp_path / "out").rglob("*sharp.png")
    stored = cv2.imread(str(written), cv2.IMREAD_UNCHANGED)[..., ::-1]
    levels = np.rint(desk.sharp.astype(np.float64) * 65535)
    assert np.abs(stored - levels).max() <= 1
    assert desk.changed().any()


def test_other_choices_for_the_photo_keep_the_region_analysed(desk):
    desk.analyses(32, 32, 96, 96)
    controller = desk.controller
    controller.change(replace(controller.options, constraint="linear"), "Straight")
    desk.bot.waitUntil(lambda: controller.is_shown and not controller.running)
    desk.waits()
    whole = controller.results.unedited.analysis.sharp
    changed = (desk.sharp != whole).any(axis=2)
    assert changed[34:94, 34:94].any()
    changed[32:96, 32:96] = False
    assert not changed.any()
