"""Where the window was: the one thing kept by QSettings, since only Qt can read it.

Everything else that is remembered is in `settings.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from blurstudio.locations import user_config_dir

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_FIRST_SIZE = (1400, 900)
_KEY = "geometry"


def restore(window: QWidget) -> None:
    """Put the window where it was; at the first start, give it a size that fits the screen."""
    kept = _store().value(_KEY)
    if isinstance(kept, QByteArray) and window.restoreGeometry(kept):
        return
    room = window.screen().availableSize()
    window.resize(min(_FIRST_SIZE[0], room.width()), min(_FIRST_SIZE[1], room.height()))


def keep(window: QWidget) -> None:
    """Remember where the window is."""
    store = _store()
    store.setValue(_KEY, window.saveGeometry())
    store.sync()


def _store() -> QSettings:
    return QSettings(str(user_config_dir() / "window.ini"), QSettings.Format.IniFormat)
