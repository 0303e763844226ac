"""A photo's file, its document, and the way to the helpers beside the tests of this room."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def photo(tmp_path):
    """Return a file that stands for a photo of 80 x 60 px."""
    path = tmp_path / "photos" / "a photo.jpg"
    path.parent.mkdir()
    path.write_bytes(b"pixels")
    return path


@pytest.fixture
def mark(photo):
    """Return that photo as documents know it."""
    from session_shapes import SIZE

    from blurstudio.session.document import mark_of

    return mark_of(photo, SIZE)


@pytest.fixture
def document(mark):
    """Return a document with a bit of everything."""
    from session_documents import OPTIONS, REGIONS, VIEW

    from blurstudio.session.document import Choices, Document

    return Document(mark, Choices(OPTIONS, REGIONS), VIEW)
