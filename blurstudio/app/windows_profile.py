"""The colour profile that Windows keeps for a screen: a file, named by the graphics interface.

Where Windows converts all colours itself (automatic colour management), it names sRGB here.
"""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

_LONGEST_NAME = 32_768


def windows_profile(screen: str, gdi: Any) -> bytes | None:  # noqa: ANN401 - a foreign library
    r"""Read the ICC profile of a screen.

    Parameters
    ----------
    screen
        As Windows and Qt call it, such as ``\\.\DISPLAY1``.
    gdi
        The system's graphics library, ``ctypes.windll.gdi32``.

    Returns
    -------
    bytes or None
        None if the screen has none, or its file can't be read.
    """
    gdi.CreateDCW.restype = ctypes.c_void_p
    context = gdi.CreateDCW(screen, screen, None, None)
    if not context:
        return None
    name = ctypes.create_unicode_buffer(_LONGEST_NAME)
    size = ctypes.c_uint32(_LONGEST_NAME)
    try:
        found = gdi.GetICMProfileW(ctypes.c_void_p(context), ctypes.byref(size), name)
    finally:
        gdi.DeleteDC(ctypes.c_void_p(context))
    if not found or not name.value:
        return None
    try:
        return Path(name.value).read_bytes()
    except OSError:
        return None
