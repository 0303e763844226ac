"""What the parser of command lines has against one, in one sentence of ours.

Its own wording speaks of types and inputs; what it knows is taken from its exceptions.
"""

from __future__ import annotations

from typing import Any

import typer

from blurstudio.cli.words import CommandLineError

# The parser is part of typer in newer releases and a package of its own with older ones.
ParserError: type[Exception] = typer.BadParameter.__mro__[2]
"""What the parser raises: a wrong command line, whatever is wrong with it."""

_KINDS = {
    "int_parsing": "{value} is no whole number",
    "int_from_float": "{value} is no whole number",
    "float_parsing": "{value} is no number",
    "finite_number": "{value} is no number",
    "greater_than_equal": "{value} is too small, the least is {ge}",
    "less_than_equal": "{value} is too large, the most is {le}",
}
_FOREIGN = "Value error, "


def in_a_sentence(error: Exception, command: str) -> CommandLineError:
    """Say what is wrong with a command line.

    Parameters
    ----------
    error
        A `ParserError`.
    command
        Whose help says more.
    """
    return CommandLineError("{what}; see {command} --help.", what=_what(error), command=command)


def _what(error: Exception) -> str:
    kind = type(error).__name__
    message = str(getattr(error, "message", "") or "").rstrip(".")
    option = str(getattr(error, "option_name", "") or "")
    if kind == "MissingParameter":
        return f"{_name(error)} is missing"
    if kind == "NoSuchOption":
        like = sorted(getattr(error, "possibilities", None) or ())
        return f"There is no option {option}" + (f"; there is {', '.join(like)}" if like else "")
    if kind == "BadOptionUsage":
        if "requires" in message:
            return f"There is nothing after {option}"
        return f"{option} takes no value"
    if isinstance(error, typer.BadParameter):
        return f"{_name(error)}: {_of_value(error) or message.removeprefix(_FOREIGN)}"
    _, unexpected, extra = message.partition("unexpected extra argument")
    if unexpected:
        return f"There are words too many: {extra.partition('(s)')[2].strip(' ()') or extra}"
    return message


def _name(error: Any) -> str:  # noqa: ANN401 - of one parser or the other
    """Name an option by its word, an argument by what stands in the help."""
    hint = getattr(error, "param_hint", None)
    if hint:
        return str(hint)
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "A value"
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return str(parameter.metavar or parameter.name).strip(".[]")


def _of_value(error: Exception) -> str:
    """Say what is wrong with a number, after the exception that typer was told it by."""
    found = getattr(error.__cause__, "errors", None)
    details: list[dict[str, Any]] = found() if callable(found) else []
    if not details or details[0]["type"] not in _KINDS:
        return ""
    value = details[0]["input"]
    # It compares false with every bound, so that is what the parser complains of.
    kind = "finite_number" if str(value).strip().lower() == "nan" else details[0]["type"]
    bounds = {name: f"{bound:.12g}" for name, bound in _numbers(details[0].get("ctx"))}
    return _KINDS[kind].format(value=value, **bounds)


def _numbers(context: dict[str, Any] | None) -> list[tuple[str, float]]:
    return [
        (name, value) for name, value in (context or {}).items() if isinstance(value, int | float)
    ]
