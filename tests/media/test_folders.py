"""Folders of results: made with those above them, or a sentence for why not."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from blurstudio.errors import ExportError
from blurstudio.media.folders import make_folder


def test_a_folder_is_made_with_those_above_it_and_may_be_there_already(tmp_path):
    folder = tmp_path / "results" / "a photo.jpg"
    make_folder(folder)
    (folder / "sharp.png").write_bytes(b"kept")
    make_folder(folder)
    assert (folder / "sharp.png").read_bytes() == b"kept"


@pytest.mark.parametrize("below", [".", "a photo.jpg"])
def test_a_file_in_the_way_stays_and_is_told_of(tmp_path, below):
    file = tmp_path / "results"
    file.write_bytes(b"kept")
    with pytest.raises(ExportError, match=r"can't be made \(.+\); choose another folder") as told:
        make_folder(file / below)
    assert str(file / below) in str(told.value)
    assert isinstance(told.value.__cause__, OSError)
    assert file.read_bytes() == b"kept"


@pytest.mark.parametrize(
    ("error", "why"),
    [(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "No space left"), (OSError("odd"), "odd")],
)
def test_the_disks_own_reason_is_told(tmp_path, monkeypatch, error, why):
    def refuses(*_, **__):
        raise error

    monkeypatch.setattr(Path, "mkdir", refuses)
    with pytest.raises(ExportError, match=why):
        make_folder(tmp_path / "results")
