"""Naming patterns: a file's name with tokens in braces, and a sentence for what can't be a name.

Which files there are is not known here.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from blurstudio.errors import ExportError
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

PATTERN = "{part}"
"""How files are usually called."""

FRAME_PATTERN = "{part}/{frame:04d}"
"""How frames are usually called: numbers in a folder of their own."""

_FORBIDDEN = '<>:"|?*\\'
# Windows takes raised digits, as Latin-1 has them, for digits of a port.
_PORTS = [f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³"]
_RESERVED = {"con", "prn", "aux", "nul", *_PORTS}
_LONGEST = 200


def filled(pattern: str, values: Mapping[str, str | int]) -> str:
    """Fill in a pattern.

    Parameters
    ----------
    pattern
        Text with tokens such as ``{name}`` or ``{frame:04d}``; ``/`` makes folders.
    values
        What the tokens stand for. Texts lose what can't be in a name.

    Returns
    -------
    str
        Relative name without an ending, ``/`` between folders.

    Raises
    ------
    ExportError
        With one sentence: what is wrong with the pattern and what to do.
    """
    clean = {
        key: cleaned(value) if isinstance(value, str) else value for key, value in values.items()
    }
    _check_tokens(pattern, clean)
    try:
        name = pattern.format_map(clean)
    except (ValueError, IndexError, KeyError, AttributeError, TypeError, MemoryError) as error:
        raise ExportError(
            "The name “{pattern}” can't be filled in; write tokens like {{part}} or {{frame:04d}}, "
            "each in its braces.",
            pattern=pattern,
        ) from error
    _check_name(name, pattern)
    return name


def cleaned(text: str) -> str:
    """Return a text without what file systems don't take in a name."""
    kept = "".join(letter if letter >= " " else " " for letter in text)
    for letter in f"{_FORBIDDEN}/":
        kept = kept.replace(letter, "-")
    return kept.strip(" .") or "photo"


def _check_tokens(pattern: str, values: Mapping[str, str | int]) -> None:
    try:
        tokens = [(key, spec) for _, key, spec, _ in string.Formatter().parse(pattern)]
    except ValueError as error:
        raise ExportError(
            "The name “{pattern}” has a brace without its other half; write tokens like {{part}}.",
            pattern=pattern,
        ) from error
    for key, spec in tokens:
        if key is None:
            continue
        if key not in values:
            known = ", ".join(f"{{{token}}}" for token in values)
            raise ExportError(
                "{{{key}}} is no token here; choose from {known}.", key=key, known=known
            )
        digits = "".join(letter for letter in spec or "" if letter.isdigit())
        if len(digits) > 2:
            raise ExportError(
                "{{{key}:{spec}}} makes a name too long; write 04 or so.", key=key, spec=spec
            )


def _check_name(name: str, pattern: str) -> None:
    if not name.strip():
        raise ExportError("A name is needed; write {part}, for example.")
    bad = next((letter for letter in name if letter in _FORBIDDEN or letter < " "), None)
    if bad is not None:
        shown = bad if bad >= " " else sentence("a control character")
        raise ExportError("A name can't hold {sign} on every system; take it out.", sign=shown)
    if len(name) > _LONGEST:
        raise ExportError("The name “{start}…” is too long; make it shorter.", start=name[:24])
    for piece in name.split("/"):
        if piece != piece.strip(" ") or piece.endswith(".") or not piece:
            raise ExportError(
                "“{pattern}” gives a folder or file called “{part}”; names must have letters, and "
                "neither dots nor spaces at their end.",
                pattern=pattern,
                part=piece,
            )
        if piece.partition(".")[0].lower() in _RESERVED:
            raise ExportError(
                "Windows keeps the name “{part}” for itself; choose another one.", part=piece
            )
        if piece.startswith("."):
            raise ExportError("“{part}” would be hidden; begin names with a letter.", part=piece)
