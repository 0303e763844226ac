from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from blurstudio.exposure.light import linear_to_srgb, srgb_to_linear
from blurstudio.exposure.reblur import reblur
from blurstudio.exposure.warp import gather
from blurstudio.simulate.exposures import Exposure, render
from blurstudio.simulate.settings import PRESETS, ExposureSettings

# One camera, linear light, a perfect sensor.
PLAIN = ExposureSettings(
    size=(64, 72),
    strength=(8.0, 8.0),
    sharp_share=0.0,
    layer_share=0.0,
    display_average_share=0.0,
    highlight_share=0.0,
    gain=(1.0, 1.0),
    clean_share=1.0,
    curve_share=0.0,
    jpeg_share=0.0,
    shrink=(1.0, 1.0),
)
LAYERED = replace(PLAIN, layer_share=1.0, layer_count=(2, 3))


def psnr(one: torch.Tensor, other: torch.Tensor) -> float:
    return float(-10 * torch.log10((one - other).square().mean() + 1e-12))


def arc_length(offsets: torch.Tensor) -> torch.Tensor:
    return (offsets[:, 1:] - offsets[:, :-1]).norm(dim=2).sum(dim=1)


def all_tensors(exposure: Exposure) -> dict[str, torch.Tensor]:
    return {name: value for name, value in vars(exposure).items() if value is not None}


def test_the_same_seed_gives_the_same_exposures(make_photo):
    photos = [make_photo(1), make_photo(2)]
    settings = replace(PRESETS["mixed"], size=(64, 64), ends=True)
    once, again = render(photos, settings, 5), render(photos, settings, 5)
    assert all_tensors(once).keys() >= {"frames", "flow"}
    for name, value in all_tensors(once).items():
        assert torch.equal(value, getattr(again, name)), name


def test_another_seed_gives_other_exposures(make_photo):
    photos = [make_photo(1)]
    assert not torch.allclose(render(photos, PLAIN, 1).offsets, render(photos, PLAIN, 2).offsets)


def test_shapes_and_ranges_are_as_promised(make_photo):
    settings = replace(PRESETS["mixed"], size=(64, 72), ends=True)
    exposure = render([make_photo(seed) for seed in range(3)], settings, 3)
    assert len(exposure) == 3
    assert exposure.blurred.shape == exposure.sharp.shape == (3, 3, 64, 72)
    assert exposure.offsets.shape == (3, 17, 2, 64, 72)
    assert exposure.layers.shape == (3, 64, 72)
    assert exposure.layers.dtype == torch.uint8
    assert exposure.validity.shape == (3, 1, 64, 72)
    assert exposure.strength.shape == (3,)
    assert exposure.frames is not None
    assert exposure.frames.shape == (3, 2, 3, 64, 72)
    assert exposure.flow is not None
    assert exposure.flow.shape == (3, 2, 64, 72)
    for picture in (exposure.blurred, exposure.sharp, exposure.frames):
        assert float(picture.min()) >= 0
        assert float(picture.max()) <= 1


def test_no_motion_gives_the_sharp_picture(make_photo):
    settings = replace(LAYERED, strength=(0.0, 0.0), log_strength=False)
    exposure = render([make_photo(1), make_photo(2)], settings, 0)
    assert float(exposure.offsets.abs().max()) < 1e-3
    assert float(exposure.strength.max()) < 1e-9
    assert torch.allclose(exposure.blurred, exposure.sharp, atol=1e-3)


def test_nothing_is_displaced_at_mid_exposure(make_photo):
    exposure = render([make_photo(1)], LAYERED, 4)
    assert not exposure.offsets[:, 8].any()


@pytest.mark.parametrize("seed", range(3))
def test_the_exact_paths_reblur_the_sharp_picture_to_the_photo(make_photo, seed):
    settings = replace(PLAIN, size=(96, 96), strength=(6.0, 6.0))
    exposure = render([make_photo(seed, 160, 160)], settings, seed)
    offsets = exposure.offsets
    # 17 label times are coarser than the sub-frames; their steps stay below a pixel here.
    again = linear_to_srgb(reblur(srgb_to_linear(exposure.sharp), offsets).clamp(0, 1))
    inner = (..., slice(16, -16), slice(16, -16))
    explained = psnr(again[inner], exposure.blurred[inner])
    assert explained > 40
    assert explained > psnr(exposure.sharp[inner], exposure.blurred[inner]) + 5


def test_the_end_frames_are_the_sharp_picture_read_along_the_path(make_photo):
    exposure = render([make_photo(1, 160, 160)], replace(PLAIN, size=(96, 96), ends=True), 1)
    assert exposure.frames is not None
    inner = (..., slice(16, -16), slice(16, -16))
    for number, moment in ((0, 0), (1, 16)):
        read = gather(exposure.sharp, exposure.offsets[:, moment])
        assert psnr(read[inner], exposure.frames[:, number][inner]) > 38


def test_the_flow_leads_from_the_first_frame_to_the_last(make_photo):
    exposure = render([make_photo(1, 160, 160)], replace(PLAIN, size=(96, 96), ends=True), 1)
    assert exposure.frames is not None
    assert exposure.flow is not None
    read = gather(exposure.frames[:, 1], exposure.flow)
    inner = (..., slice(16, -16), slice(16, -16))
    assert psnr(read[inner], exposure.frames[:, 0][inner]) > 34
    # First to last, content moves against the reading path: u(-1/2) - u(1/2) in the small.
    middle = exposure.offsets[0, 0] - exposure.offsets[0, 16]
    assert torch.nn.functional.cosine_similarity(exposure.flow[0], middle, dim=0).mean() > 0.9


@pytest.mark.parametrize("strength", [3.0, 8.0, 20.0])
def test_the_strength_asked_for_is_the_mean_arc_length(make_photo, strength):
    settings = replace(LAYERED, strength=(strength, strength), longest=1000.0)
    exposure = render([make_photo(seed) for seed in range(4)], settings, 9)
    measured = arc_length(exposure.offsets).mean(dim=(1, 2))
    assert torch.allclose(exposure.strength, torch.tensor(strength), rtol=0.03)
    assert torch.allclose(measured.double(), exposure.strength.double(), rtol=0.06)


def test_strengths_fill_their_range_and_a_tenth_is_sharp(make_photo):
    settings = replace(PLAIN, size=(12, 12), strength=(2.0, 20.0), sharp_share=0.1, longest=1e3)
    strength = render([make_photo(1, 16, 16)] * 120, settings, 2).strength.numpy()
    assert 0.03 < np.mean(strength < 1.0) < 0.2
    moved = strength[strength > 1.0]
    assert moved.min() < 3
    assert moved.max() > 15
    # Log-uniform: as many below the geometric mean as above.
    assert 0.35 < np.mean(moved < np.sqrt(40)) < 0.65


def test_no_layer_moves_farther_than_the_longest_path_allowed(make_photo):
    settings = replace(LAYERED, strength=(30.0, 30.0), longest=12.0, still_camera_share=1.0)
    exposure = render([make_photo(seed) for seed in range(4)], settings, 1)
    lengths = arc_length(exposure.offsets)
    for number in range(4):
        for layer in exposure.layers[number].unique():
            mine = lengths[number][exposure.layers[number] == layer]
            if len(mine) > 200:
                assert float(mine.mean()) < 12.0 * 1.15


def test_a_small_object_before_a_still_camera_does_not_race(make_photo):
    settings = replace(LAYERED, strength=(6.0, 6.0), still_camera_share=1.0, longest=1000.0)
    exposure = render([make_photo(seed, 80, 80) for seed in range(6)], settings, 1)
    assert float(arc_length(exposure.offsets).max()) < 3 * 6.0 * 2
    assert float(exposure.strength.min()) < 6.0
    assert float(exposure.strength.max()) < 6.2


def test_paths_stay_valid_where_the_photo_has_room_and_not_beyond(make_photo):
    roomy = render([make_photo(1, 200, 200)], PLAIN, 3)
    assert bool(roomy.validity.all())
    photo = make_photo(1, 64, 72)
    tight = render([photo], replace(PLAIN, size=None, turn=False), 3)
    assert tight.sharp.shape[-2:] == (64, 72)
    x = torch.arange(72) + tight.offsets[0, :, 0]
    y = torch.arange(64)[:, None] + tight.offsets[0, :, 1]
    inside = ((x >= -1e-3) & (x <= 71.001) & (y >= -1e-3) & (y <= 63.001)).all(dim=0)
    assert torch.equal(tight.validity[0, 0] > 0.5, inside)
    assert 0.3 < float(tight.validity.mean()) < 1


def test_the_sharp_picture_is_the_photo_itself_when_nothing_is_drawn_over_it(make_photo):
    photo = make_photo(1, 64, 72)
    exposure = render([photo], replace(PLAIN, size=None, turn=False), 3)
    assert torch.allclose(exposure.sharp[0], photo, atol=2e-3)


def test_noise_is_on_the_blurred_picture_only(make_photo):
    noisy = replace(PLAIN, clean_share=0.0, photons=(500.0, 500.0), read_noise=(5e-3, 5e-3))
    clean_one, noisy_one = render([make_photo(1)], PLAIN, 3), render([make_photo(1)], noisy, 3)
    assert torch.equal(clean_one.sharp, noisy_one.sharp)
    assert 20 < psnr(clean_one.blurred, noisy_one.blurred) < 40


def test_highlights_are_boosted_before_the_mean_and_clipped(make_photo):
    photo = torch.full((3, 100, 100), 0.05)
    photo[:, 48:52, 48:52] = 0.95
    settings = replace(PLAIN, size=(64, 64), turn=False, highlight=(4.0, 4.0))
    dull = render([photo], settings, 6)
    bright = render([photo], replace(settings, highlight_share=1.0), 6)
    streak = dull.blurred > dull.blurred.median() + 0.1
    assert bool(streak.any())
    assert float(bright.blurred[streak].mean()) > float(dull.blurred[streak].mean()) + 0.1
    assert float(bright.blurred.max()) <= 1


def test_a_share_is_averaged_in_display_encoding(make_photo):
    """Plain means of encoded frames are darker than means of light."""
    photos = [make_photo(1, 32, 32)] * 40
    settings = replace(PLAIN, size=(16, 16), display_average_share=0.25)
    light = render(photos, replace(settings, display_average_share=0.0), 4)
    mixed = render(photos, settings, 4)
    display = render(photos, replace(settings, display_average_share=1.0), 4)
    same = [
        torch.allclose(a, b, atol=1e-6) for a, b in zip(mixed.blurred, light.blurred, strict=True)
    ]
    other = [
        torch.allclose(a, b, atol=1e-6) for a, b in zip(mixed.blurred, display.blurred, strict=True)
    ]
    assert all(one != two for one, two in zip(same, other, strict=True))
    assert 0.1 < np.mean(other) < 0.42
    assert float(display.blurred.mean()) < float(light.blurred.mean())


def test_layers_take_texture_from_further_pictures(make_photo):
    """A white picture given for textures shows up in front of a dark photo."""
    dark, white = torch.full((3, 100, 100), 0.1), torch.ones(3, 100, 100)
    settings = replace(LAYERED, size=(64, 64))
    seen = [
        float(render([dark], settings, seed, textures=[white]).sharp.max()) for seed in range(4)
    ]
    assert max(seen) > 0.5
    assert max(float(render([dark], settings, seed).sharp.max()) for seed in range(4)) < 0.15


def test_a_photo_that_is_too_small_or_no_colour_picture_is_named(make_photo):
    with pytest.raises(ValueError, match="smaller than the exposure"):
        render([make_photo(1, 40, 40)], PLAIN, 0)
    with pytest.raises(ValueError, match=r"\(1, 80, 80\)"):
        render([torch.zeros(1, 80, 80)], PLAIN, 0)
    with pytest.raises(ValueError, match="no photo"):
        render([], PLAIN, 0)
