"""Values in [0, 1] as the whole numbers of a file or of the screen: rounded, and held in range.

Neither curves nor profiles are known here, and torch is not imported: a tensor brings its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    from torch import Tensor

Unsigned = TypeVar("Unsigned", np.uint8, np.uint16)


def quantise(pixels: npt.NDArray[np.floating[Any]], dtype: type[Unsigned]) -> npt.NDArray[Unsigned]:
    """Round ``[0, 1]`` floats to the full range of an unsigned type; clips, NaN becomes 0."""
    shares = np.nan_to_num(pixels, nan=0.0, posinf=1.0, neginf=0.0)
    scaled = np.clip(shares, 0, 1, out=shares) * np.float32(np.iinfo(dtype).max)
    return np.rint(scaled, out=scaled).astype(dtype)


def grey_levels(values: Tensor) -> Tensor:
    """Round a tensor in `[0, 1]`, of any shape, to uint8 as `quantise` does."""
    scaled = values.mul(255).round_()
    return scaled.nan_to_num_(0.0).clamp_(0, 255).byte()


def as_picture(values: Tensor) -> npt.NDArray[np.uint8]:
    """Round a picture `(3, H, W)` in `[0, 1]` likewise, to an array ``(H, W, 3)`` of its own."""
    # A copy: of a single pixel any strides count as contiguous, but not for who writes files.
    return np.array(grey_levels(values).permute(1, 2, 0).cpu().numpy(), order="C")
