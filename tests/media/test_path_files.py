"""Path files: what is written comes back, and nothing else is taken for one."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from blurstudio.errors import DataError
from blurstudio.media.paths import VERSION, read_paths, write_paths

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = {"linear": 1, "quadratic": 2, "bilinear": 2, "free": 9}


@pytest.fixture
def maps():
    def made(count):
        return np.random.default_rng(3).normal(0, 9, (count, 2, 5, 7)).astype(np.float32)

    return made


@pytest.mark.parametrize("constraint", COMPONENTS)
def test_paths_come_back(tmp_path, maps, constraint):
    stored = maps(COMPONENTS[constraint])
    confidence = np.random.default_rng(4).random((5, 7)).astype(np.float32)
    flipped = confidence.repeat(2, axis=0) > 0.5
    write_paths(tmp_path / "path.npz", stored, constraint, (40, 56), confidence, flipped)
    read = read_paths(tmp_path / "path.npz")
    assert np.array_equal(read.maps, stored)
    assert read.constraint == constraint
    assert read.size == (40, 56)
    assert np.array_equal(read.confidence, confidence)
    assert np.array_equal(read.flipped, flipped)


def test_confidence_and_flips_may_be_absent(tmp_path, maps):
    write_paths(tmp_path / "path.npz", maps(1), "linear", (40, 56), None, None)
    read = read_paths(tmp_path / "path.npz")
    assert read.confidence is None
    assert read.flipped is None


def test_any_program_with_numpy_reads_them(tmp_path, maps):
    write_paths(tmp_path / "path.npz", maps(2), "quadratic", (40, 56), None, None)
    with np.load(tmp_path / "path.npz", allow_pickle=False) as stored:
        assert {key: str(stored[key]) for key in ("format", "version", "constraint", "units")} == {
            "format": "blurstudio-paths",
            "version": str(VERSION),
            "constraint": "quadratic",
            "units": "px",
        }
        assert stored["size"].tolist() == [40, 56]


def test_the_documented_keys_are_the_written_ones(tmp_path, maps):
    flipped = np.zeros((5, 7), bool)
    confidence = np.zeros((5, 7), np.float32)
    write_paths(tmp_path / "path.npz", maps(2), "quadratic", (40, 56), confidence, flipped)
    section = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    section = section.partition("## Paths")[2].partition("Time t runs")[0]
    documented = set(re.findall(r"^\| `(\w+)`", section, flags=re.MULTILINE))
    with np.load(tmp_path / "path.npz") as stored:
        assert set(stored) == documented


@pytest.mark.parametrize(
    ("shape", "constraint", "words"),
    [
        ((2, 2, 5, 7), "linear", "maps of linear"),
        ((4, 2, 5, 7), "free", "maps of free"),
        ((2, 3, 5, 7), "quadratic", "maps of quadratic"),
        ((2, 2, 5, 7), "wild", "constraint must be"),
    ],
)
def test_maps_that_don_t_fit_are_a_mistake_of_the_program(tmp_path, shape, constraint, words):
    with pytest.raises(ValueError, match=words):
        write_paths(tmp_path / "p.npz", np.zeros(shape, np.float32), constraint, (4, 4), None, None)


def saved(path, **arrays):
    with path.open("wb") as file:
        np.savez(file, **arrays)
    return path


def test_files_that_hold_no_paths_are_refused_in_a_sentence(tmp_path, maps):
    write_paths(tmp_path / "path.npz", maps(2), "quadratic", (40, 56), None, None)
    whole = (tmp_path / "path.npz").read_bytes()
    with np.load(tmp_path / "path.npz") as stored:
        arrays = dict(stored)
    bad = tmp_path / "bad.npz"
    for data in (b"", b"text", whole[:200], whole[: len(whole) // 2], whole[:900] + b"\0" * 400):
        bad.write_bytes(data)
        with pytest.raises(DataError, match=r"bad\.npz .*;"):
            read_paths(bad)
    for changed in (
        {**arrays, "maps": np.zeros(3)},
        {**arrays, "format": np.array("other")},
        {**arrays, "size": np.array([4])},
        {"maps": arrays["maps"]},
    ):
        with pytest.raises(DataError, match="not a file of paths"):
            read_paths(saved(bad, **changed))
    with pytest.raises(DataError, match="newer Blur Studio"):
        read_paths(saved(bad, **{**arrays, "version": np.array(VERSION + 1)}))
    with pytest.raises(DataError, match="can't be read"):
        read_paths(tmp_path / "nowhere.npz")


def test_objects_in_a_file_are_never_loaded(tmp_path):
    path = tmp_path / "objects.npz"
    np.savez(path, format=np.array([{}], dtype=object), version=np.array(1))
    with pytest.raises(DataError, match="not a file of paths"):
        read_paths(path)
