"""``blurstudio inspect``: one line for each photo, the most blurred first."""

from __future__ import annotations

import cv2
import pytest
from PIL import Image

from blurstudio.cli.inspect import _table
from blurstudio.locations import user_data_dir
from tests.cli.conftest import picture


@pytest.fixture
def inspect(blurstudio, tiny_networks):
    """Inspect photos with a tiny network."""

    def run(*words: object):
        return blurstudio("inspect", *words, *tiny_networks[:2])

    return run


@pytest.fixture
def three(tmp_path):
    """A folder of three photos of different sizes."""
    for name, scale in (("a", 1), ("b", 2), ("c", 3)):
        cv2.imwrite(str(tmp_path / f"{name}.png"), picture(48 * scale, 64 * scale))
    return tmp_path


def test_every_photo_has_a_line_under_a_head_with_its_verdict(inspect, three):
    outcome = inspect(three)
    assert outcome.code == 0
    head, *lines = outcome.out.splitlines()
    assert head.split()[0] == "photo"
    assert {line.split()[0] for line in lines} == {str(three / f"{n}.png") for n in "abc"}
    assert all(line.endswith(".") for line in lines)


def test_the_most_blurred_comes_first(inspect, three):
    photos = inspect(three, "--json").document["photos"]
    lengths = [photo["strongest"] for photo in photos]
    assert lengths == sorted(lengths, reverse=True)
    assert {"blur_length", "camera_length", "rotation", "subjects", "sentence"} <= set(photos[0])


def test_a_bad_photo_spoils_no_other(inspect, three):
    (three / "d.png").write_bytes(b"no picture")
    outcome = inspect(three, "--json")
    assert outcome.code == 1
    assert len(outcome.document["photos"]) == 3
    assert [error["photo"] for error in outcome.document["errors"]] == [str(three / "d.png")]


def test_nothing_is_written(inspect, three):
    inspect(three)
    assert sorted(path.name for path in three.iterdir()) == ["a.png", "b.png", "c.png"]


def test_the_exposure_time_that_would_have_done_is_written_as_cameras_do(inspect, tmp_path):
    photo = Image.fromarray(picture())
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x829A] = 1 / 8
    photo.save(tmp_path / "timed.jpg", exif=exif)
    _, line = inspect(tmp_path / "timed.jpg").out.splitlines()
    assert " 1/" in line
    assert " s " in line


def test_ctrl_c_answers_with_what_there_is(inspect, three, monkeypatch):
    from blurstudio.media import photo as photos

    open_photo = photos.open_photo

    def stop_at_c(path):
        if path.name == "c.png":
            raise KeyboardInterrupt
        return open_photo(path)

    monkeypatch.setattr(photos, "open_photo", stop_at_c)
    outcome = inspect(three, "--json")
    assert outcome.code == 130
    assert outcome.document["stopped"] is True
    assert len(outcome.document["photos"]) == 2
    assert outcome.sentences == ["Stopped."], "nothing is kept"
    assert len(inspect(three).out.splitlines()) == 3


def test_an_empty_folder_spoils_no_photo(inspect, three):
    (three / "empty").mkdir()
    outcome = inspect(three, three / "empty", "--json")
    assert outcome.code == 1
    assert len(outcome.document["photos"]) == 3
    [error] = outcome.document["errors"]
    assert error["photo"] == str(three / "empty")
    assert "holds no photo" in error["message"]


def test_what_holds_for_all_photos_is_said_once(blurstudio, tiny_networks, three):
    unknown = blurstudio("inspect", three, "--device", "abacus")
    assert (unknown.code, len(unknown.sentences)) == (2, 1)
    unknown = blurstudio("inspect", three, "--model-motion", "huge")
    assert (unknown.code, len(unknown.sentences)) == (1, 1)
    [weights] = (user_data_dir() / "weights").glob("tiny-motion.safetensors")
    weights.write_bytes(weights.read_bytes()[:1000])
    damaged = blurstudio("inspect", three, *tiny_networks[:2])
    assert (damaged.code, len(damaged.sentences)) == (1, 1)


def test_names_stay_in_their_line_and_column():
    rows = [("photo", "blur"), ("a\nb\x1b[2J\u2028", "1 px"), ("\u5199\u771f.jpg", "2 px")]
    assert _table(rows) == [
        "photo" + " " * 14 + "blur",
        r"a\nb\x1b[2J\u2028" + "  1 px",
        "\u5199\u771f.jpg" + " " * 11 + "2 px",
    ]
