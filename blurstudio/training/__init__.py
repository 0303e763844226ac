"""Training: recipes, batches, losses, the loop, and the records that it writes.

No Qt lives here, and nothing here is needed to run a network; `train` is the one way in.
"""

from __future__ import annotations

from blurstudio.training.loop import train
from blurstudio.training.recipe import Recipe, read_recipe

__all__ = ["Recipe", "read_recipe", "train"]
