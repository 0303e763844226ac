"""Undo by itself: steps, gestures, going back after a failure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from shiboken6 import Shiboken

from blurstudio.app.photo.history import History
from blurstudio.engine.options import AnalysisOptions
from blurstudio.session.document import Choices
from blurstudio.session.regions import Region
from blurstudio.session.shapes import Shape, ShapeKind

FIRST = AnalysisOptions()
REVERSED = replace(FIRST, reverse=True)


@pytest.fixture
def history(qapp):
    """Return a history, and delete it with its owner afterwards.

    A garbage collector may take Python's commands before the stack that still points at them.
    """
    owner = QObject()
    yield History(FIRST, owner)
    Shiboken.delete(owner)


def strength(history, value, gesture):
    history.do(replace(history.options, strength=value), "Strength", gesture)


def test_a_choice_is_taken_back_and_made_again(history):
    history.do(REVERSED, "Reverse time")
    assert history.options == REVERSED
    assert history.stack.undoText() == "Reverse time"
    history.stack.undo()
    assert history.options == FIRST
    assert history.stack.redoText() == "Reverse time"
    history.stack.redo()
    assert history.options == REVERSED


def test_the_same_choice_again_is_nothing_to_undo(history):
    history.do(FIRST, "Nothing")
    assert not history.stack.canUndo()


def test_steps_of_one_gesture_are_undone_as_one(history):
    for value in (0.6, 0.7, 0.8):
        strength(history, value, gesture=1)
    assert history.stack.count() == 1
    history.stack.undo()
    assert history.options == FIRST


def test_another_gesture_is_another_step(history):
    strength(history, 0.6, gesture=1)
    strength(history, 0.7, gesture=2)
    history.stack.undo()
    assert history.options.strength == 0.6


def test_a_gesture_that_ends_where_it_began_leaves_nothing(history):
    strength(history, 0.6, gesture=1)
    strength(history, 0.5, gesture=1)
    assert history.stack.count() == 0
    assert history.options == FIRST


def test_choices_between_keep_gestures_apart(history):
    strength(history, 0.6, gesture=1)
    history.do(replace(history.options, reverse=True), "Reverse time")
    strength(history, 0.7, gesture=1)
    assert history.stack.count() == 3


def test_every_step_is_told_after_it_was_taken(history):
    seen = []
    history.moved.connect(lambda: seen.append((history.options.reverse, history.newest)))
    history.do(REVERSED, "Reverse time")
    history.stack.undo()
    assert seen == [(True, "Reverse time"), (False, "")]


def test_another_photo_starts_without_a_past_and_nobody_is_told(history):
    history.do(REVERSED, "Reverse time")
    seen = []
    history.moved.connect(lambda: seen.append(history.options))
    history.begin(Choices(FIRST))
    assert not history.stack.canUndo()
    assert history.options == FIRST
    assert seen == []


@pytest.mark.parametrize(("forget", "left"), [(True, 1), (False, 3)])
def test_going_back_tells_nobody_and_forgets_what_failed(history, forget, left):
    history.do(REVERSED, "Reverse time")
    history.do(replace(REVERSED, constraint="free"), "Free")
    history.do(replace(REVERSED, constraint="linear"), "Straight")
    seen = []
    history.moved.connect(lambda: seen.append(history.options))
    assert history.go_back_to(REVERSED, forget=forget)
    assert history.options == REVERSED
    assert history.stack.count() == left
    assert seen == []


def test_going_back_after_an_undo_goes_forwards(history):
    history.do(REVERSED, "Reverse time")
    history.stack.undo()
    assert history.go_back_to(REVERSED, forget=True)
    assert history.options == REVERSED
    assert history.stack.undoText() == "Reverse time"


def test_there_is_no_way_to_what_was_never_chosen(history):
    history.do(REVERSED, "Reverse time")
    assert not history.go_back_to(replace(FIRST, constraint="free"), forget=True)
    assert history.options == REVERSED


def test_the_newest_choice_is_taken_back_for_good(history):
    history.do(REVERSED, "Reverse time")
    assert history.take_back()
    assert history.options == FIRST
    assert not history.stack.canRedo()
    assert not history.take_back()


def region(number=1):
    shape = Shape(ShapeKind.RECTANGLE, ((0.0, 0.0), (10.0, 10.0)))
    return Region(number, f"Region {number}", shape)


def test_regions_and_options_are_steps_of_one_history(history):
    history.draw((region(),), "Draw")
    history.do(REVERSED, "Reverse time")
    history.stack.undo()
    assert history.options == FIRST
    assert history.regions == (region(),)
    history.stack.undo()
    assert history.regions == ()


def test_gestures_of_different_hands_are_kept_apart(history):
    strength(history, 0.6, gesture=1)
    history.draw((region(),), "Draw", gesture=("shape", 1))
    assert history.stack.count() == 2


def test_going_back_keeps_what_was_drawn_meanwhile(history):
    history.do(REVERSED, "Reverse time")
    history.draw((region(),), "Draw")
    assert history.go_back_to(FIRST, forget=True)
    assert history.options == FIRST
    assert history.regions == (region(),)


def test_taking_back_never_takes_a_drawing(history):
    history.draw((region(),), "Draw")
    assert not history.take_back()
    assert history.regions == (region(),)
