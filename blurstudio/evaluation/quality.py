"""What a restored picture is worth beside the blurred one it came from.

The metrics themselves are in `metrics`; which pictures are judged is the protocols' business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blurstudio.evaluation import metrics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor


@dataclass(frozen=True)
class Quality:
    """How near a picture is to the truth.

    Parameters
    ----------
    psnr
        dB, of 8-bit pictures.
    ssim
        With a window over the colours too, see `metrics.ssim`.
    ssim_per_channel
        Mean over the colour channels, see `metrics.ssim_per_channel`.
    """

    psnr: float
    ssim: float
    ssim_per_channel: float

    @classmethod
    def of(cls, picture: Tensor, truth: Tensor) -> Quality:
        """Judge a (3, H, W) picture, [0, 1], by its truth."""
        return cls(
            metrics.psnr(picture, truth),
            metrics.ssim(picture, truth),
            metrics.ssim_per_channel(picture, truth),
        )

    @classmethod
    def mean(cls, qualities: Sequence[Quality]) -> Quality:
        """Mean of each figure over pictures."""
        return cls(
            metrics.mean(each.psnr for each in qualities),
            metrics.mean(each.ssim for each in qualities),
            metrics.mean(each.ssim_per_channel for each in qualities),
        )


@dataclass(frozen=True)
class Gain:
    """One picture before and after restoration.

    Parameters
    ----------
    name
        Of the picture.
    blurred, restored
        Both against the same truth.
    """

    name: str
    blurred: Quality
    restored: Quality

    @classmethod
    def of(cls, name: str, blurred: Tensor, restored: Tensor, truth: Tensor) -> Gain:
        """Judge a restoration; all pictures are (3, H, W), [0, 1]."""
        return cls(name, Quality.of(blurred, truth), Quality.of(restored, truth))

    @property
    def psnr(self) -> float:
        """PSNR gained by the restoration, dB."""
        return self.restored.psnr - self.blurred.psnr
