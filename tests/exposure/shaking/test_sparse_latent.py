"""Sharp windows with few edges: under its own kernel a window becomes sharp again."""

from __future__ import annotations

import pytest
import torch
from exposure_pictures import blocks, parabola

from blurstudio.exposure.kernels import kernel_at
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.shaking.sparse_latent import PeriodicWindow, sparse_latent
from blurstudio.exposure.splatting import splat_paths

SIZE = (160, 192)


def test_a_window_under_its_own_kernel_becomes_sharp_again():
    sharp = blocks(SIZE)
    true = parabola(SIZE, (9.0, 9.0), (-12.0, 12.0))
    window = PeriodicWindow(reblur_along(sharp, true).mean(0), 12)
    inner = (slice(12, 12 + SIZE[0]), slice(12, 12 + SIZE[1]))

    def wrong(kernel):
        latent = sparse_latent(window, kernel, 2e-4)[inner]
        return (latent - sharp.mean(0)).square()[30:-30, 30:-30].mean()

    own, none = kernel_at(true, 96, 80, 25), splat_paths(torch.zeros(1, 3, 2), 25)[0]
    assert wrong(own) < 0.7 * wrong(none)


def test_windows_smaller_than_their_margin_are_refused():
    with pytest.raises(ValueError, match="above its margin of 20 px"):
        PeriodicWindow(torch.rand(20, 64), 20)
