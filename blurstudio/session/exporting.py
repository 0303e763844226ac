"""What a photo's choices add to an export: masks of its regions, and the command that repeats it.

The writing itself is `engine.export`'s.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from blurstudio.engine.export.extras import Extras, NamedMask
from blurstudio.engine.export.names import PhotoFacts
from blurstudio.session.command_line import export_words, quoted
from blurstudio.session.regions import Edit
from blurstudio.sizes import reduced_size

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from blurstudio.engine.export.request import ExportRequest
    from blurstudio.session.document import Choices
    from blurstudio.session.masks import Size
    from blurstudio.session.regions import Region

_DOCUMENT = "Edits of regions and strokes are read from the photo's document, as it is then."


def extras_of(
    photo: Path | None, photo_size: Size, choices: Choices, request: ExportRequest
) -> Extras:
    """Gather what is told of an export beside the analysis.

    Parameters
    ----------
    photo
        The photo's file, if it has one.
    photo_size
        (H, W) of the photo whose corner coordinates the regions are in.
    choices
        How it was analysed, and its regions.
    request
        What is exported.
    """
    masks = tuple(
        NamedMask(region.name, partial(_mask, region, photo_size)) for region in choices.regions
    )
    if photo is None:
        return Extras(masks=masks)
    words = export_words(photo, choices, request)
    remark = _DOCUMENT if "--document" in words else ""
    return Extras(quoted(words), remark, masks)


def facts_for(name: str, size: Size, grey: bool, choices: Choices) -> PhotoFacts:
    """Tell what the names and sizes of a photo's results depend on, before there are any.

    Parameters
    ----------
    name, size, grey
        Of the photo: its file's name, (H, W) px, and whether it has one channel only.
    choices
        How it is analysed, and its regions.
    """
    reduced = reduced_size(size, choices.options.max_side)
    return PhotoFacts(name, reduced, 1 if grey else 3, tuple(r.name for r in choices.regions))


def _mask(region: Region, photo_size: Size, size: Size) -> npt.NDArray[np.float32]:
    from blurstudio.session.masks import hard_mask, soft_mask

    if region.edit is Edit.REVERSE:
        return hard_mask(region.shape, photo_size, size).astype("float32")
    return soft_mask(region, photo_size, size)
