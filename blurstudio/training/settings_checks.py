"""What a recipe says of how exposures are drawn, checked before any is rendered."""

from __future__ import annotations

import math
import sys
from typing import Any

from blurstudio.errors import RecipeError
from blurstudio.simulate.settings import ExposureSettings

_LARGEST = 8.0
"""Times the exposure's side that a photo is enlarged to at most: more fills the memory."""


def check_settings(settings: dict[str, Any]) -> None:
    """Compare every setting with its default, and tell what it has to be like.

    Raises
    ------
    RecipeError
        Naming the first one that is no setting, of another kind, or out of bounds.
    """
    plain = ExposureSettings().as_dict()
    del plain["size"]
    for key, value in settings.items():
        if key not in plain:
            raise RecipeError("[data.settings] has a key that exposures don't: {key}.", key=key)
        if not is_like(value, plain[key]):
            raise RecipeError(
                "{key} in [data.settings] must be like {example}, not {value}.",
                key=key,
                example=plain[key],
                value=repr(value),
            )
        most = 1.0 if key.endswith("_share") else _LARGEST if key == "enlarge_to" else math.inf
        numbers = value if isinstance(value, list) else [value]
        if numbers != sorted(numbers) or not 0 <= numbers[0] <= numbers[-1] <= most:
            raise RecipeError(
                "{key} in [data.settings] must rise and lie in 0..{most}, not {value}.",
                key=key,
                most=f"{most:g}",
                value=value,
            )


def is_like(value: Any, example: Any) -> bool:  # noqa: ANN401 - TOML's own values
    """Whether it is a switch, a name, a finite number, or as many of them, as the example is."""
    if isinstance(example, str) or isinstance(value, str):
        return isinstance(example, str) and isinstance(value, str)
    if isinstance(example, list):
        alike = isinstance(value, list) and len(value) == len(example)
        return alike and all(map(is_like, value, example))
    if isinstance(example, bool) or isinstance(value, bool):
        return isinstance(example, bool) and isinstance(value, bool)
    kinds = int if isinstance(example, int) else (int, float)
    return isinstance(value, kinds) and abs(value) <= sys.float_info.max
