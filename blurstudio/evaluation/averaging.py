"""How the pictures of a benchmark were averaged, and the same average of a sharp picture.

Frames of video are averaged as displayed, photos in linear light. The engine's own reblur, for
photos, is `exposure.reblur`; this one takes maps as they are being fitted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.basis import basis, times, trapezoid_weights
from blurstudio.exposure.light import clip, linear_to_srgb, srgb_to_linear
from blurstudio.exposure.resample import resample
from blurstudio.exposure.warp import sample, sampling_grid

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.exposure.basis import Constraint
    from blurstudio.exposure.trajectory import Trajectory


@dataclass(frozen=True)
class Averaging:
    """How many moments were averaged, with which weights and in which light.

    Parameters
    ----------
    count
        Moments, evenly spaced over the exposure.
    plain
        A plain mean, as averages of video frames and Zhang et al. 2020 take it; else trapezoid
        weights, which stand for a whole exposure.
    linear_light
        Whether light is averaged, as a shutter does it, rather than displayed values.
    """

    count: int
    plain: bool
    linear_light: bool

    @property
    def moments(self) -> Tensor:
        """(T,), [-1/2, 1/2]."""
        return times(self.count)

    @property
    def weights(self) -> Tensor:
        """(T,), summing to 1."""
        if self.plain:
            return torch.full((self.count,), 1 / self.count)
        return trapezoid_weights(self.count)

    def decoded(self, picture: Tensor) -> Tensor:
        """Turn an sRGB-encoded picture into what is averaged."""
        return srgb_to_linear(picture) if self.linear_light else picture

    def encoded(self, mean: Tensor) -> Tensor:
        """Turn an average into an sRGB-encoded picture; the inverse of `decoded`, clipped."""
        return linear_to_srgb(clip(mean)) if self.linear_light else mean

    def slope(self, mean: Tensor) -> Tensor:
        """Differentiate `encoded`."""
        if not self.linear_light:
            return torch.ones_like(mean)
        with torch.enable_grad():
            asked = mean.detach().requires_grad_()
            (slope,) = torch.autograd.grad(self.encoded(asked).sum(), asked)
        return slope

    def mean(self, decoded: Tensor, maps: Tensor, constraint: Constraint) -> Tensor:
        """Average a picture along paths.

        Parameters
        ----------
        decoded
            (C, H, W), from `decoded`.
        maps
            (K, 2, h, w) of the paths, px, on any grid over the picture.
        constraint
            Family of the paths.

        Returns
        -------
        Tensor
            (C, H, W), not clipped.
        """
        size = (decoded.shape[-2], decoded.shape[-1])
        dense = resample(maps, size)
        result = torch.zeros_like(decoded)
        matrix = basis(constraint, self.moments, len(maps))
        for row, weight in zip(matrix, self.weights.tolist(), strict=True):
            moved = decoded
            if row.any():
                grid = sampling_grid(torch.tensordot(row, dense, 1)[None], size)
                moved = sample(decoded[None], grid)[0]
            result.add_(moved, alpha=weight)
        return result

    def reblur(self, sharp: Tensor, trajectory: Trajectory) -> Tensor:
        """Average a sharp picture along a trajectory.

        Parameters
        ----------
        sharp
            (3, H, W), sRGB-encoded, [0, 1].
        trajectory
            Its paths.

        Returns
        -------
        Tensor
            (3, H, W), sRGB-encoded, [0, 1].
        """
        along = trajectory.to("cpu").resized((sharp.shape[-2], sharp.shape[-1]))
        mean = self.mean(self.decoded(sharp), along.maps, along.constraint)
        return self.encoded(mean).clamp(0, 1)


ZHANG = Averaging(15, plain=True, linear_light=False)
"""The blur creation module of Zhang et al. 2020, but for its black border."""

VIDEO = Averaging(33, plain=False, linear_light=False)
"""A whole exposure, averaged as displayed."""

PHOTO = Averaging(33, plain=False, linear_light=True)
"""A whole exposure in linear light."""
