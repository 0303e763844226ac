"""Whether a window can be opened on this machine, and if not, why: asked before Qt is started.

Qt ends the whole process when it finds no screen, so the question is put to a child first.
Nothing here opens a window that a person sees.
"""

from __future__ import annotations

import os
import sys
import warnings

_SCREEN_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def why_no_window() -> str | None:
    """Why no window can be opened here, as a clause, or None when one can.

    Returns
    -------
    str or None
        For instance ``"there is no display"``.
    """
    on_linux = sys.platform.startswith("linux")
    if on_linux and not any(os.environ.get(name) for name in _SCREEN_VARIABLES):
        return "there is no display"
    try:
        import PySide6.QtWidgets  # noqa: F401 - the answer is whether it loads
    except ImportError as error:
        return f"Qt can't be loaded ({error})"
    if on_linux and not _qt_starts_in_a_child():
        return "Qt can't reach the display, or a library that it needs is missing"
    return None


def _qt_starts_in_a_child() -> bool:
    """Start Qt in a forked child, which alone ends if Qt gives up.

    A fork costs some hundredths of a second, a fresh interpreter would cost half a second.
    """
    with warnings.catch_warnings():
        # Newer Pythons warn of forks beside threads; the child only starts Qt and ends.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _start_qt_and_exit()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _start_qt_and_exit() -> None:
    # Nothing of the parent may run again here: no handlers, no flushing of its buffers.
    code = 1
    try:
        import resource

        from PySide6.QtWidgets import QApplication

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # Qt gives up by abort()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        QApplication([])
        code = 0
    finally:
        os._exit(code)
