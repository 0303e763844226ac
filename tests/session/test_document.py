"""A document's file: as it was left, whatever was wrong is said, nothing is lost."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from session_documents import DEFAULTS, OPTIONS, REGIONS, VIEW, changed

from blurstudio.errors import ExportError
from blurstudio.locations import resource, user_data_dir
from blurstudio.session import files, form, migrations
from blurstudio.session.document import Choices, Document, ViewState, fingerprint, mark_of


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


@pytest.mark.parametrize(
    ("version", "unsaid", "usual"),
    [(1, "part", (-0.5, 0.5)), (3, "grid", None), (4, "partner", ())],
)
def test_what_older_documents_left_unsaid_of_the_view_is_the_usual(
    document, mark, version, unsaid, usual
):
    files.save(document)

    def age(table):
        table["version"] = version
        del table["view"][unsaid]

    changed(mark.path, age)
    loaded = files.load(mark, DEFAULTS)
    assert loaded.document == replace(document, view=replace(VIEW, **{unsaid: usual}))
    assert loaded.found
    assert not loaded.remarks


def test_who_was_in_the_grid_comes_back(document, mark):
    grid = (("theirs/flow.flo",), ("frames/1.png", "frames/2.png"))
    seen = replace(document, view=replace(VIEW, compare="grid", grid=grid, partner=grid[1]))
    files.save(seen)
    assert files.load(mark, DEFAULTS).document == seen


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


def test_a_document_from_before_others_has_none(document, mark):
    files.save(document)
    changed(mark.path, lambda table: table.pop("others"))
    loaded = files.load(mark, DEFAULTS)
    assert loaded.document.choices.others == ()
    assert not loaded.remarks
