"""A window with a full result and its motion panel, by itself and with deconvolution."""

from __future__ import annotations

import pytest

from blurstudio.app import listing_work
from blurstudio.app.listing_work import ModelChoice
from blurstudio.app.panels.motion.picture import DECONVOLUTION

MODELS = (
    ModelChoice("motion", "motion", "the usual one", True),
    ModelChoice("motion", "bold", "another one", False),
    ModelChoice("deblur", "deblur", "the usual one", True),
    ModelChoice("deblur", "blind", "another one", False),
)


@pytest.fixture
def analysed(make_window, engine, person, make_photo, monkeypatch, qtbot):
    """Return a window with a full result and two networks of each kind to choose from."""
    monkeypatch.setattr(listing_work, "list_models", lambda context: MODELS)
    window = make_window()
    person.opens_and_waits(window, make_photo())
    qtbot.waitUntil(lambda: "bold" in window.parts.panel.motion.paths.motion_model.values)
    return window


@pytest.fixture
def panel(analysed):
    """Return the Motion panel of that window."""
    return analysed.parts.panel.motion


@pytest.fixture
def deconvolved(analysed, panel, person):
    """Return the window once the deconvolution was chosen."""
    panel.picture.sharp_by.pick(DECONVOLUTION)
    person.sees_results(analysed)
    return analysed
