"""What each stage of an analysis depends on, so that a changed choice redoes only what it touches.

The stages themselves are `engine.held`'s; here are only the choices that decide them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blurstudio.engine.options import AnalysisOptions


def stage_keys(options: AnalysisOptions) -> dict[str, tuple[Any, ...]]:
    """Write down the choices behind every stage: what two analyses of a photo agree in, they share.

    Parameters
    ----------
    options
        A person's choices.

    Returns
    -------
    dict
        Stage to choices: ``"estimated"`` paths, ``"settled"`` paths (shaped and refined),
        ``"sharp"`` picture, ``"reblur"``. Which way time ran decides none of them: a reversed path
        sharpens and reblurs alike.
    """
    estimated = (
        options.device,
        options.precision,
        options.memory_limit,
        options.max_side,
        options.motion_model,
    )
    # Whether the picture is refined as well is of no concern to the paths.
    refined = "path" if options.refine == "both" else options.refine
    settled: tuple[Any, ...] = (*estimated, options.constraint, refined)
    if refined != "off":
        # A refinement looks at the network's sharp picture.
        settled = (*settled, options.deblur_model)
    how = options.deblur_model if options.deblurrer == "network" else options.strength
    sharp = (*settled, options.refine, options.deblurrer, how)
    return {"estimated": estimated, "settled": settled, "sharp": sharp, "reblur": sharp}


def shared_stages(before: AnalysisOptions, after: AnalysisOptions) -> set[str]:
    """Name the stages that come out the same under both sets of choices."""
    ours, theirs = stage_keys(before), stage_keys(after)
    return {stage for stage in ours if ours[stage] == theirs[stage]}


def serves_refinement(before: AnalysisOptions, after: AnalysisOptions) -> bool:
    """Whether the sharp picture under the choices before is what a refinement after looks at."""

    def unrefined(options: AnalysisOptions) -> tuple[Any, ...]:
        plain = replace(options, refine="off", deblurrer="network")
        return stage_keys(plain)["sharp"]

    kept = before.deblurrer == "network" and before.refine not in ("both", "shake")
    return kept and after.refine != "off" and unrefined(before) == unrefined(after)
