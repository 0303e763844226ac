"""Results that are there already, and which photos a folder holds."""

from __future__ import annotations

import os

import pytest

from blurstudio.errors import ExportError, PhotoError
from blurstudio.session.conflicts import Conflict, settle
from blurstudio.session.photo_folders import photos_in


def test_where_nothing_lies_every_policy_writes_there(tmp_path):
    (tmp_path / "empty.jpg").mkdir()
    for home in (tmp_path / "a.jpg", tmp_path / "empty.jpg"):
        assert [settle(home, policy) for policy in Conflict] == [home] * 3


def test_where_results_lie_the_policy_decides(tmp_path):
    for name in ("a.jpg", "a.jpg (2)"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "sharp.tif").touch()
    home = tmp_path / "a.jpg"
    assert settle(home, Conflict.OVERWRITE) == home
    assert settle(home, Conflict.SKIP) is None
    assert settle(home, Conflict.NUMBER) == tmp_path / "a.jpg (3)"


def test_a_file_in_the_way_counts_as_taken(tmp_path):
    (tmp_path / "a.jpg").write_text("the photo itself")
    assert settle(tmp_path / "a.jpg", Conflict.NUMBER) == tmp_path / "a.jpg (2)"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anywhere")
def test_a_folder_that_cannot_be_read_is_a_sentence(tmp_path):
    home = tmp_path / "a.jpg"
    home.mkdir(0o000)
    try:
        with pytest.raises(ExportError, match="can't be read"):
            settle(home, Conflict.SKIP)
    finally:
        home.chmod(0o700)


@pytest.fixture
def holiday(tmp_path):
    """Return a folder of photos, with more below it and results of an earlier time."""
    for name in (
        "b.JPG", "a.png", "notes.txt", ".hidden.jpg", "day 2/IMG_1.jpg", "day 2/img_2.tif",
        "day 2/deep/c.jpg", ".trash/d.jpg", "a.png (2)/sharp.png", "b.JPG/flow.png",
        "out/e.jpg",
    ):  # fmt: skip
        path = tmp_path / "holiday" / (f"results/{name}" if name.startswith("b.JPG/") else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "holiday"


def names(holiday, **how):
    """Return what is found, as words."""
    return [path.relative_to(holiday).as_posix() for path in photos_in(holiday, **how)]


def test_a_folder_means_its_own_photos(holiday):
    assert names(holiday) == ["a.png", "b.JPG"]


def test_folders_below_count_if_asked_but_not_those_of_results(holiday):
    found = names(holiday, below=True, without=holiday / "out")
    assert found == ["a.png", "b.JPG", "day 2/IMG_1.jpg", "day 2/img_2.tif", "day 2/deep/c.jpg"]


def test_a_pattern_chooses_by_name_whatever_the_capitals(holiday):
    assert names(holiday, below=True, pattern="img_*; B.*") == [
        "b.JPG", "day 2/IMG_1.jpg", "day 2/img_2.tif",
    ]  # fmt: skip
    assert names(holiday, pattern=" ") == ["a.png", "b.JPG"]
    assert not names(holiday, pattern="*.exr")


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(PhotoError, match="can't be read"):
        photos_in(tmp_path / "nowhere")
