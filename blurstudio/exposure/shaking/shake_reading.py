"""One reading of a shake: the kernel of a photo's most telling window, and the curve that drew it.

Readings are compared in `shake`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.confidence import surer_half
from blurstudio.exposure.light import srgb_to_linear
from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.shaking.blind_kernel import estimate_kernel
from blurstudio.exposure.shaking.kernel_curve import trace_kernel
from blurstudio.exposure.window import Window
from blurstudio.sizes import scaled_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.exposure.trajectory import Trajectory

LONGEST, WINDOW = 48.0, 512
"""Px of the paths at the size that is worked at, and side of the window that is read."""

_STILL = 0.5
"""Px that are added to the length that is known, for photos that hardly moved."""

_LEAST_SIDE, _ROOM, _SPARE = 31, 1.6, 9
"""Side of a kernel: px at least, else so many times the typical length of the paths, plus px."""

_LEAST = 96
"""Px of a side below which there is too little to read a kernel from."""

_LEAST_LIKENESS = 0.6
"""Likeness of kernel and traced path below which there was no path."""

_LEAST_CONTRAST = 1 / 255
"""Deviation of grey, below which rounding is all there is to read."""

_BRIGHTEST = 0.999
"""Share of all pixels below the one that is taken for white."""

_LEAST_MOVED = 1.0
"""Px that a path has to span: flat and sharp photos draw dots, which are like any dot."""

_CLIPPED, _CELL = 0.98, 16
"""Encoded value from which light may have been cut off, and px between windows to choose from."""


@dataclass(frozen=True, eq=False)
class Reduced:
    """A photo, or a part of one, at the size that kernels are read at.

    Parameters
    ----------
    picture
        (3, h, w), encoded, [0, 1].
    scale
        Its px per px of the photo.
    length
        Typical length of the paths that are known, px of `picture`.
    """

    picture: Tensor
    scale: float
    length: float

    def reached(self, traced: Traced) -> float:
        """Reach of a path that was read here, as a share of the length that is known."""
        return traced.reach / (self.length + _STILL)


@dataclass(frozen=True, eq=False)
class Traced:
    """What was read from a part of a photo.

    Parameters
    ----------
    path
        (65, 2), as `trace_kernel` gives it.
    likeness
        Of the kernel and what the path draws.
    """

    path: Tensor
    likeness: float

    @property
    def extent(self) -> float:
        """Diagonal of the box around the path, px."""
        return float((self.path.amax(0) - self.path.amin(0)).norm())

    @property
    def reach(self) -> float:
        """Length of a uniformly traversed straight line with the same variance: sqrt(12 var), px.

        A path that hardly left its middle reaches no farther than a dot, whatever its tail.
        """
        away = self.path - self.path.mean(0)
        return math.sqrt(12 * float(away.square().sum(1).mean()))


def reduced_for_kernels(
    blurred_srgb: Tensor, trajectory: Trajectory, longest: float = LONGEST
) -> Reduced:
    """Bring a photo (3, H, W) to the size that kernels are read at.

    Paths as they are known are no longer than `longest` px there.
    """
    length = _typical_length(trajectory)
    scale = min(1.0, longest / max(length, 1.0))
    size = scaled_size(blurred_srgb.shape[-2:], scale)
    small = F.interpolate(blurred_srgb[None], size, mode="area")[0]
    return Reduced(small, scale, length * scale)


def read_path(
    small: Reduced,
    window: int = WINDOW,
    on_step: Callable[[float], None] | None = None,
    *,
    in_light: bool = True,
) -> Traced | None:
    """Read the path of a photo or a part of one from its most telling window, px wide and high.

    In linear light, or as it is encoded. None where it is too small, holds nothing, held still, or
    no path draws its kernel.
    """
    side = max(_LEAST_SIDE, math.ceil(_ROOM * small.length + _SPARE)) | 1
    if min(small.picture.shape[-2:]) < max(_LEAST, side + 1):
        return None
    telling = telling_window(small.picture, window)
    seen = small.picture[:, telling.rows, telling.columns]
    if float(seen.mean(0).std()) < _LEAST_CONTRAST:
        return None

    def told(done: float) -> None:
        if on_step is not None:
            on_step(done)

    grey = _grey_light(seen) if in_light else seen.mean(0)
    kernel = estimate_kernel(grey, side, lambda done: told(done / 2))
    traced = Traced(*trace_kernel(kernel))
    told(1.0)
    if traced.likeness < _LEAST_LIKENESS or traced.extent < _LEAST_MOVED:
        return None
    return traced


def _grey_light(picture: Tensor) -> Tensor:
    """Grey (h, w) of a picture (3, h, w), in light: exposures are convolutions there alone.

    As bright as its brightest thousandth is 1, for edges are weighed in these numbers.
    """
    grey = srgb_to_linear(picture).mean(0)
    brightest = np.quantile(grey.numpy(), _BRIGHTEST)
    return grey / max(float(brightest), _LEAST_CONTRAST)


def _typical_length(trajectory: Trajectory) -> float:
    """Median length of the paths in the surer half of the picture, px."""
    lengths = as_quadratic(trajectory)[0].norm(dim=0)
    return float(lengths[surer_half(trajectory)].median())


def telling_window(picture: Tensor, side: int) -> Window:
    """Find the window of a picture (3, H, W) that tells most.

    It holds the most gradient energy that nothing cut off, and is `side` px wide and high at most.
    """
    height, width = picture.shape[-2:]
    edges = (min(side, height), min(side, width))
    energy = picture.new_zeros(1, 1, height, width)
    energy[..., :-1, :] += picture.diff(dim=-2).square().sum(0)
    energy[..., :, :-1] += picture.diff(dim=-1).square().sum(0)
    energy = energy * (picture.amax(0) < _CLIPPED)
    # In two steps: sums over all windows of a large photo would take longer than all the rest.
    cells = [edge // _CELL for edge in edges]
    sums = F.avg_pool2d(F.avg_pool2d(energy, _CELL), cells, stride=1)[0, 0]
    place = int(sums.argmax())
    top, left = _CELL * (place // sums.shape[1]), _CELL * (place % sums.shape[1])
    return Window(top, left, top + edges[0], left + edges[1])
