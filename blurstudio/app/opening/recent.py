"""The menu of photos opened last.

The list itself is part of the settings; opening is the window's business.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction


class PathMenu(QMenu):
    """A menu with one entry for each photo."""

    chosen = Signal(Path)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.triggered.connect(self._triggered)
        self.setToolTipsVisible(True)
        self.show_paths([])

    def show_paths(self, paths: Sequence[str | Path]) -> None:
        """Replace the entries; an empty menu is greyed out."""
        self.clear()
        for path in paths:
            entry = self.addAction(Path(path).name.replace("&", "&&"))
            entry.setData(str(path))
            entry.setToolTip(str(path))
        self.menuAction().setEnabled(bool(paths))

    def _triggered(self, entry: QAction) -> None:
        self.chosen.emit(Path(entry.data()))
