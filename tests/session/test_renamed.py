"""A photo that was renamed keeps its choices."""

from __future__ import annotations

import pytest
from session_documents import DEFAULTS
from session_shapes import SIZE

from blurstudio.session import files
from blurstudio.session.document import mark_of


@pytest.fixture
def renamed(photo, document):
    """Save a document, then rename its photo."""
    files.save(document)
    return mark_of(photo.rename(photo.with_name("another name.jpg")), SIZE)


def test_its_document_goes_by_the_new_name(renamed, photo, document):
    loaded = files.load(renamed, DEFAULTS)
    assert loaded.found
    assert loaded.document.choices.regions == document.choices.regions
    assert "was called a photo.jpg before" in loaded.remarks[0]
    assert files.beside(renamed.path).exists()
    assert not files.beside(photo).exists()
    assert files.load(renamed, DEFAULTS).remarks == (), "told once"


def test_the_document_of_a_photo_that_is_there_stays_its_own(renamed, photo):
    photo.write_bytes(renamed.path.read_bytes())
    assert not files.load(renamed, DEFAULTS).found
    assert files.beside(photo).exists()


def test_the_document_of_another_photo_is_left_alone(renamed, photo):
    renamed.path.write_bytes(b"other pixels")
    assert not files.load(mark_of(renamed.path, SIZE), DEFAULTS).found
    assert files.beside(photo).exists()


def test_a_file_that_is_no_document_is_passed_by(renamed, photo):
    photo.with_name("a.jpg" + files.ENDING).write_text("no JSON")
    photo.with_name(files.ENDING).write_text("{}")
    assert files.load(renamed, DEFAULTS).found


def test_a_very_long_name_has_a_document_apart(tmp_path):
    assert len(files.apart(tmp_path / ("n" * 240 + ".jpg")).name) < 120
