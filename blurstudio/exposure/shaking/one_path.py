"""The paths of a picture whose pixels all moved alike: brought to one, and taken for a part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blurstudio.exposure.basis import times
from blurstudio.exposure.confidence import surer_half
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.signfree import decode_sign_free, encode_sign_free

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.exposure.window import Window

_AGREEING_STEPS = 30
"""Steps of Weiszfeld's iteration to the geometric median."""

_MOMENTS = 65


def one_path(trajectory: Trajectory) -> Tensor:
    """Bring the paths of a picture whose pixels all moved alike to one.

    Parameters
    ----------
    trajectory
        Paths of any family.

    Returns
    -------
    Tensor
        (2, 2), a and b of the quadratic path, px: the geometric median over the surer half, in
        which the direction of time plays no part.
    """
    code = encode_sign_free(as_quadratic(trajectory))[:, surer_half(trajectory)]
    median = code.mean(1, keepdim=True)
    for _ in range(_AGREEING_STEPS):
        weight = 1 / (code - median).norm(dim=0).clamp(min=1e-3)
        median = (code * weight).sum(1, keepdim=True) / weight.sum()
    return decode_sign_free(median.view(-1, 1, 1))[..., 0, 0]


def parabola(maps: Tensor) -> Tensor:
    """Offsets (65, 2) px, evenly spaced in time, of the path (2, 2) that `one_path` gives."""
    t = times(_MOMENTS)[:, None].to(maps)
    offsets: Tensor = maps[0] * t + maps[1] * t.square()
    return offsets


def anywhere(shake: Trajectory, size: tuple[int, int], window: Window) -> Trajectory:
    """Cut a window out of the paths of a picture of (H, W) that are the same everywhere.

    A few of them say all; `part_of` in `engine.sharp` gives every pixel one.
    """
    whole = shake.resized(size)
    sure = whole.confidence
    return replace(
        whole,
        maps=whole.maps[..., :2, :2],
        size=window.size,
        confidence=None if sure is None else sure[:2, :2],
        flipped=None,
    )
