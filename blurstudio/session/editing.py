"""Regions meet paths: the edits of a photo's regions as edits of its trajectory.

What an edit does to paths is `exposure.edits`'; which pixels a region governs is `masks`'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.session.regions import Edit

if TYPE_CHECKING:
    from blurstudio.engine.analysis import Analysis
    from blurstudio.exposure.edits import MaskedEdit
    from blurstudio.session.masks import Size
    from blurstudio.session.regions import Region, Regions


def acting_on_motion(regions: Regions) -> tuple[tuple[object, ...], ...]:
    """Return all of some regions that decides their edits: equal values give equal edits.

    Names, colours and hidden regions are no part of it.
    """
    seen = [region for region in regions if region.visible]
    if all(region.edit is Edit.NONE for region in seen):
        return ()
    return tuple(_decisive(region) for region in seen)


def masked_edits(
    regions: Regions, photo_size: Size, size: Size | None = None
) -> tuple[MaskedEdit, ...]:
    """Turn regions into edits of the photo's paths, to be applied in the order given.

    Parameters
    ----------
    regions
        From the bottom to the top.
    photo_size
        (H, W) of the photo whose corner coordinates the shapes are in.
    size
        (h, w) of the masks; by default as fine as is of use.
    """
    if not acting_on_motion(regions):
        return ()
    import torch

    from blurstudio.exposure.edits import MaskedEdit
    from blurstudio.session.masks import acting, mask_size

    edits = []
    for region, share in acting(regions, photo_size, size or mask_size(photo_size)):
        mask = torch.from_numpy(share)
        if region.edit is Edit.REVERSE:
            edits.append(MaskedEdit(mask > 0.5, None, words=region.words))
        else:
            factor = region.factor if region.edit is Edit.SCALE else 0.0
            excluded = region.edit is Edit.EXCLUDE
            edits.append(MaskedEdit(mask, factor, excluded, region.words))
    return tuple(edits)


def with_edits(analysis: Analysis, regions: Regions, photo_size: Size) -> Analysis:
    """Return an analysis with the edits of regions; itself where there are none.

    Parameters
    ----------
    photo_size
        (H, W) of the whole photo, whose corner coordinates the shapes are in; the analysis may be
        of a reduced one.
    """
    edits = masked_edits(regions, photo_size)
    return analysis.edited(edits) if edits else analysis


def _decisive(region: Region) -> tuple[object, ...]:
    factor = region.factor if region.edit is Edit.SCALE else None
    feather = None if region.edit is Edit.REVERSE else region.feather
    return (region.shape, region.edit, factor, feather)
