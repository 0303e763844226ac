"""What the command line says, and where: answers to stdout, sentences and progress to stderr.

With ``--json`` stdout carries one JSON document and nothing else. No command prints by itself.
Sentences that nobody can be told are lost; an answer that can't be written is an error.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from blurstudio.errors import BlurStudioError


def answer(line: str) -> None:
    """Write one line of the answer to stdout, at once.

    Raises
    ------
    BlurStudioError
        If it can't be written; a reader that has gone away stays a BrokenPipeError.
    """
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        silence_stdout()
        raise no_answer(error) from error


def no_answer(error: Exception) -> BlurStudioError:
    """Return the error that says why stdout took no answer."""
    why = getattr(error, "strerror", None) or error
    return BlurStudioError("The answer can't be written: {why}.", why=why)


def say(sentence: str) -> None:
    """Write a sentence for the person to stderr."""
    with contextlib.suppress(OSError):
        sys.stderr.write(sentence + "\n")
        sys.stderr.flush()


def answer_json(document: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Write a JSON document to stdout; paths and other values become text, NaN becomes null."""
    answer(json.dumps(_finite(document), indent=2, ensure_ascii=_only_ascii(), default=str))


def answer_json_line(record: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Write one JSON document on a line of its own: for commands that report as they go."""
    answer(json.dumps(_finite(record), ensure_ascii=_only_ascii(), default=str))


def report_error(error: Exception, *, as_json: bool) -> None:
    """Say in one sentence what could not be done."""
    say(str(error))
    if as_json:
        _answer_if_possible({"kind": type(error).__name__, "message": str(error)})


def report_fault(error: Exception, log: Path | None, *, as_json: bool) -> None:
    """Say that the program itself is at fault, and where the details are."""
    where = f"the details are in {log}" if log else "the details could not be written to a file"
    say(f"Blur Studio met a fault of its own ({type(error).__name__}: {error}); {where}.")
    if as_json:
        _answer_if_possible({"kind": type(error).__name__, "message": str(error), "log": log})


def _answer_if_possible(error: dict[str, Any]) -> None:
    with contextlib.suppress(BlurStudioError, OSError):
        answer_json({"error": error})


def give_streams() -> None:
    """Put an open way to nowhere where the process was started without stdout or stderr."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end
            setattr(sys, name, nowhere)


def keep_unprintable_names() -> None:
    """Let file names that the terminal's encoding can't show pass as escapes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def silence_stdout() -> None:
    """Point stdout to nowhere after its reader has gone, so that the exit stays quiet."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_stuck() -> bool:
    """Whether stdout takes nothing, which an empty line finds out."""
    try:
        sys.stdout.write("\n")
        sys.stdout.flush()
    except (OSError, ValueError):
        return True
    return False


def _only_ascii() -> bool:
    """Whether names in other letters must be escaped by JSON, since stdout can't carry them."""
    return (sys.stdout.encoding or "ascii").lower().replace("-", "") != "utf8"


def _finite(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Replace what JSON has no word for: NaN and the infinities."""
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not (float("-inf") < value < float("inf")):
        return None
    return value
