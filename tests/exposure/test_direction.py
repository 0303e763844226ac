"""Time's arrow: sign-free codes, trees of signs, and one direction over the picture."""

from __future__ import annotations

import pytest
import torch
from exposure_strategies import random, seeds, sizes, small, smooth
from hypothesis import given
from hypothesis import strategies as st

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.direction import align, align_trajectory, disagreement, drift
from blurstudio.exposure.forest import spanning_signs
from blurstudio.exposure.signfree import decode_sign_free, encode_sign_free
from blurstudio.exposure.trajectory import Trajectory

REVERSAL = torch.tensor([-1.0, 1.0]).view(2, 1, 1, 1)


def flip_at_random(maps, seed):
    flips = random(seed, *maps.shape[-2:]) > 0.5
    return torch.where(flips, maps * REVERSAL, maps)


def drifting(seed, size):
    """A smooth field of quadratic paths that drift left, so that the content moves right."""
    maps = smooth(seed, 2, 2, *size) * 4
    maps[0, 0] -= 9
    return maps


@given(seeds, sizes)
@small
def test_a_code_is_read_back_as_the_path_or_its_reversal(seed, size):
    maps = random(seed, 3, 2, 2, *size, low=-20, high=20)
    back = decode_sign_free(encode_sign_free(maps))
    forward = (back - maps).abs().amax((-4, -3))
    backward = (back - maps * REVERSAL).abs().amax((-4, -3))
    assert torch.minimum(forward, backward).max() < 1e-3


@given(seeds, sizes)
@small
def test_the_code_does_not_change_under_reversal(seed, size):
    maps = random(seed, 2, 2, *size, low=-20, high=20)
    assert torch.equal(encode_sign_free(maps), encode_sign_free(maps * REVERSAL))


def test_the_code_is_continuous_where_the_sign_is_not():
    nearly_up = torch.tensor([[0.01, 5.0], [0, 0]]).view(2, 2, 1, 1)
    nearly_down = torch.tensor([[0.01, -5.0], [0, 0]]).view(2, 2, 1, 1)
    assert torch.allclose(encode_sign_free(nearly_up), encode_sign_free(nearly_down), atol=0.05)


def test_stillness_has_a_code_with_finite_gradients():
    maps = torch.zeros(2, 2, 2, 3, requires_grad=True)
    code = encode_sign_free(maps)
    assert not code.any()
    assert torch.autograd.grad(code.sum(), maps)[0].isfinite().all()
    code = torch.zeros(4, 2, 3, requires_grad=True)
    (gradient,) = torch.autograd.grad(decode_sign_free(code).sum(), code)
    assert gradient.isfinite().all()


@given(seeds, sizes)
@small
def test_aligning_turns_paths_but_never_changes_them(seed, size):
    maps = random(seed, 2, 2, *size, low=-9, high=9)
    aligned = align(maps, random(seed + 1, *size))
    kept = (aligned == maps).all(0).all(0)
    turned = (aligned == maps * REVERSAL).all(0).all(0)
    assert (kept | turned).all()


@given(seeds, st.tuples(st.integers(8, 30), st.integers(8, 30)))
@small
def test_a_smooth_field_with_random_signs_comes_back_whole(seed, size):
    maps = drifting(seed, size)
    assert torch.equal(align(flip_at_random(maps, seed + 1)), maps)


@given(seeds)
@small
def test_noise_on_every_path_does_not_break_the_direction(seed):
    size = (30, 40)
    maps = drifting(seed, size)
    noise = random(seed + 1, 2, *size, low=-1, high=1) * maps[0].norm(dim=0) * 0.8
    noisy = torch.stack((maps[0] + noise, maps[1]))
    aligned = align(flip_at_random(noisy, seed + 2), random(seed + 3, *size))
    right = (aligned[0] * maps[0]).sum(0) > 0
    assert right.float().mean() > 0.97


@given(seeds)
@small
def test_a_turning_camera_gets_one_sense_of_rotation(seed):
    y, x = torch.meshgrid(torch.arange(24.0) - 11, torch.arange(30.0) - 17, indexing="ij")
    a = torch.stack((-y, x)) * 0.4
    maps = flip_at_random(torch.stack((a, torch.zeros_like(a))), seed)
    agreement = ((align(maps)[0] * a).sum(0))[a.norm(dim=0) > 0.5]
    assert (agreement > 0).all() or (agreement < 0).all()


@given(seeds)
@small
def test_an_object_keeps_one_direction_within_its_outline(seed):
    a = torch.tensor([-10.0, 0]).view(2, 1, 1).expand(2, 30, 40).clone()
    a[:, 10:20, 12:25] = torch.tensor([1.0, 6.0]).view(2, 1, 1)
    maps = flip_at_random(torch.stack((a, torch.zeros_like(a))), seed)
    aligned = align(maps)[0, :, 10:20, 12:25]
    down = aligned[1] > 0
    assert down.all() or not down.any()


def test_content_moves_right_or_down_where_it_is_vertical():
    def content(x, y):
        maps = torch.tensor([[x, y], [0, 0]]).view(2, 2, 1, 1).expand(2, 2, 5, 6)
        return (-align(maps)[0].mean((1, 2))).tolist()

    assert content(3.0, 2.0) == [3, 2]
    assert content(-3.0, 2.0) == [3, -2]
    assert content(0.0, 4.0) == [0, 4]
    assert content(0.1, -4.0) == pytest.approx([-0.1, 4])


def test_the_surer_paths_decide_what_the_whole_does():
    maps = torch.zeros(2, 2, 6, 20)
    maps[0, 0, :, :6] = -5
    maps[0, 0, :, 14:] = 9
    confidence = torch.full((6, 20), 0.05)
    confidence[:, :6] = 1
    assert (align(maps, confidence)[0, 0, :, :6] == -5).all()
    assert (align(maps, 1.05 - confidence)[0, 0, :, 14:] == -9).all()


def paths_of(a, constraint, seed=0):
    """Paths of a family whose straight part is `a`, bent at random where it can be."""
    bend = random(seed, *a.shape, low=-1, high=1)
    maps = {
        Constraint.LINEAR: [a],
        Constraint.QUADRATIC: [a, bend],
        Constraint.BILINEAR: [bend - a / 2, bend + a / 2],
        Constraint.FREE: [bend - a / 2, -a / 4, bend, a / 4, bend + a / 2],
    }[constraint]
    height, width = a.shape[-2:]
    return Trajectory(torch.stack(maps), constraint, (4 * height, 4 * width))


@pytest.mark.parametrize("constraint", list(Constraint))
def test_paths_of_every_family_get_one_direction_and_keep_their_shape(constraint):
    size = (20, 30)
    whole = paths_of(drifting(3, size)[0], constraint)
    mixed = whole.reversed(random(4, *size) > 0.5)
    once = Trajectory(
        torch.where(mixed.flipped, whole.reversed().maps, whole.maps), constraint, whole.size
    )
    for trajectory in (mixed, once):
        aligned = align_trajectory(trajectory)
        assert aligned.flipped is None
        assert torch.equal(aligned.maps, whole.maps)


@pytest.mark.parametrize("constraint", list(Constraint))
def test_the_straight_part_of_a_path_turns_round_with_it(constraint):
    a = drifting(5, (6, 9))[0]
    trajectory = paths_of(a, constraint)
    straight = drift(trajectory)
    torch.testing.assert_close(straight, a, atol=1e-4, rtol=0)
    torch.testing.assert_close(drift(trajectory.reversed()), -straight)
    mask = random(6, 6, 9) > 0.5
    torch.testing.assert_close(
        drift(trajectory.reversed(mask)), torch.where(mask, -straight, straight)
    )


def test_directions_disagree_at_the_border_of_what_was_turned_round_and_nowhere_else():
    whole = paths_of(drifting(7, (20, 30))[0], Constraint.QUADRATIC)
    mask = torch.arange(30).expand(20, 30) >= 12
    assert disagreement(whole).max() == 0
    parted = disagreement(whole.reversed(mask))
    assert (parted[:, 11:13] > 0.4).all()
    assert parted[:, :11].max() == 0
    assert parted[:, 13:].max() == 0


def test_the_edge_of_an_object_and_the_axis_of_a_turn_are_no_disagreement():
    a = torch.tensor([10.0, 0]).view(2, 1, 1).expand(2, 20, 30).clone()
    a[:, 5:12, 8:20] = torch.tensor([1.0, 9.0]).view(2, 1, 1)
    assert disagreement(paths_of(a, Constraint.LINEAR)).max() == 0
    y, x = torch.meshgrid(torch.arange(20.0) - 9.5, torch.arange(30.0) - 14.5, indexing="ij")
    turn = paths_of(torch.stack((-y, x)) * 0.1, Constraint.LINEAR)
    assert disagreement(turn).max() < 0.3


def test_the_unsure_disagree_less():
    a = drifting(8, (6, 10))[0]
    mask = torch.arange(10).expand(6, 10) >= 5
    unsure = Trajectory(a[None], Constraint.LINEAR, (24, 40), torch.full((6, 10), 0.2))
    assert 0 < disagreement(unsure.reversed(mask)).max() <= 0.2


@given(seeds, st.integers(1, 60))
@small
def test_a_tree_of_signs_satisfies_relations_that_agree(seed, count):
    truth = torch.where(random(seed, count) > 0.5, 1.0, -1.0)
    pairs = (random(seed + 1, 2, 4 * count) * count).long()
    edges = torch.cat((pairs, torch.stack((torch.arange(count - 1), torch.arange(1, count)))), 1)
    relation = truth[edges[0]] * truth[edges[1]]
    sign = spanning_signs(edges, random(seed + 2, edges.shape[1]), relation, count)
    assert torch.equal(sign * sign[0], truth * truth[0])


def test_of_relations_that_contradict_the_weakest_gives_way():
    edges = torch.tensor([[0, 1, 2, 3], [1, 2, 3, 0]])
    relation = torch.tensor([1.0, -1.0, 1.0, 1.0])
    sign = spanning_signs(edges, torch.tensor([0.9, 0.8, 0.7, 0.1]), relation, 5)
    assert (sign * sign[0]).tolist()[:4] == [1, 1, -1, -1]


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: encode_sign_free(torch.zeros(1, 2, 3, 3)), r"\(1, 2, 3, 3\)"),
        (lambda: decode_sign_free(torch.zeros(5, 3, 3)), r"\(5, 3, 3\)"),
        (lambda: align(torch.zeros(1, 2, 2, 3, 3)), r"\(1, 2, 2, 3, 3\)"),
        (lambda: align(torch.zeros(2, 2, 3, 3), torch.zeros(3, 4)), r"\(3, 4\)"),
    ],
)
def test_wrong_shapes_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
