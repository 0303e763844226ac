"""Whether the network that a recipe describes can be made, checked before exposures are."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, NoReturn

import torch

from blurstudio import networks
from blurstudio.errors import RecipeError
from blurstudio.training.settings_checks import is_like

if TYPE_CHECKING:
    from torch import nn

    from blurstudio.training.recipe import Recipe

_BUILT = {
    "motion": ("motion-spectral",),
    "deblur": ("deblur-unet", "deblur-bent"),
    "offsets": ("offsets",),
    "reblur": ("motion-spectral",),
    "refine": ("survey",),
    "keep": ("keeping",),
    "shake": ("keeping",),
}
"""Architectures of `networks` that each task can teach."""

_SIZES = (64, 32)
"""What a list of sizes looks like, where none are usual."""

_LARGEST = 4096
"""Channels or blocks at most: a typing mistake then doesn't fill the memory."""


def check_network(recipe: Recipe) -> None:
    """Make the network of a recipe without its numbers.

    Raises
    ------
    RecipeError
        If its task can't teach it, a value of its [config] won't do, or `only` names no part of it.
    """
    known = _BUILT[recipe.task]
    if recipe.architecture not in known:
        raise RecipeError(
            "the task {task} teaches the architecture {known}, not {name}.",
            task=recipe.task,
            known=" or ".join(known),
            name=repr(recipe.architecture),
        )
    parts = [name for name, part in _made(recipe).named_children() if [*part.parameters()]]
    if recipe.only and recipe.only not in parts:
        raise RecipeError(
            "only must be a part of the network: {parts}, not {name}.",
            parts=", ".join(parts),
            name=recipe.only,
        )
    if recipe.only and not recipe.start_from:
        raise RecipeError("only needs start_from: what does not learn has to come from somewhere.")
    if recipe.schedule.start_share and not recipe.start_from:
        raise RecipeError("start_share needs start_from: there are no weights to keep a share of.")


def _made(recipe: Recipe) -> nn.Module:
    """Make the network, or tell which setting keeps it from being made."""
    name = recipe.architecture
    settings = inspect.signature(networks.ARCHITECTURES[name]).parameters
    for key, value in recipe.config.items():
        if key not in settings:
            raise RecipeError(
                "[config] has a key that the architecture {name} doesn't: {key}; it has {known}.",
                name=name,
                key=key,
                known=", ".join(settings),
            )
        _check_value(key, value, settings[key].default)
    try:
        with torch.device("meta"):
            return networks.build(name, **recipe.config)
    except (TypeError, ValueError, RuntimeError, LookupError, AssertionError) as error:
        for key, value in recipe.config.items():
            usual = settings[key].default
            if isinstance(usual, tuple) and usual and len(value) != len(usual):
                _refuse(key, value, usual)
        raise RecipeError(
            "[config] does not fit the architecture {name}: {why}.", name=name, why=error
        ) from error


def _check_value(key: str, value: Any, usual: Any) -> None:  # noqa: ANN401 - a recipe's own values
    """Compare a setting with its default: of the same kind, and sizes above zero."""
    several = isinstance(usual, tuple)
    if several != isinstance(value, list):
        _refuse(key, value, usual)
    for each in value if several else [value]:
        example = (usual or _SIZES)[0] if several else usual
        if not is_like(each, example):
            _refuse(key, value, usual)
        # A part that is left out has the size 0; True and False are whole numbers to Python.
        least = 0 if example == 0 else 1
        if isinstance(each, int) and not isinstance(each, bool) and not least <= each <= _LARGEST:
            raise RecipeError(
                "{key} in [config] must lie in {least}..{most}, not {value}.",
                key=key,
                least=least,
                most=_LARGEST,
                value=each,
            )


def _refuse(key: str, value: Any, usual: Any) -> NoReturn:  # noqa: ANN401 - a recipe's own values
    raise RecipeError(
        "{key} in [config] must be like {usual}, not {value}.",
        key=key,
        usual=repr(list(usual or _SIZES) if isinstance(usual, tuple) else usual),
        value=repr(value),
    )
