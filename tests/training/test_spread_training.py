"""Learning how far paths spread: a motion network is shown exposures once, and looked on."""

from __future__ import annotations

import dataclasses
import threading

import numpy as np
import pytest
import torch

from blurstudio import networks
from blurstudio.errors import Cancelled, RecipeError
from blurstudio.exposure.spread import spread_of
from blurstudio.simulate.dataset import Sample
from blurstudio.training import train
from blurstudio.training.recipe import read_recipe
from blurstudio.training.sights import Sights, held_out_sights, spread_batch
from blurstudio.training.spread_task import SpreadTask
from blurstudio.weights import registry

RECIPE = """
name = "spread-tiny"
task = "spread"
architecture = "spread"
seed = 5
guide = "{guide}"
[config]
seen = 29
widths = [8, 8]
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
    def write(guide=helpers["motion"], size=64):
        path = tmp_path / "spread.toml"
        path.write_text(RECIPE.format(guide=guide, size=size))
        return path

    return write


def test_a_run_leaves_a_spread_network_whose_card_names_the_one_it_looked_on(
    recipe, tmp_path, data, helpers, records
):
    folder = tmp_path / "run"
    card = registry.find(train(recipe(), folder, data, accelerator="cpu"))
    assert (card.task, card.architecture, card.steps) == ("spread", "spread", 4)
    motion = registry.find(helpers["motion"]).sha256[:12]
    assert f"around paths of tiny-motion ({motion})" in card.data
    assert set(card.scores) == {"spread_error_share", "loss"}
    assert registry.load_network(card).seen == 29
    assert [each["kind"] for each in records(folder)][:3] == ["sights", "sights", "start"]
    assert (folder / "previews" / "0000004.png").stat().st_size > 0


def test_a_run_stopped_while_a_network_looks_says_so_and_goes_on_later(recipe, tmp_path, data):
    stop = threading.Event()

    def at_once(record):
        if record["kind"] == "sights":
            stop.set()

    folder = tmp_path / "run"
    with pytest.raises(Cancelled, match="run it again to go on"):
        train(recipe(), folder, data, accelerator="cpu", stop=stop, listener=at_once)
    assert registry.find(train(recipe(), folder, data, accelerator="cpu")).steps == 4


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"guide": ""}, "guide must name the motion network"),
        ({"size": 72}, "size must be a multiple of 32"),
    ],
)
def test_recipes_that_can_not_be_followed_are_refused(recipe, options, words):
    with pytest.raises(RecipeError, match=words):
        read_recipe(recipe(**options))


def seen(count=6, side=4):
    """Features of which the first tells how long the paths are, all along x; one place unknown."""
    draw = np.random.default_rng(3)
    lengths = draw.uniform(2, 20, count)
    features = draw.normal(size=(count, 3, side, side)).astype(np.float16)
    features[:, 0] = lengths[:, None, None]
    exposures = []
    for length in lengths:
        maps = np.zeros((2, 2, 4 * side, 4 * side), np.float16)
        maps[0, 0] = length
        pixels = np.zeros((3, 16 * side, 16 * side), np.uint8)
        valid = np.ones(maps.shape[-2:], np.uint8)
        valid[0, 0] = 0
        exposures.append(Sample(pixels, pixels, maps, valid, valid, 8.0))
    return exposures, Sights(features, features[..., ::2, ::2])


def test_batches_hold_how_far_the_true_paths_spread_and_where_that_is_known():
    exposures, sights = seen()
    (batch,) = held_out_sights(exposures, sights, 4, batch=4)
    assert batch.whole.shape == (2, 3, 4, 4)
    assert batch.half.shape == (2, 3, 2, 2)
    maps = torch.from_numpy(exposures[4].maps[..., ::4, ::4]).float()
    assert torch.allclose(batch.spread[0], spread_of(maps), atol=1e-3)
    assert batch.valid[0, 0].tolist() == [[0, 1, 1, 1], *[[1, 1, 1, 1]] * 3]
    moved = batch.to(torch.device("meta"))
    assert {getattr(moved, f.name).device.type for f in dataclasses.fields(moved)} == {"meta"}


def test_the_same_step_draws_the_same_batch():
    exposures, sights = seen()
    first, again, other = (
        spread_batch(exposures, sights, 5, step, seed=1, batch=3) for step in (3, 3, 4)
    )
    assert torch.equal(first.whole, again.whole)
    assert not torch.equal(first.whole, other.whole)


def test_a_network_learns_what_features_tell_and_how_sure_it_is():
    exposures, sights = seen(30)
    torch.manual_seed(0)
    network, task = networks.build("spread", seen=3, widths=[16, 16]), SpreadTask()
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-2)
    for step in range(150):
        optimiser.zero_grad()
        task.loss(network, spread_batch(exposures, sights, 30, step, seed=1, batch=8)).backward()
        optimiser.step()
    batches = list(held_out_sights(exposures, sights, 0, batch=8))
    with torch.no_grad():
        figures = task.measure(network.eval(), batches)
        unsure = float(network(batches[0].whole, batches[0].half)[:, 3].exp().mean())
    assert figures["spread_error_share"] < 0.25
    assert 0.1 < unsure < 5
