"""From a run to weights that the app can load, and back: cards, averages, warm starts."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import torch

from blurstudio import networks
from blurstudio.errors import WeightsError
from blurstudio.training.recipe_checks import ASKED, TASKS, TRUTH
from blurstudio.weights import registry

if TYPE_CHECKING:
    from pathlib import Path

    from torch import nn

    from blurstudio.training.average import Average
    from blurstudio.training.recipe import Recipe


_LEAST_SHARED = 2 / 3
"""Share of a network's tensors that another one must have to be a start for it."""


def save_average(
    recipe: Recipe,
    average: Average,
    folder: Path,
    steps: int,
    device: str,
    figures: dict[str, float],
) -> Path:
    """Write a run's averaged weights with their card; returns the weights file."""
    network = networks.build(recipe.architecture, **recipe.config)
    network.load_state_dict(average.left)
    data = recipe.data
    card = registry.ModelCard(
        name=recipe.name,
        task=TASKS[recipe.task],
        architecture=recipe.architecture,
        config=dict(recipe.config),
        data=_learned(recipe)
        + f"{data.count} exposures of {data.size} px rendered from {', '.join(data.photos)}, "
        f"seed {data.seed}" + _apart(recipe) + _ancestry(recipe),
        steps=steps,
        hardware=_hardware(device),
        seed=recipe.seed,
        date=datetime.now(UTC).date().isoformat(),
        recipe=f"{recipe.name}.toml",
        scores=dict(figures),
    )
    registry.save_network(network, card, folder)
    return folder / f"{recipe.name}.safetensors"


def start_from(network: nn.Module, name: str) -> None:
    """Copy the weights of a model, by name or path, into a fresh network.

    Parts that one of the two lacks are left as they are, so that a network can go on with more or
    other eyes than it began with.

    Raises
    ------
    WeightsError
        If there is no such model, or little of it fits.
    """
    card = registry.find(name)
    source = registry.load_network(card, torch.device("cpu"), torch.float32).state_dict()
    own = network.state_dict()
    shared = {k: v for k, v in source.items() if k in own and own[k].shape == v.shape}
    if len(shared) < _LEAST_SHARED * len(own):
        raise WeightsError(
            "The weights {name} are of another network than the recipe's; give the recipe the same "
            "[config], or leave start_from empty.",
            name=name,
        )
    network.load_state_dict(shared, strict=False)


def _learned(recipe: Recipe) -> str:
    """Say what was learned from in place of the rendered exposures, if anything."""
    clips = recipe.clips
    if not clips.files:
        return ""
    return (
        f"{clips.count} averages of frames of {', '.join(clips.files)}, {clips.size} px, seed "
        f"{clips.seed}; measured on the last {recipe.data.held_out} of "
    )


def _apart(recipe: Recipe) -> str:
    """Say where what was measured on shares no photo with what was learned from."""
    apart = recipe.data.apart()
    return "" if apart is None else f", the last {apart.exposures} of photos held out"


def _ancestry(recipe: Recipe) -> str:
    """Which networks a run began with and was guided by, with the beginning of their hashes."""
    words = (
        ("started from", recipe.start_from),
        ("around paths of" if recipe.task in ASKED else "guided by", recipe.guide),
        ("bent by", recipe.bends),
        ("with sharp pictures by", recipe.deblurrer),
    )
    true = "; guided by the true paths" if recipe.guide == TRUTH else ""
    named = [(word, registry.find(name)) for word, name in words if name not in ("", TRUTH)]
    return "".join(f"; {word} {card.name} ({card.sha256[:12]})" for word, card in named) + true


def _hardware(device: str) -> str:
    if device.startswith("cuda"):
        return torch.cuda.get_device_name(device)
    return f"{torch.get_num_threads()} thread(s) of a {platform.machine()} processor"
