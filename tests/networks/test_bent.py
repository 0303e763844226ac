"""The bent deblurring network: what its taps read, and that the path matters and can be learned."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from blurstudio import networks
from blurstudio.exposure.signfree import encode_sign_free
from blurstudio.networks.bent import _in_patches
from blurstudio.networks.taps import TAPS, BentConv, path_taps

SMALL = {"widths": (8, 12, 16), "depth": 1, "levels": 1, "unshuffle": 2, "bent": 1}


def noise(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def picture(height: int = 32, width: int = 48) -> torch.Tensor:
    return noise(1, 3, height, width).sigmoid()


def guide_along(a: tuple[float, float], b: tuple[float, float] = (0, 0), size=(8, 12)):
    maps = torch.tensor([a, b], dtype=torch.float32).view(2, 2, 1, 1).expand(2, 2, *size)
    return torch.cat([encode_sign_free(maps), torch.ones(1, *size)])[None]


@pytest.fixture
def layer():
    torch.manual_seed(0)
    return BentConv(5, 4)


def test_at_rest_all_taps_read_the_place_itself(layer):
    x = noise(2, 5, 6, 7)
    answer = layer(x, torch.zeros(2, TAPS, 2, 6, 7))
    summed = layer.mix.weight.view(4, 5, TAPS).sum(2)[..., None, None]
    torch.testing.assert_close(answer, F.conv2d(x, summed, layer.mix.bias))


def test_each_tap_has_weights_of_its_own_and_reads_where_its_offset_leads(layer):
    x = noise(1, 5, 16, 16)
    steps = torch.arange(TAPS) - TAPS // 2
    offsets = torch.stack([steps, torch.zeros_like(steps)], 1).float()
    answer = layer(x, offsets.view(1, TAPS, 2, 1, 1).expand(1, TAPS, 2, 16, 16))
    row = layer.mix.weight.view(4, 5, 1, TAPS)
    expected = F.conv2d(x, row, layer.mix.bias)
    torch.testing.assert_close(answer[..., 4:-4], expected, atol=1e-4, rtol=1e-4)


def test_x_and_y_of_a_tap_are_not_mixed_up(layer):
    x = noise(1, 5, 16, 16)
    down = torch.zeros(1, TAPS, 2, 16, 16)
    down[:, :, 1] = 2
    across = down.flip(2)
    shifted = layer(torch.roll(x, -2, 2), torch.zeros_like(down))
    torch.testing.assert_close(layer(x, down)[..., :-2, :], shifted[..., :-2, :])
    assert not torch.allclose(layer(x, across)[..., :-2, :], shifted[..., :-2, :])


def test_without_a_path_a_layer_is_a_plain_window(layer):
    x = noise(1, 5, 6, 7)
    y, x_ = torch.meshgrid(torch.arange(-1.0, 2), torch.arange(-1.0, 2), indexing="ij")
    window = torch.stack([x_.flatten(), y.flatten()], 1).view(1, TAPS, 2, 1, 1)
    torch.testing.assert_close(layer(x, None), layer(x, window.expand(1, TAPS, 2, 6, 7)))


def test_taps_are_the_central_nine_of_fifteen_offsets_shrunk_by_the_reach():
    taps = path_taps(guide_along((28.0, 14.0), (9.8, 0.0)), unshuffle=1, reach=0.5)
    assert taps.shape == (1, TAPS, 2, 32, 48)
    for k in range(-4, 5):
        t = k / 14
        wanted = torch.tensor([28.0 * t + 9.8 * t * t, 14.0 * t]) / 2
        torch.testing.assert_close(taps[0, k + 4, :, 5, 5], wanted, atol=1e-4, rtol=1e-4)


def test_on_the_grid_of_one_half_offsets_are_half_as_many_cells():
    guide = guide_along((28.0, 14.0))
    whole, half = path_taps(guide, 1, 0.08), path_taps(guide, 2, 0.08)
    assert half.shape == (1, TAPS, 2, 16, 24)
    torch.testing.assert_close(half, whole[..., ::2, ::2] / 2)


def test_a_path_and_its_reversal_are_one_guide_and_one_answer():
    torch.manual_seed(0)
    network = networks.build("deblur-bent", **SMALL)
    forwards, backwards = (
        guide_along((20.0, 5.0), (3.0, 1.0)),
        guide_along((-20.0, -5.0), (3.0, 1.0)),
    )
    with torch.no_grad():
        torch.testing.assert_close(network(picture(), forwards), network(picture(), backwards))


@pytest.mark.parametrize("levels", [1, 2, 3])
@pytest.mark.parametrize("unshuffle", [1, 2])
@pytest.mark.parametrize("pixels", ["plain", "contrast"])
def test_every_form_answers_with_a_picture_of_the_same_size(levels, unshuffle, pixels):
    torch.manual_seed(0)
    form = {"levels": levels, "unshuffle": unshuffle, "pixels": pixels}
    network = networks.build("deblur-bent", **{**SMALL, **form})
    with torch.no_grad():
        sharp = network(picture(), guide_along((20.0, 0.0)))
    assert sharp.shape == (1, 3, 32, 48)
    assert (sharp - picture()).abs().mean() < 0.3


def test_the_path_changes_the_answer_and_gradients_flow_to_it():
    torch.manual_seed(0)
    network = networks.build("deblur-bent", **{**SMALL, "reach": 0.5})
    still, moving = guide_along((0.0, 0.0)), guide_along((20.0, 8.0)).requires_grad_()
    answer = network(picture(), moving)
    assert not torch.allclose(answer, network(picture(), still), atol=1e-4)
    answer.square().mean().backward()
    assert bool(moving.grad[:, :4].any())


@pytest.mark.parametrize("guided", [True, False])
def test_gradients_reach_every_weight(guided):
    torch.manual_seed(0)
    network = networks.build("deblur-bent", **{**SMALL, "levels": 3, "guided": guided})
    network(picture(), guide_along((20.0, 8.0))).square().mean().backward()
    dead = [n for n, p in network.named_parameters() if p.grad is None or not p.grad.any()]
    assert dead == []


def test_a_blind_one_has_as_many_weights_and_needs_no_guide():
    guided, blind = (networks.build("deblur-bent", **SMALL, guided=g) for g in (True, False))
    counts = [sum(p.numel() for p in n.parameters()) for n in (guided, blind)]
    assert counts[0] == counts[1]
    with torch.no_grad():
        assert blind(picture()).shape == (1, 3, 32, 48)
    with pytest.raises(ValueError, match="needs a guide"):
        guided(picture())


def test_patches_of_a_coarser_level_do_not_see_each_other():
    torch.manual_seed(0)
    network = networks.build("deblur-bent", **{**SMALL, "levels": 2})
    upper = network.encoders[1](torch.zeros(1, 12, 8, 24))
    whole = torch.zeros(1, 12, 16, 24)
    whole[..., 8:, :] = 1
    torch.testing.assert_close(_in_patches(network.encoders[1], whole, 1)[..., :2, :], upper)


def test_shown_contrast_a_dim_picture_is_corrected_as_much_as_it_is_dim():
    torch.manual_seed(0)
    network = networks.build("deblur-bent", **{**SMALL, "pixels": "contrast"})
    guide = guide_along((20.0, 0.0))
    bright = picture()
    with torch.no_grad():
        added, dimly = (network(p, guide) - p for p in (bright, bright / 2 + 0.1))
    torch.testing.assert_close(dimly, added / 2, atol=0.1 * float(added.abs().max()), rtol=0)


def test_what_can_not_be_shown_is_refused():
    with pytest.raises(ValueError, match="pixels must be one of plain, contrast"):
        networks.build("deblur-bent", pixels="edges")


@pytest.mark.parametrize("wrong", [{"levels": 4}, {"levels": 0}, {"unshuffle": 3}], ids=str)
def test_forms_that_do_not_exist_are_refused(wrong):
    with pytest.raises(ValueError, match="levels must be 1, 2 or 3"):
        networks.build("deblur-bent", **wrong)
