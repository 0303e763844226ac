"""What the lanes list of this machine: the networks that are installed, the videos it can write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from blurstudio.libraries import load_torch_libraries

if TYPE_CHECKING:
    from blurstudio.engine.lanes.jobs import JobContext
    from blurstudio.weights.cards import ModelCard


@dataclass(frozen=True)
class ModelChoice:
    """A network that can be chosen.

    Attributes
    ----------
    task
        One of `weights.cards.TASKS`.
    name
        What it is called.
    about
        A few words on how it was made.
    usual
        Whether it is the one that is taken when nobody chose.
    """

    task: str
    name: str
    about: str
    usual: bool


def list_models(context: JobContext) -> tuple[ModelChoice, ...]:
    """List the networks that are installed, the usual one of each task first."""
    load_torch_libraries()
    from blurstudio.weights import registry

    cards = registry.list_models()
    usual = {registry.default_for(task).name for task in {card.task for card in cards}}
    context.cancel.raise_if_cancelled()
    return tuple(
        ModelChoice(card.task, card.name, _about(card), card.name in usual)
        for card in sorted(cards, key=lambda card: card.name not in usual)
    )


def list_videos(context: JobContext) -> tuple[str, ...]:
    """List the endings of the videos that can be written on this machine."""
    from blurstudio.media.video import available_kinds

    context.cancel.raise_if_cancelled()
    return available_kinds()


def _about(card: ModelCard) -> str:
    """Say what a network is and how it was made, on the lines of a tooltip."""
    made = [
        QCoreApplication.translate("work", "{steps} steps").format(steps=f"{card.steps:,}")
        if card.steps
        else "",
        card.hardware,
        card.date,
    ]
    return "\n".join(line for line in (card.architecture, ", ".join(filter(None, made))) if line)
