"""Learning what to keep of a refinement: courses are made once, and turned as a whole."""

from __future__ import annotations

import dataclasses
import threading

import numpy as np
import pytest
import torch

from blurstudio import networks
from blurstudio.errors import Cancelled, RecipeError
from blurstudio.exposure.signfree import encode_sign_free
from blurstudio.simulate.dataset import Sample
from blurstudio.training import train
from blurstudio.training.course_batches import course_batch, held_out_courses
from blurstudio.training.course_task import SHAKE_HARM, CourseTask
from blurstudio.training.courses import Courses
from blurstudio.training.recipe import read_recipe
from blurstudio.weights import registry

RECIPE = """
name = "keep-tiny"
task = "keep"
architecture = "keeping"
seed = 5
guide = "{motion}"
bends = "{bends}"
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
strength = [2.0, 6.0]
[schedule]
steps = 4
batch = 2
crop = 32
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
        values = {
            "motion": helpers["motion"],
            "bends": helpers["refine"],
            "deblurrer": helpers["deblur"],
            "size": 64,
        }
        path = tmp_path / "keep.toml"
        path.write_text(RECIPE.format(**{**values, **changed}))
        return path

    return write


def test_a_run_leaves_a_keeping_network_whose_card_names_the_networks_it_learned_beside(
    recipe, tmp_path, data, helpers, records
):
    folder = tmp_path / "run"
    weights = train(recipe(), folder, data, accelerator="cpu")
    card = registry.find(weights)
    assert (card.task, card.architecture, card.steps) == ("keep", "keeping", 4)
    named = {task: registry.find(path).sha256[:12] for task, path in helpers.items()}
    assert f"around paths of tiny-motion ({named['motion']})" in card.data
    assert f"bent by tiny-refine ({named['refine']})" in card.data
    assert f"with sharp pictures by tiny-deblur ({named['deblur']})" in card.data
    assert set(card.scores) == {"gain", "gain_least", "improved", "gain_all"}
    kinds = [each["kind"] for each in records(folder)]
    assert kinds[:5] == ["surveys", "surveys", "courses", "courses", "start"]
    assert (folder / "previews" / "0000004.png").stat().st_size > 0


def test_courses_are_made_once_and_are_the_same_by_two_processes(recipe, tmp_path, data):
    made = {}
    for name, workers in (("one", 1), ("two", 2)):
        train(recipe(), tmp_path / name, data, accelerator="cpu", workers=workers)
        (made[name],) = (tmp_path / name).glob("courses-*/000000-000004.npz")
    one, two = (np.load(path) for path in made.values())
    assert all(np.array_equal(one[key], two[key]) for key in one.files)
    before = made["one"].stat().st_mtime_ns
    train(recipe(), tmp_path / "one", data, accelerator="cpu", resume=False)
    assert made["one"].stat().st_mtime_ns == before


def test_a_run_stopped_while_it_refines_says_so_and_goes_on_later(recipe, tmp_path, data):
    stop = threading.Event()

    def at_once(record):
        if record["kind"] == "courses":
            stop.set()

    folder = tmp_path / "run"
    with pytest.raises(Cancelled, match="about its exposures; run it again to go on"):
        train(recipe(), folder, data, accelerator="cpu", stop=stop, listener=at_once)
    assert registry.find(train(recipe(), folder, data, accelerator="cpu")).steps == 4


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"motion": ""}, "guide must name the motion network"),
        ({"bends": ""}, "deblurrer and bends must name the networks"),
        ({"deblurrer": ""}, "deblurrer and bends must name the networks"),
        ({"size": 72}, "size must be a multiple of 32"),
    ],
    ids=["no motion network", "no refining network", "no deblurring network", "odd size"],
)
def test_recipes_that_can_not_be_followed_are_refused(recipe, changed, words):
    with pytest.raises(RecipeError, match=words):
        read_recipe(recipe(**changed))


def test_a_refining_network_is_read_by_its_task_only(recipe):
    path = recipe()
    text = path.read_text().replace('task = "keep"', 'task = "refine"')
    text = text.replace('architecture = "keeping"', 'architecture = "survey"')
    text = text.replace("crop = 32", "crop = 64")
    path.write_text(text[: text.index("[config]")] + text[text.index("[data]") :])
    with pytest.raises(RecipeError, match='read by the task "reblur" or "keep" or "shake" only'):
        read_recipe(path)


def streaked():
    """An exposure that is brighter to the right, whose paths run to the right and bend down."""
    ramp = np.broadcast_to(np.linspace(0, 250, 64).astype(np.uint8), (3, 64, 64))
    maps = np.zeros((2, 2, 16, 16), np.float16)
    maps[0, 0], maps[1, 1] = 8, 3
    cells = np.ones((16, 16), np.uint8)
    exposure = Sample(ramp, ramp, maps, cells, cells, 8.0)
    guide = np.concatenate([maps.reshape(4, 16, 16), np.full((1, 16, 16), 0.75, np.float16)])
    residuals = np.broadcast_to(np.linspace(-8, -1, 16), (4, 16, 16)).astype(np.float16)
    pictures = np.stack([ramp, ramp // 2, ramp // 4])
    return [exposure], Courses(pictures[None], residuals[None], guide[None])


def test_pictures_residuals_and_paths_are_turned_together():
    exposures, courses = streaked()
    batch = course_batch(exposures, courses, 1, 0, seed=1, batch=40, crop=32)
    straight = encode_sign_free(torch.tensor([[8.0, 0], [0, 3]]).view(1, 2, 2, 1, 1))[0, :2]
    ways = set()
    for n in range(40):
        right = float((batch.sharp[n].diff(dim=-1)).mean())
        down = float((batch.sharp[n].diff(dim=-2)).mean())
        along = batch.guide[n, :2, :1, :1]
        # What grew to the right still grows along the path, whichever way that now lies.
        assert torch.allclose(along, straight if abs(right) > abs(down) else -straight, atol=0.01)
        grown = batch.residuals[n, 0].diff(dim=-1 if abs(right) > abs(down) else -2).mean()
        assert float(grown) * (right + down) > 0
        assert torch.allclose(batch.early[n], batch.start[n] / 2, atol=0.005)
        assert torch.equal(batch.start[n], batch.sharp[n])
        ways.add((right > 0, down > 0, abs(right) > abs(down)))
    assert len(ways) == 4


def test_the_same_step_draws_the_same_batch():
    first, again, other = (
        course_batch(*streaked(), 1, step, seed=1, batch=4, crop=32).guide for step in (3, 3, 4)
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_held_out_courses_come_whole_and_in_order():
    exposures, courses = streaked()
    (batch,) = held_out_courses(exposures, courses, 0, batch=4)
    assert batch.blurred.shape == (1, 3, 64, 64)
    assert batch.guide.shape == (1, 5, 16, 16)
    assert torch.allclose(batch.end, batch.start / 4, atol=0.005)


class Answer(torch.nn.Module):
    """A network that always gives the same picture."""

    def __init__(self, picture):
        super().__init__()
        self.picture = picture

    def forward(self, *_seen):
        return self.picture


def test_what_is_lost_counts_four_times_what_is_won_and_twice_for_shakes():
    (batch,) = held_out_courses(*streaked(), 0, batch=1)
    batch = dataclasses.replace(batch, start=batch.sharp + 0.1)
    won, lost = (
        float(CourseTask().loss(Answer(batch.sharp + error), batch)) for error in (0.05, 0.2)
    )
    assert won == pytest.approx(-6.0, abs=0.2)
    assert lost == pytest.approx(24.0, abs=0.3)
    doubled = CourseTask(SHAKE_HARM).loss(Answer(batch.sharp + 0.2), batch)
    assert float(doubled) == pytest.approx(12.0, abs=0.2)


def test_a_network_learns_to_keep_a_change_for_the_better():
    exposures, courses = streaked()
    pictures = courses.pictures.copy()
    pictures[:, 0], pictures[:, 2] = pictures[:, 0] // 2 + 60, exposures[0].sharp
    better = Courses(pictures, courses.residuals, courses.guide)
    torch.manual_seed(0)
    network, task = networks.build("keeping", widths=[8, 8, 8], depths=[1, 1, 1]), CourseTask()
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-2)
    held_out = list(held_out_courses(exposures, better, 0, batch=1))
    with torch.no_grad():
        before = task.measure(network, held_out)
    assert before["gain"] == pytest.approx(6.0, abs=0.1)  # half of the way
    for step in range(30):
        optimiser.zero_grad()
        batch = course_batch(exposures, better, 1, step, seed=1, batch=4, crop=32)
        task.loss(network, batch).backward()
        optimiser.step()
    with torch.no_grad():
        after = task.measure(network, held_out)
    assert after["gain"] > before["gain"] + 3
    assert after["improved"] == 1
