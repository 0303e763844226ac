"""Averages of real clips: blur that was recorded, without ghosts, made once and kept."""

from __future__ import annotations

import dataclasses
import json
import sys
import wave

import numpy as np
import pytest

from blurstudio.errors import DataError
from blurstudio.simulate import dataset, shards
from blurstudio.training import clips as clips_module
from blurstudio.training.batches import held_out_batches, training_batch
from blurstudio.training.clip_averages import averages
from blurstudio.training.clip_frames import read_frames, survey
from blurstudio.training.clip_recipe import ClipRecipe
from blurstudio.training.clip_windows import Window, draw_windows
from blurstudio.training.clips import list_clips, prepare_clips

HEIGHT = 96
SLOW = np.arange(40) * 1.5
FAST = np.arange(0, 80, 5.0)
RECIPE = ClipRecipe(
    files=("clips",), count=6, size=64, held_out=2, frames=(3, 7), shrink=(1.0, 1.5)
)


@pytest.fixture
def data(tmp_path, write_clip):
    """A data folder with one clip."""
    write_clip(tmp_path / "data" / "clips" / "street.mkv", SLOW)
    return tmp_path / "data"


@pytest.fixture
def small_shards(monkeypatch):
    monkeypatch.setattr(shards, "SHARD", 4)
    monkeypatch.setattr(dataset, "SHARD", 4)


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def window(first=0, frames=5, parts=1, side=HEIGHT) -> Window:
    return Window(0, first, frames, 0, 0, side, parts, 1.0)


def test_an_average_is_the_plain_mean_of_frames_as_displayed(tmp_path, write_clip, picture):
    clip = write_clip(tmp_path / "a.mkv", SLOW)
    made = averages([clip], [window(first=2)], HEIGHT)
    shown = np.stack([picture(place)[:, :HEIGHT] for place in SLOW[2:7]]).astype(float)
    mean = shown.mean(0).transpose(2, 0, 1)
    assert np.abs(made["blurred"][0] - mean).max() <= 0.51
    assert np.array_equal(made["sharp"][0], picture(SLOW[4])[:, :HEIGHT].transpose(2, 0, 1))


def test_where_steps_are_long_the_moments_between_are_filled_in(tmp_path, write_clip, picture):
    clip = write_clip(tmp_path / "a.mkv", FAST)
    places = np.linspace(FAST[2], FAST[6], 81)
    true = np.mean([picture(p)[:, :HEIGHT].astype(float) for p in places], 0).transpose(2, 0, 1)
    joined, ghosts = averages([clip], [window(2, parts=5), window(2)], HEIGHT)["blurred"]
    assert np.abs(joined - true).mean() < 0.5 * np.abs(ghosts - true).mean()


def test_frames_are_counted_and_motion_is_measured_where_something_moves(tmp_path, write_clip):
    clip = write_clip(tmp_path / "a.mkv", FAST)
    assert len(list(read_frames(clip))) == len(FAST)
    found = survey(clip)
    assert found.frames == len(FAST)
    assert found.steps[0, 5:7, 2:4].mean() == pytest.approx(5, abs=1)
    assert found.steps[0, :, 10:].max() == 0


def test_windows_lie_where_things_move_and_those_held_out_come_last(data):
    found = survey(data / "clips" / "street.mkv")
    windows = draw_windows([found], RECIPE)
    assert len(windows) == RECIPE.count
    assert len({(w.first, w.frames, w.side) for w in windows}) > 3
    for each in windows:
        assert each.frames in (3, 5, 7)
        assert 64 <= each.side <= 96
        assert each.top + each.side <= found.size[0]
        assert each.left + each.side <= found.size[1]
        assert each.strength > 0.3
    assert all(w.first + w.frames <= 32 for w in windows[:4])
    assert all(w.first >= 32 for w in windows[4:])
    assert draw_windows([found], RECIPE) == windows


@pytest.mark.parametrize(
    "places",
    [np.full(40, 20.0), np.tile([0.0, 60.0], 20), np.repeat(np.arange(0, 60, 3.0), 2)],
    ids=["nothing moves", "jumps", "every frame twice"],
)
def test_clips_without_a_good_window_are_refused(tmp_path, write_clip, places):
    clip = write_clip(tmp_path / "a.mkv", places)
    with pytest.raises(DataError, match="too few places where things move in short steps"):
        draw_windows([survey(clip)], RECIPE)


def test_clips_that_are_too_small_are_refused(data):
    found = survey(data / "clips" / "street.mkv")
    with pytest.raises(DataError, match=r"as large as size in \[clips\] \(128 px\)"):
        draw_windows([found], dataclasses.replace(RECIPE, size=128))


def test_a_set_is_made_once_and_then_needs_no_clips(data, tmp_path, small_shards):
    heard = []
    made = prepare_clips(RECIPE, tmp_path / "set", data, lambda *step: heard.append(step))
    assert heard == [(4, 6), (6, 6)]
    assert made.complete
    again = prepare_clips(RECIPE, tmp_path / "set")
    assert len(again) == 6
    first = again[0]
    assert first.blurred.shape == first.sharp.shape == (3, 64, 64)
    assert not np.array_equal(first.blurred, first.sharp)
    told = json.loads((tmp_path / "set" / "windows.json").read_text())
    assert [each["strength"] for each in told] == pytest.approx([s.strength for s in again])
    index = json.loads((tmp_path / "set" / "index.json").read_text())
    assert [clip["name"] for clip in index["clips"]] == ["street.mkv"]
    assert index["settings"]["files"] == ["clips"]


def test_paths_are_not_known_and_batches_say_so(data, tmp_path):
    made = prepare_clips(RECIPE, tmp_path / "set", data)
    assert not made.labelled
    drawn = training_batch(made, 4, 0, seed=1, batch=2, crop=32)
    assert drawn.blurred.shape == (2, 3, 32, 32)
    assert not drawn.valid.any()
    (held_out,) = held_out_batches(made, 4, batch=4)
    assert held_out.blurred.shape == (2, 3, 64, 64)


def test_a_set_left_unfinished_goes_on_with_the_same_windows(
    data, tmp_path, small_shards, monkeypatch
):
    prepare_clips(RECIPE, tmp_path / "set", data)
    whole = contents(tmp_path / "set")
    (tmp_path / "set" / "strength_001.npy").unlink()

    def measured_again(_path):
        raise AssertionError("the motion of the clips was measured before")

    monkeypatch.setattr(clips_module, "survey", measured_again)
    prepare_clips(RECIPE, tmp_path / "set", data)
    assert contents(tmp_path / "set") == whole


def test_another_set_in_the_folder_is_left_alone(data, tmp_path):
    prepare_clips(RECIPE, tmp_path / "set", data)
    before = contents(tmp_path / "set")
    with pytest.raises(DataError, match=r"something else .* name another folder"):
        prepare_clips(dataclasses.replace(RECIPE, seed=9), tmp_path / "set", data)
    assert contents(tmp_path / "set") == before


def test_a_damaged_list_of_windows_is_a_sentence(data, tmp_path):
    prepare_clips(RECIPE, tmp_path / "set", data)
    (tmp_path / "set" / "strength_000.npy").unlink()
    (tmp_path / "set" / "windows.json").write_text("[{}]")
    with pytest.raises(DataError, match=r"windows\.json is damaged"):
        prepare_clips(RECIPE, tmp_path / "set", data)


def test_a_damaged_shard_is_mended_as_its_sentence_says(data, tmp_path):
    prepare_clips(RECIPE, tmp_path / "set", data)
    damaged = tmp_path / "set" / "sharp_000.npy"
    whole = damaged.read_bytes()
    damaged.write_bytes(b"nothing")
    with pytest.raises(DataError, match=r"sharp_000\.npy .*delete it and run the same command"):
        prepare_clips(RECIPE, tmp_path / "set", data)
    damaged.unlink()
    prepare_clips(RECIPE, tmp_path / "set", data)
    assert damaged.read_bytes() == whole


def test_clips_are_named_one_by_one_or_by_folder(data, write_clip):
    other = write_clip(data / "more" / "b.mkv", SLOW[:3])
    (data / "more" / "notes.txt").write_text("no clip")
    assert list_clips(data, ["more", "clips/street.mkv", "more/b.mkv"]) == [
        other,
        data / "clips" / "street.mkv",
    ]
    with pytest.raises(DataError, match=r"no clip .*gone\.mp4"):
        list_clips(data, ["clips/gone.mp4"])


def test_without_pyav_a_sentence_says_what_to_install(data, monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(DataError, match="pip install av"):
        survey(data / "clips" / "street.mkv")


def test_files_that_are_no_clips_are_explained(tmp_path, write_clip):
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no clip at all")
    with pytest.raises(DataError, match=r"broken\.mp4 can't be read"):
        survey(broken)
    with pytest.raises(DataError, match=r"gone\.mp4 can't be read"):
        survey(tmp_path / "gone.mp4")
    sound = tmp_path / "sound.wav"
    with wave.open(str(sound), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(1600))
    with pytest.raises(DataError, match="holds no video"):
        survey(sound)
    with pytest.raises(DataError, match="smaller than 32 px"):
        survey(write_clip(tmp_path / "tiny.mkv", [0.0, 1.0], 24, 24))
    with pytest.raises(DataError, match="fewer than two frames"):
        survey(write_clip(tmp_path / "still.mkv", [0.0]))
