"""Which versions of what this is, for "About" and for a report of a fault.

Nothing is imported for that: the installed packages say it themselves.
"""

from __future__ import annotations

import platform
from importlib import metadata

from blurstudio import __version__

_PACKAGES = (
    ("Qt for Python", ("PySide6-Essentials", "PySide6")),
    ("PyTorch", ("torch",)),
    ("NumPy", ("numpy",)),
    ("OpenCV", ("opencv-python-headless", "opencv-python")),
    ("PyAV (FFmpeg)", ("av",)),
)


def versions() -> list[tuple[str, str]]:
    """Name the program, what it stands on, and their versions."""
    found = [("Blur Studio", __version__), ("Python", platform.python_version())]
    found += [(name, _version(packages)) for name, packages in _PACKAGES]
    return [*found, ("System", f"{platform.system()} {platform.release()} ({platform.machine()})")]


def versions_text() -> str:
    """Return the same, a line each."""
    return "\n".join(f"{name} {version}" for name, version in versions())


def _version(packages: tuple[str, ...]) -> str:
    for package in packages:
        try:
            return metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return "–"
