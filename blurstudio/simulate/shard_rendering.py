"""Rendering the exposures of one shard of a data set.

What a set is, and how it is opened, is `dataset`'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from blurstudio.errors import DataError
from blurstudio.levels import grey_levels
from blurstudio.simulate.crops import enlarged
from blurstudio.simulate.exposures import render
from blurstudio.simulate.labels import labels
from blurstudio.simulate.photos import load_sharp
from blurstudio.simulate.shards import ARRAYS, Array

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.simulate.photo_draws import PhotoDraws
    from blurstudio.simulate.settings import ExposureSettings


def render_shard(
    draws: PhotoDraws,
    settings: ExposureSettings,
    count: int,
    progress: Callable[[int, int], None] | None,
    first: int,
    size: int,
) -> dict[str, Array]:
    """Arrays of the exposures of a shard."""
    groups = []
    for start, amount in draws.groups(first, size):
        groups.append(_render_group(draws, start, amount, settings))
        if progress:
            progress(start + amount, count)
    return {name: np.concatenate([group[name] for group in groups]) for name in ARRAYS}


def _render_group(
    draws: PhotoDraws, start: int, amount: int, settings: ExposureSettings
) -> dict[str, Array]:
    """Arrays of a few exposures whose layers take their texture from each other's photos."""
    rng = np.random.default_rng([draws.seed, start, 1])
    chosen = draws.photos(start, amount, rng)
    assert settings.size is not None
    photos = [enlarged(load_sharp(path), settings.size, settings) for path in chosen]
    try:
        exposure = render(photos, settings, int(rng.integers(2**31)))
    except ValueError as error:
        raise DataError(
            "One of the photos {names} is too small; remove photos smaller than the exposures.",
            names=", ".join(path.name for path in chosen),
        ) from error
    label = labels(exposure)
    return {
        "blurred": grey_levels(exposure.blurred).numpy(),
        "sharp": grey_levels(exposure.sharp).numpy(),
        "maps": label.maps.half().numpy(),
        "layers": label.layers.numpy(),
        "validity": label.validity.numpy(),
        "strength": exposure.strength.float().numpy(),
    }
