"""How much memory a program takes at most, as the system counts it.

For Linux and macOS; which program is measured is the caller's choice.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# The system lets a program inherit the peak of whoever starts it, so a small one starts it.
_STARTER = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
print(process.returncode, usage.ru_maxrss)
"""


@dataclass(frozen=True)
class Peak:
    """What a program took.

    Parameters
    ----------
    exit_code : int
        0 when it did its work.
    memory : int
        Largest resident size, bytes.
    """

    exit_code: int
    memory: int


def peak_memory(command: Sequence[str], environment: dict[str, str] | None = None) -> Peak:
    """Run a program to its end and return the most memory it held at a time.

    Parameters
    ----------
    command : sequence of str
        Program and arguments; what it prints to its standard output is dropped.
    environment : dict, optional
        Variables set beside those of this process.
    """
    answer = subprocess.run(
        [sys.executable, "-c", _STARTER, *command],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, **(environment or {})},
    )
    code, size = answer.stdout.split()
    # macOS counts bytes, Linux kibibytes.
    return Peak(int(code), int(size) * (1 if sys.platform == "darwin" else 1024))
