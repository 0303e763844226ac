"""Kernels beside recorded ones: likeness whatever the shift, and one path for a whole picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from blurstudio.errors import DataError
from blurstudio.evaluation.kernel_likeness import drawn, likeness
from blurstudio.evaluation.levin import measure_kernels
from blurstudio.evaluation.recorded import recorded_kernels
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.kernels import kernel_at
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.shaking.one_path import one_path
from blurstudio.exposure.trajectory import Trajectory

SIZE = (48, 64)
BENT = torch.tensor([[14.0, 3.0], [4.0, -16.0]])


def everywhere(maps: torch.Tensor) -> Trajectory:
    return Trajectory(maps.view(2, 2, 1, 1).expand(2, 2, 6, 8), Constraint.QUADRATIC, SIZE)


def test_a_kernel_is_wholly_like_itself_wherever_it_lies():
    kernel = drawn(BENT)[0]
    assert likeness(kernel[None], kernel) == pytest.approx(1)
    moved = torch.roll(kernel, (5, -9), (0, 1))
    assert likeness(moved[None], kernel) == pytest.approx(1)


def test_a_path_read_backwards_draws_the_same_kernel():
    backwards = BENT * torch.tensor([[-1.0], [1.0]])
    assert torch.allclose(drawn(backwards), drawn(BENT), atol=1e-6)


def test_a_mirrored_kernel_is_another_kernel():
    kernel = drawn(BENT)[0]
    assert likeness(kernel.flip(0, 1)[None], kernel) < 0.9


def test_brightness_plays_no_part():
    kernel = drawn(BENT)[0]
    assert likeness(7 * kernel[None], 0.1 * kernel) == pytest.approx(1)


def test_ours_are_drawn_as_the_engine_draws_kernels():
    engine = kernel_at(everywhere(BENT), 30, 20, 65)
    assert likeness(drawn(BENT), engine) > 0.995


def test_a_shift_by_half_a_pixel_is_found():
    engine = kernel_at(everywhere(torch.tensor([[9.0, 0.0], [2.0, 0.0]])), 30, 20, 65)
    assert likeness(drawn(torch.tensor([[9.0, 0.0], [0.0, 0.0]])), engine) > 0.9


def test_one_path_is_that_of_the_surer_half_in_either_direction_of_time():
    maps = BENT.view(2, 2, 1, 1).repeat(1, 1, 4, 6)
    maps[0, :, :, ::2] *= -1
    confidence = torch.full((4, 6), 0.9)
    maps[..., 4:], confidence[:, 4:] = 70.0, 0.1
    found = one_path(Trajectory(maps, Constraint.QUADRATIC, SIZE, confidence=confidence))
    assert torch.allclose(found[1], BENT[1], atol=1e-2)
    assert torch.allclose(found[0].abs(), BENT[0].abs(), atol=1e-2)


def as_bytes(picture: torch.Tensor) -> np.ndarray:
    return (picture * 255).round().byte().permute(1, 2, 0).numpy()


@pytest.fixture
def folder(tmp_path, write_picture):
    kernel = kernel_at(everywhere(BENT), 30, 20, 31)
    levels = (kernel / kernel.max() * 255).round().byte().numpy()
    sharp = torch.rand(3, *SIZE, generator=torch.Generator().manual_seed(3))
    blurred = reblur_along(sharp, everywhere(BENT))
    for name in ("im1", "im2"):
        write_picture(tmp_path / f"{name}_kernel1_img.png", as_bytes(blurred))
        write_picture(tmp_path / "gt" / f"{name}.png", as_bytes(sharp))
    write_picture(tmp_path / "gt" / "kernel1.png", np.repeat(levels[..., None], 3, 2))
    return tmp_path


def test_true_paths_are_ahead_of_their_linear_part(folder):
    told = []
    result = measure_kernels(
        recorded_kernels(folder),
        lambda _: everywhere(BENT),
        progress=lambda *said: told.append(said),
    )
    assert [score.name for score in result.scores] == ["im1_kernel1", "im2_kernel1"]
    assert result.ahead == 2
    assert result.mean("path") > 0.98
    for score in result.scores:
        assert max(score.dot, score.linear) <= score.line + 0.02 < score.path
    assert told[-1] == (1.0, "picture 2 of 2, im2_kernel1")


def test_a_kernel_kept_the_other_way_round_is_turned(folder):
    upright = recorded_kernels(folder)[0].read_kernel()
    path = folder / "gt" / "kernel1.png"
    turned = np.ascontiguousarray(cv2.imread(str(path))[::-1, ::-1])
    assert cv2.imwrite(str(path), turned)
    assert torch.equal(recorded_kernels(folder)[0].read_kernel(), upright)
    assert likeness(drawn(BENT), upright) > 0.98


def test_a_traced_shake_counts_in_place_of_the_path(folder):
    straight = BENT * torch.tensor([[1.0], [0.0]])
    pictures = recorded_kernels(folder)
    plain = measure_kernels(pictures, lambda _: everywhere(straight), limit=1)
    assert plain.ahead == 0
    traced = measure_kernels(
        pictures, lambda _: everywhere(straight), lambda _: everywhere(BENT), limit=1
    )
    assert traced.ahead == 1
    assert traced.mean("traced") > traced.mean("path")


def test_a_picture_without_its_kernel_is_a_plain_sentence(folder):
    (folder / "gt" / "kernel1.png").unlink()
    with pytest.raises(DataError, match=r"kernel1\.png; restore it"):
        recorded_kernels(folder)


def test_a_picture_without_its_sharp_one_is_a_plain_sentence(folder):
    (folder / "gt" / "im2.png").unlink()
    with pytest.raises(DataError, match=r"im2\.png; restore it"):
        recorded_kernels(folder)


def test_a_folder_without_such_pictures_is_a_plain_sentence(tmp_path):
    with pytest.raises(DataError, match="im1_kernel1_img"):
        recorded_kernels(tmp_path)
