"""Offset networks: the paper's size, its constraints sample for sample, and order for free ones."""

from __future__ import annotations

import pytest
import torch

from blurstudio import networks
from blurstudio.exposure.basis import Constraint, evaluate_maps, times
from blurstudio.exposure.ordering import order_samples
from blurstudio.exposure.reblur import reblur
from blurstudio.networks.constraints import SAMPLES, channels_of, even_maps, path_maps, path_samples

FAMILIES = [c.value for c in Constraint]


def random_offsets(*shape: int, seed: int = 0, scale: float = 5.0) -> torch.Tensor:
    return scale * torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def picture(height: int = 48, width: int = 64, seed: int = 0) -> torch.Tensor:
    return torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(seed))


def test_the_quadratic_network_has_the_papers_number_of_parameters():
    network = networks.build("offsets")
    assert sum(p.numel() for p in network.parameters()) == 1_129_604


@pytest.mark.parametrize(
    ("constraint", "channels"), [("linear", 2), ("bilinear", 4), ("quadratic", 4), ("free", 30)]
)
def test_a_network_answers_for_every_pixel_with_the_channels_of_its_constraint(
    constraint, channels
):
    torch.manual_seed(0)
    network = networks.build("offsets", constraint=constraint)
    with torch.no_grad():
        answer = network(picture())
    assert answer.shape == (1, channels, 48, 64)
    assert channels_of(network.constraint) == channels
    assert path_samples(answer, network.constraint).shape == (1, 15, 2, 48, 64)


def test_fresh_weights_are_spread_as_xavier_says_and_biases_are_zero():
    torch.manual_seed(0)
    network = networks.build("offsets")
    weight = network.encoder2[0].first.weight
    bound = (6 / (2 * 32 * 25)) ** 0.5
    assert 0.99 * bound < float(weight.detach().abs().max()) <= bound
    assert all(not p.any() for name, p in network.named_parameters() if name.endswith("bias"))


def test_fresh_networks_do_not_rest_where_the_loss_is_flat():
    torch.manual_seed(0)
    with torch.no_grad():
        answer = networks.build("offsets")(picture())
    assert float(answer.std()) > 0.01


@pytest.mark.parametrize("stem", ["pixels", "energy"])
def test_gradients_reach_every_weight(stem):
    torch.manual_seed(0)
    network = networks.build("offsets", stem=stem)
    network(picture()).square().mean().backward()
    dead = [n for n, p in network.named_parameters() if p.grad is None or not p.grad.any()]
    assert dead == []


@pytest.mark.parametrize(
    "wrong", [{"stem": "spectra"}, {"samples": 14}, {"constraint": "cubic"}], ids=str
)
def test_what_a_network_can_not_be_is_refused(wrong):
    with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
        networks.build("offsets", **wrong)


def papers_offset(constraint: str, start, end, k: int):
    """The paper's offset k steps of a seventh from the middle, toward the end if k is positive."""
    t = abs(k) / 7
    toward, away = (end, start) if k > 0 else (start, end)
    if constraint == "quadratic":
        return 0.5 * ((t + t * t) * toward - (t - t * t) * away)
    return t * toward


@pytest.mark.parametrize("constraint", ["linear", "bilinear", "quadratic"])
def test_offsets_are_the_papers_at_every_seventh(constraint):
    start, end = random_offsets(2, 1, 2, 3, 4).unbind(0)
    answer = torch.cat([start, end], 1)
    if constraint == "linear":
        answer, end = start, -start
    samples = path_samples(answer, Constraint(constraint))
    for k in range(-7, 8):
        wanted = papers_offset(constraint, start, end, k)
        torch.testing.assert_close(samples[:, k + 7], wanted, atol=1e-5, rtol=1e-5)


def test_free_offsets_are_the_networks_own():
    answer = random_offsets(1, 30, 3, 4)
    samples = path_samples(answer, Constraint.FREE)
    assert torch.equal(samples.flatten(1, 2), answer)


@pytest.mark.parametrize("constraint", FAMILIES)
def test_answers_with_other_channels_are_refused(constraint):
    with pytest.raises(ValueError, match=r"\(1, 3, 4, 4\)"):
        path_maps(torch.zeros(1, 3, 4, 4), Constraint(constraint))


def reblurred_by_plain_mean(sharp, samples):
    return reblur(sharp, samples, torch.full((samples.shape[1],), 1 / samples.shape[1]))


def smooth_picture(size: int = 64) -> torch.Tensor:
    y, x = torch.meshgrid(torch.arange(size), torch.arange(size), indexing="ij")
    waves = [torch.sin(x / (3.0 + c)) * torch.cos(y / (4.0 - c)) for c in range(3)]
    return (0.5 + 0.45 * torch.stack(waves))[None]


@pytest.mark.parametrize("constraint", ["linear", "bilinear", "quadratic"])
def test_an_even_exposure_says_what_the_plain_mean_of_samples_said(constraint):
    family = Constraint(constraint)
    ends = torch.tensor([-4.0, 1.0, 6.0, 3.0])[: channels_of(family)]
    answer = ends.view(1, -1, 1, 1).expand(1, -1, 64, 64)
    maps = path_maps(answer, family)
    sharp = smooth_picture()
    wanted = reblurred_by_plain_mean(sharp, path_samples(answer, family))
    inside = (..., slice(12, -12), slice(12, -12))

    def error(paths):
        even = reblur(sharp, evaluate_maps(paths, family, times(129)))
        return float((even - wanted)[inside].square().mean().sqrt())

    assert error(even_maps(maps, family)) < 0.25 * error(maps)


def test_free_knots_keep_their_line_when_they_are_lengthened():
    straight = torch.linspace(-7, 7, SAMPLES).view(-1, 1, 1, 1).expand(-1, 2, 2, 2)
    longer = even_maps(straight, Constraint.FREE)
    torch.testing.assert_close(longer, straight * 15 / 14)


def test_ordered_samples_run_along_their_line_through_zero():
    straight = torch.linspace(-7, 7, SAMPLES).view(1, -1, 1, 1, 1) * torch.tensor([3.0, -1.0]).view(
        2, 1, 1
    )
    shuffled = straight[:, torch.randperm(SAMPLES, generator=torch.Generator().manual_seed(1))]
    ordered = order_samples(shuffled)
    direction = 1 if ordered[0, 0, 0, 0, 0] < 0 else -1
    torch.testing.assert_close(ordered * direction, straight)


def test_each_pixel_is_ordered_by_itself_and_keeps_its_samples():
    samples = random_offsets(1, SAMPLES, 2, 5, 6)
    ordered = order_samples(samples)
    assert not ordered[:, SAMPLES // 2].any()
    given = samples.flatten(3).permute(0, 3, 1, 2)[0]
    kept = ordered.flatten(3).permute(0, 3, 1, 2)[0]
    for before, after in zip(given, kept, strict=True):
        rest = before[before.norm(dim=1) > before.norm(dim=1).min()]
        moving = after[after.norm(dim=1) > 0]
        assert torch.equal(rest[rest[:, 0].argsort()], moving[moving[:, 0].argsort()])


def test_ordering_keeps_the_reblur_but_for_the_sample_that_comes_to_rest():
    samples = random_offsets(1, SAMPLES, 2, 1, 1).expand(-1, -1, -1, 64, 64).clone()
    samples[:, 4] = 0
    sharp = smooth_picture()
    before = reblurred_by_plain_mean(sharp, samples)
    after = reblurred_by_plain_mean(sharp, order_samples(samples))
    torch.testing.assert_close(before, after, atol=1e-6, rtol=0)


@pytest.mark.parametrize("shape", [(1, 14, 2, 4, 4), (15, 3, 4, 4), (2, 4, 4)])
def test_samples_that_can_not_be_ordered_are_named(shape):
    with pytest.raises(ValueError, match="T odd"):
        order_samples(torch.zeros(shape))
