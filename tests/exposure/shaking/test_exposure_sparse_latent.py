"""Sharp windows with few edges: under its own kernel a window becomes sharp again."""

from __future__ import annotations

import pytest
import torch
from exposure_pictures import blocks, parabola

from blurstudio.exposure.kernels import kernel_at
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.shaking.sparse_latent import Windows, sparse_latent
from blurstudio.exposure.splatting import splat_paths

SIZE = (160, 192)


def test_a_window_under_its_own_kernel_becomes_sharp_again():
    sharp = blocks(SIZE)
    true = parabola(SIZE, (9.0, 9.0), (-12.0, 12.0))
    blurred = reblur_along(sharp, true).mean(0)[None]
    kernels = torch.stack([kernel_at(true, 96, 80, 25), splat_paths(torch.zeros(1, 3, 2), 25)[0]])
    latent = sparse_latent(Windows(blurred, 12), kernels[None], 2e-4)[0]
    inner = (slice(12, 12 + SIZE[0]), slice(12, 12 + SIZE[1]))
    own, none = ((each[inner] - sharp.mean(0)).square()[30:-30, 30:-30].mean() for each in latent)
    assert own < 0.7 * none


def test_windows_smaller_than_their_kernels_are_refused():
    with pytest.raises(ValueError, match="above their reach of 20 px"):
        Windows(torch.rand(1, 20, 64), 20)
