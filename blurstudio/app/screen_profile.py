"""Which colours a window's screen shows, as far as Qt and the system tell.

Qt says it where a window was given a colour space; under X11 the desktop lays the screen's ICC
profile down at the root window, Windows keeps it as a file (`windows_profile.py`). A Wayland
desktop converts by itself and takes pictures for sRGB. Converting pictures is the canvas's part.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QColorSpace, QGuiApplication, QNativeInterface, QSurfaceFormat

from blurstudio.app.windows_profile import windows_profile

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

_log = logging.getLogger(__name__)
_SIGNATURE_AT, _SIGNATURE = slice(36, 40), b"acsp"
_ANY_TYPE = 0
# In words of 32 bits: 64 MiB are more than any profile.
_MOST_WORDS = 1 << 24


def let_the_system_convert() -> None:
    """Say that windows hold sRGB where the system converts them for the screen (macOS)."""
    if sys.platform == "darwin":
        form = QSurfaceFormat.defaultFormat()
        form.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
        QSurfaceFormat.setDefaultFormat(form)


def screen_space(window: QWindow) -> QColorSpace | None:
    """Colours of the screen that a window is on; None when nobody knows.

    Returns
    -------
    QColorSpace or None
        One that can be converted to.
    """
    space = window.format().colorSpace()
    if not space.isValid():
        profile = _profile(window)
        if profile is None or profile[_SIGNATURE_AT] != _SIGNATURE:
            return None
        space = QColorSpace.fromIccProfile(profile)
    if not space.isValidTarget():
        _log.warning("the screen's colour profile can't be used; the screen is taken for sRGB")
        return None
    return space


def _profile(window: QWindow) -> bytes | None:
    """Return the ICC profile of the screen that a window is on, as the system keeps it."""
    if sys.platform == "win32":
        return windows_profile(window.screen().name(), ctypes.windll.gdi32)
    return _x11_profile(_number_of(window))


def _number_of(window: QWindow) -> int:
    names = [screen.name() for screen in QGuiApplication.screens()]
    name = window.screen().name()
    return names.index(name) if name in names else 0


def _x11_profile(number: int) -> bytes | None:
    """Return the ICC profile that the desktop gave the X server for one of its screens."""
    app = QGuiApplication.instance()
    native = app.nativeInterface() if isinstance(app, QGuiApplication) else None
    # Without a screen there may be such an interface too, to no server.
    if not isinstance(native, QNativeInterface.QX11Application) or not native.display():
        return None
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    name = "_ICC_PROFILE" if number == 0 else f"_ICC_PROFILE_{number}"
    return _root_property(x11, ctypes.c_void_p(native.display()), name)


def _root_property(x11: ctypes.CDLL, display: ctypes.c_void_p, name: str) -> bytes | None:
    """Return the bytes of a property of the root window, if there is one."""
    x11.XInternAtom.restype = x11.XDefaultRootWindow.restype = ctypes.c_ulong
    atom = x11.XInternAtom(display, name.encode(), True)
    if not atom:
        return None
    kind, count, rest = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_ulong()
    bits, data = ctypes.c_int(), ctypes.POINTER(ctypes.c_ubyte)()
    x11.XGetWindowProperty(
        display,
        ctypes.c_ulong(x11.XDefaultRootWindow(display)),
        ctypes.c_ulong(atom),
        *(ctypes.c_long(0), ctypes.c_long(_MOST_WORDS), False, ctypes.c_ulong(_ANY_TYPE)),
        *map(ctypes.byref, (kind, bits, count, rest, data)),
    )
    if not data:
        return None
    found = ctypes.string_at(data, count.value) if bits.value == 8 else None
    x11.XFree(data)
    return found
