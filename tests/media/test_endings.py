"""Files that are offered and picked out by their endings are files that can be opened."""

from __future__ import annotations

import importlib.util
import re
import runpy
from pathlib import Path

import imagecodecs
import numpy as np
import OpenEXR
import pillow_heif
import pytest
from PIL import Image

from blurstudio.media import endings
from blurstudio.media.endings import (
    LEARNED_FROM,
    MOTION,
    OPENED,
    WITH_PACKAGES,
    WORKED_THROUGH,
    is_named,
    natural_order,
)
from blurstudio.media.header import Kind, sniff
from blurstudio.media.photo import open_photo
from tests.dng import write_dng

FORMATS = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
PILLOW = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".tif": "TIFF", ".tiff": "TIFF",
    ".webp": "WEBP", ".avif": "AVIF", ".gif": "GIF", ".bmp": "BMP", ".ppm": "PPM", ".pgm": "PPM",
    ".pnm": "PPM", ".jp2": "JPEG2000", ".j2k": "JPEG2000",
}  # fmt: skip


def write(path: Path) -> None:
    pixels = np.full((24, 32, 3), 120, np.uint8)
    if path.suffix == ".npy":
        np.save(path, pixels)
    elif path.suffix == ".hdr":
        path.write_bytes(bytes(imagecodecs.rgbe_encode(pixels.astype(np.float32) / 255)))
    elif path.suffix in WITH_PACKAGES["rawpy"]:
        write_dng(path, np.full((24, 32, 3), 0.2))
    elif path.suffix in WITH_PACKAGES["pillow_heif"]:
        pillow_heif.from_pillow(Image.fromarray(pixels)).save(path)
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
    assert open_photo(path).size == (24, 32)


def test_every_kind_that_is_read_has_an_ending(tmp_path):
    for ending in OPENED:
        write(tmp_path / f"p{ending}")
    told = {sniff(path.read_bytes()).kind for path in tmp_path.iterdir()}
    # The RAW file that is written here is one of those that begin like a TIFF.
    not_read = {
        *(Kind.JPEG_XL, Kind.RAW, Kind.MOVIE, Kind.PDF, Kind.ARCHIVE),
        *(Kind.TEXT, Kind.UNKNOWN),
    }
    assert told == set(Kind) - not_read


@pytest.mark.parametrize("ending", [".jxl", ".pbm", ".mp4"])
def test_what_can_not_be_read_is_not_offered(ending):
    assert ending not in OPENED


@pytest.mark.parametrize("package", WITH_PACKAGES)
def test_what_wants_a_package_is_offered_where_that_is_installed(package, monkeypatch):
    assert {*WITH_PACKAGES[package]} <= {*OPENED}
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == package else found(name)
    )
    without = runpy.run_path(endings.__file__)["OPENED"]
    assert {*OPENED} - {*without} == {*WITH_PACKAGES[package]}


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
