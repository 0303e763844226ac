"""The native splash of Windows, where torch has to be loaded before Qt.

Loading Qt first makes torch's libraries fail to load there (pytorch #169429), so on Windows the
promise "the window is up before torch is imported" can't be kept: a plain window of the system
says meanwhile that the app is starting. Nothing here runs on other systems.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

_POPUP = 0x80000000
_VISIBLE = 0x10000000
_BORDER = 0x00800000
_CENTRED = 0x00000001 | 0x00000200
_ON_TOP = 0x00000008
_WIDTH, _HEIGHT = 320, 72


def load_torch_before_qt() -> None:
    """On Windows, import torch behind a splash; elsewhere do nothing.

    A torch that can't be imported is not reported here: the first job will say so in the window.
    """
    if sys.platform != "win32":
        return
    import ctypes

    show_while_importing("torch", ctypes.windll.user32)


def show_while_importing(module: str, user32: Any) -> None:  # noqa: ANN401 - a foreign library
    """Show a native window, import a module, take the window away.

    Parameters
    ----------
    module
        Name of the module to import.
    user32
        The system's window library, ``ctypes.windll.user32``.
    """
    left = (user32.GetSystemMetrics(0) - _WIDTH) // 2
    top = (user32.GetSystemMetrics(1) - _HEIGHT) // 2
    style = _POPUP | _VISIBLE | _BORDER | _CENTRED
    splash = user32.CreateWindowExW(
        *(_ON_TOP, "STATIC", "Blur Studio is starting …", style),
        *(left, top, _WIDTH, _HEIGHT, None, None, None, None),
    )
    user32.UpdateWindow(splash)
    try:
        importlib.import_module(module)
    except (ImportError, OSError):
        pass
    finally:
        user32.DestroyWindow(splash)
