"""Files that are offered and picked out by their endings are files that can be opened."""

from __future__ import annotations

import re
from pathlib import Path

import imagecodecs
import numpy as np
import OpenEXR
import pytest
from PIL import Image

from blurstudio.media.endings import (
    LEARNED_FROM,
    MOTION,
    OPENED,
    WORKED_THROUGH,
    is_named,
    natural_order,
)
from blurstudio.media.header import Kind, sniff
from blurstudio.media.photo import open_photo

FORMATS = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
PILLOW = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".tif": "TIFF", ".tiff": "TIFF",
    ".webp": "WEBP", ".avif": "AVIF", ".gif": "GIF", ".bmp": "BMP", ".ppm": "PPM", ".pgm": "PPM",
    ".pnm": "PPM", ".jp2": "JPEG2000", ".j2k": "JPEG2000",
}  # fmt: skip


def write(path: Path) -> None:
    pixels = np.full((12, 16, 3), 120, np.uint8)
    if path.suffix == ".npy":
        np.save(path, pixels)
    elif path.suffix == ".hdr":
        path.write_bytes(bytes(imagecodecs.rgbe_encode(pixels.astype(np.float32) / 255)))
    elif path.suffix == ".exr":
        OpenEXR.File({}, {"RGB": pixels.astype(np.float16) / 255}).write(str(path))
    else:
        image = Image.fromarray(pixels)
        image = image.convert("L") if path.suffix == ".pgm" else image
        image.save(path, PILLOW[path.suffix])


@pytest.mark.parametrize("ending", OPENED)
def test_a_file_of_every_ending_that_is_offered_opens(tmp_path, ending):
    path = tmp_path / f"p{ending}"
    write(path)
    assert open_photo(path).size == (12, 16)


def test_every_kind_that_is_read_has_an_ending(tmp_path):
    for ending in OPENED:
        write(tmp_path / f"p{ending}")
    told = {sniff(path.read_bytes()).kind for path in tmp_path.iterdir()}
    not_read = {
        *(Kind.HEIC, Kind.JPEG_XL, Kind.RAW, Kind.MOVIE, Kind.PDF, Kind.ARCHIVE),
        *(Kind.TEXT, Kind.UNKNOWN),
    }
    assert told == set(Kind) - not_read


@pytest.mark.parametrize("ending", [".heic", ".heif", ".jxl", ".dng", ".cr3", ".pbm", ".mp4"])
def test_what_can_not_be_read_is_not_offered(ending):
    assert ending not in OPENED


def test_folders_are_not_worked_through_for_arrays_flow_and_paths():
    assert set(OPENED) - set(WORKED_THROUGH) == {".npy"}
    assert not set(OPENED) & set(MOTION)


def test_recipes_and_figures_rest_on_the_same_photos_as_ever():
    assert set(LEARNED_FROM) == {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"}


def test_the_guide_to_formats_lists_the_endings():
    text = FORMATS.read_text(encoding="utf-8")
    listed = text[text.index("its ending counts") : text.index("Not read yet")]
    assert set(re.findall(r"`(\.\w+)`", listed)) == set(OPENED)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("a.png", True), ("A.JPG", True), ("a.b.tif", True), ("a.txt", False), ("png", False),
     (".png", False), (".a.png", False)],
)  # fmt: skip
def test_a_file_is_known_by_its_name_unless_it_is_hidden(name, is_one):
    assert is_named(Path("folder", name), OPENED) is is_one


def test_files_are_sorted_as_people_count():
    names = ["b.png", "A10.png", "10.png", "B.PNG", "a9.png", "2.png"]
    paths = [Path("x", name) for name in names]
    shown = [path.name for path in sorted(paths, key=natural_order)]
    assert shown == ["2.png", "10.png", "a9.png", "A10.png", "B.PNG", "b.png"]
