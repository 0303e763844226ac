"""Paths of a mirrored picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blurstudio.exposure.trajectory import Trajectory

LEFT_RIGHT, UP_DOWN = -1, -2
"""Dimensions of a picture along which it can be mirrored."""


def mirrored(paths: Trajectory, dims: tuple[int, ...]) -> Trajectory:
    """Paths of a picture that was mirrored; done twice it changes nothing.

    Parameters
    ----------
    paths
        Of any family.
    dims
        Some of `LEFT_RIGHT` and `UP_DOWN`: those along which `torch.flip` mirrored the picture.
    """
    maps = paths.maps.flip(dims)
    signs = maps.new_tensor([-1.0 if dim in dims else 1.0 for dim in (LEFT_RIGHT, UP_DOWN)])
    sure, flipped = paths.confidence, paths.flipped
    return replace(
        paths,
        maps=maps * signs[:, None, None],
        confidence=None if sure is None else sure.flip(dims),
        flipped=None if flipped is None else flipped.flip(dims),
    )
