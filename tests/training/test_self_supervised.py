"""Going on without labels: paths learn from the photo alone, and do not learn to be nothing."""

from __future__ import annotations

import copy

import pytest
import torch
import torch.nn.functional as F

from blurstudio import networks
from blurstudio.exposure.basis import times
from blurstudio.exposure.light import linear_to_srgb, srgb_to_linear
from blurstudio.exposure.reblur import reblur
from blurstudio.exposure.signfree import encode_sign_free
from blurstudio.networks import MotionPrediction
from blurstudio.training.batches import Batch
from blurstudio.training.recipe import LossRecipe
from blurstudio.training.self_supervised import ReblurTask

SIZE = 64
WANTED = LossRecipe(border="replicate", structure=0, smoothness=0, anchor=0)


class Says(torch.nn.Module):
    """A motion network that gives one path everywhere; both may be learned."""

    def __init__(self, a: tuple[float, float], log_scale: float = 0.0) -> None:
        super().__init__()
        maps = torch.tensor([a, (0.0, 0.0)]).view(2, 2, 1, 1)
        self.code = torch.nn.Parameter(encode_sign_free(maps)[None])
        self.log_scale = torch.nn.Parameter(torch.full((1, 1, 1, 1), log_scale))

    def forward(self, blurred):
        cells = (len(blurred), -1, SIZE // 4, SIZE // 4)
        return MotionPrediction(self.code.expand(cells), self.log_scale.expand(cells))


class Listens(torch.nn.Module):
    """A guided deblurring network that hands its picture through and remembers its guide."""

    guided = True

    def forward(self, blurred, guide):
        self.told = guide
        return blurred


def texture() -> torch.Tensor:
    coarse = torch.rand(1, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    return F.interpolate(coarse, (SIZE, SIZE), mode="bicubic").clamp(0, 1)


def exposure(dx: float = 10.0, light: str = "display") -> Batch:
    sharp = texture()
    path = times(33).view(1, -1, 1, 1, 1) * torch.tensor([dx, 0.0]).view(1, 1, 2, 1, 1)
    offsets = path.expand(1, 33, 2, SIZE, SIZE)
    if light == "display":
        blurred = reblur(sharp, offsets)
    else:
        blurred = linear_to_srgb(reblur(srgb_to_linear(sharp), offsets))
    maps = torch.zeros(1, 2, 2, SIZE // 4, SIZE // 4)
    maps[:, 0, 0] = dx
    return Batch(blurred, sharp, encode_sign_free(maps), maps[:, 0, :1] * 0 + 1)


def loss_of(network, wanted=WANTED, start=None, deblurrer=None, batch=None) -> torch.Tensor:
    task = ReblurTask(wanted, start or copy.deepcopy(network), deblurrer)
    return task.loss(network, batch or exposure())


def test_the_true_path_explains_best():
    losses = {dx: loss_of(Says((dx, 0.0))).item() for dx in (0.1, 6.0, 10.0, 14.0)}
    assert min(losses, key=losses.__getitem__) == 10.0
    assert loss_of(Says((0.0, 10.0))) > 5 * losses[10.0]


def test_a_path_and_its_reversal_are_one():
    torch.testing.assert_close(loss_of(Says((10.0, 3.0))), loss_of(Says((-10.0, -3.0))))


def test_a_path_learns_its_length_from_the_photo_alone():
    network = Says((6.0, 0.5))
    task = ReblurTask(WANTED, copy.deepcopy(network), None)
    optimizer = torch.optim.Adam([network.code], 0.2)
    for _ in range(40):
        optimizer.zero_grad()
        task.loss(network, exposure()).backward()
        optimizer.step()
    assert float(network.code[0, :2].detach().norm()) == pytest.approx(10, abs=1)


def test_where_the_picture_is_no_sharper_than_the_photo_the_anchor_keeps_the_length():
    lengths = {}
    for anchor in (0.0, 0.02):
        network = Says((6.0, 0.5))
        wanted = LossRecipe(border="replicate", structure=0, smoothness=0, anchor=anchor)
        task = ReblurTask(wanted, copy.deepcopy(network), Listens())
        optimizer = torch.optim.Adam([network.code], 0.2)
        for _ in range(40):
            optimizer.zero_grad()
            task.loss(network, exposure()).backward()
            optimizer.step()
        lengths[anchor] = float(network.code[0, :2].detach().norm())
    assert lengths[0.0] < 2
    assert lengths[0.02] > 5


def test_what_the_network_expects_of_itself_is_held():
    network = Says((10.0, 0.0), log_scale=1.0)
    start = copy.deepcopy(network)
    wanted = LossRecipe(mse=0, structure=0, smoothness=0, anchor=1.0)
    assert loss_of(network, wanted, start).item() == pytest.approx(0, abs=1e-5)
    network.log_scale.data += 2
    assert loss_of(network, wanted, start).item() == pytest.approx(2, abs=1e-4)


def test_a_guided_deblurrer_is_told_the_path_and_no_gradient_goes_there():
    network, deblurrer = Says((10.0, 0.0)), Listens()
    loss_of(network, deblurrer=deblurrer).backward()
    assert not deblurrer.told.requires_grad
    torch.testing.assert_close(deblurrer.told[0, :4, 0, 0], network.code[0, :, 0, 0].detach())
    assert float(deblurrer.told[0, 4].mean()) == pytest.approx(10.5 / 11.5, abs=1e-3)
    assert network.code.grad.abs().sum() > 0


def test_each_photo_is_explained_in_the_light_that_fits_it():
    either = LossRecipe(border="replicate", structure=0, smoothness=0, anchor=0, light="either")
    linear = LossRecipe(border="replicate", structure=0, smoothness=0, anchor=0, light="linear")
    true = Says((10.0, 0.0))
    photo = exposure(light="linear")
    assert loss_of(true, linear, batch=photo) < 0.3 * loss_of(true, batch=photo)
    torch.testing.assert_close(
        loss_of(true, either, batch=photo), loss_of(true, linear, batch=photo)
    )
    torch.testing.assert_close(loss_of(true, either), loss_of(true))


def test_figures_tell_gain_kept_length_and_truth():
    start, network = Says((8.0, 0.0)), Says((10.0, 0.0))
    with torch.no_grad():
        figures = ReblurTask(WANTED, start, None).measure(network, [exposure()])
    assert figures["gain"] > 10
    assert figures["length_kept"] == pytest.approx(1.25, abs=1e-3)
    assert figures["path_error_share"] == pytest.approx(0, abs=2e-3)


def test_previews_are_rows_of_pictures():
    torch.manual_seed(0)
    tiny = {"widths": (8,) * 4, "depths": (1,) * 4, "up_depths": (1,) * 3, "spectrum_channels": 4}
    network = networks.build("motion-spectral", **tiny)
    with torch.no_grad():
        rows = ReblurTask(WANTED, network, None).preview(network, exposure())
    assert [tuple(row.shape) for row in rows] == [(1, 3, SIZE, SIZE)] * 5
