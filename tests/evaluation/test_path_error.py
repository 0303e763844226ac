"""Path error: nothing for the truth in any direction, 100 % for no motion, layer by layer."""

from __future__ import annotations

import math

import pytest
import torch

from blurstudio.evaluation.path_error import PathError, Tally, path_error

TIMES = torch.linspace(-0.5, 0.5, 17)


def straight(dx: torch.Tensor | float, dy: torch.Tensor | float, size=(6, 8)) -> torch.Tensor:
    """Offsets u = t (dx, dy), (17, 2, H, W)."""
    speed = torch.stack([torch.as_tensor(each).float().expand(size) for each in (dx, dy)])
    return TIMES.view(-1, 1, 1, 1) * speed


def curved() -> torch.Tensor:
    bend = TIMES.square().view(-1, 1, 1, 1) * torch.tensor([3.0, -9.0]).view(1, 2, 1, 1)
    return straight(12.0, 5.0) + bend


def halves(size=(6, 8)) -> torch.Tensor:
    layers = torch.zeros(size, dtype=torch.uint8)
    layers[:, size[1] // 2 :] = 1
    return layers


def test_the_truth_errs_by_nothing():
    assert path_error(curved(), curved(), halves()).everywhere.percent == 0


def test_the_truth_backwards_in_time_errs_by_nothing():
    assert path_error(curved().flip(0), curved(), halves()).everywhere.percent == 0


def test_each_layer_may_run_either_way():
    estimated = curved()
    estimated[..., 4:] = estimated[..., 4:].flip(0)
    assert path_error(estimated, curved(), halves()).everywhere.percent == 0


def test_one_layer_may_not_run_both_ways():
    estimated = curved()
    estimated[..., 6:] = estimated[..., 6:].flip(0)
    result = path_error(estimated, curved(), torch.zeros(6, 8, dtype=torch.uint8))
    assert result.everywhere.percent > 25


def test_no_motion_errs_by_exactly_all_of_it():
    result = path_error(torch.zeros(17, 2, 6, 8), curved(), halves())
    assert result.everywhere.percent == pytest.approx(100)
    assert result.surer_half.percent == pytest.approx(100)


def test_half_the_motion_errs_by_half():
    result = path_error(curved() / 2, curved(), halves())
    assert result.everywhere.percent == pytest.approx(50)


def test_the_error_is_a_mean_distance_in_pixels():
    result = path_error(straight(0.0, 0.0), straight(3.0, 4.0), halves())
    assert result.everywhere.pixels == 48
    assert result.everywhere.mean_error == pytest.approx(5 * TIMES.abs().mean().item())


def test_the_surer_half_holds_the_pixels_with_the_higher_confidence():
    estimated = curved()
    estimated[..., :4] = 0
    sure_right = torch.linspace(0, 1, 8).expand(6, 8)
    good = path_error(estimated, curved(), halves(), sure_right)
    bad = path_error(estimated, curved(), halves(), 1 - sure_right)
    assert good.surer_half.percent == 0
    assert bad.surer_half.percent == pytest.approx(100)
    assert good.surer_half.pixels == bad.surer_half.pixels == 24
    assert good.surer_half_of_each == good.surer_half
    assert bad.surer_half_of_each == bad.surer_half


def test_over_many_pictures_the_surer_half_may_lie_in_one_of_them():
    sure = path_error(curved(), curved(), halves(), torch.full((6, 8), 0.9))
    unsure = path_error(0 * curved(), curved(), halves(), torch.full((6, 8), 0.2))
    both = sure + unsure
    assert both.surer_half == sure.everywhere
    assert both.surer_half_of_each.percent == both.everywhere.percent == pytest.approx(50)


def test_pixels_of_one_confidence_count_in_part_when_the_half_ends_among_them():
    few = path_error(curved(), curved(), halves(), torch.full((6, 8), 0.9))
    many = path_error(0 * curved(), curved(), halves(), torch.full((6, 8), 0.2))
    all_three = few + many + many
    assert all_three.surer_half.pixels == 72
    assert all_three.surer_half.percent == pytest.approx(100 / 3)


def test_a_confidence_that_says_nothing_leaves_the_whole_picture():
    result = path_error(curved() / 2, curved(), halves(), torch.full((6, 8), 0.3))
    assert result.surer_half_of_each == result.everywhere
    assert result.surer_half.percent == pytest.approx(result.everywhere.percent)


def test_the_direction_is_chosen_from_the_whole_layer_not_from_its_surer_half():
    estimated = curved()
    estimated[..., 5:] = estimated[..., 5:].flip(0)
    one_layer = torch.zeros(6, 8, dtype=torch.uint8)
    sure_right = torch.arange(8.0).expand(6, 8) / 8
    result = path_error(estimated, curved(), one_layer, sure_right)
    # Three of the four sure columns are backwards, but five of the layer's eight are not.
    assert result.surer_half.pixels == 24
    assert result.surer_half.error == pytest.approx(result.everywhere.error)


def test_pixels_are_sorted_into_bins_by_the_length_of_their_true_path():
    dx = torch.tensor([5.0, 5.0, 20.0, 20.0, 20.0, 40.0, 9.99, 200.0]).expand(6, 8)
    result = path_error(torch.zeros(17, 2, 6, 8), straight(dx, 0.0), halves())
    assert [each.pixels for each in result.by_length] == [18, 18, 6]


def test_pixels_that_do_not_count_change_nothing():
    estimated = curved()
    estimated[..., 0] = 1000.0
    valid = torch.ones(6, 8, dtype=torch.bool)
    valid[:, 0] = False
    result = path_error(estimated, curved(), halves(), torch.rand(6, 8), valid)
    assert result.everywhere == Tally(42, 0.0, result.everywhere.motion)
    assert result.surer_half.error == 0


def test_pictures_add_up_by_area_before_the_share_is_taken():
    still = path_error(straight(1.0, 0.0), straight(1.0, 0.0), halves())
    wrong = path_error(straight(0.0, 0.0), straight(3.0, 0.0), halves())
    assert (still + wrong).everywhere.percent == pytest.approx(75)
    assert PathError() + wrong == wrong


def test_where_nothing_moves_there_is_no_share():
    assert math.isnan(
        path_error(straight(1.0, 0.0), straight(0.0, 0.0), halves()).everywhere.percent
    )
    assert math.isnan(Tally().mean_error)


def test_shapes_that_do_not_fit_are_refused_by_name():
    with pytest.raises(ValueError, match=r"\(17, 2, 6, 7\)"):
        path_error(curved()[..., :-1], curved(), halves())
    with pytest.raises(ValueError, match="confidence"):
        path_error(curved(), curved(), halves(), torch.zeros(3, 4))
