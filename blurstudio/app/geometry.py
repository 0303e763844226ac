"""Where the window and its panels were: the one thing kept by QSettings, since only Qt can read it.

Everything else that is remembered is in `settings.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from blurstudio.locations import user_config_dir

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

_FIRST_SIZE = (1400, 900)
_KEY = "geometry"
_LAYOUT = "layout"
# Raised when docks come to mean something else: older layouts are then left alone.
_VERSION = 1


def restore(window: QMainWindow) -> None:
    """Put the window and its panels where they were; at the first start, choose a fitting size."""
    layout = _store().value(_LAYOUT)
    if isinstance(layout, QByteArray):
        window.restoreState(layout, _VERSION)
    kept = _store().value(_KEY)
    if isinstance(kept, QByteArray) and window.restoreGeometry(kept):
        return
    room = window.screen().availableSize()
    window.resize(min(_FIRST_SIZE[0], room.width()), min(_FIRST_SIZE[1], room.height()))


def keep(window: QMainWindow) -> None:
    """Remember where the window and its panels are."""
    store = _store()
    store.setValue(_KEY, window.saveGeometry())
    store.setValue(_LAYOUT, window.saveState(_VERSION))
    store.sync()


def _store() -> QSettings:
    return QSettings(str(user_config_dir() / "window.ini"), QSettings.Format.IniFormat)
