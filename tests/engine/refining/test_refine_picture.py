"""Refining the sharp picture of a whole photo: in tiles, and reduced where it is large."""

from __future__ import annotations

import pytest
import torch

from blurstudio import networks
from blurstudio.engine.compute.device import choose_device
from blurstudio.engine.refining.refine import refine_picture
from blurstudio.engine.sharp import changing, path_tiles
from blurstudio.engine.sharp.path_tiles import add_enlarged, refining_scale
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.trajectory import Trajectory

SIZE = (120, 160)


def texture():
    noise = torch.rand(1, 3, 30, 40, generator=torch.Generator().manual_seed(0))
    smooth = torch.nn.functional.interpolate(noise, SIZE, mode="bicubic")[0]
    return (0.5 + 0.8 * (smooth - 0.5)).clamp(0.05, 0.95)


def moved(x):
    maps = torch.zeros(2, 2, 6, 8)
    maps[0, 0] = x
    return Trajectory(maps, Constraint.QUADRATIC, SIZE, torch.full((6, 8), 0.95))


def psnr(one, other):
    return float(-10 * (one - other).square().mean().log10())


@pytest.fixture
def task():
    """A photo, a sharp picture of it that is half as sharp as it could be, and the truth."""
    sharp, paths = texture(), moved(9.0)
    photo = reblur_along(sharp, paths)
    return photo, 0.5 * (photo + sharp), paths, sharp


@pytest.fixture
def half():
    """A keeping network that was never taught anything: it would keep half of every change."""
    torch.manual_seed(0)
    network = networks.build("keeping", widths=[8, 8, 8], depths=[1, 1, 1])
    return network.eval().requires_grad_(False), choose_device("cpu", "float32")


def test_a_photo_is_refined_along_its_paths(task, half):
    photo, known, paths, sharp = task
    fractions = []
    better = refine_picture(photo, known, paths, *half, fractions.append)
    assert psnr(better, sharp) > psnr(known, sharp) + 0.5
    assert 0 <= better.min() <= better.max() <= 1
    assert not better.is_inference()
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


def test_a_large_photo_is_refined_reduced_and_keeps_its_detail(task, half, monkeypatch):
    photo, known, paths, sharp = task
    monkeypatch.setattr(changing, "refining_scale", lambda _size, _longest: 0.5)
    better = refine_picture(photo, known, paths, *half)
    assert better.shape == known.shape
    assert not better.is_inference()
    assert psnr(better, sharp) > psnr(known, sharp) + 0.3
    fine = [(each - torch.nn.functional.avg_pool2d(each, 5, 1, 2)) for each in (known, better)]
    assert fine[1].square().mean() > 0.95 * fine[0].square().mean()


def test_a_refinement_can_be_stopped(task, half):
    def stop(_fraction):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        refine_picture(*task[:3], *half, stop)


@pytest.mark.parametrize(
    ("size", "longest", "scale"),
    [
        ((720, 1280), 400.0, 1.0),
        ((4000, 6000), 10.0, 1.0),
        ((4000, 6000), 48.0, 0.5),
        ((4000, 6000), 4000.0, (600_000 / 24_000_000) ** 0.5),
    ],
)
def test_only_large_photos_with_long_paths_are_reduced(size, longest, scale):
    assert refining_scale(size, longest) == pytest.approx(scale)


def test_what_was_won_is_enlarged_in_bands_without_seams(monkeypatch):
    won = 0.1 * torch.rand(3, 20, 30, generator=torch.Generator().manual_seed(1))
    whole = torch.full((3, 77, 90), 0.5)
    at_once, banded = whole.clone(), whole.clone()
    monkeypatch.setattr(path_tiles, "_ROWS_AT_ONCE", 1000)
    add_enlarged(at_once, won)
    monkeypatch.setattr(path_tiles, "_ROWS_AT_ONCE", 10)
    add_enlarged(banded, won)
    assert torch.allclose(at_once, banded, atol=1e-6)
    assert at_once.min() > 0.5
