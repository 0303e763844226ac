"""Photos that a hand shook as a whole: one path of any shape, always the same."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from blurstudio.errors import DataError
from blurstudio.simulate.shaken import LENGTHS, ShakenTake, draw_shake, shaken_takes


def photo_in(folder, name="kodim01.png", size=(96, 128)):
    """A dark photo with one bright pixel in the middle."""
    pixels = np.zeros((*size, 3), np.uint8)
    pixels[size[0] // 2, size[1] // 2] = 255
    Image.fromarray(pixels).save(folder / name)
    return folder / name


def test_a_drawn_shake_is_as_long_as_asked_and_rests_at_mid_exposure():
    path = draw_shake(np.random.default_rng(4), 20.0)
    assert float(path.diff(dim=0).norm(dim=1).sum()) == pytest.approx(20, rel=1e-3)
    assert torch.equal(path[64], torch.zeros(2))


def test_a_point_of_light_draws_the_path(tmp_path):
    blurred, sharp, path = ShakenTake("a point", photo_in(tmp_path), 16.0, 3).render()
    assert blurred.shape == sharp.shape
    assert float(sharp.max()) > 0.9
    assert float(sharp.max()) > 2 * float(blurred.max()), "its light is spread"
    rows, columns = (blurred.mean(0) > 0.02).nonzero().T
    wanted = path.amax(0) - path.amin(0)
    assert int(columns.max() - columns.min()) == pytest.approx(float(wanted[0]), abs=3)
    assert int(rows.max() - rows.min()) == pytest.approx(float(wanted[1]), abs=3)


def test_an_exposure_is_always_the_same(tmp_path):
    take = ShakenTake("a point", photo_in(tmp_path), 8.0, 5)
    assert torch.equal(take.render().blurred, take.render().blurred)


def test_each_kodak_photo_is_shaken_once(tmp_path):
    for number in range(1, 25):
        photo_in(tmp_path, f"kodim{number:02d}.png", (8, 8))
    takes = shaken_takes(tmp_path)
    assert [take.length for take in takes[:3]] == list(LENGTHS)
    assert len({take.photo for take in takes}) == 24
    assert len({take.seed for take in takes}) == 24


def test_other_photos_are_refused(tmp_path):
    with pytest.raises(DataError, match="24 Kodak photos"):
        shaken_takes(tmp_path)
