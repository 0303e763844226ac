"""What becomes of other choices: nothing late, nothing lost, nothing done twice."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from blurstudio.app.export import ExportRequest, Part
from blurstudio.app.panels.motion.picture import DECONVOLUTION
from blurstudio.app.photo import work
from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import WeightsError

BAD = WeightsError("This network is damaged; choose another one.")


@pytest.fixture
def analysed(window, person, make_photo):
    """Return a window with a full result."""
    person.opens_and_waits(window, make_photo())
    return window


def chooses(window, words="A choice", **changes):
    controller = window.controller
    controller.change(replace(controller.options, **changes), words)


def waits(window, engine, qtbot, words="A choice", **changes):
    """Choose something whose result doesn't come before the engine is opened."""
    engine.open.clear()
    engine.waiting.clear()
    chooses(window, words, **changes)
    qtbot.waitUntil(engine.waiting.is_set)


def fails_for(engine, name, value):
    engine.faults = lambda options: BAD if getattr(options, name) == value else None


def test_the_newest_choice_replaces_the_one_that_runs(analysed, person, engine, qtbot):
    seen = []
    analysed.controller.results_ready.connect(seen.append)
    waits(analysed, engine, qtbot, constraint="linear")
    chooses(analysed, constraint="free")
    qtbot.waitUntil(lambda: engine.cancelled == 1)
    engine.open.set()
    person.sees_results(analysed)
    assert [results.options.constraint for results in seen] == ["free"]


def test_a_late_answer_to_an_older_choice_is_dropped(analysed, person, engine, monkeypatch, qtbot):
    """Even from an engine that doesn't listen to a cancel."""
    released, asked = threading.Event(), threading.Event()
    show = work.show

    def deaf_show(analysis, options, quick, before, context):
        context.cancel.raise_if_cancelled = lambda: None
        if options.constraint == "linear":
            asked.set()
            released.wait(10)
        return show(analysis, options, quick, before, context)

    monkeypatch.setattr(work, "show", deaf_show)
    seen = []
    analysed.controller.results_ready.connect(seen.append)
    chooses(analysed, constraint="linear")
    qtbot.waitUntil(asked.is_set)
    chooses(analysed, constraint="free")
    released.set()
    person.sees_results(analysed)
    assert [results.options.constraint for results in seen] == ["free"]


def test_undo_while_the_result_is_awaited_needs_no_new_one(analysed, person, engine, qtbot):
    before = analysed.controller.results
    waits(analysed, engine, qtbot, constraint="linear")
    count = len(engine.asked)
    analysed.commands["edit.undo"].trigger()
    assert not analysed.controller.running
    engine.open.set()
    qtbot.waitUntil(lambda: not analysed.parts.status.jobs.jobs)
    assert analysed.controller.results is before
    assert len(engine.asked) == count
    assert not analysed.commands["photo.stop"].isEnabled()


def test_a_choice_that_fails_leaves_the_result_and_says_a_sentence(analysed, person, engine, qtbot):
    before = analysed.controller.results
    fails_for(engine, "motion_model", "bold")
    chooses(analysed, motion_model="bold")
    qtbot.waitUntil(lambda: bool(analysed.parts.notices.texts))
    qtbot.waitUntil(lambda: not analysed.controller.running)
    assert analysed.parts.notices.texts == [str(BAD)]
    assert analysed.controller.results is before
    assert analysed.controller.options == before.options
    assert not analysed.commands["edit.undo"].isEnabled()
    assert not analysed.commands["edit.redo"].isEnabled()
    assert analysed.parts.panel.motion.paths.motion_model.currentIndex() == 0


def test_choices_made_after_a_failing_one_go_with_it(analysed, person, engine, qtbot):
    chooses(analysed, reverse=True)
    person.sees_results(analysed)
    fails_for(engine, "motion_model", "bold")
    waits(analysed, engine, qtbot, motion_model="bold")
    chooses(analysed, constraint="free")
    engine.open.set()
    person.sees_results(analysed)
    assert analysed.controller.options == replace(AnalysisOptions(), reverse=True)
    assert analysed.controller.history.stack.count() == 1


def test_an_undo_that_fails_stays_with_what_is_shown(analysed, person, engine, qtbot):
    chooses(analysed, constraint="linear")
    person.sees_results(analysed)
    fails_for(engine, "constraint", None)
    analysed.commands["edit.undo"].trigger()
    qtbot.waitUntil(lambda: bool(analysed.parts.notices.texts))
    person.sees_results(analysed)
    assert analysed.controller.options.constraint == "linear"
    assert analysed.commands["edit.undo"].isEnabled()


def test_a_failure_after_undo_and_another_choice_goes_back_to_what_was_undone_to(
    analysed, person, engine, qtbot
):
    """The result on show has no place in the history any more."""
    chooses(analysed, constraint="linear")
    person.sees_results(analysed)
    engine.open.clear()
    analysed.commands["edit.undo"].trigger()
    fails_for(engine, "constraint", "free")
    chooses(analysed, constraint="free")
    engine.open.set()
    qtbot.waitUntil(lambda: bool(analysed.parts.notices.texts))
    person.sees_results(analysed)
    assert analysed.controller.results.options == AnalysisOptions()
    assert not analysed.commands["edit.undo"].isEnabled()
    assert len(analysed.parts.notices.texts) == 1


def test_a_choice_that_is_stopped_can_be_made_again_by_redo(analysed, person, engine, qtbot):
    before = analysed.controller.results
    waits(analysed, engine, qtbot, "Straight", constraint="linear")
    analysed.commands["photo.stop"].trigger()
    assert analysed.controller.results is before
    assert analysed.controller.options == before.options
    assert "stays" in analysed.parts.notices.texts[0]
    engine.open.set()
    assert analysed.commands["edit.redo"].text() == "&Redo Straight"
    analysed.commands["edit.redo"].trigger()
    person.sees_results(analysed)
    assert analysed.controller.results.options.constraint == "linear"


def test_the_job_bar_says_what_is_being_done_and_cancels_it(analysed, engine, qtbot):
    waits(analysed, engine, qtbot, "Refine paths", refine="path")
    jobs = analysed.parts.status.jobs
    qtbot.waitUntil(lambda: "Refine paths" in jobs.label.text())
    qtbot.mouseClick(jobs.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: analysed.controller.options.refine == "off")
    assert analysed.parts.panel.motion.refinement.refine.currentText() == "Off"
    engine.open.set()
    qtbot.waitUntil(lambda: not jobs.jobs)


def test_another_photo_drops_the_choices_that_were_awaited(
    analysed, person, engine, make_photo, qtbot
):
    waits(analysed, engine, qtbot, constraint="linear")
    person.opens(analysed, make_photo("next.png"))
    engine.open.set()
    person.sees_results(analysed)
    assert analysed.controller.results.options == AnalysisOptions()
    assert analysed.controller.results.analysis.photo.path.name == "next.png"


def test_choices_before_the_first_result_are_heeded(window, person, engine, make_photo, qtbot):
    engine.open.clear()
    person.opens(window, make_photo())
    qtbot.waitUntil(engine.waiting.is_set)
    chooses(window, constraint="linear")
    engine.open.set()
    person.sees_results(window)
    assert window.controller.results.options.constraint == "linear"


def test_without_a_photo_nothing_is_chosen(window):
    chooses(window, constraint="linear")
    assert window.controller.options == window.controller.defaults
    assert not window.commands["edit.undo"].isEnabled()


def test_analysing_again_keeps_the_choices(analysed, person, engine):
    chooses(analysed, constraint="linear")
    person.sees_results(analysed)
    count = len(engine.asked)
    person.strikes(analysed, "Ctrl+R")
    person.sees_results(analysed)
    assert len(engine.asked) == count + 1
    assert engine.asked[-1].constraint == "linear"


def test_a_large_photo_gets_a_quick_look_at_other_choices(
    window, person, engine, make_photo, monkeypatch
):
    monkeypatch.setattr(work, "QUICK_SIDE", 40)
    person.opens_and_waits(window, make_photo())
    engine.sizes.clear()
    chooses(window, constraint="linear")
    person.sees_results(window)
    assert engine.sizes == [(30, 40), (60, 80)]
    assert [options.constraint for options in engine.asked[-2:]] == ["linear", "linear"]


def test_directions_and_undo_of_a_large_photo_need_no_quick_look(
    window, person, engine, make_photo, monkeypatch
):
    monkeypatch.setattr(work, "QUICK_SIDE", 40)
    person.opens_and_waits(window, make_photo())
    chooses(window, constraint="linear")
    person.sees_results(window)
    engine.sizes.clear()
    chooses(window, reverse=True)
    person.sees_results(window)
    for _ in range(2):
        window.commands["edit.undo"].trigger()
        person.sees_results(window)
    assert engine.sizes == [(60, 80)] * 3


def test_pictures_that_stay_the_same_are_not_made_again(analysed, person):
    before = analysed.controller.results
    chooses(analysed, reverse=True)
    person.sees_results(analysed)
    after = analysed.controller.results
    assert after.sharp is before.sharp
    assert after.pictures["residual"] is before.pictures["residual"]
    assert after.pictures["direction"] is not before.pictures["direction"]


def test_the_export_has_the_choices_that_are_shown(analysed, person, folder, qtbot):
    from blurstudio.media.paths import read_paths

    chooses(analysed, reverse=True)
    person.sees_results(analysed)
    with qtbot.waitSignal(analysed.controller.exported):
        analysed.controller.export(ExportRequest(folder, frozenset({Part.PATHS})))
    stored = read_paths(folder / "a photo.png" / "path.npz")
    assert (stored.maps[0, 0] == 8).all(), "the flow of 8 px to the right is turned round"
    qtbot.waitUntil(lambda: not analysed.parts.status.jobs.jobs)


def test_an_export_during_a_change_writes_what_is_on_show(analysed, person, engine, folder, qtbot):
    from blurstudio.media.paths import read_paths

    waits(analysed, engine, qtbot, reverse=True)
    analysed.controller.export(ExportRequest(folder, frozenset({Part.PATHS})))
    with qtbot.waitSignal(analysed.controller.exported):
        engine.open.set()
    stored = read_paths(folder / "a photo.png" / "path.npz")
    assert (stored.maps[0, 0] == -8).all(), "the flow of 8 px to the right, not turned round"
    person.sees_results(analysed)


def test_a_preview_that_comes_late_is_not_shown_over_the_result(
    analysed, person, engine, qtbot, monkeypatch
):
    chooses(analysed, deblurrer="deconvolution")
    person.sees_results(analysed)
    shown = []
    analysed.choosing.preview.requests.ready.connect(lambda *_: shown.append(True))
    preview = analysed.choosing.preview
    released = threading.Event()
    make = preview.requests._make

    def slow(*arguments):
        released.wait(10)
        return make(*arguments)

    monkeypatch.setattr(preview.requests, "_make", slow)
    preview.request(0.9)
    preview.end()
    released.set()
    analysed.controller.catch_up()
    person.sees_results(analysed)
    assert not shown


def test_a_running_change_gives_way_to_a_drag_and_is_taken_up_again(
    analysed, person, engine, qtbot
):
    panel = analysed.parts.panel.motion
    panel.picture.sharp_by.pick(DECONVOLUTION)
    person.sees_results(analysed)
    waits(analysed, engine, qtbot, constraint="linear")
    panel.picture.strength.moved.emit(0.9)
    assert not analysed.controller.running
    engine.open.set()
    panel.picture.strength.chosen.emit(0.5)
    person.sees_results(analysed)
    assert analysed.controller.results.options.constraint == "linear"
    assert analysed.controller.results.options.strength == 0.5


def canvas_paths(window):
    """Ways on the canvas, (M, T, 2)."""
    return window.parts.canvas.motion._trajectories._paths


def test_paths_are_seen_while_they_bend_and_taken_back_by_a_stop(analysed, engine, qtbot):
    bent = []
    analysed.controller.paths_bent.connect(bent.append)
    before = analysed.controller.results.paths.ways
    waits(analysed, engine, qtbot, refine="path")
    qtbot.waitUntil(lambda: bool(bent))
    assert np.allclose(np.ptp(canvas_paths(analysed), axis=1), 2 * np.ptp(before, axis=1)[:1])
    analysed.commands["photo.stop"].trigger()
    assert np.allclose(canvas_paths(analysed), before)
    engine.open.set()
    qtbot.waitUntil(lambda: not analysed.parts.status.jobs.jobs)


def test_paths_that_bent_for_an_older_choice_are_dropped(analysed, person, engine, qtbot):
    bent = []
    analysed.controller.paths_bent.connect(bent.append)
    engine.open.clear()
    engine.waiting.clear()
    chooses(analysed, refine="path")
    assert engine.waiting.wait(10), "the lane has told of bent paths, the window has not heard yet"
    chooses(analysed, constraint="linear", refine="off")
    engine.open.set()
    person.sees_results(analysed)
    assert bent == []
