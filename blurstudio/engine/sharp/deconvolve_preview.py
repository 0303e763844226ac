"""A reduced photo that answers a strength slider at once: iterates are kept, none is made twice.

How strength becomes iterations is `deconvolve`'s, which gives the same picture for a photo of the
same size.
"""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING

import torch

from blurstudio.engine.sharp.deconvolve import (
    check_request,
    depth_of,
    encoded,
    regularisation,
)
from blurstudio.engine.sharp.path_tiles import part_of
from blurstudio.exposure.deconvolution import advance, iterates
from blurstudio.exposure.light import srgb_to_linear
from blurstudio.exposure.path_blur import moment_count
from blurstudio.exposure.resample import reduced
from blurstudio.exposure.window import Window
from blurstudio.sizes import scaled_size

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.engine.lanes.jobs import CancelToken
    from blurstudio.exposure.trajectory import Trajectory

LONGEST_SIDE = 480


class DeconvolutionPreview:
    """What deconvolution makes of a photo, seen small, at any strength.

    The first picture at a strength takes the iterations up to it; later ones, and all weaker
    ones, take milliseconds. Any thread may ask; one at a time computes.

    Parameters
    ----------
    srgb
        `(3, H, W)` on the CPU, sRGB-encoded `[0, 1]`: the whole photo.
    trajectory
        The photo's paths.
    window
        What of the photo to look at; what lies around is read as context. Default: all of it.
    max_side
        Longest side in px that is worked on; what is larger is reduced.

    Attributes
    ----------
    size
        (H, W) of the pictures.

    Raises
    ------
    ValueError
        If the shape is another.
    """

    def __init__(
        self,
        srgb: Tensor,
        trajectory: Trajectory,
        window: Window | None = None,
        max_side: int = LONGEST_SIDE,
    ) -> None:
        check_request(srgb, 0)
        whole = (srgb.shape[-2], srgb.shape[-1])
        shown = window or Window(0, 0, *whole)
        longest = float(trajectory.grid_length(whole).max())
        read = shown.grown(math.ceil(longest), whole)
        part = srgb[:, read.rows, read.columns].clamp(0, 1)
        scale = min(1.0, max_side / max(read.size))
        # Paths are cut out of the reduced photo's: those of a large photo are millions.
        size = scaled_size(whole, scale)
        read, shown = read.scaled(scale, size), shown.scaled(scale, size)
        with torch.inference_mode():
            part = reduced(part, read.size).clamp_(0, 1)
            here = part_of(trajectory, size, read)
            self._depth = depth_of(here, 1.0)
            self._light = [srgb_to_linear(part)]
            moments = moment_count(longest * scale)
            tv = regularisation(part)
            self._pictures = iterates(self._light[0], here, tv=tv, moments=moments)
        self._inner = shown.within(read)
        self._lock = threading.Lock()
        self.size = shown.size

    def ready(self, strength: float) -> bool:
        """Whether the picture at a strength takes no more iterations."""
        return self._steps(strength) < len(self._light)

    def picture(self, strength: float, cancel: CancelToken | None = None) -> Tensor:
        """Show the photo deconvolved.

        Parameters
        ----------
        strength
            From 0 to 1.
        cancel
            Asked before each iteration; those that are done stay.

        Returns
        -------
        Tensor
            `(3, *size)` on the CPU, sRGB-encoded, clipped to `[0, 1]`.

        Raises
        ------
        Cancelled
            If `cancel` says so.
        ValueError
            If the strength lies elsewhere.
        """
        if not 0 <= strength <= 1:
            raise ValueError(f"strength must lie in [0, 1], got {strength}")
        steps = self._steps(strength)
        with self._lock, torch.inference_mode():
            while len(self._light) <= steps:
                if cancel is not None:
                    cancel.raise_if_cancelled()
                self._light.append(next(self._pictures).clone())
            depth = self._depth * strength
            light = self._light[0].clone()
            for step in range(steps):
                light += advance(self._light[step], self._light[step + 1], depth, step)
            picture = encoded(light[:, self._inner.rows, self._inner.columns])
        # The same memory as a tensor that may leave inference mode.
        return torch.from_numpy(picture.numpy())

    def _steps(self, strength: float) -> int:
        return math.ceil(float(self._depth.max()) * strength)
