"""``blurstudio render``: a data set of exposures from sharp photos."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from blurstudio.simulate.dataset import read_dataset
from blurstudio.simulate.evaluation_set import kodak_exposures


@pytest.fixture
def sharp(tmp_path):
    """A folder with one sharp photo."""
    folder = tmp_path / "sharp photos"
    folder.mkdir()
    coarse = np.random.default_rng(0).integers(0, 255, (24, 24, 3), dtype=np.uint8)
    cv2.imwrite(str(folder / "a.png"), cv2.resize(coarse, (160, 160)))
    return folder


def test_it_writes_as_many_exposures_as_asked(blurstudio, sharp, tmp_path):
    folder = tmp_path / "set"
    outcome = blurstudio("render", sharp, "-o", folder, "--count", 2, "--size", 64, "--seed", 7)
    assert outcome.code == 0
    assert outcome.out == f"{folder}\n"
    assert len(read_dataset(folder)) == 2


def test_json_says_what_was_made(blurstudio, sharp, tmp_path):
    words = ("render", sharp, "-o", tmp_path / "set", "--count", 1, "--size", 64, "--json")
    document = blurstudio(*words).document
    assert document["exposures"] == 1
    assert document["photos"] == 1


def test_the_presets_are_those_of_the_simulator():
    from blurstudio.cli.render import Preset
    from blurstudio.simulate.settings import PRESETS

    assert {preset.value for preset in Preset} == set(PRESETS)


def test_a_size_that_the_labels_cannot_follow_is_refused(blurstudio, sharp, tmp_path):
    outcome = blurstudio("render", sharp, "-o", tmp_path / "set", "--size", 66)
    assert outcome.code == 2
    assert not (tmp_path / "set").exists()


def test_a_folder_that_holds_another_set_is_left_alone(blurstudio, sharp, tmp_path):
    words = ("render", sharp, "-o", tmp_path / "set", "--count", 1, "--size", 64)
    assert blurstudio(*words, "--seed", 1).code == 0
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "set").rglob("*")}
    outcome = blurstudio(*words, "--seed", 2)
    assert outcome.code == 1
    assert len(outcome.sentences) == 1
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "set").rglob("*")} == before


def test_a_file_that_is_no_photo_is_named(blurstudio, sharp, tmp_path):
    (sharp / "b.png").write_text("not a picture")
    outcome = blurstudio("render", sharp, "-o", tmp_path / "set", "--count", 2, "--size", 64)
    assert outcome.code == 1
    assert "b.png" in outcome.err


@pytest.fixture
def kodak(tmp_path):
    """Stand-ins for the 24 photos of the evaluation set."""
    folder = tmp_path / "kodak"
    folder.mkdir()
    for number in range(1, 25):
        coarse = np.random.default_rng(number).integers(0, 255, (12, 18, 3), dtype=np.uint8)
        cv2.imwrite(str(folder / f"kodim{number:02d}.png"), cv2.resize(coarse, (96, 64)))
    return folder


def test_the_evaluation_set_is_written_by_one_command(blurstudio, kodak, tmp_path):
    outcome = blurstudio("render", kodak, "-o", tmp_path / "set", "--evaluation-set", "--json")
    files = outcome.document["files"]
    assert len(files) == 96
    assert {path.name for path in (tmp_path / "set").iterdir()} == {Path(f).name for f in files}
    first = next(kodak_exposures(kodak))
    with np.load(files[0], allow_pickle=False) as stored:
        assert stored["blurred"].shape == stored["sharp"].shape == (64, 96, 3)
        assert stored["layers"].shape == stored["validity"].shape == (64, 96)
        there = stored["offsets"].astype(np.float32)
        np.testing.assert_allclose(there, first.offsets[..., ::4, ::4], rtol=1e-3, atol=1e-3)
        assert float(stored["strength"]) == first.strength == 8


@pytest.mark.parametrize("choice", [("--count", 3), ("--seed", 0), ("--preset", "light")])
def test_the_evaluation_set_can_not_be_changed(blurstudio, kodak, tmp_path, choice):
    outcome = blurstudio("render", kodak, "-o", tmp_path / "set", "--evaluation-set", *choice)
    assert outcome.code == 2
    assert "its own" in outcome.err
    assert not (tmp_path / "set").exists()


def test_the_evaluation_set_needs_its_photos(blurstudio, sharp, tmp_path):
    outcome = blurstudio("render", sharp, "-o", tmp_path / "set", "--evaluation-set")
    assert outcome.code == 1
    assert "24 Kodak photos" in outcome.err
    one = blurstudio("render", sharp / "a.png", "-o", tmp_path / "set", "--evaluation-set")
    assert one.code == 2
