"""The log as it may be shown to others: its end, with versions, without names of home folders.

Nothing is sent anywhere; a person copies it and decides.
"""

from __future__ import annotations

import getpass
import re
from pathlib import Path

from blurstudio.app.launch.crashes import crash_text
from blurstudio.app.launch.faults import log_file
from blurstudio.app.launch.versions import versions_text

_MOST_LINES = 200
_HOME = "~"
_SOMEBODY = "<user>"


def log_text() -> str:
    """Return versions and the end of the log, fit to be shown to others."""
    try:
        lines = log_file().read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    end = "\n".join(lines[-_MOST_LINES:]) or "The log is empty."
    crash = crash_text()
    parts = [versions_text(), end, *([f"Last crash:\n{crash}"] if crash else [])]
    return stripped("\n\n".join(parts)) + "\n"


def stripped(text: str, home: Path | None = None, user: str | None = None) -> str:
    """Take the home folder and the person's name in paths out of a text.

    Parameters
    ----------
    home, user
        This person's by default.
    """
    home = home or Path.home()
    ways = {str(home), str(home.resolve()), home.as_posix(), str(home).replace("\\", "\\\\")}
    for way in sorted(ways, key=len, reverse=True):
        # A home of "/" would take every slash.
        if len(way) > 1:
            text = re.sub(
                re.escape(way) + r"(?![\w.-])", lambda _: _HOME, text, flags=re.IGNORECASE
            )
    name = user or _user()
    if len(name) < 2:
        return text
    # Other disks have folders of that name, too: only as a part of a path.
    return re.sub(rf"(?<=[/\\]){re.escape(name)}(?=[/\\])", _SOMEBODY, text)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
