"""What the protocol about refinement says on the results page.

Measuring is `refinement`'s business, the page itself that of `results_page`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.evaluation import metrics, targets
from blurstudio.evaluation.refinement import OnePath
from blurstudio.evaluation.tables import Figure, Section, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.evaluation.circumstances import Circumstances
    from blurstudio.evaluation.refinement import RealScore, RefinementResult, SimulatedScore


def refinement_section(
    result: RefinementResult, circumstances: Circumstances, partial: str = ""
) -> Section:
    """Write down what refinement does."""
    parts = [("all", result)]
    parts += [(f"{strength:g} px", result.of_strength(strength)) for strength in result.strengths]
    rows = []
    for name, part in parts:
        before, after = part.paths
        rows.append(
            (
                name,
                f"{len(part.simulated)}",
                f"{before.everywhere.percent:.1f} %",
                f"{after.everywhere.percent:.1f} %",
                f"{part.paths_improved:.0f} %",
                f"{metrics.mean(score.psnr_blurred for score in part.simulated):.2f}",
                f"{metrics.mean(score.psnr_before for score in part.simulated):.2f}",
                f"{metrics.mean(score.psnr_after for score in part.simulated):.2f}",
                f"{part.improved:.0f} %",
                f"{part.worst:+.2f}",
            )
        )
    head = (
        "Strength", "Exposures", "path error before", "after", "improved",
        "PSNR blurred", "before", "after", "improved", "worst",
    )  # fmt: skip
    photos = [
        (
            score.name,
            *(f"{report.psnr:.2f}" for report in (score.before, score.after)),
            *(f"{report.gradient_gain:.2f}" for report in (score.before, score.after)),
            *(f"{report.mean_length:.1f}" for report in (score.before, score.after)),
            score.shaken,
        )
        for score in result.real
    ]
    reblur = metrics.mean(score.after.psnr for score in result.real)
    energy = 100 * metrics.mean(score.energy_kept for score in result.real)
    length = 100 * metrics.mean(score.length_kept for score in result.real)
    body = "\n".join(
        [
            "Paths and sharp picture of one photo, fitted to that photo by exposing them again. On "
            "simulated exposures the truth is known: path error in % of no motion at all, PSNR "
            "(dB) of the blurred picture and of the sharp one, and the share of exposures that "
            "came nearer to it:",
            "",
            table(head, rows, numbers=True),
            "",
            "On real photos it is not. Reblur PSNR (dB), gradient energy over the photo's, and "
            "mean path length (px): a better reblur is worth something only where the other two "
            "are kept.",
            "",
            table(
                (
                    *("Photo", "PSNR before", "after", "energy before", "after"),
                    *("px before", "after", "follows one path"),
                ),
                photos,
                numbers=True,
            ),
            "",
            f"Found to have moved as one, so that the picture follows one path: exposures, "
            f"{_found(result.simulated)}; photos, {_found(result.real)}. Where paths say much the "
            "same already they stay, and the picture alone follows.",
        ]
    )
    error_before, error_after = (error.everywhere.percent for error in result.paths)
    gain_before, gain_after = result.deblurred
    figures = (
        Figure.judged("Pictures that refinement improved", result.improved, targets.REFINED_SHARE),
        Figure.judged("Worst picture, PSNR gained", result.worst, targets.REFINED_WORST),
        Figure.reported(
            "Path error", error_after, f"{error_after:.1f} %, before {error_before:.1f} %"
        ),
        Figure.reported(
            "Deblurring, PSNR over the blurred picture",
            gain_after,
            f"{gain_after:+.2f} dB, before {gain_before:+.2f} dB",
        ),
        Figure.judged("Real photos, reblur after refinement", reblur, targets.REFINED_REBLUR),
        Figure.judged("Real photos, gradient energy kept", energy, targets.REFINED_KEPT),
        Figure.judged("Real photos, path length kept", length, targets.REFINED_KEPT),
    )
    return Section("refinement", "Refinement", figures, body, circumstances, partial)


def _found(scores: Sequence[SimulatedScore | RealScore]) -> str:
    """How many pictures were found to have moved as one, in words."""
    shaken = [score.shaken for score in scores if score.shaken]
    alone = shaken.count(OnePath.PICTURE)
    return f"{len(shaken)} of {len(scores)}, {alone} by the picture alone"
