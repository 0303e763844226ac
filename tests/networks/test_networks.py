"""What the networks promise: shapes, locality, and an honest refusal of wrong input."""

from __future__ import annotations

import pytest
import torch

from blurstudio import networks
from blurstudio.networks.blocks import ChannelNorm
from blurstudio.networks.spectra import LocalSpectra, OrientationEnergy

SMALL_DEBLUR = {
    "widths": (8, 12, 16),
    "depths": (1, 1, 1),
    "up_depths": (1, 1),
    "spectrum_channels": 4,
}
SMALL_MOTION = {
    "widths": (8, 12, 16, 16),
    "depths": (1, 1, 1, 1),
    "up_depths": (1, 1, 1),
    "spectrum_channels": 4,
}


def picture(height: int, width: int, seed: int = 0) -> torch.Tensor:
    return torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(seed))


def test_deblurring_keeps_the_size_and_starts_near_the_identity():
    torch.manual_seed(0)
    net = networks.build("deblur-unet", **SMALL_DEBLUR)
    blurred = picture(48, 64)
    with torch.no_grad():
        sharp = net(blurred)
    assert sharp.shape == blurred.shape
    assert (sharp - blurred).abs().mean() < 0.3


def guide_of_still(height: int, width: int) -> torch.Tensor:
    return torch.zeros(1, 5, height // 4, width // 4)


def test_a_guided_network_hears_its_guide_once_it_has_learned():
    torch.manual_seed(0)
    net = networks.build("deblur-unet", **SMALL_DEBLUR, guided=True)
    blurred, still = picture(48, 64), guide_of_still(48, 64)
    moving = still + 7
    with torch.no_grad():
        assert torch.equal(net(blurred, still), net(blurred, moving))
        torch.nn.init.normal_(net.guide.second.weight)
        assert not torch.allclose(net(blurred, still), net(blurred, moving))


@pytest.mark.parametrize("guide", [None, torch.zeros(1, 5, 48, 64), torch.zeros(1, 4, 12, 16)])
def test_a_guided_network_refuses_a_guide_that_does_not_fit(guide):
    net = networks.build("deblur-unet", **SMALL_DEBLUR, guided=True)
    with pytest.raises(ValueError, match=r"needs a guide \(1, 5, 12, 16\)"):
        net(picture(48, 64), guide)


def test_motion_answers_on_a_quarter_grid_with_a_confidence_between_zero_and_one():
    net = networks.build("motion-spectral", **SMALL_MOTION)
    with torch.no_grad():
        answer = net(picture(64, 96))
    assert answer.code.shape == (1, 4, 16, 24)
    assert answer.log_scale.shape == (1, 1, 16, 24)
    sure = networks.confidence(answer)
    assert sure.shape == (1, 1, 16, 24)
    assert bool(((sure >= 0) & (sure <= 1)).all())


def test_a_larger_expected_error_means_less_confidence():
    code = torch.full((1, 4, 2, 2), 5.0)
    sure = networks.confidence(networks.MotionPrediction(code, torch.full((1, 1, 2, 2), -1.0)))
    unsure = networks.confidence(networks.MotionPrediction(code, torch.full((1, 1, 2, 2), 3.0)))
    assert bool((sure > unsure).all())


@pytest.mark.parametrize("name", ["deblur-unet", "motion-spectral"])
@pytest.mark.parametrize("shape", [(1, 3, 33, 64), (1, 1, 64, 64), (3, 64, 64)])
def test_a_shape_that_does_not_fit_is_named(name, shape):
    net = networks.build(name)
    with pytest.raises(ValueError, match=str(tuple(shape)).replace("(", r"\(").replace(")", r"\)")):
        net(torch.zeros(shape))


def test_an_unknown_architecture_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="deblur-unet"):
        networks.build("deblur-transformer")


def test_what_happens_beyond_the_margin_does_not_change_a_pixel():
    torch.manual_seed(0)
    net = networks.build("deblur-unet").eval()
    a = picture(32, 2 * net.margin + 64)
    b = a.clone()
    b[..., -16:] = 0
    with torch.no_grad():
        difference = (net(a) - net(b)).abs().amax((0, 1, 2))
    changed = difference[: a.shape[-1] - 16 - net.margin - 16].max()
    assert changed < 1e-3 * difference.max()


def test_channel_norm_of_a_pixel_does_not_depend_on_its_neighbours():
    norm = ChannelNorm(6)
    x = torch.randn(1, 6, 4, 4)
    y = x.clone()
    y[..., 0, 0] += 5
    assert torch.equal(norm(x)[..., 1:, 1:], norm(y)[..., 1:, 1:])


def test_gradients_reach_every_weight():
    for name, config in (("deblur-unet", SMALL_DEBLUR), ("motion-spectral", SMALL_MOTION)):
        torch.manual_seed(0)
        net = networks.build(name, **config)
        answer = net(picture(64, 64))
        out = answer if isinstance(answer, torch.Tensor) else answer.code.sum() + answer.log_scale
        out.square().mean().backward()
        dead = [n for n, p in net.named_parameters() if p.grad is None or not p.grad.any()]
        assert dead == [], name


def test_the_spectrum_of_a_blurred_window_loses_power_along_the_motion():
    torch.manual_seed(0)
    grey = torch.rand(1, 1, 64, 64)
    blurred = grey.unfold(3, 9, 1).mean(-1)
    blurred = torch.nn.functional.pad(blurred, (4, 4, 0, 0), mode="replicate")
    spectra = LocalSpectra(4)
    log = spectra.log_spectrum(blurred, 16)[0, :, 1, 1].view(32, 17)
    along_x = log[0, 4:12].mean()
    along_y = log[4:12, 0].mean()
    assert along_x < along_y - 0.3


def test_orientation_energy_points_across_horizontal_blur():
    torch.manual_seed(0)
    grey = torch.rand(1, 1, 64, 64)
    blurred = torch.nn.functional.avg_pool2d(grey, (1, 9), 1, (0, 4)).expand(1, 3, 64, 64)
    first = OrientationEnergy()(blurred)[0, 0]
    assert first.mean() < -0.5


def test_bfloat16_answers_stay_close_to_float32():
    torch.manual_seed(0)
    net = networks.build("deblur-unet", **SMALL_DEBLUR).eval()
    x = picture(32, 32)
    with torch.no_grad():
        exact = net(x)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            quick = net(x)
    assert quick.dtype == torch.float32
    assert (exact - quick).abs().max() < 0.02
