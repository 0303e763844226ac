"""Names of exported files: patterns, what is refused with a sentence, and files already there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from blurstudio.engine.export.names import PhotoFacts, plan
from blurstudio.engine.export.pattern import filled
from blurstudio.engine.export.request import (
    Conflict,
    ExportRequest,
    Part,
    in_words,
    parts_from,
    stored_depth,
)
from blurstudio.engine.export.sizes import video_size
from blurstudio.errors import ExportError

FACTS = PhotoFacts("harbour at dusk.jpg", (400, 600))


def names(request, facts=FACTS, there=()):
    home = request.folder / facts.name
    return [
        file.path for file in plan(request, facts, {home / name for name in there}.__contains__)
    ]


def request(*parts, **choices):
    return ExportRequest(Path("out"), frozenset(parts), **choices)


def test_usual_names_are_the_parts():
    asked = request(Part.SHARP, Part.FLOW, Part.FRAMES, frames=2)
    assert names(asked) == [
        "sharp.tif", "frames/0001.png", "frames/0002.png", "flow.flo", "flow_kitti.png",
    ]  # fmt: skip


def test_a_pattern_takes_the_photos_name_the_part_and_the_day():
    asked = request(Part.SHARP, pattern="{date} {name}-{part}", day="2025-03-09")
    assert names(asked) == ["2025-03-09 harbour at dusk-sharp.tif"]


def test_frames_have_a_pattern_of_their_own():
    asked = request(Part.FRAMES, frames=2, frame_pattern="{name}_{frame:03d}", frame_still="jpg")
    assert names(asked) == ["harbour at dusk_001.jpg", "harbour at dusk_002.jpg"]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("{part", "brace without its other half"),
        ("part}", "brace without its other half"),
        ("{what}", "{what} is no token here; choose from {name}, {part}, {date}"),
        ("{}", "no token here"),
        ("{frame}", "no token here"),
        ("{part.real}", "no token here"),
        ("{part:04d}", "can't be filled in"),
        ("{part:99999}", "too long"),
        ("{part!z}", "can't be filled in"),
        ("", "A name is needed"),
        ("a:{part}", "can't hold :"),
        ("a\\{part}", "can't hold"),
        ("a?", "can't hold ?"),
        ("a\tb", "a control character"),
        ("../{part}", "names must have letters"),
        ("/{part}", "names must have letters"),
        ("{part}.", "names must have letters"),
        ("{part} ", "names must have letters"),
        ("con", "Windows keeps"),
        (".{part}", "would be hidden"),
        ("x" * 300, "too long"),
    ],
)
def test_a_pattern_that_gives_no_name_gets_a_sentence(pattern, words):
    with pytest.raises(ExportError) as refused:
        names(request(Part.SHARP, pattern=pattern))
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "name",
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)),
     *(f"lpt{n}" for n in range(1, 10)), "com²", "LPT7", "Com4.{part}", "aux/{part}"],
)  # fmt: skip
def test_names_that_windows_keeps_are_refused(name):
    with pytest.raises(ExportError, match="Windows keeps the name"):
        names(request(Part.SHARP, pattern=name))


@pytest.mark.parametrize("name", ["com", "com0", "com10", "lpt0", "lpt12", "console", "com a"])
def test_names_like_those_are_free(name):
    assert names(request(Part.SHARP, pattern=name)) == [f"{name}.tif"]


def test_names_of_photos_and_regions_can_not_break_out_of_the_folder():
    facts = replace(FACTS, masks=("../../etc/passwd", "a:b*c", "..."))
    found = names(request(Part.MASKS, pattern="{part}"), facts)
    assert found == ["mask-1--..-etc-passwd.png", "mask-2-a-b-c.png", "mask-3-photo.png"]
    assert filled("{name}", {"name": "..\\up"}) == "-up"


def test_two_files_can_not_have_one_name():
    with pytest.raises(ExportError, match=r"Several files would be called .*put {part}"):
        names(request(Part.SHARP, Part.STRIP, pattern="{name}"))
    with pytest.raises(ExportError, match=r"put {frame:04d}"):
        names(request(Part.FRAMES, frame_pattern="{part}"))
    assert names(request(Part.SHARP, pattern="{name}")) == ["harbour at dusk.tif"]


def test_files_that_are_there_are_replaced_unless_asked_otherwise():
    asked = request(Part.SHARP, Part.STRIP)
    files = plan(asked, FACTS, lambda path: path.name == "sharp.tif")
    assert [(file.path, file.exists, file.skipped) for file in files] == [
        ("sharp.tif", True, False),
        ("strip.tif", False, False),
    ]
    skipping = replace(asked, conflict=Conflict.SKIP)
    files = plan(skipping, FACTS, lambda path: path.name == "sharp.tif")
    assert [file.skipped for file in files] == [True, False]


def test_keeping_both_gives_all_files_of_an_export_one_number():
    asked = request(Part.SHARP, Part.STRIP, Part.FRAMES, frames=2, conflict=Conflict.NUMBER)
    assert names(asked) == ["sharp.tif", "strip.tif", "frames/0001.png", "frames/0002.png"]
    there = ["strip.tif", "frames (2)/0002.png"]
    assert names(asked, there=there) == [
        "sharp (3).tif", "strip (3).tif", "frames (3)/0001.png", "frames (3)/0002.png",
    ]  # fmt: skip


def test_parts_are_read_from_words_and_written_down_again():
    assert parts_from(" Video, sharp,report") == {Part.VIDEO, Part.SHARP, Part.REPORT}
    assert in_words(parts_from("report,video,sharp")) == "sharp,video,report"
    with pytest.raises(ExportError, match=r'"sharpp" can\'t be written; choose from sharp, '):
        parts_from("sharpp")
    with pytest.raises(ExportError, match="No part is named"):
        parts_from(" , ")


@pytest.mark.parametrize(
    ("size", "fit", "expected"),
    [
        ((4000, 6000), (0, 0), (2560, 3840)),
        ((4000, 6000), (1920, 1080), (1080, 1620)),
        ((6000, 4000), (1920, 1080), (1620, 1080)),
        ((1000, 4000), (1920, 1080), (480, 1920)),
        ((4000, 6000), (1600, 0), (1067, 1600)),
        ((300, 400), (1920, 1080), (300, 400)),
    ],
)
def test_a_video_fits_within_its_frame_and_is_never_enlarged(size, fit, expected):
    assert video_size(size, "mp4", fit) == expected


def test_formats_take_as_many_bits_as_they_can():
    assert [stored_depth(kind, 32) for kind in ("tif", "png", "jpg", "exr")] == [32, 16, 8, 32]
    assert [stored_depth(kind, 8) for kind in ("tif", "png", "jpg", "exr")] == [8, 8, 8, 16]
    assert stored_depth("tif", 8) == 8
