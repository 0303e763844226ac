"""Learning whether a photo moved as one: shakes are read once, and judged where they lie."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from blurstudio.errors import RecipeError
from blurstudio.exposure.shaking.registration import moved, offset_between
from blurstudio.exposure.shaking.shake import ENCODED, IN_LIGHT, Shake
from blurstudio.simulate.dataset import read_dataset
from blurstudio.training import shakes, train
from blurstudio.training.course_batches import held_out_courses
from blurstudio.training.courses import Courses
from blurstudio.training.recipe import read_recipe
from blurstudio.weights import registry
from tests.shaken_photos import shaken

RECIPE = """
name = "shake-tiny"
task = "shake"
architecture = "keeping"
seed = 5
guide = "{motion}"
deblurrer = "{deblurrer}"
[config]
widths = [8, 8, 8]
depths = [1, 1, 1]
[data]
photos = ["photos"]
count = 4
size = {size}
seed = 2
held_out = 1
[data.settings]
strength = [6.0, 12.0]
hand_share = 1.0
[schedule]
steps = 4
batch = 2
crop = {crop}
learning_rate = 2e-3
warmup = 1
precision = "32-true"
[records]
log_steps = 1
measure_steps = 100
"""


@pytest.fixture
def recipe(tmp_path, helpers):
    def write(**changed):
        values = {"motion": helpers["motion"], "deblurrer": helpers["deblur"]}
        values |= {"size": 128, "crop": 64}
        path = tmp_path / "shake.toml"
        path.write_text(RECIPE.format(**{**values, **changed}))
        return path

    return write


def test_a_run_leaves_a_network_for_shakes_whose_card_names_those_it_learned_beside(
    recipe, tmp_path, data, helpers, records
):
    folder = tmp_path / "run"
    card = registry.find(train(recipe(), folder, data, accelerator="cpu"))
    assert (card.task, card.architecture, card.steps) == ("shake", "keeping", 4)
    named = {task: registry.find(path).sha256[:12] for task, path in helpers.items()}
    assert f"around paths of tiny-motion ({named['motion']})" in card.data
    assert f"with sharp pictures by tiny-deblur ({named['deblur']})" in card.data
    assert set(card.scores) == {"gain", "gain_least", "improved", "gain_all"}
    kinds = [each["kind"] for each in records(folder)]
    assert kinds[:3] == ["shakes", "shakes", "start"]


def test_shakes_are_read_once_and_are_the_same_by_two_processes(recipe, tmp_path, data):
    made = {}
    for name, workers in (("one", 1), ("two", 2)):
        train(recipe(), tmp_path / name, data, accelerator="cpu", workers=workers)
        (made[name],) = (tmp_path / name).glob("shakes-*/000000-000004.npz")
    one, two = (np.load(path) for path in made.values())
    assert all(np.array_equal(one[key], two[key]) for key in one.files)
    before = made["one"].stat().st_mtime_ns
    train(recipe(), tmp_path / "one", data, accelerator="cpu", resume=False)
    assert made["one"].stat().st_mtime_ns == before


def test_the_truth_lies_where_the_shake_has_it(recipe, tmp_path, data, monkeypatch):
    def hooked(photo, _paths, **_):
        found = shaken((photo.shape[-2], photo.shape[-1]))
        return [Shake(replace(found, confidence=torch.full((6, 7), 0.9)), 0.9, 1.0)]

    monkeypatch.setattr(shakes, "trace_shakes", hooked)
    train(recipe(), tmp_path / "run", data, accelerator="cpu")
    (kept,) = (tmp_path / "run").glob("shakes-*/000000-000004.npz")
    read = Courses(**dict(np.load(kept)))
    exposures = read_dataset(tmp_path / "run" / "exposures")
    for index in range(4):
        lies, lay = (
            torch.from_numpy(np.array(each)).float() / 255
            for each in (read.sharp[index], exposures[index].sharp)
        )
        offset = offset_between(lay, lies, 30.0)
        placed = moved(lay, offset)
        inside = (slice(None), slice(30, -30), slice(30, -30))
        assert float((placed - lies)[inside].abs().mean()) < 0.02
    (batch,) = held_out_courses(exposures, read, 3, batch=1)
    assert torch.equal(batch.sharp[0], torch.from_numpy(read.sharp[3]).float().div_(255))


def test_exposures_show_all_ways_to_read_a_shake_by_turns(recipe, tmp_path, data, monkeypatch):
    shown = []

    def none(_photo, _paths, *, ways):
        shown.extend(ways)
        return []

    monkeypatch.setattr(shakes, "trace_shakes", none)
    train(recipe(), tmp_path / "run", data, accelerator="cpu")
    assert shown == [*IN_LIGHT, *ENCODED]


def test_of_a_large_exposure_the_part_that_is_judged_is_learned_from(
    recipe, tmp_path, data, monkeypatch
):
    monkeypatch.setattr(shakes, "JUDGED", 96)
    train(recipe(), tmp_path / "run", data, accelerator="cpu")
    (kept,) = (tmp_path / "run").glob("shakes-*/000000-000004.npz")
    read = Courses(**dict(np.load(kept)))
    assert read.pictures.shape[-2:] == read.blurred.shape[-2:] == read.sharp.shape[-2:] == (96, 96)
    exposures = read_dataset(tmp_path / "run" / "exposures")
    for part, whole in zip(read.blurred, exposures, strict=True):
        places = [(y, x) for y in range(0, 33, 16) for x in range(0, 33, 16)]
        assert any(
            np.array_equal(part, whole.blurred[:, y : y + 96, x : x + 96]) for y, x in places
        )
    (batch,) = held_out_courses(exposures, read, 3, batch=1)
    assert torch.equal(batch.blurred[0], torch.from_numpy(read.blurred[3]).float().div_(255))


def test_an_exposure_without_a_shake_is_left_where_it_lies(recipe, tmp_path, data, monkeypatch):
    monkeypatch.setattr(shakes, "trace_shakes", lambda *_, **__: [])
    train(recipe(), tmp_path / "run", data, accelerator="cpu")
    (kept,) = (tmp_path / "run").glob("shakes-*/000000-000004.npz")
    read = Courses(**dict(np.load(kept)))
    assert np.array_equal(read.pictures[:, 0], read.pictures[:, 2])
    exposures = read_dataset(tmp_path / "run" / "exposures")
    assert all(np.array_equal(read.sharp[n], exposures[n].sharp) for n in range(4))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"motion": ""}, "guide must name the motion network"),
        ({"deblurrer": ""}, "deblurrer must name the network whose pictures"),
        ({"size": 512, "crop": 448}, "crop must be at most 416"),
    ],
    ids=["no motion network", "no deblurring network", "more than is judged"],
)
def test_recipes_that_can_not_be_followed_are_refused(recipe, changed, words):
    with pytest.raises(RecipeError, match=words):
        read_recipe(recipe(**changed))
