"""Learning to refine paths: surveys are made once, and turned so that they belong together."""

from __future__ import annotations

import dataclasses
import threading

import numpy as np
import pytest
import torch

from blurstudio import networks
from blurstudio.errors import Cancelled, RecipeError
from blurstudio.exposure.survey.hypotheses import HYPOTHESES, Hypothesis
from blurstudio.exposure.survey.path_survey import LENGTHS, STATISTICS
from blurstudio.exposure.survey.survey_frames import FRAMES
from blurstudio.simulate.dataset import Sample
from blurstudio.training import train
from blurstudio.training.recipe import read_recipe
from blurstudio.training.survey_batches import held_out_surveys, survey_batch
from blurstudio.training.survey_task import SurveyTask, path_distances
from blurstudio.training.surveys import Surveys
from blurstudio.weights import registry

RECIPE = """
name = "refine-tiny"
task = "refine"
architecture = "survey"
seed = 5
guide = "{guide}"
[config]
width = 8
depth = 1
[data]
photos = ["photos"]
count = 4
size = 64
seed = 2
held_out = 1
[data.settings]
strength = [2.0, 6.0]
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


PARTS = dataclasses.fields(Surveys)


@pytest.fixture
def motion(helpers):
    return helpers["motion"]


@pytest.fixture
def recipe(tmp_path, helpers):
    def write(**changed):
        values = {"guide": helpers["motion"], "crop": 64}
        path = tmp_path / "refine.toml"
        path.write_text(RECIPE.format(**{**values, **changed}))
        return path

    return write


def test_a_run_leaves_a_refining_network_whose_card_names_the_paths_it_learned_from(
    recipe, tmp_path, data, motion, records
):
    weights = train(recipe(), tmp_path / "run", data, accelerator="cpu")
    card = registry.find(weights)
    assert (card.task, card.architecture, card.steps) == ("refine", "survey", 4)
    assert f"around paths of tiny-motion ({registry.find(motion).sha256[:12]})" in card.data
    scored = {"path_error_before", "path_error", "path_error_surer_half"}
    assert set(card.scores) == scored
    assert registry.load_network(card).first.out_channels == 8
    kinds = [each["kind"] for each in records(tmp_path / "run")]
    assert kinds[:3] == ["surveys", "surveys", "start"]
    assert (tmp_path / "run" / "previews" / "0000004.png").stat().st_size > 0


def test_processes_beside_each_other_find_the_same(recipe, tmp_path, data):
    for name, workers in (("one", 1), ("two", 2)):
        train(recipe(), tmp_path / name, data, accelerator="cpu", workers=workers)
    one, two = (
        np.load(next((tmp_path / name).glob("surveys-*/000000-000004.npz")))
        for name in ("one", "two")
    )
    assert all(np.array_equal(one[key], two[key]) for key in one.files)


def test_a_run_stopped_while_it_surveys_says_so_and_goes_on_later(recipe, tmp_path, data, records):
    stop = threading.Event()

    def at_once(record):
        if record["kind"] == "surveys":
            stop.set()

    folder = tmp_path / "run"
    with pytest.raises(Cancelled, match="run it again to go on"):
        train(recipe(), folder, data, accelerator="cpu", stop=stop, listener=at_once)
    assert [each["kind"] for each in records(folder)] == ["surveys"]
    weights = train(recipe(), folder, data, accelerator="cpu")
    assert registry.find(weights).steps == 4


def test_surveys_are_made_once(recipe, tmp_path, data):
    folder = tmp_path / "run"
    train(recipe(), folder, data, accelerator="cpu")
    (kept,) = folder.glob("surveys-*/*.npz")
    made = kept.stat().st_mtime_ns
    train(recipe(), folder, data, accelerator="cpu", resume=False)
    assert kept.stat().st_mtime_ns == made


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"guide": ""}, "guide must name the motion network"),
        ({"guide": "truth"}, "guide must name the motion network"),
        ({"crop": 32}, r"crop must be size \(64\)"),
    ],
    ids=["no guide", "true paths", "part of an exposure"],
)
def test_recipes_that_can_not_be_followed_are_refused(recipe, options, words):
    with pytest.raises(RecipeError, match=words):
        read_recipe(recipe(**options))


def drifting(grid=(2, 2)):
    """A survey that finds a bend of (6, 0) px beside a path of (0, 8) px, on all of its cells."""
    maps = np.zeros((2, 2, 16, 16), np.float16)
    maps[0, 1] = 8
    true = maps.copy()
    true[1, 0] = 6
    evidence = np.zeros((FRAMES, len(LENGTHS), len(HYPOTHESES), STATISTICS, *grid), np.float16)
    # A quarter turn from (0, 8) is (-8, 0): the bend lies across, against it. The main axis of
    # how far such a path spreads is the path.
    evidence[:, :, HYPOTHESES.index(Hypothesis(across=-0.9))] = -5
    straight = np.zeros((FRAMES, 2, *grid), np.float16)
    straight[:, 1] = 8
    pixels, cells = np.zeros((3, 64, 64), np.uint8), np.zeros((16, 16), np.uint8)
    exposure = Sample(pixels, pixels, true, cells, cells + 1, 8.0)
    each = (evidence, straight, np.ones((FRAMES, 5, *grid), np.float16), maps)
    return [exposure], Surveys(*(array[None] for array in each))


def test_turned_surveys_still_find_the_bend_that_the_turned_path_has():
    exposures, surveys = drifting()
    drawn = survey_batch(exposures, surveys, 1, 0, seed=1, batch=40)
    found = set()
    for evidence, straight, maps, true in zip(
        drawn.evidence, drawn.straight, drawn.maps, drawn.true, strict=True
    ):
        kinds = []
        for tried, vector in zip(evidence, straight[..., 0, 0], strict=True):
            best = HYPOTHESES[int(tried[0, :, 0, 0, 0].argmin())]
            x, y = vector.tolist()
            bend = torch.tensor([-best.across * y, best.across * x])
            assert not best.along
            assert torch.allclose(bend / 0.9 * 0.75, true[1, :, 0, 0], atol=0.01)
            assert torch.allclose(vector.abs(), maps[0, :, 0, 0].abs())
            kinds.append((round(x), round(y), best.across))
        found.add(tuple(kinds))
    # Of eight turned paths each is read forwards or backwards, and so is its main axis.
    assert len(found) == 16


def test_turning_what_is_drawn_leaves_what_is_kept_as_it_was():
    exposures, surveys = drifting()
    evidence, straight = surveys.evidence.copy(), surveys.straight.copy()
    survey_batch(exposures, surveys, 1, 0, seed=1, batch=40)
    assert np.array_equal(surveys.evidence, evidence)
    assert np.array_equal(surveys.straight, straight)


def test_the_same_step_draws_the_same_batch():
    exposures, surveys = drifting()
    first, again, other = (
        survey_batch(exposures, surveys, 1, step, seed=1, batch=8) for step in (3, 3, 4)
    )
    assert torch.equal(first.evidence, again.evidence)
    assert not torch.equal(first.evidence, other.evidence)


def test_a_network_learns_the_bend_that_surveys_show():
    exposures, surveys = drifting()
    torch.manual_seed(0)
    network, task = networks.build("survey", width=8, depth=1), SurveyTask()
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-2)
    held_out = list(held_out_surveys(exposures, surveys, 0, batch=4))
    for step in range(60):
        optimiser.zero_grad()
        task.loss(network, survey_batch(exposures, surveys, 1, step, seed=1, batch=8)).backward()
        optimiser.step()
    with torch.no_grad():
        figures = task.measure(network, held_out)
    assert figures["path_error"] < 0.5 * figures["path_error_before"]


def test_a_network_learns_where_its_bends_are_not_to_be_trusted():
    exposures, surveys = drifting()
    # Of the right half windows tell nothing, and paths bend there as they like.
    surveys.evidence[..., 1] = 0
    other = dataclasses.replace(exposures[0], maps=exposures[0].maps.copy())
    other.maps[1, 0, :, 8:] *= -1
    both = Surveys(*(np.repeat(getattr(surveys, each.name), 2, 0) for each in PARTS))
    torch.manual_seed(0)
    network = networks.build("survey", width=8, depth=1, doubts=8)
    task, optimiser = SurveyTask(), torch.optim.Adam(network.parameters(), lr=1e-2)
    drawn = [*exposures, other]
    for step in range(120):
        optimiser.zero_grad()
        task.loss(network, survey_batch(drawn, both, 2, step, seed=1, batch=8)).backward()
        optimiser.step()
    (batch,) = held_out_surveys(drawn, both, 0, batch=2)
    with torch.no_grad():
        doubt = network(batch.evidence, batch.straight, batch.about).doubt
        figures = task.measure(network, [batch])
    assert float(doubt[..., 1].mean()) > float(doubt[..., 0].mean()) + 0.5
    assert figures["path_error_surer_half"] < 0.6 * figures["path_error"]


def test_paths_read_backwards_are_as_good():
    exposures, surveys = drifting()
    (batch,) = held_out_surveys(exposures, surveys, 0, batch=1)
    backwards = batch.true * torch.tensor([-1.0, 1.0]).view(1, 2, 1, 1, 1)
    error, motion = path_distances(backwards, batch.true)
    assert float(error.max()) == pytest.approx(0.01)
    assert float(motion.mean()) > 2


def test_batches_go_to_a_device_whole():
    exposures, surveys = drifting()
    (batch,) = held_out_surveys(exposures, surveys, 0, batch=1)
    moved = batch.to(torch.device("meta"))
    assert {getattr(moved, f.name).device.type for f in dataclasses.fields(moved)} == {"meta"}
