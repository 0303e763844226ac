"""A damaged document: what was wrong is said, the rest is kept, and so is the file as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_documents import DEFAULTS, REGIONS, changed

from blurstudio.session import files
from blurstudio.session.document import Choices, Document


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b'{"format": "something else"}',
        b'{"format": "blurstudio-document"}',
        b'{"format": "blurstudio-document", "version": 0}',
        b'{"format": "blurstudio-document", "version": true}',
        b"[" * 100_000,
    ],
    ids=range(9),
)
def test_a_damaged_file_is_kept_aside(mark, content):
    path = files.beside(mark.path)
    path.write_bytes(content)
    loaded = files.load(mark, DEFAULTS)
    assert loaded.document == Document(mark, Choices(DEFAULTS))
    assert loaded.saveable
    (sentence,) = loaded.remarks
    assert "is damaged" in sentence
    assert "kept as a photo.jpg.blurstudio.json.aside." in sentence
    assert path.with_name(path.name + ".aside").read_bytes() == content
    assert not path.exists()


def test_a_second_damaged_file_doesnt_replace_the_first(mark):
    path = files.beside(mark.path)
    for content in (b"one", b"two"):
        path.write_bytes(content)
        files.load(mark, DEFAULTS)
    assert path.with_name(path.name + ".aside").read_bytes() == b"one"
    assert path.with_name(path.name + ".aside-2").read_bytes() == b"two"


def test_a_damaged_file_that_cant_be_moved_is_never_written_over(mark, monkeypatch):
    files.beside(mark.path).write_bytes(b"{")

    def refuse_rename(self, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse_rename)
    loaded = files.load(mark, DEFAULTS)
    assert not loaded.saveable
    assert "Move that file away" in loaded.remarks[0]


def set_in(table, *way):
    *keys, last, value = way
    for key in keys:
        table = table[key]
    table[last] = value


@pytest.mark.parametrize(
    ("way", "said", "still"),
    [
        (("options", "strength", 7), "“strength” of the choices can't be 7", "constraint"),
        (("options", "reverse", "yes"), "“reverse” of the choices can't be 'yes'", "constraint"),
        (("options", "flips", [[2, 0]]), "“flips” of the choices", "constraint"),
        (("options", "device", "mps"), "“device” of the choices is not known", "constraint"),
        (("options", "magic", 1), "“magic” of the choices is not known here", "constraint"),
        (("options", []), "“options” is damaged", None),
        (("view", "time", None), "“time” of the view can't be None", "constraint"),
        (("view", "part", [0.3, -0.3]), "“part” of the view can't be [0.3, -0.3]", "constraint"),
        (("view", "part", [0.3]), "“part” of the view can't be [0.3]", "constraint"),
        (("view", "grid", "theirs.flo"), "“grid” of the view can't be", "constraint"),
        (("view", "grid", [["a.flo"], 7]), "“grid” of the view can't be", "constraint"),
        (("view", "colour", 1), "“colour” of the view is not known", "constraint"),
        (("regions", 0, "colour", "red"), "“colour” of region 1 can't be 'red'", "constraint"),
        (("regions", 0, "feather", -3), "“feather” of region 1 can't be -3", "constraint"),
        (("regions", 0, "edit", "explode"), "“edit” of region 1 can't be", "constraint"),
        (("regions", 0, "depth", 1), "“depth” of region 1 is not known", "constraint"),
        (("photo", "width", "wide"), "says of its photo is damaged", "constraint"),
    ],
    ids=str,
)
def test_a_field_that_doesnt_fit_is_said_and_the_rest_is_kept(document, mark, way, said, still):
    files.save(document)
    path = changed(mark.path, lambda table: set_in(table, *way))
    loaded = files.load(mark, DEFAULTS)
    assert said in loaded.remarks[0]
    assert "the file as it was is kept as" in loaded.remarks[-1]
    assert path.with_name(path.name + ".aside").exists()
    assert loaded.found
    assert len(loaded.document.choices.regions) == 4
    if still:
        assert loaded.document.choices.options.constraint == "linear"


@pytest.mark.parametrize(
    "shape",
    [
        None,
        {"kind": "star", "points": [[0, 0], [1, 1]]},
        {"kind": "rectangle", "points": [[0, 0]]},
        {"kind": "polygon", "points": [[0, 0], [1, 1], [None, 0]]},
        {"kind": "polygon"},
    ],
    ids=str,
)
def test_a_region_without_a_shape_is_left_out(document, mark, shape):
    files.save(document)
    changed(mark.path, lambda table: set_in(table, "regions", 2, "shape", shape))
    loaded = files.load(mark, DEFAULTS)
    assert [region.number for region in loaded.document.choices.regions] == [1, 4, 3]
    assert "The shape of region 3 is damaged" in loaded.remarks[0]


def test_regions_that_share_a_number_get_one_each(document, mark):
    files.save(document)
    changed(mark.path, lambda table: set_in(table, "regions", 2, "number", 1))
    numbers = [region.number for region in files.load(mark, DEFAULTS).document.choices.regions]
    assert len(set(numbers)) == 4


@pytest.mark.parametrize("damaged", ["theirs.flo", [["a.flo"], 7], [{"a": 1}]])
def test_a_damaged_list_of_others_is_left_out_and_said(document, mark, damaged):
    files.save(document)
    changed(mark.path, lambda table: table.update(others=damaged))
    loaded = files.load(mark, DEFAULTS)
    assert loaded.document.choices.others == ()
    assert loaded.document.choices.regions == REGIONS
    assert any("“others”" in remark for remark in loaded.remarks)
