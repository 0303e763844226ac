"""How well sharp picture and paths explain a photo, with the companions that keep it honest.

The reblur's figure alone proves nothing: the photo itself with no motion explains itself
perfectly. So it is never handed out without gained sharpness and path length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blurstudio.exposure.decibels import SMALLEST_ERROR, decibels

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory

# Half a pixel is where sampling between pixels alone softens as much as the motion would.
_NIL_LENGTH = 0.5

# Between two JPEG savings of one photo, or a network's rounding, gradient energy moves by a
# percent or so; two percent is the least that has to be called a gain.
_NIL_GAIN = 1.02

# Less than rounding to 8 bits makes by itself: so little in both pictures is no gain of anything.
_LEAST_ENERGY = 1e-6


@dataclass(frozen=True)
class ReblurReport:
    """How an explanation fares against its photo.

    Parameters
    ----------
    psnr
        Reblurred against photo, encoded pixels, dB, at most 100.
    gradient_gain
        Gradient energy of the sharp picture over the photo's; 1 where both are flat.
    mean_length
        Mean path length, px of the photo.
    motion_found
        False when path length and gradient gain are both nil (under 0.5 px and under 1.02): then
        the photo explains itself and `psnr` says nothing.
    """

    psnr: float
    gradient_gain: float
    mean_length: float
    motion_found: bool


def report(
    photo_srgb: Tensor,
    sharp_srgb: Tensor,
    reblurred_srgb: Tensor,
    trajectory: Trajectory,
    mask: Tensor | None = None,
) -> ReblurReport:
    """Compare a photo with the explanation found for it.

    Parameters
    ----------
    photo_srgb, sharp_srgb, reblurred_srgb
        (3, H, W), sRGB-encoded, [0, 1].
    trajectory
        The paths the reblur was made along.
    mask
        (H, W) bool, pixels that count; at least one. Default: all.

    Returns
    -------
    ReblurReport
        The figures.

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    for name, picture in (("sharp_srgb", sharp_srgb), ("reblurred_srgb", reblurred_srgb)):
        if picture.shape != photo_srgb.shape or picture.dim() != 3:
            raise ValueError(
                f"{name} must be (3, H, W) like the photo's {tuple(photo_srgb.shape)}, "
                f"got {tuple(picture.shape)}"
            )
    size = (photo_srgb.shape[-2], photo_srgb.shape[-1])
    square = (photo_srgb - reblurred_srgb).square_()
    error = float(square.mean() if mask is None else square[:, mask].mean())
    sharpness, softness = (
        max(_gradient_energy(each, mask), _LEAST_ENERGY) for each in (sharp_srgb, photo_srgb)
    )
    gain = sharpness / softness
    lengths = trajectory.grid_length(size) if mask is None else trajectory.length(size)[mask]
    length = float(lengths.mean())
    return ReblurReport(
        psnr=decibels(error, SMALLEST_ERROR),
        gradient_gain=gain,
        mean_length=length,
        motion_found=length >= _NIL_LENGTH or gain >= _NIL_GAIN,
    )


def _gradient_energy(picture: Tensor, mask: Tensor | None) -> float:
    """Mean squared difference of neighbouring pixels, of those that both count."""
    across, down = picture.diff(dim=-1).square_(), picture.diff(dim=-2).square_()
    if mask is None:
        return float(across.sum() + down.sum()) / picture.numel()
    both = (across * (mask[:, 1:] & mask[:, :-1])).sum() + (down * (mask[1:] & mask[:-1])).sum()
    return float(both) / (len(picture) * int(mask.sum()))
