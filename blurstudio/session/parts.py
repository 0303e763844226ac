"""Regions that are analysed by themselves: which parts they ask for, and how these are laid in.

Analysing a part is the engine's; this decides where it counts: as every region, under its mask,
where it is the topmost visible one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from blurstudio.engine.part_wish import LEAST_SIDE, PartWish
from blurstudio.errors import RegionError
from blurstudio.exposure.window import Window
from blurstudio.sentences import sentence
from blurstudio.session.regions import Edit

if TYPE_CHECKING:
    from blurstudio.engine.analysis import Analysis
    from blurstudio.engine.lanes.job import CancelToken, ProgressCallback
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.engine.patches import Patch
    from blurstudio.session.masks import Floats, Size
    from blurstudio.session.regions import Region, Regions

_FADE = 1.6
"""A feathered edge has faded out after so many times its width."""

_STEP = 32
"""Windows grow by so many px, so that a slightly wider feather asks for the same part."""


def wish_of(region: Region, options: AnalysisOptions, photo_size: Size, size: Size) -> PartWish:
    """Say which part of an analysed picture a region asks for.

    Parameters
    ----------
    region
        One that has choices of its own.
    options
        The photo's choices.
    photo_size
        (H, W) of the photo whose corner coordinates the shape is in.
    size
        (H, W) of the picture that was analysed.

    Raises
    ------
    RegionError
        If it lies beside the picture or is too small.
    """
    assert region.own is not None
    left, top, right, bottom = region.shape.box
    down, across = (new / old for new, old in zip(size, photo_size, strict=True))
    box = Window(
        max(math.floor(top * down), 0),
        max(math.floor(left * across), 0),
        min(math.ceil(bottom * down), size[0]),
        min(math.ceil(right * across), size[1]),
    )
    if min(box.size) <= 0:
        raise RegionError(
            "{region} lies beside the picture; move it onto the picture to analyse it by itself.",
            region=region.name,
        )
    if min(box.size) < LEAST_SIDE:
        raise RegionError(
            "{region} covers only {width} x {height} px of the picture; make it at least {least} "
            "px wide and high to analyse it by itself.",
            region=region.name,
            width=box.size[1],
            height=box.size[0],
            least=LEAST_SIDE,
        )
    fade = math.ceil(_FADE * region.feather * max(down, across)) + 2
    return PartWish(box.grown(fade, size, _STEP), region.own.over(options))


def wishes(
    regions: Regions, options: AnalysisOptions, photo_size: Size, size: Size
) -> tuple[dict[int, PartWish], tuple[str, ...]]:
    """Collect what visible regions ask for, by their numbers, and why others can't be analysed.

    Parameters are those of `wish_of`.
    """
    asked: dict[int, PartWish] = {}
    remarks: list[str] = []
    for region in regions:
        if region.own is None or not region.visible:
            continue
        try:
            asked[region.number] = wish_of(region, options, photo_size, size)
        except RegionError as problem:
            remarks.append(problem.sentence)
    return asked, tuple(remarks)


def ready(
    analysis: Analysis, regions: Regions, options: AnalysisOptions, photo_size: Size
) -> dict[int, PartWish]:
    """Those of the wishes whose parts are there already."""
    if not any(region.own and region.visible for region in regions):
        return {}
    asked, _ = wishes(regions, options, photo_size, analysis.photo.size)
    return {number: wish for number, wish in asked.items() if wish in analysis.parts}


def with_parts(
    analysis: Analysis,
    regions: Regions,
    photo_size: Size,
    progress: ProgressCallback | None = None,
    cancel: CancelToken | None = None,
    *,
    only: dict[int, PartWish] | None = None,
) -> Analysis:
    """Return an analysis with the parts that regions ask for; itself where they ask for none.

    Parameters
    ----------
    analysis
        Without parts, edits or blend.
    regions
        From the bottom to the top.
    photo_size
        (H, W) of the whole photo, in whose corner coordinates shapes are.
    progress, cancel
        Told about, and asked, while parts are analysed.
    only
        Lay in these, by the numbers of their regions, instead of all.
    """
    if not any(region.own and region.visible for region in regions):
        return analysis
    asked, remarks = wishes(regions, analysis.options, photo_size, analysis.photo.size)
    asked = asked if only is None else only
    analysis.parts.make_room(len(asked))
    laid: list[Patch] = []
    for place, (region, alpha) in enumerate(_shares(regions, photo_size, asked)):
        wish = asked[region.number]

        def told(fraction: float, text: str, place: int = place, name: str = region.name) -> None:
            if progress is not None:
                named = sentence("{name}: {what}", name=name, what=text) if text else name
                progress((place + fraction) / len(asked), named)

        laid.append(_patch(analysis, region, wish, alpha, told, cancel))
    return analysis.patched(reversed(laid), remarks)


def _shares(
    regions: Regions, photo_size: Size, asked: dict[int, PartWish]
) -> list[tuple[Region, Floats]]:
    """Regions that are laid in, the topmost first, each with how far it covers those below."""
    from blurstudio.session.masks import governed, mask_size

    shares: list[tuple[Region, Floats]] = []
    above: Floats | None = None
    for region, share in governed(regions, photo_size, mask_size(photo_size)):
        if region.number not in asked or not share.any():
            continue
        left = None if above is None else 1 - above
        # What is laid over it later takes its part away again.
        alpha = share if left is None else share / left.clip(1e-6)
        shares.append((region, alpha.clip(0, 1)))
        above = share if above is None else above + share
    return shares


def _patch(
    analysis: Analysis,
    region: Region,
    wish: PartWish,
    alpha: Floats,
    told: ProgressCallback,
    cancel: CancelToken | None,
) -> Patch:
    import torch

    from blurstudio.engine.patches import Patch

    part = analysis.part(wish, told, cancel)
    size = (alpha.shape[0], alpha.shape[1])
    near = wish.window.resized(analysis.photo.size, size)
    mask = torch.zeros(size)
    mask[near.rows, near.columns] = torch.from_numpy(alpha[near.rows, near.columns])
    assert region.own is not None
    return Patch(part, mask, f"{region.name}: {region.own.words}")


def laid_key(regions: Regions, laid: dict[int, PartWish]) -> tuple[object, ...]:
    """Return all that decides what parts do to a result: equal values give equal results."""
    if not laid:
        return ()
    return tuple(
        (region.shape, region.feather, region.edit is Edit.REVERSE, laid.get(region.number))
        for region in regions
        if region.visible
    )
