"""Learning without labels: each term of the loss does what it says, and a few steps learn."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from blurstudio import networks
from blurstudio.exposure.reblur import reblur
from blurstudio.networks.constraints import path_samples
from blurstudio.training.batches import Batch
from blurstudio.training.reblurring import expose_again, offset_loss, roughness
from blurstudio.training.recipe import LossRecipe
from blurstudio.training.similarity import LEAST_SIDE, ms_ssim
from blurstudio.training.tasks import OffsetTask

DISPLAY = LossRecipe()


def noise(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed))


def along(dx: float, dy: float, size: int = 32, samples: int = 15) -> torch.Tensor:
    """Offsets of a straight path of (dx, dy) px from first to last."""
    steps = torch.linspace(-0.5, 0.5, samples).view(1, -1, 1, 1, 1)
    path = steps * torch.tensor([dx, dy]).view(1, 1, 2, 1, 1)
    return path.expand(1, samples, 2, size, size)


def only(**weights: float) -> LossRecipe:
    return LossRecipe(**{"mse": 0, "structure": 0, "smoothness": 0, "magnitude": 0, **weights})


def test_beyond_zero_borders_it_is_dark():
    white = torch.ones(1, 3, 32, 32)
    dark = expose_again(white, along(8, 0), DISPLAY)
    assert float(dark[..., 16].min()) == pytest.approx(1)
    # Half the path, and so almost half the samples, lies outside the outermost column.
    assert float(dark[0, 0, 16, 0]) == pytest.approx(0.54, abs=0.03)
    bright = expose_again(white, along(8, 0), LossRecipe(border="replicate"))
    torch.testing.assert_close(bright, white)


def test_every_sample_counts_alike():
    sharp = torch.zeros(1, 3, 32, 32)
    sharp[..., 16] = 1
    exposed = expose_again(sharp, along(14, 0), DISPLAY)
    torch.testing.assert_close(exposed[0, 0, 8, 9:24], torch.full((15,), 1 / 15))


def test_linear_light_lets_highlights_prevail():
    sharp = torch.zeros(1, 3, 32, 32)
    sharp[..., 16] = 1
    shown = expose_again(sharp, along(14, 0), DISPLAY)
    true = expose_again(sharp, along(14, 0), LossRecipe(light="linear"))
    assert float(true[0, 0, 8, 12]) > 3 * float(shown[0, 0, 8, 12])


def test_multi_scale_similarity_is_one_for_equal_pictures_and_falls_with_noise():
    picture = F.interpolate(noise(2, 3, 24, 24), (192, 192), mode="bilinear")
    assert torch.allclose(ms_ssim(picture, picture), torch.ones(2))
    slight = ms_ssim(picture, picture + 0.05 * noise(2, 3, 192, 192, seed=1))
    strong = ms_ssim(picture, picture + 0.3 * noise(2, 3, 192, 192, seed=1))
    assert bool((strong < slight).all())
    assert bool((slight < 1).all())


def test_multi_scale_similarity_equals_windowed_sums_over_all_scales():
    first, second = noise(1, 1, 176, 192), noise(1, 1, 176, 192, seed=1) * 0.5 + 0.2
    second = (first + second) / 2
    place = torch.arange(11.0) - 5
    line = torch.exp(-place.square() / 4.5)
    window = torch.outer(line, line).div(line.sum() ** 2)[None, None]
    value, a, b = 1.0, first, second
    for scale, weight in enumerate((0.0448, 0.2856, 0.3001, 0.2363, 0.1333)):
        if scale:
            a, b = F.avg_pool2d(a, 2), F.avg_pool2d(b, 2)
        mean_a, mean_b = F.conv2d(a, window), F.conv2d(b, window)
        covariance = F.conv2d(a * b, window) - mean_a * mean_b
        variances = F.conv2d(a * a + b * b, window) - mean_a**2 - mean_b**2
        map_ = (2 * covariance + 9e-4) / (variances + 9e-4)
        if scale == 4:
            map_ = map_ * (2 * mean_a * mean_b + 1e-4) / (mean_a**2 + mean_b**2 + 1e-4)
        value *= float(map_.mean()) ** weight
    assert float(ms_ssim(first, second)) == pytest.approx(value, abs=1e-4)


def test_pictures_without_room_for_five_scales_are_refused():
    small = torch.zeros(1, 3, LEAST_SIDE - 1, 192)
    with pytest.raises(ValueError, match=str(LEAST_SIDE)):
        ms_ssim(small, small)


def test_structure_tells_more_than_brightness():
    blurred = F.interpolate(noise(1, 3, 24, 24), (192, 192), mode="bilinear")
    brighter = blurred + 0.05
    noisy = blurred + 0.1 * (noise(1, 3, 192, 192, seed=1) - 0.5)
    still = along(0, 0, 192)
    wanted = only(structure=1)
    assert (
        4 * offset_loss(brighter, blurred, still, wanted)
        < offset_loss(noisy, blurred, still, wanted)
    )  # fmt: skip


def test_rough_offsets_cost_more_than_smooth_ones_of_the_same_size():
    smooth = along(6, 0)
    checks = (torch.arange(32)[:, None] + torch.arange(32)) % 2 * 2 - 1
    assert float(roughness(smooth)) == 0
    rough = smooth * checks
    wanted = only(smoothness=1)
    picture = torch.zeros(1, 3, 32, 32)
    # Neighbours along x and along y are opposite: each pair differs by twice the offset.
    expected = 2 * 2 * smooth.abs().mean()
    torch.testing.assert_close(offset_loss(picture, picture, rough, wanted), expected)


def test_magnitude_is_the_mean_square():
    picture = torch.zeros(1, 3, 32, 32)
    offsets = torch.full((1, 15, 2, 32, 32), 3.0)
    assert float(offset_loss(picture, picture, offsets, only(magnitude=2))) == pytest.approx(18)


def test_the_papers_weights_are_the_defaults():
    blurred, reblurred = noise(1, 3, 192, 192), noise(1, 3, 192, 192, seed=1)
    offsets = noise(1, 15, 2, 192, 192, seed=2)
    terms = {
        name: offset_loss(reblurred, blurred, offsets, only(**{name: 1}))
        for name in ("mse", "structure", "smoothness", "magnitude")
    }
    expected = (
        terms["mse"]
        + 0.1 * terms["structure"]
        + 0.002 * terms["smoothness"]
        + 2e-5 * terms["magnitude"]
    )
    torch.testing.assert_close(offset_loss(reblurred, blurred, offsets, DISPLAY), expected)


def exposure(length: float = 10.0, size: int = 64) -> Batch:
    """One texture and its exposure along x."""
    sharp = F.interpolate(noise(1, 3, 16, 32), (size, size), mode="bicubic").clamp(0, 1)
    blurred = reblur(sharp, along(length, 0, size))
    # Motion along x by its double angle.
    code = torch.zeros(1, 4, size // 4, size // 4)
    code[:, 0] = length
    return Batch(blurred, sharp, code, torch.ones_like(code[:, :1]))


@pytest.mark.parametrize("constraint", ["linear", "bilinear", "quadratic", "free"])
def test_a_few_steps_on_one_exposure_explain_it_better(constraint):
    torch.manual_seed(0)
    network = networks.build("offsets", constraint=constraint)
    task = OffsetTask(only(mse=1, magnitude=2e-5))
    batch = exposure(6.0, 32)
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    first = task.loss(network, batch).item()
    for _ in range(15):
        optimizer.zero_grad()
        loss = task.loss(network, batch)
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.8 * first


def test_what_is_measured_is_the_gain_over_the_sharp_picture_as_it_is():
    class Knows(torch.nn.Module):
        """Answers with the start of the path that the exposure was made along."""

        constraint = networks.build("offsets", constraint="linear").constraint
        samples = 15

        def forward(self, blurred):
            return torch.tensor([-5.0, 0.0]).view(1, 2, 1, 1).expand(1, 2, *blurred.shape[-2:])

    figures = OffsetTask(LossRecipe(border="replicate")).measure(Knows(), [exposure(10.0)])
    assert figures["psnr_reblur"] > figures["psnr_identity"] + 10
    assert figures["gain"] == pytest.approx(figures["psnr_reblur"] - figures["psnr_identity"])
    assert figures["length"] == pytest.approx(10, abs=1e-4)
    assert figures["path_error_share"] == pytest.approx(0, abs=2e-3)


def test_previews_are_rows_of_pictures():
    torch.manual_seed(0)
    network = networks.build("offsets")
    with torch.no_grad():
        rows = OffsetTask(DISPLAY).preview(network, exposure())
    assert [tuple(row.shape) for row in rows] == [(1, 3, 64, 64)] * 4
    samples = path_samples(network(rows[0]).detach(), network.constraint)
    torch.testing.assert_close(rows[1], expose_again(exposure().sharp, samples, DISPLAY))
