"""`PathMaps`: maps of a path family, and what can be read from them: offsets, lengths, lines.

How paths are made and changed is `trajectory`; how pictures are sampled along them is `warp` and
`reblur`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.exposure.basis import Constraint, check_map_count, evaluate_maps, times
from blurstudio.exposure.resample import resample, resample_at, resample_nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

Size = tuple[int, int]

_TINY = 1e-24


@dataclass(frozen=True, eq=False)
class PathMaps:
    """Maps on their own coarse grid, the picture they speak for, confidence and flips.

    Parameters are those of `blurstudio.exposure.trajectory.Trajectory`.
    """

    maps: Tensor
    constraint: Constraint
    size: Size
    confidence: Tensor | None = None
    flipped: Tensor | None = None

    def __post_init__(self) -> None:
        shape = tuple(self.maps.shape)
        if self.maps.dim() != 4 or shape[1] != 2 or 0 in shape:
            raise ValueError(f"maps must be (C, 2, h, w), got {shape}")
        if not self.maps.is_floating_point():
            raise ValueError(f"maps must be floating point, got {self.maps.dtype}")
        check_map_count(self.constraint, shape[0], shape)
        check_size(self.size)
        if self.confidence is not None and tuple(self.confidence.shape) != shape[-2:]:
            raise ValueError(
                f"confidence must be {shape[-2:]} like the maps, got {tuple(self.confidence.shape)}"
            )
        if self.flipped is not None and (
            self.flipped.dim() != 2 or self.flipped.dtype != torch.bool or not self.flipped.numel()
        ):
            raise ValueError(
                f"flipped must be (hm, wm) bool, "
                f"got {tuple(self.flipped.shape)} {self.flipped.dtype}"
            )

    def offsets(
        self,
        times: Tensor | Sequence[float],
        size: Size | None = None,
        rows: tuple[int, int] | None = None,
    ) -> Tensor:
        """Motion offsets at some moments. Differentiable in the maps.

        Dense offsets are large (a 24-megapixel picture: 200 MB a moment); ask for few moments
        or a band of rows at a time.

        Parameters
        ----------
        times
            (T,), [-1/2, 1/2].
        size
            (H, W) of the picture wanted; the offsets scale with it. Default: `self.size`.
        rows
            (first, past the last) row wanted. Default: all.

        Returns
        -------
        Tensor
            (T, 2, H, W) or (T, 2, rows, W), px of the picture of that size.
        """
        moments = self._moments(times)
        wanted = self.size if size is None else size
        check_size(wanted)
        maps = self._maps_for(wanted)
        flips = None if self.flipped is None else resample_nearest(self.flipped, wanted, rows)
        # Paths are linear in their maps: the fewer of maps and moments is what gets resampled.
        if len(maps) < len(moments):
            return self._evaluate(resample(maps, wanted, rows), moments, flips)
        forward = resample(evaluate_maps(maps, self.constraint, moments), wanted, rows)
        if flips is None:
            return forward
        backward = resample(evaluate_maps(maps, self.constraint, -moments), wanted, rows)
        return torch.where(flips, backward, forward)

    def endpoints(self, size: Size | None = None) -> tuple[Tensor, Tensor]:
        """Offsets when the shutter opens and when it closes, each (2, H, W) px."""
        first, last = self.offsets((-0.5, 0.5), size).unbind(0)
        return first, last

    def length(self, size: Size | None = None) -> Tensor:
        """Length of the path of every pixel.

        Measured on the maps' own grid and interpolated from there, so no interpolated length
        exceeds the longest on the grid.

        Returns
        -------
        Tensor
            (H, W), px of the picture of that size.
        """
        wanted = self.size if size is None else size
        check_size(wanted)
        return resample(self.grid_length(wanted)[None], wanted)[0]

    def grid_length(self, size: Size | None = None) -> Tensor:
        """Length of the paths on the maps' own grid, (h, w), px of a picture of `size`."""
        pieces = len(self.maps) - 1 if self.constraint is Constraint.FREE else 2
        pieces = max(pieces, 2)
        # A whole number of steps per straight piece measures broken lines exactly.
        moments = self._moments(times(pieces * -(-32 // pieces) + 1))
        maps = self._maps_for(self.size if size is None else size)
        x, y = evaluate_maps(maps, self.constraint, moments).diff(dim=0).unbind(dim=1)
        # Norms over two values take thirty times as long; the floor keeps gradients finite.
        squared = x * x + y * y
        steps = torch.where(squared > _TINY, squared.clamp(min=_TINY).sqrt(), 0)
        lengths: Tensor = steps.sum(dim=0)
        return lengths

    def polylines(self, spacing: int, count: int) -> tuple[Tensor, Tensor]:
        """Where content travels, for drawing.

        Parameters
        ----------
        spacing
            Distance of the points, px of the picture of `self.size`.
        count
            Moments along each path.

        Returns
        -------
        points : Tensor
            (M, 2), (x, y) pixel centres, on a lattice centred in the picture.
        paths : Tensor
            (M, count, 2), positions x - u(x, t) from the first to the last moment, px.
        """
        if spacing < 1:
            raise ValueError(f"spacing must be at least 1 px, got {spacing}")
        device = self.maps.device
        y, x = (
            torch.arange((side - 1) % spacing // 2, side, spacing, device=device)
            for side in self.size
        )
        points = torch.cartesian_prod(y, x).flip(-1)
        flips = None
        if self.flipped is not None:
            flips = resample_nearest(self.flipped, self.size)[points[:, 1], points[:, 0]]
        at_points = resample_at(self.maps, points, self.size)[..., None, :]
        path = self._evaluate(at_points, self._moments(times(count)), flips)
        centres = points.to(self.maps)
        return centres, centres[:, None] - path[:, :, 0].permute(2, 0, 1)

    def _evaluate(self, maps: Tensor, moments: Tensor, flips: Tensor | None) -> Tensor:
        forward = evaluate_maps(maps, self.constraint, moments)
        if flips is None:
            return forward
        return torch.where(flips, evaluate_maps(maps, self.constraint, -moments), forward)

    def _moments(self, moments: Tensor | Sequence[float]) -> Tensor:
        return torch.as_tensor(moments, dtype=self.maps.dtype, device=self.maps.device)

    def _maps_for(self, size: Size) -> Tensor:
        """Express the maps in px of a picture of `size`."""
        if size == self.size:
            return self.maps
        scale = self.maps.new_tensor((size[1] / self.size[1], size[0] / self.size[0]))
        return self.maps * scale.view(2, 1, 1)


def check_size(size: Size) -> None:
    """Refuse what is no size of a picture.

    Raises
    ------
    ValueError
        If it is not (H, W) of at least 1 x 1.
    """
    if len(size) != 2 or min(size) < 1:
        raise ValueError(f"size must be (H, W) of at least 1 x 1, got {tuple(size)}")
