"""What the app lets the lanes do for regions: edit results, measure, save; none needs a network.

When it is asked for, and what becomes of it, is in `edited.py`, `drawing.py` and `keeping.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from blurstudio.app import blend_work
from blurstudio.app.canvas import picture_image
from blurstudio.app.results import (
    PLAYER_PIXELS,
    Results,
    direction_picture,
    drawn_paths,
    new_player,
    new_thumbnails,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from blurstudio.engine.jobs import JobContext
    from blurstudio.engine.region_figures import RegionFigures
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

    whole = results.whole
    if whole.edits != acting_on_motion(choices.regions):
        whole = _edited(results.unedited, choices.regions, photo_size, context)
    return blend_work.blend(whole, choices.blend, context)


def _edited(
    plain: Results, regions: Regions, photo_size: tuple[int, int], context: JobContext
) -> Results:
    from blurstudio.engine.photo_left import leaves_photo, shown_with_photo_left
    from blurstudio.session.editing import acting_on_motion, masked_edits
    from blurstudio.session.masks import mask_size

    edits = acting_on_motion(regions)
    if not edits:
        return plain
    context.cancel.raise_if_cancelled()
    masks = masked_edits(regions, photo_size, mask_size(photo_size, PLAYER_PIXELS))
    analysis = plain.analysis.edited(masks)
    sharp, pictures = plain.sharp, dict(plain.pictures)
    if leaves_photo(masks):
        sharp = shown_with_photo_left(sharp, analysis.photo, masks)
        pictures["sharp"] = picture_image(sharp)
    pictures["direction"] = picture_image(direction_picture(analysis))
    if plain.quick:
        pictures["flow"] = picture_image(analysis.flow_picture)
    context.cancel.raise_if_cancelled()
    return replace(
        plain,
        analysis=analysis,
        pictures=pictures,
        sharp=sharp,
        paths=drawn_paths(analysis.trajectory),
        player=new_player(sharp, analysis.trajectory),
        thumbnails=new_thumbnails(sharp, analysis.trajectory),
        edits=edits,
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
    regions: Regions,
    photo_size: tuple[int, int],
    context: JobContext,
) -> Figures:
    """Measure each region by itself, whatever lies above it, by its number.

    Regions that hold nothing of the photo are left out.
    """
    from blurstudio.session.masks import hard_mask, mask_size

    found = {}
    size = mask_size(photo_size, _MEASURED_PIXELS)
    for region in regions:
        context.cancel.raise_if_cancelled()
        mask = hard_mask(region.shape, photo_size, size)
        figures = results.meter.measure(mask, results.analysis)
        if figures is not None:
            found[region.number] = figures
    return found


def write_table(
    path: Path, regions: Regions, measured: Callable[[JobContext], Figures], context: JobContext
) -> Path:
    """Measure regions and write their figures as a table."""
    from blurstudio.session import table

    return table.write_table(path, regions, measured(context))


def save_document(document: Document, context: JobContext) -> Path:
    """Save a document; returns where it is."""
    from blurstudio.session import files

    context.cancel.raise_if_cancelled()
    return files.save(document)


def motion_region_map(analysis: Any, context: JobContext) -> NDArray[np.uint8]:  # noqa: ANN401
    """Return the number of the motion region that each cell of the paths' grid is in, (h, w)."""
    from blurstudio.exposure.regions import motion_regions

    context.cancel.raise_if_cancelled()
    # The smallest of very many regions share a number: they can be flipped, not told apart.
    return motion_regions(analysis.directed).clamp(max=255).byte().cpu().numpy()
