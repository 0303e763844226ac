"""Blur along paths as a linear map from the sharp picture to the photo, with its exact transpose.

`reblur` draws the same map once, in bands; here it is kept for algorithms that go back and forth
many times. What they solve with it is `deconvolution`'s business.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Self

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.basis import times, trapezoid_weights

if TYPE_CHECKING:
    from blurstudio.exposure.trajectory import Trajectory

# The numbers of torch's modes of sampling.
_BILINEAR, _BORDER = 0, 1
_FEWEST, _FINE, _MOST = 5, 16, 128
"""Moments at least; steps up to which they are half a px long, worth 0.1 to 0.4 dB on paths of up
to 8 px (decision 12); steps at most."""


class PathBlur:
    """The mean over time of a picture read along its paths, and the transpose of that map.

    The sharp picture reaches `border` px beyond the photo on every side: what moved in or out
    during the exposure is unknown like everything else, not a copy of the photo's edge.

    Parameters
    ----------
    grid
        (T, H, W, 2), places that are read, in units of `torch.nn.functional.grid_sample` over the
        wider picture.
    weights
        (T,), summing to 1.
    border
        px.
    """

    def __init__(self, grid: Tensor, weights: Tensor, border: int) -> None:
        self.grid = grid
        self.weights = weights
        self.border = border
        self.size = (grid.shape[1], grid.shape[2])

    @classmethod
    def along(
        cls,
        trajectory: Trajectory,
        size: tuple[int, int] | None = None,
        count: int | None = None,
    ) -> Self:
        """Blur along a trajectory.

        Memory: 8 bytes per moment and pixel.

        Parameters
        ----------
        trajectory
            Paths. Which way they are run does not matter: the moments are symmetric.
        size
            (H, W) of the photo. Default: the trajectory's.
        count
            Moments. Default: `moment_count` of the longest path.
        """
        height, width = trajectory.size if size is None else size
        device = trajectory.maps.device
        if count is None:
            count = moment_count(float(trajectory.grid_length((height, width)).max()))
        moments = times(count, device)
        grid = torch.empty(count, height, width, 2, device=device)
        for index in range(count):
            offset = trajectory.offsets(moments[index : index + 1], (height, width))[0]
            grid[index] = offset.permute(1, 2, 0)
        border = math.ceil(float(grid.abs().max())) + 1
        x = torch.arange(border, border + width, device=device)
        y = torch.arange(border, border + height, device=device)[:, None]
        grid[..., 0].add_(x).mul_(2 / (width + 2 * border - 1)).sub_(1)
        grid[..., 1].add_(y).mul_(2 / (height + 2 * border - 1)).sub_(1)
        return cls(grid, trapezoid_weights(count, device), border)

    def blur(self, sharp: Tensor) -> Tensor:
        """Expose a sharp picture.

        Parameters
        ----------
        sharp
            (C, H + 2 border, W + 2 border), linear light.

        Returns
        -------
        Tensor
            (C, H, W).
        """
        blurred = sharp.new_zeros(len(sharp), *self.size)
        for places, weights in self._groups():
            read = F.grid_sample(
                sharp.expand(len(places), -1, -1, -1),
                places,
                padding_mode="border",
                align_corners=True,
            )
            blurred += torch.tensordot(weights, read, dims=1)
        return blurred

    def spread(self, light: Tensor) -> Tensor:
        """Give every pixel's light back to the places it was read from: the transpose of `blur`.

        Parameters
        ----------
        light
            (C, H, W).

        Returns
        -------
        Tensor
            (C, H + 2 border, W + 2 border).
        """
        source = self.widened(light)
        spread = torch.zeros_like(source)
        for places, weights in self._groups():
            # The derivative of sampling by the picture; it depends on the picture's shape alone.
            back, _ = torch.ops.aten.grid_sampler_2d_backward(
                weights.view(-1, 1, 1, 1) * light,
                source.expand(len(places), -1, -1, -1),
                places,
                _BILINEAR,
                _BORDER,
                True,
                [True, False],
            )
            spread += back.sum(0)
        return spread

    def widened(self, picture: Tensor) -> Tensor:
        """Extend (C, H, W) by `border` px on every side, repeating its edge."""
        return F.pad(picture[None], (self.border,) * 4, mode="replicate")[0]

    def narrowed(self, picture: Tensor) -> Tensor:
        """Take the photo's part, (C, H, W), out of a wider picture; a view."""
        height, width = self.size
        return picture[..., self.border : self.border + height, self.border : self.border + width]

    def _groups(self) -> list[tuple[Tensor, Tensor]]:
        """Moments in groups as large as there are threads: sampling shares its batch among them."""
        many = max(1, torch.get_num_threads()) if self.grid.device.type == "cpu" else 4
        starts = range(0, len(self.weights), many)
        return [(self.grid[i : i + many], self.weights[i : i + many]) for i in starts]


def moment_count(longest: float, apart: float = 1.0) -> int:
    """Count the moments at which paths are read.

    Steps are half a pixel on short paths: detail near the limit of the pixels can be won back from
    a short blur only, and there the sum must follow the integral.

    Parameters
    ----------
    longest
        Longest path, px.
    apart
        Px between moments of long paths, at most.

    Returns
    -------
    int
        Odd, 5 to 129.
    """
    steps = math.ceil(max(longest / apart, min(2 * longest, _FINE)))
    return min(max(steps + 1 + steps % 2, _FEWEST), _MOST + 1)
