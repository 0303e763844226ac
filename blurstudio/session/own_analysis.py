"""What a region is analysed with by itself: a few choices of its own, the rest are the photo's.

What is done with them is `parts`'; their form in a document is here as well.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from blurstudio.engine.options import AnalysisOptions
from blurstudio.engine.part_wish import options_of_part
from blurstudio.sentences import sentence
from blurstudio.session.fields import table_of, updated

if TYPE_CHECKING:
    from blurstudio.session.fields import Remarks

_KINDS: dict[str, Any] = {
    "refine": str,
    "deblurrer": str,
    "strength": float,
    "constraint": str | None,
}


@dataclass(frozen=True)
class OwnAnalysis:
    """Choices of a region for itself; see `AnalysisOptions` for what they mean.

    Raises
    ------
    ValueError
        For values that are none of theirs.
    """

    refine: str = "off"
    deblurrer: str = "network"
    strength: float = 0.5
    constraint: str | None = None

    def __post_init__(self) -> None:
        self.over(AnalysisOptions())

    def over(self, options: AnalysisOptions) -> AnalysisOptions:
        """Return the photo's choices with these in their place, as a part can have them."""
        return options_of_part(replace(options, **asdict(self)))

    @property
    def words(self) -> str:
        """What was chosen, for a list."""
        how = self.deblurrer
        if self.deblurrer == "deconvolution":
            how += f" {100 * self.strength:.0f} %"
        shape = "" if self.constraint is None else f", {self.constraint} paths"
        return f"{how}, refine {self.refine}{shape}"


def own_of(options: AnalysisOptions) -> OwnAnalysis:
    """Begin with the photo's own choices."""
    return OwnAnalysis(
        **{field.name: getattr(options, field.name) for field in fields(OwnAnalysis)}
    )


def own_table(own: OwnAnalysis | None) -> dict[str, Any] | None:
    """Write them as what JSON can hold."""
    return None if own is None else asdict(own)


def read_own(value: object, where: str, remarks: Remarks) -> OwnAnalysis | None:
    """Read them; a field that doesn't fit becomes a remark and its default stands in."""
    if value is None:
        return None
    place = sentence("“own” of {where}", where=where)
    return updated(OwnAnalysis(), table_of(value, place, remarks), _KINDS, place, remarks)
