"""The models at hand: finding them by name or task, loading them verified, saving new ones.

A model is two files side by side, `<name>.safetensors` and its card `<name>.toml`. Loading never
runs code from a file; running the networks lives in `blurstudio.engine`.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import safetensors
import safetensors.torch
import torch

from blurstudio import locations, networks
from blurstudio.errors import WeightsError
from blurstudio.weights.cards import TASKS, ModelCard, format_card, read_card
from blurstudio.whole_files import write_whole

if TYPE_CHECKING:
    from torch import Tensor, nn

__all__ = ["ModelCard", "default_for", "find", "list_models", "load_network", "save_network"]

_LOG = logging.getLogger(__name__)
_HALF_LIMIT = torch.finfo(torch.float16).max


def search_path() -> tuple[Path, ...]:
    """Folders that hold models: the shipped one, then the person's own."""
    return locations.resource("weights"), locations.user_data_dir() / "weights"


def list_models() -> list[ModelCard]:
    """Cards of all models at hand, shipped ones first; cards that can't be read are left out."""
    cards: dict[str, ModelCard] = {}
    for folder in search_path():
        # Hidden ones are cards that another process is writing.
        for path in sorted(folder.glob("[!.]*.toml")):
            try:
                card = read_card(path)
            except WeightsError as error:
                _LOG.warning("%s", error)
            else:
                cards.setdefault(card.name, card)
    return list(cards.values())


def find(name_or_path: str | Path) -> ModelCard:
    """Card of a model.

    Parameters
    ----------
    name_or_path
        A model's name, or the path of its card or weights file.

    Raises
    ------
    WeightsError
        If there is no such model or its card can't be read.
    """
    path = Path(name_or_path)
    if path.suffix in (".toml", ".safetensors"):
        return read_card(path.with_suffix(".toml"))
    for folder in search_path():
        card = folder / f"{path.name}.toml"
        if path.name == str(name_or_path) and card.is_file():
            return read_card(card)
    known = ", ".join(card.name for card in list_models()) or "none"
    raise WeightsError(
        "There is no model named {name} (known: {known}); name one of these or the path of a "
        ".safetensors file.",
        name=name_or_path,
        known=known,
    )


def default_for(task: str) -> ModelCard:
    """Card of the model that a task uses when nobody chose one.

    A model named like its task comes first, then the newest by date, then shipped before own.

    Raises
    ------
    ValueError
        If there is no such task.
    WeightsError
        If no model at hand does it.
    """
    if task not in TASKS:
        raise ValueError(f"unknown task {task!r}; known are {', '.join(TASKS)}")
    cards = [card for card in list_models() if card.task == task]
    if not cards:
        raise WeightsError(
            "There is no network for {task} here; install Blur Studio again, or train one with "
            '"blurstudio train" and put it into {folder}.',
            task=task,
            folder=search_path()[1],
        )
    return max(cards, key=lambda card: (card.name == task, card.date))


def load_network(
    card: ModelCard,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> nn.Module:
    """Build a network and fill it with its verified weights.

    Parameters
    ----------
    card
        From `find`, `default_for` or `list_models`.
    device, dtype
        Where the parameters go and in which precision; under autocast keep float32.

    Returns
    -------
    nn.Module
        In evaluation mode, parameters frozen.

    Raises
    ------
    WeightsError
        If the file is missing, damaged, not the one the card describes, or made for another
        network.
    """
    state = _read_state(card)
    try:
        network = networks.build(card.architecture, **card.config)
    except (TypeError, ValueError) as error:
        raise WeightsError(
            "The model {model} is of a kind ({kind}) that this version of Blur Studio can't build; "
            "update Blur Studio or choose another model.",
            model=card.name,
            kind=card.architecture,
        ) from error
    try:
        network.load_state_dict({key: value.float() for key, value in state.items()})
    except RuntimeError as error:
        raise WeightsError(
            "The weights of {model} don't fit its network {kind}; install the model again or "
            "choose another one.",
            model=card.name,
            kind=card.architecture,
        ) from error
    return network.eval().requires_grad_(False).to(device=device, dtype=dtype)


def save_network(module: nn.Module, card: ModelCard, folder: Path) -> ModelCard:
    """Write a network's weights in half precision and its card beside them.

    Parameters
    ----------
    module
        The trained network.
    card
        What is known about it; its hash is filled in here.
    folder
        Where to; made if needed.

    Returns
    -------
    ModelCard
        The card as written, with hash and place.

    Raises
    ------
    WeightsError
        If the folder can't be written.
    """
    state = {key: _halved(value) for key, value in module.state_dict().items()}
    data = safetensors.torch.save(state, metadata={"architecture": card.architecture})
    path = folder / f"{card.name}.safetensors"
    written = replace(card, sha256=hashlib.sha256(data).hexdigest(), weights=path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
        write_whole(path.with_suffix(".toml"), format_card(written).encode())
    except OSError as error:
        raise WeightsError(
            "The model {model} can't be written to {folder} ({why}); free some space or choose a "
            "folder that can be written.",
            model=card.name,
            folder=folder,
            why=error.strerror,
        ) from error
    return written


def _read_state(card: ModelCard) -> dict[str, Tensor]:
    """Read, verify and parse a weights file; one read, so what was hashed is what is parsed."""
    if card.weights is None:
        raise WeightsError(
            "The model {model} was never saved; save or train it first.", model=card.name
        )
    try:
        data = card.weights.read_bytes()
    except FileNotFoundError as error:
        raise WeightsError(
            "The weights file {file} is missing; install the model again.", file=card.weights
        ) from error
    except OSError as error:
        raise WeightsError(
            "The weights file {file} can't be read ({why}); check its permissions or install the "
            "model again.",
            file=card.weights,
            why=error.strerror,
        ) from error
    try:
        state = safetensors.torch.load(data)
    except (safetensors.SafetensorError, ValueError, KeyError) as error:
        raise WeightsError(
            "The weights file {file} is damaged; install the model again.", file=card.weights
        ) from error
    if hashlib.sha256(data).hexdigest() != card.sha256:
        raise WeightsError(
            "The weights file {file} is not the one its card describes; install the model again.",
            file=card.weights,
        )
    return state


def _halved(value: Tensor) -> Tensor:
    value = value.detach().cpu().contiguous()
    # What half precision can't hold stays as it is rather than becoming infinite.
    fits = value.dtype == torch.float32 and bool((value.abs() <= _HALF_LIMIT).all())
    return value.half() if fits else value
