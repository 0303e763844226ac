"""`Trajectory`: for every pixel, the path along which the sharp picture was read.

It keeps the maps of its path family on their own coarse grid, the size of the picture they speak
for, a confidence and the places read backwards. What can be read from these is `path_maps`; how
pictures are sampled along it is `warp` and `reblur`; how its direction is found is `direction`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import torch
from torch import Tensor

from blurstudio.exposure.basis import Constraint, fit_maps, reverse_maps
from blurstudio.exposure.edits import flip_under, scale_under
from blurstudio.exposure.path_maps import PathMaps, Size, check_size
from blurstudio.exposure.resample import resample


@dataclass(frozen=True, eq=False)
class Trajectory(PathMaps):
    """The motion offsets u(x, t) of an exposure, t in [-1/2, 1/2], with u(x, 0) = 0.

    A frame at time t is the sharp picture read at x + u(x, t); what moves in the picture moves
    by -u.

    Parameters
    ----------
    maps
        (C, 2, h, w) float32, px of the picture of `size`; see `Constraint` for what they are.
    constraint
        Family of the paths.
    size
        (H, W) of the picture they speak for.
    confidence
        (h, w), [0, 1].
    flipped
        (hm, wm) bool, places read backwards in time. Sampled by nearest neighbour whenever
        offsets are evaluated, so that a flip never mixes two directions and never changes the
        reblur.

    Raises
    ------
    ValueError
        If a shape does not fit; the message names it.

    Notes
    -----
    Source: Zhang et al. 2020 (exposure trajectories and their constraints).
    """

    @classmethod
    def zero(cls, size: Size, device: torch.device | str | None = None) -> Self:
        """No motion at all in a picture of `size`, (H, W)."""
        return cls(torch.zeros(1, 2, 1, 1, device=device), Constraint.LINEAR, size)

    @classmethod
    def from_flow(cls, flow: Tensor) -> Self:
        """Lift a flow to straight, even motion, u = -t f.

        Parameters
        ----------
        flow
            (2, H, W), content motion from the first to the last frame, px.

        Raises
        ------
        ValueError
            If the shape is another.
        """
        if flow.dim() != 3 or flow.shape[0] != 2:
            raise ValueError(f"flow must be (2, H, W), got {tuple(flow.shape)}")
        return cls(-flow[None], Constraint.LINEAR, (flow.shape[-2], flow.shape[-1]))

    @classmethod
    def fit(
        cls, offsets: Tensor, times: Tensor, constraint: Constraint, knots: int | None = None
    ) -> Self:
        """Nearest path of a family to given offsets, by least squares.

        Parameters
        ----------
        offsets
            (T, 2, H, W), px.
        times
            (T,), [-1/2, 1/2].
        constraint
            Family of the paths.
        knots
            Odd number of knots of free paths; by default the largest odd number up to T.

        Raises
        ------
        ValueError
            If the shapes do not fit.
        """
        if offsets.dim() != 4:
            raise ValueError(f"offsets must be (T, 2, H, W), got {tuple(offsets.shape)}")
        maps = fit_maps(offsets, times, constraint, knots)
        return cls(maps, constraint, (offsets.shape[-2], offsets.shape[-1]))

    def reversed(self, mask: Tensor | None = None) -> Self:
        """Time run backwards, u(x, -t), everywhere or under a hard mask.

        Parameters
        ----------
        mask
            (hm, wm) bool, of any resolution, over the whole picture.
        """
        if mask is None:
            return replace(self, maps=reverse_maps(self.maps, self.constraint))
        flipped = flip_under(self.flipped, mask.to(self.maps.device), self.size)
        return replace(self, flipped=flipped)

    def scaled(self, factor: float, mask: Tensor | None = None) -> Self:
        """Motion made longer or shorter, everywhere or under a mask that may be feathered.

        Parameters
        ----------
        factor
            1 changes nothing, 0 freezes.
        mask
            (hm, wm) bool or [0, 1], of any resolution, over the whole picture. It acts with the
            resolution of the maps, which are refined to cells of 4 px where they are coarser.
        """
        if mask is None:
            return replace(self, maps=self.maps * factor)
        maps = scale_under(self.maps, factor, mask, self.size)
        confidence = self.confidence
        if confidence is not None:
            confidence = resample(confidence[None], (maps.shape[-2], maps.shape[-1]))[0]
        return replace(self, maps=maps, confidence=confidence)

    def resized(self, size: Size) -> Self:
        """Let the motion speak for the picture resized to (H, W); the grid stays."""
        check_size(size)
        return replace(self, maps=self._maps_for(size), size=size)

    def to(self, device: torch.device | str) -> Self:
        """Move the trajectory to another device."""
        return replace(
            self,
            maps=self.maps.to(device),
            confidence=None if self.confidence is None else self.confidence.to(device),
            flipped=None if self.flipped is None else self.flipped.to(device),
        )
