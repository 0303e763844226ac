"""What is about the program and not about a photo, put together for the window.

Each part is a module of its own: `commanding.py`, `adjusting.py`, `explaining.py`, `touring.py`,
`reporting.py`, `closing.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.program.adjusting import Adjusting
from blurstudio.app.program.closing import Closing
from blurstudio.app.program.commanding import Commanding
from blurstudio.app.program.explaining import Explaining
from blurstudio.app.program.reporting import Reporting
from blurstudio.app.program.touring import Touring

if TYPE_CHECKING:
    from blurstudio.app.window import MainWindow


class Program(QObject):
    """Palette, keys, settings, help, and the end of the work."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.commanding = Commanding(window)
        self.adjusting = Adjusting(window)
        self.explaining = Explaining(window)
        self.touring = Touring(window)
        self.reporting = Reporting(window)
        self.closing = Closing(window)
