"""From the process's start to the window's end: everything that is made once.

The window itself is in `window.py`. Nothing imported here imports torch; a test watches that.
"""

from __future__ import annotations

import logging
import os
import sys
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from blurstudio.app.launch.interpreter import kept_for_good, suit_a_window
from blurstudio.app.launch.splash import load_torch_before_qt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blurstudio.app.window import MainWindow

_PAINTED_MS = 20


def run(paths: Sequence[Path], screenshot: Path | None = None) -> int:
    """Open the window, with photos if some are named, and stay until it is closed.

    Parameters
    ----------
    paths
        Photos to open; the first one is shown.
    screenshot
        File for a picture of the window, see `blurstudio.app.launch.screenshot`.

    Returns
    -------
    int
        Exit code of the process.
    """
    start = ExitStack()
    start.enter_context(kept_for_good())
    load_torch_before_qt()
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    suit_a_window()
    from blurstudio import __version__
    from blurstudio.app import settings_file, theme
    from blurstudio.app.launch.crashes import CrashWatch
    from blurstudio.app.launch.faults import Faults, start_log, stop_log
    from blurstudio.app.launch.interrupt import Interrupt
    from blurstudio.app.launch.screenshot import Screenshot
    from blurstudio.app.launch.translations import install_translations, remove_translations
    from blurstudio.app.screen_profile import let_the_system_convert
    from blurstudio.app.window import MainWindow
    from blurstudio.locations import resource

    let_the_system_convert()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("blurstudio")
    app.setApplicationDisplayName("Blur Studio")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("blurstudio")
    app.setWindowIcon(QIcon(str(resource("icons", "blurstudio.svg"))))
    theme.apply(app, settings_file.load(settings_file.settings_file())[0].theme)
    translators = install_translations(app)
    log = start_log()
    crashes = CrashWatch()
    crashes.start()
    faults = Faults(app)
    faults.install()
    interrupt = Interrupt(app)
    window = MainWindow()
    reporting = window.program.reporting
    faults.happened.connect(reporting.show_crash, Qt.ConnectionType.QueuedConnection)
    if crashes.found:
        reporting.show_crash_before()
    interrupt.asked.connect(window.close_now)
    app.aboutToQuit.connect(window.finish_work)
    picture = None
    if screenshot is not None:
        picture = Screenshot(window, screenshot)
    else:
        paths = window.program.touring.welcome(paths)
    try:
        window.show()
        start.close()
        # After the window has been painted: work in the lanes takes the interpreter away from it.
        QTimer.singleShot(_PAINTED_MS, partial(_begin, window, paths))
        code = app.exec()
    finally:
        interrupt.close()
        faults.uninstall()
        crashes.stop()
        stop_log(log)
        remove_translations(app, translators)
    if picture is not None and picture.problem is not None:
        raise picture.problem
    if not window.finish_work():
        _end_process(code)
    return code


def _begin(window: MainWindow, paths: Sequence[Path]) -> None:
    """Open photos; without any, load what the first analysis will need."""
    window.draw_ahead()
    if paths:
        # Their analysis loads the same, once the first is on show.
        window.open_paths(paths)
    else:
        window.get_ready()


def _end_process(code: int) -> NoReturn:
    """End at once: an operator that can't be interrupted still runs in a lane's thread.

    Python would end that thread in the middle of torch, which takes it for a fault and aborts.
    """
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
