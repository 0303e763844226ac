from __future__ import annotations

import errno
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from blurstudio.errors import DataError
from blurstudio.exposure.basis import Constraint, evaluate_maps, times
from blurstudio.simulate import dataset, shard_rendering, shards
from blurstudio.simulate.dataset import read_dataset, write_dataset
from blurstudio.simulate.exposures import render
from blurstudio.simulate.labels import labels
from blurstudio.simulate.photo_draws import HeldOut
from blurstudio.simulate.settings import PRESETS

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = replace(PRESETS["light"], size=(32, 40))


@pytest.fixture
def small_shards(monkeypatch):
    """Shards of four exposures, so that a set of ten has three of them."""
    monkeypatch.setattr(shards, "SHARD", 4)
    monkeypatch.setattr(dataset, "SHARD", 4)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_what_was_written_is_read_back(photo_files, tmp_path, small_shards):
    heard: list[tuple[int, int]] = []
    written = write_dataset(
        photo_files, tmp_path / "set", 10, SETTINGS, 3, lambda *step: heard.append(step)
    )
    again = read_dataset(tmp_path / "set")
    assert len(written) == len(again) == 10
    assert again.complete
    assert heard[-1] == (10, 10)
    assert heard == sorted(heard)
    for one, other in zip(written, again, strict=True):
        assert one.blurred.shape == one.sharp.shape == (3, 32, 40)
        assert one.blurred.dtype == one.sharp.dtype == np.uint8
        assert one.maps.shape == (2, 2, 8, 10)
        assert one.maps.dtype == np.float16
        assert one.layers.shape == one.validity.shape == (8, 10)
        assert one.strength == other.strength
        for name in ("blurred", "sharp", "maps", "layers", "validity"):
            assert np.array_equal(getattr(one, name), getattr(other, name))
    assert len({sample.strength for sample in again}) > 5
    with pytest.raises(IndexError):
        again[10]


def test_the_index_says_what_the_set_was_made_of(photo_files, tmp_path):
    write_dataset(photo_files, tmp_path / "set", 2, SETTINGS, 3)
    index = json.loads((tmp_path / "set" / "index.json").read_text(encoding="utf-8"))
    assert index["seed"] == 3
    assert index["count"] == 2
    assert index["settings"]["strength"] == [0.5, 12.0]
    assert [photo["name"] for photo in index["photos"]] == [path.name for path in photo_files]
    assert all(len(photo["sha256"]) == 64 for photo in index["photos"])


def test_the_same_seed_gives_the_same_files(photo_files, tmp_path):
    for name in ("one", "two"):
        write_dataset(photo_files, tmp_path / name, 3, SETTINGS, 8)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_processes_beside_each_other_write_the_same_files(photo_files, tmp_path, small_shards):
    heard: list[tuple[int, int]] = []
    write_dataset(photo_files, tmp_path / "one", 10, SETTINGS, 8)
    write_dataset(
        photo_files, tmp_path / "two", 10, SETTINGS, 8, lambda *step: heard.append(step), workers=2
    )
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert heard[-1] == (10, 10)


def test_an_interrupted_set_is_served_so_far_and_completed_alike(
    photo_files, tmp_path, small_shards
):
    class Stop(Exception):
        pass

    def stop_in_the_second_shard(done: int, total: int) -> None:
        if done > 4:
            raise Stop

    with pytest.raises(Stop):
        write_dataset(photo_files, tmp_path / "one", 10, SETTINGS, 3, stop_in_the_second_shard)
    so_far = read_dataset(tmp_path / "one")
    assert len(so_far) == 4
    assert not so_far.complete
    first = tmp_path / "one" / "blurred_000.npy"
    before = first.stat().st_mtime_ns
    write_dataset(photo_files, tmp_path / "one", 10, SETTINGS, 3)
    assert first.stat().st_mtime_ns == before
    write_dataset(photo_files, tmp_path / "two", 10, SETTINGS, 3)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_damaged_shard_is_named_and_replaced_on_the_next_run(photo_files, tmp_path, small_shards):
    folder = tmp_path / "set"
    write_dataset(photo_files, folder, 8, SETTINGS, 3)
    whole = contents(folder)
    (folder / "sharp_001.npy").write_bytes(b"nothing")
    with pytest.raises(DataError, match=r"sharp_001\.npy .*delete it and run the same command"):
        read_dataset(folder)
    write_dataset(photo_files, folder, 8, SETTINGS, 3)
    assert contents(folder) == whole


def test_photos_smaller_than_exposures_are_enlarged_if_that_is_asked(photo_files, tmp_path):
    large = replace(SETTINGS, size=(640, 640), subframe_step=4.0)
    with pytest.raises(DataError, match="is too small; remove photos smaller"):
        write_dataset(photo_files, tmp_path / "small", 1, large, 3)
    asked = replace(large, enlarge_to=1.1)
    (exposure,) = write_dataset(photo_files, tmp_path / "large", 1, asked, 3)
    assert exposure.sharp.shape == (3, 640, 640)
    assert exposure.sharp.std() > 10


def test_a_folder_with_another_set_is_left_alone(photo_files, tmp_path):
    write_dataset(photo_files, tmp_path / "set", 2, SETTINGS, 3)
    before = contents(tmp_path / "set")
    with pytest.raises(DataError, match="another folder"):
        write_dataset(photo_files, tmp_path / "set", 2, SETTINGS, 4)
    with pytest.raises(DataError, match="another folder"):
        write_dataset(photo_files[:-1], tmp_path / "set", 2, SETTINGS, 3)
    assert contents(tmp_path / "set") == before


def test_a_missing_or_damaged_index_is_a_sentence(photo_files, tmp_path):
    with pytest.raises(DataError, match="holds no rendered exposures; make them"):
        read_dataset(tmp_path)
    index = tmp_path / "index.json"
    for text in ("", "{", "[]", '{"version": 1}', '{"version": "x", "count": 1}'):
        index.write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match="is damaged; render"):
            read_dataset(tmp_path)
        with pytest.raises(DataError, match="another folder"):
            write_dataset(photo_files, tmp_path, 2, SETTINGS, 3)
    index.write_text('{"version": 99, "count": 1}', encoding="utf-8")
    with pytest.raises(DataError, match="version 99"):
        read_dataset(tmp_path)


def test_photos_that_cannot_be_used_are_named(photo_files, tmp_path):
    with pytest.raises(DataError, match="no photos"):
        write_dataset([], tmp_path / "a", 2, SETTINGS, 3)
    with pytest.raises(DataError, match=r"gone\.png"):
        write_dataset([tmp_path / "gone.png"], tmp_path / "b", 2, SETTINGS, 3)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    with pytest.raises(DataError, match=r"broken\.png is damaged"):
        write_dataset([broken], tmp_path / "c", 2, SETTINGS, 3)
    with pytest.raises(DataError, match="too small"):
        write_dataset(photo_files, tmp_path / "d", 2, replace(SETTINGS, size=(128, 128)), 3)
    with pytest.raises(ValueError, match="multiples of 4"):
        write_dataset(photo_files, tmp_path / "e", 2, replace(SETTINGS, size=(30, 30)), 3)


def test_a_full_disk_is_a_sentence_and_leaves_no_half_file(photo_files, tmp_path, monkeypatch):
    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(DataError, match="No space left on device; free space"):
        write_dataset(photo_files, tmp_path / "set", 2, SETTINGS, 3)
    assert sorted(contents(tmp_path / "set")) == ["index.json"]


def test_labels_are_the_best_parabolas_of_the_paths(make_photo):
    settings = replace(
        PRESETS["light"], size=(64, 64), layer_share=0.0, shake_share=0.0, strength=(6.0, 6.0)
    )
    exposure = render([make_photo(1)], settings, 2)
    found = labels(exposure)
    paths = evaluate_maps(found.maps, Constraint.QUADRATIC, times(17))
    cells = torch.nn.functional.avg_pool2d(exposure.offsets[0].flatten(0, 1), 4)
    error = (paths[0] - cells.view(17, 2, 16, 16)).norm(dim=1).mean()
    assert float(error) < 0.35 * float(cells.view(17, 2, 16, 16).norm(dim=1).mean())
    assert bool((found.validity == 1).all())


def test_labels_never_mix_two_layers(make_photo):
    exposure = render([make_photo(1)], replace(PRESETS["light"], size=(64, 64)), 2)
    ids = torch.zeros(1, 64, 64, dtype=torch.uint8)
    ids[..., 33:] = 1
    ramp = torch.linspace(-0.5, 0.5, 17).view(1, 17, 1, 1, 1)
    speed = torch.where(ids == 1, 20.0, -8.0)[:, None, None] * torch.ones(1, 1, 2, 1, 1)
    valid = torch.ones(1, 1, 64, 64)
    valid[..., 5, 5] = 0
    found = labels(replace(exposure, offsets=ramp * speed, layers=ids, validity=valid))
    assert torch.allclose(found.maps[0, 0, :, :, :8], torch.tensor(-8.0), atol=1e-3)
    assert torch.allclose(found.maps[0, 0, :, :, 8:], torch.tensor(20.0), atol=1e-3)
    assert torch.allclose(found.maps[0, 1], torch.zeros(()), atol=1e-2)
    assert found.layers[0, 0].tolist() == [0] * 8 + [1] * 8
    assert int((found.validity == 0).sum()) == 1
    assert found.validity[0, 1, 1] == 0


@pytest.fixture
def read_for(monkeypatch):
    """Names of the photos that were read for each exposure, by the number of the first of them."""
    read: list[str] = []
    load = shard_rendering.load_sharp
    monkeypatch.setattr(
        shard_rendering, "load_sharp", lambda path: read.append(path.name) or load(path)
    )
    return read


def test_exposures_held_out_share_no_photo_with_the_others(
    photo_files, tmp_path, small_shards, read_for
):
    write_dataset(photo_files, tmp_path / "set", 17, SETTINGS, 3, held_out=HeldOut(6, 0.25))
    learned, measured = set(read_for[:11]), set(read_for[11:])
    assert len(read_for) == 17
    assert learned
    assert measured
    assert not learned & measured
    assert len(measured) == 2
    index = json.loads((tmp_path / "set" / "index.json").read_text(encoding="utf-8"))
    assert index["held_out"] == {"exposures": 6, "share": 0.25}


def test_unless_that_is_asked_for_all_are_drawn_from_all_photos(photo_files, tmp_path, read_for):
    write_dataset(photo_files, tmp_path / "set", 40, SETTINGS, 3)
    assert set(read_for[:30]) & set(read_for[30:])
    index = json.loads((tmp_path / "set" / "index.json").read_text(encoding="utf-8"))
    assert "held_out" not in index


def test_one_photo_is_too_few_to_hold_one_out(photo_files, tmp_path):
    with pytest.raises(DataError, match="folder with more photos"):
        write_dataset(photo_files[:1], tmp_path / "set", 4, SETTINGS, 3, held_out=HeldOut(2, 0.1))
