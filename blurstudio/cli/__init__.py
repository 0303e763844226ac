"""The command line: ``blurstudio [PHOTO ...]`` and its commands, one small file each.

Only the door is here: it decides what the first word means and turns every error into one
sentence and an exit code. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from blurstudio.errors import BlurStudioError, Cancelled

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

WRONG = 1
"""Exit code when something could not be done and a sentence says what."""
FAULT = 2
"""Exit code of a wrong command line, and of a fault of Blur Studio itself."""
INTERRUPTED = 130
"""Exit code after Ctrl+C, as shells expect it."""

_KEEPS_NOTHING = frozenset(("inspect", "evaluate", "models", "doctor"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code.

    Parameters
    ----------
    argv
        Words after the program's name; those of the process unless given.

    Returns
    -------
    int
        0 done, 1 something could not be done (a sentence on stderr says what), 2 a wrong command
        line or a fault of ours, 130 stopped by Ctrl+C.
    """
    from blurstudio.cli import output, waiting
    from blurstudio.cli.words import CommandLineError

    output.give_streams()
    waiting.wait_briefly()
    words = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in words
    output.keep_unprintable_names()
    stopped = "Stopped; what was finished before is kept."
    if words and words[0] in _KEEPS_NOTHING:
        stopped = "Stopped."
    try:
        code = _run(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Cancelled as stop:
        code = INTERRUPTED
        if str(stop) != str(Cancelled()):
            stopped = str(stop)
    except BrokenPipeError:
        output.silence_stdout()
        return WRONG
    except BlurStudioError as error:
        output.report_error(error, as_json=as_json)
        return FAULT if isinstance(error, CommandLineError) else WRONG
    except Exception as error:  # the last net: nobody shall read a traceback
        if isinstance(error, OSError) and error.filename is None and output.is_stuck():
            # The help is printed by the parser, which knows nothing of `output`.
            output.report_error(output.no_answer(error), as_json=False)
            output.silence_stdout()
            return WRONG
        from blurstudio.cli import faults

        output.report_fault(error, faults.record(error), as_json=as_json)
        return FAULT
    if code == INTERRUPTED:
        output.say(stopped)
    return code


def _run(words: list[str]) -> int:
    """Open what is merely to be opened; anything else is for the commands' parser to read."""
    from blurstudio.cli import opening
    from blurstudio.cli.words import refuse_empty, refuse_mistyped

    refuse_empty(words)
    refuse_mistyped(words, opening.COMMANDS)
    if opening.only_photos(words):
        return opening.open_photos(map(Path, words))
    from blurstudio.cli.commands import run

    return run(words)
