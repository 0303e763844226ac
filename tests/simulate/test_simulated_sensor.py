from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from blurstudio.exposure.light import linear_to_srgb
from blurstudio.simulate.sensor import Sensor, boost_highlights, draw_sensor
from blurstudio.simulate.settings import ExposureSettings


def generator() -> torch.Generator:
    return torch.Generator().manual_seed(1)


def test_a_perfect_sensor_only_clips_and_encodes():
    light = torch.linspace(-0.2, 1.5, 300).view(3, 10, 10)
    assert torch.equal(Sensor().record(light, generator()), linear_to_srgb(light.clamp(0, 1)))


def test_noise_grows_with_light_as_photons_do():
    sensor = Sensor(photons=1000.0)
    spread = [
        float((sensor.expose(torch.full((3, 64, 64), level), generator()) - level).std())
        for level in (0.1, 0.4)
    ]
    assert spread[0] == pytest.approx(np.sqrt(0.1 / 1000), rel=0.1)
    assert spread[1] == pytest.approx(2 * spread[0], rel=0.1)


def test_read_noise_is_there_in_the_dark():
    sensor = Sensor(photons=1e6, read_noise=0.01)
    assert float(sensor.expose(torch.zeros(3, 64, 64), generator()).std()) == pytest.approx(
        0.01, rel=0.05
    )


def test_smoothed_noise_is_weaker_and_alike_in_neighbours():
    rough = Sensor(photons=1000.0).expose(torch.full((3, 64, 64), 0.5), generator()) - 0.5
    smooth = Sensor(photons=1000.0, smooth=True).expose(torch.full((3, 64, 64), 0.5), generator())
    smooth = smooth - 0.5
    assert float(smooth.std() / rough.std()) == pytest.approx(0.44, abs=0.05)

    def alike(noise: torch.Tensor) -> float:
        return float((noise[..., 1:] * noise[..., :-1]).mean() / noise.square().mean())

    assert alike(smooth) > 0.3
    assert abs(alike(rough)) < 0.1


def test_noise_repeats_with_its_generator():
    light = torch.full((3, 16, 16), 0.5)
    sensor = Sensor(photons=1000.0, read_noise=0.01)
    assert torch.equal(sensor.record(light, generator()), sensor.record(light, generator()))


@pytest.mark.parametrize("curve", ["srgb", "gamma", "contrast"])
def test_tone_curves_rise_from_black_to_white(curve):
    light = torch.linspace(0, 1, 300).view(3, 10, 10)
    developed = Sensor(curve=curve, contrast=0.7).develop(light).flatten()
    assert float(developed[0]) == 0
    assert float(developed[-1]) == pytest.approx(1)
    assert bool((developed.diff() > 0).all())


def test_contrast_darkens_shadows_and_lifts_lights():
    light = torch.tensor([0.05, 0.6]).view(1, 1, 2).expand(3, 1, 2)
    plain, strong = Sensor().develop(light), Sensor(curve="contrast", contrast=0.5).develop(light)
    assert float(strong[0, 0, 0]) < float(plain[0, 0, 0])
    assert float(strong[0, 0, 1]) > float(plain[0, 0, 1])


def test_a_lower_jpeg_quality_is_farther_from_the_truth():
    light = torch.rand(3, 32, 32, generator=generator())
    truth = Sensor().record(light, generator())
    errors = [
        float((Sensor(jpeg_quality=q, fine_colour=True).record(light, generator()) - truth).std())
        for q in (100, 90, 70)
    ]
    assert errors[0] < errors[1] < errors[2]
    assert errors[0] < 0.01


def test_only_bright_places_are_boosted():
    light = torch.tensor([0.1, 0.5, 0.9, 1.0]).view(1, 1, 4).expand(3, 1, 4)
    boosted = boost_highlights(light, 4.0, 1.0)[0, 0]
    assert boosted.tolist() == pytest.approx([0.1, 0.5, boosted[2].item(), 4.0])
    assert 0.9 < float(boosted[2]) < 4
    assert torch.allclose(boost_highlights(light, 1.0, 0.5), light * 0.5)


def test_sensors_are_drawn_in_the_shares_and_ranges_asked_for():
    settings = ExposureSettings(clean_share=0.3, jpeg_share=0.5, jpeg_quality=(80, 90))
    rng = np.random.default_rng(0)
    sensors = [draw_sensor(rng, settings) for _ in range(400)]
    assert np.mean([s.photons == 0 for s in sensors]) == pytest.approx(0.3, abs=0.07)
    assert np.mean([s.jpeg_quality is None for s in sensors]) == pytest.approx(0.5, abs=0.08)
    qualities = {s.jpeg_quality for s in sensors if s.jpeg_quality is not None}
    assert min(qualities) == 80
    assert max(qualities) == 90
    assert {s.curve for s in sensors} == {"srgb", "gamma", "contrast"}


def test_a_share_changed_leaves_the_other_draws_alone():
    settings = ExposureSettings(jpeg_share=1.0)
    one = draw_sensor(np.random.default_rng(5), settings)
    two = draw_sensor(np.random.default_rng(5), replace(settings, jpeg_share=0.0))
    assert one.jpeg_quality is not None
    assert replace(one, jpeg_quality=None) == two
