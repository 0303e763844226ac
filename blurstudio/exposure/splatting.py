"""Paths drawn as small pictures: each moment's weight is spread over the four cells around it.

Where content went is known to `kernels`; what is convolved with a picture, to `one_path_blur`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.exposure.basis import trapezoid_weights

if TYPE_CHECKING:
    from torch import Tensor


def splat(places: Tensor, weights: Tensor, side: int) -> Tensor:
    """Spread weights over the four cells around each place, bilinearly.

    Parameters
    ----------
    places
        (M, T, 2), in cells along the picture's first axis and its second; integers are middles of
        cells.
    weights
        (T,).
    side
        Cells along each side of a picture.

    Returns
    -------
    Tensor
        (M, side, side); what lies beyond the picture is left out.
    """
    corner = places.floor()
    share = places - corner
    row, column = corner.long().unbind(-1)
    pictures = places.new_zeros(len(places), side * side)
    for down in (0, 1):
        for right in (0, 1):
            y, x = row + down, column + right
            inside = (x >= 0) & (x < side) & (y >= 0) & (y < side)
            part = (share[..., 0] if down else 1 - share[..., 0]) * (
                share[..., 1] if right else 1 - share[..., 1]
            )
            index = (y * side + x).clamp(0, side * side - 1)
            pictures.scatter_add_(1, index, part * weights * inside)
    return pictures.view(-1, side, side)


def splat_paths(paths: Tensor, size: int) -> Tensor:
    """Draw the kernels of paths of content.

    Parameters
    ----------
    paths
        (M, T, 2), (x, y) px from the middle, evenly spaced moments of the whole exposure.
    size
        Side of the kernels' pictures, px.

    Returns
    -------
    Tensor
        (M, size, size), at least 0, sum 1; what lies beyond the picture is left out.
    """
    weights = trapezoid_weights(paths.shape[1]).to(paths)
    # x comes first in paths, and last in pictures.
    kernels = splat(paths + size // 2, weights, size).mT.flatten(1)
    return (kernels / kernels.sum(dim=1, keepdim=True)).view(-1, size, size)
