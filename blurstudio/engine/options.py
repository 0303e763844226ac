"""What a person chooses about one analysis, as a value that settings and documents can keep.

It imports no torch, so a window can hold it; what the choices do lives in `engine.analysis`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

CONSTRAINTS = ("linear", "bilinear", "quadratic", "free")
REFINEMENTS = ("off", "path", "both", "shake")
DEBLURRERS = ("network", "deconvolution")


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
    constraint
        Family that the paths are fitted to, one of `CONSTRAINTS`; None keeps what the network
        answers with.
    refine
        What is fitted to this one photo, one of `REFINEMENTS`: nothing, the paths, the paths and
        the sharp picture, or one shake of any shape for the whole photo, whether or not it is
        believed.
    deblurrer
        What makes the sharp picture, one of `DEBLURRERS`.
    strength
        Strength of the deconvolution, [0, 1]; networks have none.
    reverse
        Whether time is turned round everywhere.
    flips
        Places (x, y) in [0, 1] of the picture's width and height; each turns time round in the
        motion region under it.
    """

    device: str = "auto"
    precision: str = "auto"
    memory_limit: int | None = None
    motion_model: str | None = None
    deblur_model: str | None = None
    max_side: int | None = None
    constraint: str | None = None
    refine: str = "off"
    deblurrer: str = "network"
    strength: float = 0.5
    reverse: bool = False
    flips: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        if self.max_side is not None and self.max_side < 1:
            raise ValueError(f"max_side must be at least 1 px, got {self.max_side}")
        if self.memory_limit is not None and self.memory_limit < 1:
            raise ValueError(f"memory_limit must be at least 1 byte, got {self.memory_limit}")
        _one_of("constraint", self.constraint, (None, *CONSTRAINTS))
        _one_of("refine", self.refine, REFINEMENTS)
        _one_of("deblurrer", self.deblurrer, DEBLURRERS)
        if not 0 <= self.strength <= 1:
            raise ValueError(f"strength must lie in [0, 1], got {self.strength}")
        if any(not 0 <= side <= 1 for place in self.flips for side in place):
            raise ValueError(f"flips must lie in [0, 1], got {self.flips}")

    def as_dict(self) -> dict[str, Any]:
        """Return the choices by name, ready for JSON."""
        return asdict(self)


def _one_of(name: str, value: str | None, known: tuple[str | None, ...]) -> None:
    if value not in known:
        raise ValueError(f"{name} must be one of {', '.join(map(str, known))}, got {value!r}")
