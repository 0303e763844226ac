"""From a run to weights that the app can load, and back: cards, averages, warm starts."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import torch

from blurstudio import networks
from blurstudio.errors import WeightsError
from blurstudio.weights import registry

if TYPE_CHECKING:
    from pathlib import Path

    from torch import nn

    from blurstudio.training.checkpoint import Average
    from blurstudio.training.recipe import Recipe


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
    network.load_state_dict(average.weights)
    data = recipe.data
    card = registry.ModelCard(
        name=recipe.name,
        task=recipe.task,
        architecture=recipe.architecture,
        config=dict(recipe.config),
        data=f"{data.count} exposures of {data.size} px rendered from {', '.join(data.photos)}, "
        f"seed {data.seed}",
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

    Raises
    ------
    WeightsError
        If there is no such model, or it is of another shape.
    """
    card = registry.find(name)
    source = registry.load_network(card, torch.device("cpu"), torch.float32)
    try:
        network.load_state_dict(source.state_dict())
    except RuntimeError as error:
        raise WeightsError(
            f"The weights {name} are of another network than the recipe's; "
            "give the recipe the same [config], or leave start_from empty."
        ) from error


def _hardware(device: str) -> str:
    if device.startswith("cuda"):
        return torch.cuda.get_device_name(device)
    return f"{torch.get_num_threads()} thread(s) of a {platform.machine()} processor"
