"""One protocol about to be run: its data, its networks, how much of it, and what it takes again.

Every protocol in `protocols` is given one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blurstudio.evaluation.circumstances import (
    Circumstances,
    describe_machine,
    describe_model,
    today,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from blurstudio.evaluation.callables import ProgressCallback
    from blurstudio.evaluation.pipeline import Pipeline
    from blurstudio.weights.registry import ModelCard


@dataclass(frozen=True, eq=False)
class Task:
    """One protocol about to be run."""

    name: str
    data: Path
    pipeline: Pipeline
    limit: int | None
    progress: ProgressCallback

    def count(self, total: int) -> int:
        """Of how many pictures the figures will be."""
        return total if self.limit is None else min(self.limit, total)

    def partial(self, total: int, things: str) -> str:
        """Say which part is measured; empty when it is all."""
        count = self.count(total)
        return "" if count == total else f"{count} of {total} {things}"

    def circumstances(
        self, data: str, seed: str, models: Iterable[ModelCard] | None = None
    ) -> Circumstances:
        """Write down how to measure it again; `models` are those of the pipeline unless told."""
        limit = "" if self.limit is None else f" --limit {self.limit}"
        return Circumstances(
            command=f"blurstudio evaluate --data DIR --only {self.name}{limit}",
            data=data,
            seed=seed,
            models=tuple(describe_model(card) for card in models or self.pipeline.models),
            machine=describe_machine(self.pipeline.compute),
            date=today(),
        )
