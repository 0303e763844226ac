"""Results that lie beside their photos are results, and no photos to work on."""

from __future__ import annotations

import pytest

from blurstudio.session.finished import NOTE
from blurstudio.session.photo_folders import photos_in


@pytest.mark.parametrize("name", ["photo results", "photo results (2)", "by any name"])
def test_a_folder_with_a_note_is_passed_by(photo, name):
    home = photo.parent / name
    home.mkdir()
    (home / "sharp.png").write_bytes(photo.read_bytes())
    assert photos_in(photo.parent, below=True) == [photo, home / "sharp.png"]
    (home / NOTE).write_text("{}")
    assert photos_in(photo.parent, below=True) == [photo]


def test_a_run_into_the_folder_of_its_photos_takes_none_of_its_results(
    blurstudio, tiny_networks, photo, monkeypatch
):
    monkeypatch.chdir(photo.parent)
    words = ("process", ".", "-r", "-o", ".", "--parts", "sharp", "--json", *tiny_networks)
    assert len(blurstudio(*words).document["results"]) == 1
    again = blurstudio(*words, "--on-conflict", "number", "--reverse").document
    assert [result["photo"] for result in again["results"]] == ["photo.png"]
    once_more = blurstudio(*words).document
    assert [item["photo"] for item in once_more["skipped"]] == ["photo.png"]
    assert not once_more["results"]
