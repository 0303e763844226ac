"""Motion of a whole photo: scale, grid, padding, direction."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch

from blurstudio.engine.compute.device import choose_device
from blurstudio.engine.paths.motion import estimate_motion, reduce_picture
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.signfree import encode_sign_free

CPU = choose_device("cpu", "float32")


class Oracle:
    """Answers with a path that grows with the place, in px of the picture that it is shown."""

    stride = 4
    multiple = 32

    def __init__(self):
        self.shown = []

    def __call__(self, batch):
        self.shown.append(tuple(batch.shape[-2:]))
        height, width = batch.shape[-2:]
        y, x = (torch.arange(side // 4) * 4 + 1.5 for side in (height, width))
        a = torch.stack((5 + 0.1 * x.expand(len(y), -1), 0.05 * y[:, None].expand(-1, len(x))))
        maps = torch.stack((a, torch.full_like(a, 0.5)))
        code = encode_sign_free(maps)[None]
        return SimpleNamespace(code=code, log_scale=torch.zeros(1, 1, *code.shape[-2:]))


def test_paths_lie_where_the_network_saw_them_also_when_the_picture_was_padded():
    trajectory = estimate_motion(torch.rand(3, 70, 150), Oracle(), CPU)
    assert trajectory.size == (70, 150)
    assert trajectory.constraint is Constraint.QUADRATIC
    assert trajectory.maps.shape[-2:] == (18, 38)
    first, last = trajectory.endpoints()
    a = (last - first)[:, 10:60, 10:140]
    y, x = torch.meshgrid(torch.arange(10.0, 60), torch.arange(10.0, 140), indexing="ij")
    # Alignment lets the content, -a, go right.
    torch.testing.assert_close(-a[0], 5 + 0.1 * x, atol=2e-3, rtol=0)
    torch.testing.assert_close(-a[1], 0.05 * y, atol=2e-3, rtol=0)


def test_a_large_photo_is_read_at_a_bounded_scale_and_its_paths_grow_with_it():
    oracle = Oracle()
    trajectory = estimate_motion(torch.rand(3, 400, 800), oracle, CPU, max_pixels=20_000)
    height, width = oracle.shown[0]
    assert height * width < 30_000
    assert trajectory.size == (400, 800)
    a = -(trajectory.endpoints()[1] - trajectory.endpoints()[0])
    # In the middle of 200 px the oracle says 15 px, which are 60 px of the photo.
    assert float(a[0, 200, 400]) == pytest.approx(60, abs=1)


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (3, 2), (31, 33)])
def test_tiny_and_narrow_pictures_are_read(size):
    trajectory = estimate_motion(torch.rand(3, *size), Oracle(), CPU)
    assert trajectory.size == size
    assert trajectory.maps.isfinite().all()
    assert trajectory.offsets((0.5,)).shape[-2:] == size


def test_what_comes_out_can_be_refined_with_gradients():
    trajectory = estimate_motion(torch.rand(3, 64, 64), Oracle(), CPU)
    maps = trajectory.maps.clone().requires_grad_()
    maps.square().sum().backward()
    assert maps.grad is not None
    assert not trajectory.confidence.is_inference()
    assert float(trajectory.confidence.min()) >= 0
    assert float(trajectory.confidence.max()) <= 1


class Sighted:
    """Sees paths of up to 16 px of the picture it is shown; of longer ones it misses half."""

    stride = 4
    multiple = 32

    def __init__(self, length, shown=None):
        self.length, self.shown = length, shown or []

    def __call__(self, batch):
        self.shown.append(tuple(batch.shape[-2:]))
        height, width = batch.shape[-2] // 4, batch.shape[-1] // 4
        length = self.length * self.shown[-1][0] / self.shown[0][0]
        code = torch.zeros(1, 4, height, width)
        code[:, 0] = length if length <= 16 else length / 2
        scale = torch.full((1, 1, height, width), 1.0 if length <= 16 else length / 4)
        return SimpleNamespace(code=code, log_scale=scale.log())


@pytest.mark.parametrize("length", [4.0, 60.0])
def test_long_paths_are_read_from_a_smaller_picture_and_short_ones_from_the_whole(length):
    network = Sighted(length)
    trajectory = estimate_motion(torch.rand(3, 256, 512), network, CPU)
    assert network.shown == [(256, 512), (128, 256), (64, 128)]
    assert float(trajectory.length().mean()) == pytest.approx(length, rel=0.25)


def test_pictures_are_not_made_so_small_that_nothing_is_seen():
    network = Sighted(4.0)
    estimate_motion(torch.rand(3, 100, 400), network, CPU)
    assert network.shown == [(128, 416)]


def test_reducing_keeps_shape_and_brightness_and_leaves_small_pictures_alone():
    picture = torch.full((3, 300, 200), 0.25)
    reduced = reduce_picture(picture, 6_000)
    assert reduced.shape[-2] / reduced.shape[-1] == pytest.approx(1.5, abs=0.02)
    torch.testing.assert_close(reduced, torch.full_like(reduced, 0.25))
    assert reduce_picture(picture, 10**6) is picture


@pytest.mark.parametrize("pixels", [1_000, 3_000, 7_000, 20_000, 50_000])
def test_white_stays_white_when_a_picture_is_reduced(pixels):
    reduced = reduce_picture(torch.ones(3, 211, 307), pixels)
    assert float(reduced.max()) <= 1


def test_a_wrong_shape_is_named():
    with pytest.raises(ValueError, match=r"\(3, H, W\), got \(1, 3, 8, 8\)"):
        estimate_motion(torch.rand(1, 3, 8, 8), Oracle(), CPU)
