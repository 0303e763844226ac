"""Whether a window can be opened is asked before Qt is started, since Qt ends the process."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere there is always a display"
)


def reason_with(**screen: str) -> str:
    """What a fresh process answers with only these variables about screens set."""
    variables = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    others = {name: value for name, value in os.environ.items() if name not in variables}
    question = "from blurstudio.app.launch.display import why_no_window; print(why_no_window())"
    run = subprocess.run(
        [sys.executable, "-c", question],
        env={**others, **screen},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


def test_without_any_screen_there_is_no_display():
    assert reason_with() == "there is no display"


def test_offscreen_drawing_needs_no_display():
    assert reason_with(QT_QPA_PLATFORM="offscreen") == "None"


def test_a_display_that_is_not_there_is_found_out():
    assert "can't reach the display" in reason_with(DISPLAY=":4711")


def test_a_platform_that_qt_does_not_know_is_found_out():
    assert "can't reach the display" in reason_with(QT_QPA_PLATFORM="carrier-pigeon")
