"""A sharp picture changed piece by piece, at the size that refinements are worked at.

Photos larger than networks see are worked on reduced, the more the longer their paths are, and what
was won is added to them. What is done to a piece is the business of `refine` and `shake_picture`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch

from blurstudio.engine.sharp.deconvolve import estimate_noise
from blurstudio.engine.sharp.path_tiles import (
    add_enlarged,
    plan_tiles,
    refining_scale,
)
from blurstudio.exposure.resample import reduced
from blurstudio.sizes import scaled_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor

    from blurstudio.exposure.window import Window


class Piece(NamedTuple):
    """A part of a photo and of pictures beside it, at the size that is worked at.

    Parameters
    ----------
    pictures
        `(3, h, w)` each, as they were given: the photo, its sharp picture, what else there is.
    size
        (H, W) of the photo at that size.
    window
        What of it these are.
    noise
        Standard deviation of the photo's noise at that size, encoded.
    told
        To be called with the fraction done.
    """

    pictures: Sequence[Tensor]
    size: tuple[int, int]
    window: Window
    noise: float
    told: Callable[[float], None]


def changed(
    pictures: Sequence[Tensor],
    longest: float,
    margin: int,
    change: Callable[[Piece], Tensor],
    on_step: Callable[[float], None] | None = None,
) -> Tensor:
    """Change a sharp picture of any size. Memory beyond the pictures: some 600 MB.

    Parameters
    ----------
    pictures
        `(3, H, W)` each, on the CPU, sRGB-encoded, `[0, 1]`: the photo, its sharp picture, and
        what else a piece is to hold.
    longest
        Px of the longest path.
    margin
        Px around a piece that have to be read at least.
    change
        A piece to its sharp picture.
    on_step
        Called with the fraction done. What it raises ends the work.

    Returns
    -------
    Tensor
        `(3, H, W)`, sRGB-encoded, `[0, 1]`.
    """
    sharp = pictures[1]
    size = (sharp.shape[-2], sharp.shape[-1])
    scale = refining_scale(size, longest)
    result = sharp.clone()
    with torch.inference_mode():
        if scale == 1:
            return result.copy_(_in_pieces(pictures, longest, margin, change, on_step))
        small = [reduced(each, scaled_size(size, scale)) for each in pictures]
        better = _in_pieces(small, longest * scale, margin, change, on_step)
        add_enlarged(result, better - small[1])
        return result


def _in_pieces(
    pictures: Sequence[Tensor],
    longest: float,
    margin: int,
    change: Callable[[Piece], Tensor],
    on_step: Callable[[float], None] | None,
) -> Tensor:
    photo, sharp = pictures[:2]
    size = (photo.shape[-2], photo.shape[-1])
    noise = estimate_noise(photo)
    result = sharp.clone()
    tiles = plan_tiles(size, longest, margin)
    for index, (read, given) in enumerate(tiles):

        def told(fraction: float, done: int = index) -> None:
            if on_step is not None:
                on_step((done + fraction) / len(tiles))

        here = [each[:, read.rows, read.columns] for each in pictures]
        better = change(Piece(here, size, read, noise, told))
        # A change may end early.
        told(1.0)
        inner = given.within(read)
        result[:, given.rows, given.columns] = better[:, inner.rows, inner.columns]
    return result
