"""What the app lets the lanes do for regions: edit results, measure, save; none needs a network.

When it is asked for, and what becomes of it, is in `edited.py`, `drawing.py` and `keeping.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from blurstudio.app.canvas import picture_image
from blurstudio.app.photo.showable import (
    PLAYER_PIXELS,
    direction_picture,
    drawn_paths,
    new_meter,
    new_player,
    new_thumbnails,
    thumbnails_of,
)
from blurstudio.app.regions import part_work
from blurstudio.app.sharp import blend_work
from blurstudio.sizes import bounded_size

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from blurstudio.app.photo.results import Results
    from blurstudio.engine.findings.region_figures import RegionFigures
    from blurstudio.engine.lanes.jobs import JobContext
    from blurstudio.engine.part_wish import PartWish
    from blurstudio.session.document import Choices, Document
    from blurstudio.session.regions import Regions

    Figures = dict[int, RegionFigures]

_MEASURED_PIXELS = 1_000_000


def edit(
    results: Results, choices: Choices, photo_size: tuple[int, int], context: JobContext
) -> Results:
    """Make the same results with other edits of regions and another blend than they have.

    Parameters
    ----------
    results
        Edited and blended or not.
    choices
        Their regions and their blend count.
    photo_size
        (H, W) of the photo whose corner coordinates the regions' shapes are in.
    """
    from blurstudio.session.editing import acting_on_motion
    from blurstudio.session.parts import laid_key

    whole = results.whole
    ready = part_work.ready(results, choices, photo_size)
    wanted = (acting_on_motion(choices.regions), laid_key(choices.regions, ready))
    if (whole.edits, whole.parts) != wanted:
        whole = _edited(results.unedited, choices.regions, photo_size, ready, context)
    return blend_work.blend(whole, choices.blend, context)


def parts_ready(
    results: Results, choices: Choices, photo_size: tuple[int, int]
) -> tuple[object, ...]:
    """Say which parts can be laid into a result, as `Results.parts` does."""
    from blurstudio.session.parts import laid_key

    return laid_key(choices.regions, part_work.ready(results, choices, photo_size))


def _edited(
    plain: Results,
    regions: Regions,
    photo_size: tuple[int, int],
    ready: dict[int, PartWish],
    context: JobContext,
) -> Results:
    from blurstudio.engine.sharp.photo_left import leaves_photo, shown_with_photo_left
    from blurstudio.session.editing import acting_on_motion, masked_edits
    from blurstudio.session.parts import laid_key, with_parts

    edits = acting_on_motion(regions)
    if not (edits or ready):
        return plain
    context.cancel.raise_if_cancelled()
    masks = masked_edits(regions, photo_size, bounded_size(photo_size, PLAYER_PIXELS))
    below = plain.analysis.edited(masks)
    analysis, meter = below, plain.meter
    whole = sharp = plain.sharp
    pictures = dict(plain.pictures)
    if ready:
        analysis = with_parts(plain.analysis, regions, photo_size, only=ready).edited(masks)
        sharp = part_work.shown_sharp(plain, analysis)
        part_work.add_pictures(pictures, analysis)
        meter = new_meter(analysis)
    if leaves_photo(masks):
        whole, sharp = (
            shown_with_photo_left(each, analysis.photo, masks) for each in (whole, sharp)
        )
    if sharp is not plain.sharp:
        pictures["sharp"] = picture_image(sharp)
    pictures["direction"] = picture_image(direction_picture(analysis))
    if plain.quick:
        pictures["flow"] = picture_image(analysis.flow_picture)
    context.cancel.raise_if_cancelled()
    player, thumbnails = new_player(whole, below.trajectory), None
    if ready:
        player = part_work.new_player(player, whole, analysis)
        thumbnails = thumbnails_of(player, sharp.shape)
    return replace(
        plain,
        analysis=analysis,
        pictures=pictures,
        sharp=sharp,
        paths=drawn_paths(analysis.trajectory),
        player=player,
        thumbnails=thumbnails or new_thumbnails(whole, below.trajectory),
        meter=meter,
        edits=edits,
        parts=laid_key(regions, ready),
        plain=plain,
    )


def edited_look(
    look: Callable[[JobContext], Results],
    choices: Choices,
    photo_size: tuple[int, int],
    context: JobContext,
) -> Results:
    """Look at a photo with the edits of its regions and its blend.

    Parameters
    ----------
    look
        `work.look` or `work.look_again` with all but its context.
    choices, photo_size
        As of `edit`.
    """
    return edit(look(context), choices, photo_size, context)


def measure(
    results: Results,
    choices: Choices,
    photo_size: tuple[int, int],
    context: JobContext,
) -> Figures:
    """Measure each region by itself, whatever lies above it, by its number.

    Regions that hold nothing of the photo are left out.
    """
    from blurstudio.session.masks import hard_mask

    found = {}
    size = bounded_size(photo_size, _MEASURED_PIXELS)
    ready = part_work.ready(results, choices, photo_size)
    for region in choices.regions:
        context.cancel.raise_if_cancelled()
        mask = hard_mask(region.shape, photo_size, size)
        figures = results.meter.measure(mask, results.analysis)
        if figures is None:
            continue
        if region.number in ready:
            plain, wish = results.unedited.analysis, ready[region.number]
            own = part_work.compare(plain, region, wish, photo_size)
            figures = replace(figures, own=own)
        found[region.number] = figures
    return found


def write_table(
    path: Path, regions: Regions, measured: Callable[[JobContext], Figures], context: JobContext
) -> Path:
    """Measure regions and write their figures as a table."""
    from blurstudio.session import region_csv

    return region_csv.write_table(path, regions, measured(context))


def save_document(document: Document, context: JobContext) -> Path:
    """Save a document; returns where it is."""
    from blurstudio.session import files

    context.cancel.raise_if_cancelled()
    return files.save(document)


def motion_region_map(analysis: Any, context: JobContext) -> NDArray[np.uint8]:  # noqa: ANN401
    """Return the number of the motion region that each cell of the paths' grid is in, (h, w)."""
    from blurstudio.exposure.parts.regions import motion_regions

    context.cancel.raise_if_cancelled()
    # The smallest of very many regions share a number: they can be flipped, not told apart.
    return motion_regions(analysis.directed).clamp(max=255).byte().cpu().numpy()
