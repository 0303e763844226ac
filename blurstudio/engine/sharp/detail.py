"""Whether there is anything in a photo that motion could be read from.

Of a clear sky or a lens cap networks say something all the same, and are sure of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch.nn.functional as F

from blurstudio.engine.sharp.deconvolve import estimate_noise

if TYPE_CHECKING:
    from torch import Tensor

_REDUCED, _AROUND = 4, 5
_FEW = 0.999
_LEAST = 0.01
"""Share of full scale by which a thousandth of a photo has to differ from what lies around it: of
21 really blurred photos the flattest has 0.066."""

_NOISE = 4.5
"""Standard deviations of noise that a thousandth of nothing but noise stays below, with room."""


def shows_detail(srgb: Tensor) -> bool:
    """Whether a photo shows more than evenness, slopes and noise.

    Parameters
    ----------
    srgb
        `(3, H, W)`, sRGB-encoded, `[0, 1]`. Ones too small to tell are taken to show some.
    """
    if min(srgb.shape[-2:]) < _REDUCED * _AROUND:
        return True
    grey = F.avg_pool2d(srgb.mean(0)[None, None], _REDUCED)
    around = F.avg_pool2d(grey, _AROUND, 1)
    inner = _AROUND // 2
    apart = (grey[..., inner:-inner, inner:-inner] - around).abs()
    found = float(np.quantile(apart.numpy(), _FEW))
    return found > max(_LEAST, _NOISE * estimate_noise(srgb) / _REDUCED)
