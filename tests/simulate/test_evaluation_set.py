from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import torch

from blurstudio.errors import DataError
from blurstudio.simulate import evaluation_set
from blurstudio.simulate.evaluation_set import evaluation_takes, kodak_exposures, kodak_photos

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kodak(tmp_path: Path, make_photo) -> Path:
    """24 small made-up photos in place of the real ones."""
    for number in range(1, 25):
        pixels = (make_photo(number, 64, 96) * 255).round().byte().permute(1, 2, 0).numpy()
        cv2.imwrite(str(tmp_path / f"kodim{number:02d}.png"), np.ascontiguousarray(pixels))
    return tmp_path


def test_there_are_four_exposures_of_every_photo_and_32_of_each_strength(kodak):
    takes = evaluation_takes(kodak)
    assert len(takes) == 96
    assert len({take.name for take in takes}) == len({take.seed for take in takes}) == 96
    assert Counter(take.strength for take in takes) == {8.0: 32, 20.0: 32, 40.0: 32}
    assert set(Counter(take.photo for take in takes).values()) == {4}
    assert all(take.photo not in take.textures for take in takes)


def test_whole_photos_are_rendered_at_the_strength_asked_for(kodak):
    takes = evaluation_takes(kodak)
    for exposure, take in zip(islice(kodak_exposures(kodak), 3), takes, strict=False):
        assert exposure.name == take.name
        assert exposure.strength == take.strength
        assert exposure.blurred.shape == exposure.sharp.shape == (3, 64, 96)
        assert exposure.offsets.shape == (17, 2, 64, 96)
        assert exposure.layers.shape == (64, 96)
        assert exposure.validity.shape == (1, 64, 96)
        steps = (exposure.offsets[1:] - exposure.offsets[:-1]).norm(dim=1)
        assert float(steps.sum(dim=0).mean()) == pytest.approx(take.strength, rel=0.15)


def test_it_is_always_the_same_set(kodak):
    for one, two in zip(
        islice(kodak_exposures(kodak), 2), islice(kodak_exposures(kodak), 2), strict=True
    ):
        assert one.name == two.name
        for name in ("blurred", "sharp", "offsets", "layers", "validity"):
            assert torch.equal(getattr(one, name), getattr(two, name))


def test_photos_are_taken_by_their_number(tmp_path):
    for number in range(1, 25):
        (tmp_path / f"{number}.png").touch()
    assert [path.stem for path in kodak_photos(tmp_path)] == [str(n) for n in range(1, 25)]


def test_a_folder_without_the_24_photos_is_a_sentence(tmp_path):
    (tmp_path / "kodim01.png").touch()
    with pytest.raises(DataError, match="24 Kodak photos"):
        next(kodak_exposures(tmp_path))


def test_the_settings_ask_for_exactly_the_strengths():
    settings = evaluation_set.SETTINGS
    assert settings.sharp_share == 0
    assert settings.size is None
    assert settings.longest > max(evaluation_set.STRENGTHS) * 4
