from __future__ import annotations

import re

import cv2
import numpy as np
import torch
from PIL import Image

from blurstudio.locations import resource
from blurstudio.simulate.sample import blur_with_subject, main

OUTLINE = ((40, 40), (90, 40), (90, 80), (40, 80))


def test_the_subject_moves_by_itself(make_photo):
    photo = make_photo(1)
    blurred, sharp = blur_with_subject(photo, OUTLINE, seed=2, strength=8.0)
    assert blurred.shape == sharp.shape == (3, 80, 100)
    assert float((blurred - sharp).abs().mean()) > 0.01
    again, _ = blur_with_subject(photo, OUTLINE, seed=2, strength=8.0)
    assert torch.equal(blurred, again)


def test_what_the_subject_hides_is_filled_in_from_around_it():
    photo = torch.full((3, 120, 140), 0.2)
    photo[0, 42:79, 42:89] = 1.0
    blurred, sharp = blur_with_subject(photo, OUTLINE, seed=2, strength=12.0)
    subject = sharp[0] > 0.95
    assert int(subject.sum()) > 1500
    # The red subject was elsewhere for a part of the exposure, and grey was seen in its place.
    assert float(blurred[0][subject].min()) < 0.9
    assert float(blurred[0][subject].max()) > 0.95


def test_the_command_writes_a_jpeg_with_an_exposure_time(make_photo, tmp_path):
    pixels = (make_photo(1, 400, 600) * 255).round().byte().permute(1, 2, 0).numpy()
    cv2.imwrite(str(tmp_path / "source.png"), np.ascontiguousarray(pixels))
    main([str(tmp_path / "source.png"), str(tmp_path / "sample.jpg")])
    with Image.open(tmp_path / "sample.jpg") as picture:
        assert picture.size == (560, 360)
        assert float(picture.getexif().get_ifd(0x8769)[0x829A]) == 0.125


def test_every_bundled_sample_is_small_and_attributed():
    folder = resource("samples")
    text = (folder / "ATTRIBUTION.md").read_text(encoding="utf-8")
    pictures = [path for path in folder.iterdir() if path.suffix in {".jpg", ".png"}]
    assert len(pictures) >= 2
    for path in pictures:
        assert path.stat().st_size < 600_000
        assert re.search(rf"^## {re.escape(path.name)}: ", text, re.MULTILINE)
