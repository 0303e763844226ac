"""The record of faults: exceptions nobody foresaw, kept in a file for whoever mends them.

Errors that a person can mend are not here; they are `BlurStudioError` and one sentence.
"""

from __future__ import annotations

import platform
import sys
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blurstudio import __version__
from blurstudio.locations import user_cache_dir

if TYPE_CHECKING:
    from pathlib import Path

LOG_NAME = "blurstudio.log"


def record(error: BaseException) -> Path | None:
    """Append an exception with its traceback to the log of faults.

    Parameters
    ----------
    error
        What was raised.

    Returns
    -------
    Path or None
        The log, or None where it can't be written.
    """
    log = user_cache_dir() / LOG_NAME
    words = " ".join(sys.argv[1:])
    heading = (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, Blur Studio {__version__}, "
        f"Python {platform.python_version()}, {platform.platform()}\n{words}\n"
    )
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(heading + "".join(traceback.format_exception(error)) + "\n")
    except OSError:
        return None
    return log
