"""What a person chooses about one analysis, as a value that settings and documents can keep.

It imports no torch, so a window can hold it; what the choices do lives in `engine.analysis`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class AnalysisOptions:
    """Choices for one analysis; the defaults suit most photos and machines.

    Attributes
    ----------
    device
        ``"auto"``, ``"cpu"``, ``"cuda"``, ``"cuda:1"`` or ``"mps"``.
    precision
        ``"auto"``, ``"float32"`` or ``"bfloat16"``.
    memory_limit
        Bytes that the networks' working memory may take; None asks the machine.
    motion_model, deblur_model
        Name of a model or path of its files; None takes the default for the task.
    max_side
        Longer side in px that the photo is reduced to before anything else; None keeps it whole.
    """

    device: str = "auto"
    precision: str = "auto"
    memory_limit: int | None = None
    motion_model: str | None = None
    deblur_model: str | None = None
    max_side: int | None = None

    def __post_init__(self) -> None:
        if self.max_side is not None and self.max_side < 1:
            raise ValueError(f"max_side must be at least 1 px, got {self.max_side}")
        if self.memory_limit is not None and self.memory_limit < 1:
            raise ValueError(f"memory_limit must be at least 1 byte, got {self.memory_limit}")

    def as_dict(self) -> dict[str, Any]:
        """Return the choices by name, ready for JSON."""
        return asdict(self)
