"""Tall pictures a few px wide, whose PNG is larger than their pixels."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from blurstudio.media.stills import write_still


@pytest.mark.parametrize("bit_depth", [8, 16])
def test_a_tall_narrow_picture_of_noise_comes_back_whole(tmp_path, bit_depth):
    noise = np.random.default_rng(0).integers(0, 256, (5000, 1, 3)).astype(np.float32) / 255
    write_still(tmp_path / "narrow.png", noise, None, bit_depth)
    stored = cv2.imread(str(tmp_path / "narrow.png"), cv2.IMREAD_UNCHANGED)[:, :, ::-1]
    assert np.array_equal(stored, np.rint(noise * (2**bit_depth - 1)))
