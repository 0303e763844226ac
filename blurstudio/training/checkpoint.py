"""Checkpoints: everything a run needs to go on exactly where it stopped.

Written beside the old one and moved over it, so that a kill at any moment leaves a whole file;
read without executing code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from blurstudio.errors import RecipeError
from blurstudio.whole_files import whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from torch import nn

    from blurstudio.training.average import Average

_NAME = "checkpoint.pt"


def save_checkpoint(
    folder: Path,
    step: int,
    network: nn.Module,
    average: Average,
    optimizer: torch.optim.Optimizer,
    recipe: dict[str, Any],
) -> Path:
    """Write the state after `step` steps; returns the file."""
    state = {
        "step": step,
        "network": network.state_dict(),
        "average": average.weights,
        "optimizer": optimizer.state_dict(),
        "recipe": recipe,
    }
    path = folder / _NAME
    # Given a path, torch would name what is inside after it: the file's name for the moment.
    with whole_file(path) as temporary, temporary.open("wb") as file:
        torch.save(state, file)
    return path


def load_checkpoint(
    folder: Path,
    network: nn.Module,
    average: Average,
    optimizer: torch.optim.Optimizer,
    recipe: dict[str, Any],
) -> int:
    """Restore a run's state and return the number of steps it has made; 0 where there is none.

    Raises
    ------
    RecipeError
        If the checkpoint is damaged, or is another network's.
    """
    path = folder / _NAME
    if not path.is_file():
        return 0
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        if state["recipe"]["architecture"] != recipe["architecture"]:
            raise KeyError(state["recipe"]["architecture"])
        network.load_state_dict(state["network"])
        average.weights = {k: v.to(average.weights[k].device) for k, v in state["average"].items()}
        optimizer.load_state_dict(state["optimizer"])
    except Exception as error:  # torch raises many kinds for a damaged or foreign file
        raise RecipeError(
            "The checkpoint {path} is damaged or belongs to another network; delete it to start "
            "afresh, or name another run folder.",
            path=path,
        ) from error
    return int(state["step"])
