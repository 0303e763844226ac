"""``blurstudio models``: which networks are installed, with their cards.

The registry itself lives in `blurstudio.weights`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from blurstudio.cli import output
from blurstudio.cli.options import Json

if TYPE_CHECKING:
    from blurstudio.weights.registry import ModelCard


def models(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="One network, by name or file.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the networks, or show the card of one."""
    from blurstudio.weights import registry

    cards = [registry.find(name)] if name else registry.list_models()
    if as_json:
        output.answer_json({"models": [asdict(card) for card in cards]})
    elif not cards:
        output.say(
            "No network is installed; install Blur Studio again, or train one: blurstudio train."
        )
    else:
        for card in cards:
            output.answer(_described(card))


def _described(card: ModelCard) -> str:
    lines = [f"{card.name}"]
    lines += [
        f"  {key}: {_said(value)}"
        for key, value in asdict(card).items()
        if key != "name" and value not in (None, "", {}, ())
    ]
    return "\n".join(lines)


def _said(value: object) -> str:
    """Write a value of a card as people read it."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_said(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return " ".join(map(_said, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
