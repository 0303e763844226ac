"""A hand that shook: the kernel of the whole photo is read, and the path that drew it traced."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from exposure_pictures import blocks

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.kernels import kernel_at
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.shaking.blind_kernel import estimate_kernel
from blurstudio.exposure.shaking.kernel_curve import path_likeness, trace_kernel
from blurstudio.exposure.shaking.shake import trace_shakes
from blurstudio.exposure.shaking.shake_reading import Traced, read_path, reduced_for_kernels
from blurstudio.exposure.splatting import splat_paths
from blurstudio.exposure.trajectory import Trajectory
from tests.shaken_photos import hook, shaken, straight

SIZE = (192, 224)


def likeness(first: torch.Tensor, second: torch.Tensor) -> float:
    """Best correlation over shifts."""
    size = (96, 96)
    product = torch.fft.rfft2(first, s=size) * torch.fft.rfft2(second.flip(0, 1), s=size)
    return float(torch.fft.irfft2(product, s=size).max() / (first.norm() * second.norm()))


def test_the_kernel_of_a_shaken_picture_is_found():
    true = shaken(SIZE)
    kernel = estimate_kernel(reblur_along(blocks(SIZE), true).mean(0), 31)
    assert float(kernel.sum()) == pytest.approx(1)
    assert float(kernel.min()) >= 0
    drawn = kernel_at(true, 112, 96, 41)
    assert likeness(kernel, drawn) > 0.8
    assert likeness(kernel, drawn) > likeness(kernel.flip(0, 1), drawn) + 0.1


def test_a_sharp_picture_has_a_dot_for_a_kernel():
    kernel = estimate_kernel(blocks(SIZE).mean(0), 31)
    middle = kernel[12:19, 12:19]
    assert float(middle.sum()) > 0.9


def test_a_curve_is_traced_through_a_kernel():
    kernel = splat_paths(hook()[None], 31)[0]
    path, like = trace_kernel(kernel)
    assert like > 0.9
    assert likeness(splat_paths(path[None], 31)[0], kernel) > 0.85


def test_tracing_is_the_same_each_time():
    kernel = splat_paths(hook()[None], 31)[0]
    assert torch.equal(trace_kernel(kernel)[0], trace_kernel(kernel)[0])


def test_the_shake_of_a_photo_is_traced_in_the_given_order_of_time():
    photo = reblur_along(blocks(SIZE), shaken(SIZE))
    told = []
    shake = trace_shakes(photo, straight(SIZE), told.append)[0]
    assert shake.trajectory.constraint is Constraint.FREE
    assert shake.trajectory.size == SIZE
    assert float(shake.trajectory.offsets((0.0,)).abs().max()) < 1e-5
    assert torch.allclose(shake.trajectory.confidence, torch.tensor(shake.likeness))
    drawn = kernel_at(shake.trajectory, 112, 96, 41)
    assert likeness(drawn, kernel_at(shaken(SIZE), 112, 96, 41)) > 0.75
    first, last = shake.trajectory.endpoints()
    assert float((last - first)[1].mean()) < 0, "content went down, as the given paths say"
    assert told == sorted(told)
    backwards = trace_shakes(photo, straight(SIZE).reversed())
    first, last = backwards[0].trajectory.endpoints()
    assert float((last - first)[1].mean()) > 0


def test_of_several_readings_the_one_that_is_most_like_its_kernel_and_no_dot_comes_first(
    monkeypatch,
):
    line = torch.stack([torch.linspace(-1, 1, 65), torch.zeros(65)], dim=1)
    like = {18.0: 0.9, 1.5: 0.98, 16.0: 0.8, 17.0: 0.85}
    readings = iter([Traced(reach * line, share) for reach, share in like.items()])
    monkeypatch.setattr(
        "blurstudio.exposure.shaking.shake.read_path", lambda *_, **__: next(readings)
    )
    wide = replace(straight(SIZE, 40.0), size=(600, 700))
    shakes = trace_shakes(torch.rand(3, 600, 700), wide)
    assert [shake.likeness for shake in shakes] == [0.9, 0.85, 0.8, 0.98]


def test_a_small_photo_is_read_once_in_light_and_once_as_it_is_encoded(monkeypatch):
    lights = []
    monkeypatch.setattr(
        "blurstudio.exposure.shaking.shake.read_path",
        lambda *_, in_light: lights.append(in_light),
    )
    assert trace_shakes(torch.rand(3, *SIZE), straight(SIZE)) == []
    assert lights == [True, False]


def test_the_kernel_of_an_exposure_is_read_better_in_light():
    scene = (1.25 * (blocks(SIZE) - 0.1)).clamp(0, 1)
    photo = reduced_for_kernels(reblur_along(scene, shaken(SIZE)), straight(SIZE))
    in_light, as_encoded = (
        path_likeness(read_path(photo, in_light=light).path, hook()) for light in (True, False)
    )
    assert in_light > 0.98
    assert in_light > as_encoded + 0.02


def test_a_photo_too_small_to_read_has_no_shake():
    assert trace_shakes(torch.rand(3, 60, 200), Trajectory.zero((60, 200))) == []


@pytest.mark.parametrize("photo", [torch.ones(3, *SIZE), torch.full((3, *SIZE), 0.4)])
def test_a_photo_of_nothing_has_no_shake(photo):
    assert trace_shakes(photo, straight(SIZE)) == []


def test_stopping_stops():
    class StopHereError(Exception):
        pass

    def stop(_: float) -> None:
        raise StopHereError

    with pytest.raises(StopHereError):
        trace_shakes(blocks(SIZE), straight(SIZE), stop)


@pytest.mark.parametrize(("grey", "side"), [(torch.rand(3, 64, 64), 31), (torch.rand(64, 64), 30)])
def test_wrong_shapes_are_refused(grey, side):
    with pytest.raises(ValueError, match="odd side"):
        estimate_kernel(grey, side)


def test_an_empty_kernel_has_no_path():
    with pytest.raises(ValueError, match="hold something"):
        trace_kernel(torch.zeros(9, 9))
