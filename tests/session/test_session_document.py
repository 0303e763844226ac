"""A document's file: as it was left, whatever was wrong is said, nothing is lost."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from session_shapes import ellipse, rectangle, triangle

from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import ExportError
from blurstudio.locations import resource, user_data_dir
from blurstudio.session import files, form, migrations
from blurstudio.session.document import Choices, Document, ViewState, fingerprint, mark_of
from blurstudio.session.regions import Edit, Region
from blurstudio.session.shapes import Shape, ShapeKind

DEFAULTS = AnalysisOptions(device="cpu", memory_limit=10**9)
LASSO = Shape(ShapeKind.LASSO, ((1.5, 2.0), (30.0, 4.25), (12.0, 40.0), (2.0, 20.0)))
REGIONS = (
    Region(1, "Café “left”", rectangle(0, 0, 40, 60), "#112233", edit=Edit.FREEZE, feather=6.5),
    Region(4, "Wheel", ellipse(1, 2, 30, 40), visible=False, edit=Edit.SCALE, factor=1.25),
    Region(2, "Sky", triangle(), edit=Edit.REVERSE),
    Region(3, "Hand", LASSO, edit=Edit.EXCLUDE),
)
OPTIONS = replace(
    DEFAULTS, constraint="linear", reverse=True, flips=((0.25, 0.5), (1.0, 0.0)), strength=0.75
)
VIEW = ViewState("frame", True, False, -0.25, "split", 0.3, (-0.125, 0.4))


@pytest.fixture
def document(mark):
    """Return a document with a bit of everything."""
    return Document(mark, Choices(OPTIONS, REGIONS), VIEW)


def changed(photo, change):
    """Change what is written beside a photo, as another program might."""
    path = files.beside(photo)
    table = json.loads(path.read_text(encoding="utf-8"))
    change(table)
    path.write_text(json.dumps(table), encoding="utf-8")
    return path


def test_a_document_comes_back_as_it_was_left(document, mark):
    path = files.save(document)
    assert path == mark.path.with_name("a photo.jpg.blurstudio.json")
    loaded = files.load(mark, DEFAULTS)
    assert loaded.document == document
    assert loaded.found
    assert loaded.saveable
    assert not loaded.remarks


def test_a_photo_without_a_document_gets_a_new_one(mark):
    loaded = files.load(mark, DEFAULTS)
    assert loaded.document == Document(mark, Choices(DEFAULTS))
    assert not loaded.found
    assert not loaded.remarks


def test_options_of_the_machine_stay_with_the_machine(document, mark):
    files.save(document)
    assert "device" not in files.beside(mark.path).read_text(encoding="utf-8")
    elsewhere = replace(DEFAULTS, device="cuda")
    assert files.load(mark, elsewhere).document.choices.options == replace(OPTIONS, device="cuda")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_where_the_folder_cant_be_written_the_data_folder_serves(document, mark):
    mark.path.parent.chmod(0o500)
    try:
        path = files.save(document)
        assert path.is_relative_to(user_data_dir())
        assert files.load(mark, DEFAULTS).document == document
    finally:
        mark.path.parent.chmod(0o700)


def refuse(monkeypatch, *folders):
    """Let folders refuse to be written into, as a read-only disk does."""
    write = files.write_bytes

    def picky(path, data):
        if any(Path(path).is_relative_to(folder) for folder in folders):
            raise ExportError(f"{path} can't be written: the disk is read-only.")
        write(path, data)

    monkeypatch.setattr(files, "write_bytes", picky)


def test_on_a_read_only_disk_the_data_folder_serves(document, mark, monkeypatch):
    refuse(monkeypatch, mark.path.parent)
    path = files.save(document)
    assert path.is_relative_to(user_data_dir())
    assert files.load(mark, DEFAULTS).document == document


def test_photos_of_one_name_in_two_folders_have_documents_of_their_own(
    document, mark, tmp_path, monkeypatch
):
    refuse(monkeypatch, tmp_path)
    files.save(document)
    other = tmp_path / "elsewhere" / mark.path.name
    other.parent.mkdir()
    other.write_bytes(b"pixels")
    assert not files.load(mark_of(other, mark.size), DEFAULTS).found


def test_where_nothing_can_be_written_a_sentence_says_so(document, mark, tmp_path, monkeypatch):
    refuse(monkeypatch, tmp_path, user_data_dir())
    with pytest.raises(ExportError, match="can't be written"):
        files.save(document)


def test_the_later_of_two_documents_counts(document, mark, monkeypatch):
    files.save(replace(document, view=ViewState()))
    os.utime(files.beside(mark.path), (1, 1))
    refuse(monkeypatch, mark.path.parent)
    files.save(document)
    assert files.load(mark, DEFAULTS).document.view == VIEW


def test_nothing_is_written_beside_our_own_samples(document):
    sample = next(iter(sorted(resource("samples").glob("*.jpg"))))
    path = files.save(replace(document, photo=mark_of(sample, (60, 80))))
    assert path.is_relative_to(user_data_dir())
    assert not files.beside(sample).exists()


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


def test_a_document_of_a_newer_version_is_left_untouched(document, mark):
    files.save(document)
    path = changed(mark.path, lambda table: table.update(version=form.VERSION + 1, regions="new"))
    before = path.read_bytes()
    loaded = files.load(mark, DEFAULTS)
    assert not loaded.saveable
    assert not loaded.found
    assert "newer Blur Studio" in loaded.remarks[0]
    assert path.read_bytes() == before


def test_an_older_document_is_brought_up_to_date(document, mark, monkeypatch):
    files.save(document)

    def rename_colours(table):
        for region in table["regions"]:
            region["colour"] = region.pop("color")
        return table

    def age(table):
        for region in table["regions"]:
            region["color"] = region.pop("colour")

    changed(mark.path, age)
    monkeypatch.setitem(migrations.STEPS, form.VERSION, rename_colours)
    monkeypatch.setattr(form, "VERSION", form.VERSION + 1)
    loaded = files.load(mark, DEFAULTS)
    assert loaded.document == document
    assert not loaded.remarks


def test_a_document_of_version_1_plays_the_whole_exposure(document, mark):
    files.save(document)

    def age(table):
        table["version"] = 1
        del table["view"]["part"]

    changed(mark.path, age)
    loaded = files.load(mark, DEFAULTS)
    assert loaded.document == replace(document, view=replace(VIEW, part=(-0.5, 0.5)))
    assert loaded.found
    assert not loaded.remarks


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


def test_a_photo_that_changed_keeps_its_regions_with_a_word(document, photo, mark):
    files.save(document)
    photo.write_bytes(b"other pixels")
    loaded = files.load(mark_of(photo, mark.size), DEFAULTS)
    assert loaded.document.choices.regions == REGIONS
    assert "has changed since" in loaded.remarks[0]


def test_the_document_of_a_photo_of_another_size_is_kept_aside(document, photo, mark):
    path = files.save(document)
    loaded = files.load(mark_of(photo, (600, 800)), DEFAULTS)
    assert loaded.document.choices.regions == ()
    assert "another size" in loaded.remarks[0]
    assert path.with_name(path.name + ".aside").exists()


def test_a_photo_that_was_moved_takes_its_document_along(document, photo, mark, tmp_path):
    path = files.save(document)
    there = tmp_path / "moved"
    there.mkdir()
    photo.rename(there / photo.name)
    path.rename(there / path.name)
    loaded = files.load(mark_of(there / photo.name, mark.size), DEFAULTS)
    assert loaded.document.choices == document.choices
    assert loaded.document.photo.path == there / photo.name
    assert not loaded.remarks


def test_a_fingerprint_tells_contents_apart(tmp_path):
    path = tmp_path / "large"
    content = bytearray(3 << 20)
    prints = set()
    for at in (None, 0, len(content) - 1):
        if at is not None:
            content[at] = 1
        path.write_bytes(content)
        prints.add(fingerprint(path))
    path.write_bytes(content[:-1])
    prints.add(fingerprint(path))
    assert len(prints) == 4
    assert all(each.startswith("sha256:") for each in prints)


def test_what_a_photo_is_compared_with_comes_back(document, mark):
    others = (("theirs/flow.flo",), ("frames/1.png", "frames/2.png"))
    compared = replace(document, choices=replace(document.choices, others=others))
    files.save(compared)
    assert files.load(mark, DEFAULTS).document == compared


@pytest.mark.parametrize("damaged", ["theirs.flo", [["a.flo"], 7], [{"a": 1}]])
def test_a_damaged_list_of_others_is_left_out_and_said(document, mark, damaged):
    files.save(document)
    changed(mark.path, lambda table: table.update(others=damaged))
    loaded = files.load(mark, DEFAULTS)
    assert loaded.document.choices.others == ()
    assert loaded.document.choices.regions == REGIONS
    assert any("“others”" in remark for remark in loaded.remarks)


def test_a_document_from_before_others_has_none(document, mark):
    files.save(document)
    changed(mark.path, lambda table: table.pop("others"))
    loaded = files.load(mark, DEFAULTS)
    assert loaded.document.choices.others == ()
    assert not loaded.remarks
