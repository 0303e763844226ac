"""What edits of regions do to the motion, the video and the exports."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor

from blurstudio.app.export import ExportRequest, Part
from blurstudio.media.paths import read_paths
from blurstudio.session.regions import Edit


@pytest.mark.parametrize(
    ("edit", "inside"), [(Edit.FREEZE, 0), (Edit.EXCLUDE, 0), (Edit.REVERSE, -8), (Edit.SCALE, 4)]
)
def test_an_edit_changes_the_motion_on_show_without_an_analysis(desk, engine, edit, inside):
    asked = len(engine.asked)
    paths = desk.window.controller.results.paths
    desk.rectangle(0, 0, 40, 60, edit)
    desk.sees_edits()
    moved = desk.offsets()
    assert moved[:, :34] == pytest.approx(inside, abs=0.01)
    assert moved[:, 46:] == pytest.approx(8, abs=0.01)
    assert desk.window.controller.results.paths is not paths
    assert len(engine.asked) == asked
    desk.panel.fields.edit.pick(Edit.NONE)
    desk.sees_edits()
    assert desk.offsets() == pytest.approx(8)


def test_the_video_stands_still_where_it_is_frozen(desk, qtbot):
    desk.rectangle(0, 0, 80, 60, Edit.FREEZE)
    desk.sees_edits()
    with qtbot.waitSignal(desk.window.controller.frames.ready) as ready:
        desk.window.parts.timeline.time = -0.5
    photo = desk.window.controller.opened.picture
    assert ready.args[1].pixelColor(36, 30) == photo.pixelColor(36, 30)
    qtbot.waitUntil(lambda: not desk.window.bridge.is_busy("frame"))


def test_an_excluded_region_shows_the_photo(desk, engine, person):
    controller = desk.window.controller
    controller.change(replace(controller.options, deblurrer="deconvolution", strength=0.0), "Black")
    person.sees_results(desk.window)
    desk.rectangle(0, 0, 40, 60, Edit.EXCLUDE)
    desk.sees_edits()
    sharp = controller.results.pictures["sharp"]
    assert sharp.pixelColor(10, 10) == controller.opened.picture.pixelColor(10, 10)
    assert sharp.pixelColor(60, 10) == QColor(0, 0, 0)


def test_the_factor_is_typed_and_stepping_is_undone_as_one(desk):
    desk.rectangle(0, 0, 40, 60, Edit.SCALE)
    factor = desk.panel.fields.factor
    for _ in range(3):
        factor.stepUp()
    assert desk.region.factor == pytest.approx(0.8)
    desk.strikes("Ctrl+Z")
    assert desk.region.factor == 0.5
    desk.sees_edits()


def test_only_a_scaled_region_has_a_factor_and_a_reversed_one_no_feather(desk):
    fields = desk.panel.fields
    desk.rectangle(0, 0, 40, 60)
    assert not fields.factor.isVisibleTo(desk.panel)
    fields.edit.pick(Edit.SCALE)
    assert fields.factor.isVisibleTo(desk.panel)
    assert fields.feather.isEnabled()
    fields.edit.pick(Edit.REVERSE)
    assert not fields.feather.isEnabled()
    desk.sees_edits()


def test_flips_and_regions_live_together(desk, person):
    desk.rectangle(0, 0, 40, 60, Edit.REVERSE)
    desk.sees_edits()
    desk.strikes("X")
    desk.bot.waitUntil(lambda: not desk.window.bridge.is_busy("regions"))
    desk.click(60, 30)
    person.sees_results(desk.window)
    desk.sees_edits()
    moved = desk.offsets()
    assert moved[:, :40] == pytest.approx(8)
    assert moved[:, 40:] == pytest.approx(-8)
    assert len(desk.regions) == 1


def test_a_new_analysis_keeps_the_edits(desk, person):
    desk.rectangle(0, 0, 40, 60, Edit.FREEZE)
    controller = desk.window.controller
    controller.change(replace(controller.options, constraint="linear"), "Straight")
    person.sees_results(desk.window)
    desk.sees_edits()
    assert desk.offsets()[:, :34] == pytest.approx(0, abs=0.01)


def test_a_region_drawn_while_another_result_is_awaited_is_not_lost_when_that_fails(
    desk, engine, person, qtbot
):
    from blurstudio.errors import WeightsError

    controller = desk.window.controller
    engine.faults = lambda options: WeightsError("Bad.") if options.constraint == "free" else None
    engine.open.clear()
    controller.change(replace(controller.options, constraint="free"), "Free")
    desk.rectangle(0, 0, 40, 60, Edit.FREEZE)
    engine.open.set()
    qtbot.waitUntil(lambda: bool(desk.window.parts.notices.texts))
    qtbot.waitUntil(lambda: not controller.running)
    assert controller.options.constraint is None
    assert len(desk.regions) == 1
    desk.sees_edits()


def test_exports_obey_the_edits(desk, folder, qtbot):
    desk.rectangle(0, 0, 40, 60, Edit.REVERSE)
    with qtbot.waitSignal(desk.window.controller.exported) as done:
        desk.window.controller.export(ExportRequest(folder, frozenset({Part.PATHS})))
    flipped = read_paths(done.args[0][0]).flipped
    assert flipped[:, :40].all()
    assert not flipped[:, 40:].any()
    desk.sees_edits()


def test_without_a_photo_there_is_nothing_to_draw_on(window, person):
    person.strikes(window, "R", "P", "Ctrl+V", "Delete")
    assert window.parts.canvas.tool == "view"
    assert not window.controller.regions


def test_regions_can_be_drawn_before_there_is_a_result(
    window, person, engine, make_photo, draughtsman
):
    engine.open.clear()
    person.opens(window, make_photo())
    desk = draughtsman(window)
    desk.rectangle(0, 0, 40, 60, Edit.FREEZE)
    engine.open.set()
    person.sees_results(window)
    desk.sees_edits()
    assert desk.offsets()[:, :34] == pytest.approx(0, abs=0.01)
