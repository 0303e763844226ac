"""Protocols on made-up exposures and folders, with callables in the place of networks."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch

from blurstudio.errors import DataError, PhotoError
from blurstudio.evaluation.gopro import gopro_pairs, measure_gopro
from blurstudio.evaluation.kodak import judge_paths, measure_kodak
from blurstudio.evaluation.pictures import list_pictures, read_picture
from blurstudio.evaluation.real import measure_real
from blurstudio.exposure.basis import Constraint, times
from blurstudio.exposure.report import ReblurReport
from blurstudio.exposure.trajectory import Trajectory


def true_paths(exposure) -> Trajectory:
    return Trajectory.fit(exposure.offsets, times(17), Constraint.QUADRATIC)


def nothing_moves(picture) -> Trajectory:
    return Trajectory.zero((picture.shape[-2], picture.shape[-1]))


def as_it_is(picture, _paths=None):
    return picture


def noise(seed, size=(24, 30)):
    return np.random.default_rng(seed).integers(0, 256, (*size, 3), dtype=np.uint8)


def test_the_true_paths_and_pictures_score_perfectly(make_exposure):
    exposures = [make_exposure(8, 0), make_exposure(20, 1)]
    answers = {id(each.blurred): each for each in exposures}
    result = measure_kodak(
        exposures,
        lambda picture: true_paths(answers[id(picture)]),
        lambda picture, _paths: answers[id(picture)].sharp,
        total=2,
    )
    assert result.path.everywhere.percent == pytest.approx(0, abs=1e-3)
    assert result.restored.psnr == float("inf")
    assert result.restored.ssim == pytest.approx(1)
    assert result.blurred.psnr < 30


def test_doing_nothing_is_all_of_the_path_error_and_none_of_the_gain(make_exposure):
    exposures = [make_exposure(8, 0), make_exposure(20, 1)]
    result = measure_kodak(exposures, nothing_moves, as_it_is, total=2)
    assert result.path.everywhere.percent == pytest.approx(100)
    assert result.gain == 0
    assert result.restored == result.blurred


def test_the_set_splits_into_its_strengths(make_exposure):
    exposures = [make_exposure(strength, seed) for seed, strength in enumerate((8, 20, 8))]
    result = measure_kodak(exposures, nothing_moves, as_it_is, total=3)
    assert result.strengths == (8, 20)
    assert [score.gain.name for score in result.of_strength(8).scores] == ["photo-0", "photo-2"]
    assert result.of_strength(20).blurred.psnr < result.of_strength(8).blurred.psnr


def test_a_limit_renders_no_exposure_beyond_it(make_exposure):
    rendered = []

    def exposures():
        for seed in range(5):
            rendered.append(seed)
            yield make_exposure(8, seed)

    told = []
    result = measure_kodak(
        exposures(),
        nothing_moves,
        as_it_is,
        total=5,
        limit=2,
        progress=lambda *said: told.append(said),
    )
    assert rendered == [0, 1]
    assert len(result.scores) == 2
    assert told == [(0.5, "exposure 1 of 2, photo-0"), (1.0, "exposure 2 of 2, photo-1")]


def test_the_predicted_confidence_is_brought_to_the_pictures_size(make_exposure):
    exposure = make_exposure(8)
    maps = true_paths(exposure).maps.clone()
    maps[..., :20] = 0
    coarse = torch.tensor([[0.1, 0.9]]).expand(2, 2)
    half_right = Trajectory(
        torch.nn.functional.interpolate(maps, (32, 40)),
        Constraint.QUADRATIC,
        (32, 40),
        confidence=torch.nn.functional.interpolate(coarse[None, None], (32, 40))[0, 0],
    )
    error = judge_paths(half_right, exposure)
    assert error.surer_half.percent == pytest.approx(0, abs=1e-3)
    assert error.everywhere.percent == pytest.approx(50, abs=1e-3)


def test_paths_on_a_coarse_grid_are_read_at_the_exposures_size(make_exposure):
    exposure = make_exposure(8)
    coarse = Trajectory(true_paths(exposure).maps[..., ::8, ::8], Constraint.QUADRATIC, (32, 40))
    half_size = coarse.resized((16, 20))
    assert judge_paths(half_size, exposure).everywhere.percent == pytest.approx(0, abs=1e-3)


def test_pixels_whose_path_leaves_the_picture_do_not_count(make_exposure):
    exposure = make_exposure(8)
    validity = exposure.validity.clone()
    validity[..., :10] = 0
    error = judge_paths(nothing_moves(exposure.blurred), replace(exposure, validity=validity))
    assert error.everywhere.pixels == 32 * 30


def test_pairs_are_found_by_name(tmp_path, write_picture):
    for name in ("b", "b_gt", "a_gt", "a"):
        write_picture(tmp_path / f"{name}.png", noise(1))
    pairs = gopro_pairs(tmp_path)
    assert [(pair.blurred.name, pair.truth.name) for pair in pairs] == [
        ("a.png", "a_gt.png"),
        ("b.png", "b_gt.png"),
    ]


@pytest.mark.parametrize("alone", ["a.png", "a_gt.png"])
def test_a_picture_without_its_partner_is_a_plain_sentence(tmp_path, write_picture, alone):
    write_picture(tmp_path / alone, noise(1))
    with pytest.raises(DataError, match=rf"{alone} has no"):
        gopro_pairs(tmp_path)


def test_a_folder_without_pairs_is_a_plain_sentence(tmp_path):
    with pytest.raises(DataError, match="holds no pairs"):
        gopro_pairs(tmp_path)
    with pytest.raises(DataError, match="holds no pairs"):
        gopro_pairs(tmp_path / "missing")


def test_pairs_are_scored_one_by_one(tmp_path, write_picture):
    truth = np.full((24, 30, 3), 100, np.uint8)
    for name, level in (("a", 110), ("b", 104)):
        write_picture(tmp_path / f"{name}.png", np.full_like(truth, level))
        write_picture(tmp_path / f"{name}_gt.png", truth)
    told = []
    result = measure_gopro(
        gopro_pairs(tmp_path),
        lambda picture: picture - 5 / 255,
        progress=lambda *said: told.append(said),
    )
    first, second = result.gains
    assert first.psnr == pytest.approx(20 * np.log10(10 / 5))
    assert second.psnr == pytest.approx(20 * np.log10(4 / 1))
    assert result.worst.name == "a"
    assert result.mean == pytest.approx((first.psnr + second.psnr) / 2)
    assert told[-1] == (1.0, "pair 2 of 2, b")


def test_pairs_of_two_sizes_are_refused(tmp_path, write_picture):
    write_picture(tmp_path / "a.png", noise(1, (24, 30)))
    write_picture(tmp_path / "a_gt.png", noise(1, (24, 31)))
    with pytest.raises(DataError, match="differ in size"):
        measure_gopro(gopro_pairs(tmp_path), as_it_is)


def test_real_photos_are_reported_in_the_order_of_their_names(tmp_path, write_picture):
    for name in ("b.png", "a.png", "c.png"):
        write_picture(tmp_path / name, noise(1))
    (tmp_path / "notes.txt").write_text("no photo")
    reports = {
        "a.png": ReblurReport(40.0, 2.0, 10.0, True),
        "b.png": ReblurReport(30.0, 1.0, 0.0, False),
    }
    result = measure_real(list_pictures(tmp_path), lambda path: reports[path.name], limit=2)
    assert [score.name for score in result.scores] == ["a.png", "b.png"]
    assert (result.psnr, result.gradient_gain, result.mean_length) == (35.0, 1.5, 5.0)


def test_nothing_to_measure_is_a_plain_sentence(tmp_path):
    with pytest.raises(DataError, match="holds no pictures"):
        list_pictures(tmp_path)
    with pytest.raises(DataError, match="no exposure"):
        measure_kodak([], nothing_moves, as_it_is, total=0)
    with pytest.raises(DataError, match="no pair"):
        measure_gopro([], as_it_is)
    with pytest.raises(DataError, match="no photo"):
        measure_real([], lambda path: ReblurReport(0, 0, 0, False))


def test_pictures_are_read_as_networks_see_them(tmp_path, write_picture):
    picture = noise(3)
    read = read_picture(write_picture(tmp_path / "a.png", picture))
    assert read.shape == (3, 24, 30)
    assert torch.equal((read * 255).round().byte(), torch.from_numpy(picture).permute(2, 0, 1))


def test_a_damaged_picture_is_a_plain_sentence(tmp_path):
    (tmp_path / "a.png").write_bytes(cv2.imencode(".png", noise(1))[1].tobytes()[:40])
    with pytest.raises(PhotoError):
        read_picture(tmp_path / "a.png")
