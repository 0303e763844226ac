"""What the protocol about frames near moving borders says on the results page.

Measuring is `occlusion`'s business, the page itself that of `results_page`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.evaluation import metrics
from blurstudio.evaluation.occlusion import BAND, CELL
from blurstudio.evaluation.tables import Figure, Section, table

if TYPE_CHECKING:
    from blurstudio.evaluation.circumstances import Circumstances
    from blurstudio.evaluation.occlusion import OcclusionResult


def occlusion_section(
    result: OcclusionResult, circumstances: Circumstances, partial: str = ""
) -> Section:
    """Write down the figures of frames near the borders of layers."""
    cases = (
        ("true paths, true sharp picture", result.true),
        (f"the same paths, quadratic, on cells of {CELL} px", result.coarse),
        ("the networks' paths and sharp picture", result.estimated),
    )
    rows, figures = [], []
    for name, scores in cases:
        warp, layered = (
            metrics.mean(getattr(score, kind) for score in scores) for kind in ("warp", "layered")
        )
        parted = sum(score.layers > 0 for score in scores)
        harmed = sum(score.layered < score.warp - 0.1 for score in scores)
        rows.append(
            (
                name,
                f"{len(scores)}",
                f"{parted}",
                f"{warp:.2f}",
                f"{layered:.2f}",
                f"{layered - warp:+.2f}",
                f"{harmed}",
            )
        )
        figures.append(
            Figure.reported(
                f"Frames near moving borders, {name}", layered - warp, f"{layered - warp:+.2f} dB"
            )
        )
    head = ("Paths", "Exposures", "parted", "one warp", "layers", "gain", "worse by > 0.1 dB")
    body = "\n".join(
        [
            "One or two objects before each Kodak photo, moving by 12 to 30 px on average. PSNR "
            f"(dB) of the first and the last frame against exact ones, within {BAND} px of where "
            "layers meet. *One warp* reads the sharp picture along the paths; *layers* are "
            "found where paths jump, and otherwise the two are the same, bit by bit. *Parted*: "
            "exposures in which layers were found.",
            "",
            table(head, rows, numbers=True),
        ]
    )
    title = "Frames near the borders of moving things"
    return Section("occlusion", title, tuple(figures), body, circumstances, partial)
