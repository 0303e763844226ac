"""A photo's file, and the way to `session_shapes`, which lies beside the tests of this room."""

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
