"""The window: Qt lives in this package and nowhere else.

Only the door is here; nothing of Qt, torch or numpy is imported until the door is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["run"]


def run(paths: Sequence[Path] = (), screenshot: Path | None = None) -> int:
    """Open the window, with photos if some are named, and stay until it is closed.

    Parameters
    ----------
    paths
        Photos to open; the first one is shown.
    screenshot
        File for a picture of the window: it is taken once the result is there, and closes the
        window.

    Returns
    -------
    int
        Exit code of the process: 0 when the window was closed.

    Raises
    ------
    BlurStudioError
        If a screenshot was asked for and could not be taken.
    """
    from blurstudio.app.launch.main import run as run_window

    return run_window(paths, screenshot)
