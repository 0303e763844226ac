"""What a recipe says about the exposures that are simulated for it: its table ``[data]``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from blurstudio.simulate.photo_draws import HeldOut
from blurstudio.simulate.settings import ExposureSettings


@dataclass(frozen=True)
class DataRecipe:
    """Which exposures are simulated for training.

    Attributes
    ----------
    photos
        Folders of sharp photos, below the data folder.
    count, size, seed
        Number of exposures, their side in px, and the seed they are drawn from.
    settings
        What differs from the defaults of `simulate.ExposureSettings`, by name.
    held_out
        Exposures at the end of the set that are measured on, never trained on.
    held_out_photos
        Share of the photos that only those are made of; 0: they share photos with the others, and
        a network that learned the photos looks better than it is.
    """

    photos: tuple[str, ...] = ("photos",)
    count: int = 4000
    size: int = 256
    seed: int = 1
    settings: dict[str, Any] = field(default_factory=dict)
    held_out: int = 64
    held_out_photos: float = 0.0

    def apart(self) -> HeldOut | None:
        """Held-out exposures, where they are to share no photo with the others."""
        return HeldOut(self.held_out, self.held_out_photos) if self.held_out_photos else None

    def exposure_settings(self) -> ExposureSettings:
        """All ranges that exposures are drawn from."""
        lists: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in self.settings.items()
        }
        return ExposureSettings(**{**lists, "size": (self.size, self.size)})
