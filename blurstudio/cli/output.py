"""What the command line says, and where: answers to stdout, sentences and progress to stderr.

With ``--json`` stdout carries one JSON document and nothing else. No command prints by itself.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def answer(line: str) -> None:
    """Write one line of the answer to stdout, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def say(sentence: str) -> None:
    """Write a sentence for the person to stderr."""
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
        answer_json({"error": {"kind": type(error).__name__, "message": str(error)}})


def report_fault(error: Exception, log: Path | None, *, as_json: bool) -> None:
    """Say that the program itself is at fault, and where the details are."""
    where = f"the details are in {log}" if log else "the details could not be written to a file"
    say(f"Blur Studio met a fault of its own ({type(error).__name__}: {error}); {where}.")
    if as_json:
        answer_json({"error": {"kind": type(error).__name__, "message": str(error), "log": log}})


def keep_unprintable_names() -> None:
    """Let file names that the terminal's encoding can't show pass as escapes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def silence_stdout() -> None:
    """Point stdout to nowhere after its reader has gone, so that the exit stays quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
