"""Learning how far paths spread, together with where they go."""

from __future__ import annotations

import pytest
import torch

from blurstudio import networks
from blurstudio.errors import RecipeError
from blurstudio.exposure.survey.spread import spread_of
from blurstudio.training import train
from blurstudio.training.batches import assembled
from blurstudio.training.motion_task import MotionTask
from blurstudio.training.recipe import read_recipe
from blurstudio.weights import registry
from tests.tiny_networks import NETWORKS

CONFIG = NETWORKS["motion"][1]

RECIPE = """
name = "together"
task = "motion"
architecture = "motion-spectral"
seed = 5
[config]
widths = [8, 8, 8, 8]
depths = [1, 1, 1, 1]
up_depths = [1, 1, 1]
spectrum_channels = 4
onlooker = [8, 8]
[data]
photos = ["photos"]
count = 4
size = 72
seed = 2
held_out = 1
[data.settings]
strength = [2.0, 6.0]
[schedule]
steps = 3
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
def recipe(tmp_path):
    def write(crop=64):
        path = tmp_path / "together.toml"
        path.write_text(RECIPE.format(crop=crop))
        return path

    return write


def test_a_run_leaves_a_motion_network_that_tells_how_far_paths_spread(recipe, tmp_path, data):
    card = registry.find(train(recipe(), tmp_path / "run", data, accelerator="cpu"))
    assert (card.task, card.steps) == ("motion", 3)
    assert set(card.scores) == {"path_error_share", "spread_error_share", "loss"}
    network = registry.load_network(card)
    said = network(torch.rand(1, 3, 64, 128), torch.rand(1, 3, 32, 64))
    assert said.code.shape == (1, 4, 16, 32)
    assert said.spread.shape == (1, 4, 4, 8)


def test_crops_whose_half_fits_no_grid_are_refused(recipe):
    with pytest.raises(RecipeError, match="crop must be a multiple of 64 between 64 and size"):
        read_recipe(recipe(crop=32))


def test_exposures_too_small_for_an_onlooker_serve_a_network_without_one(recipe, tmp_path, data):
    path = recipe(crop=32)
    plain = path.read_text().replace("onlooker = [8, 8]\n", "").replace("size = 72", "size = 48")
    path.write_text(plain)
    card = registry.find(train(path, tmp_path / "run", data, accelerator="cpu"))
    assert set(card.scores) == {"path_error_share", "loss"}


def test_a_network_that_does_not_tell_says_so_when_it_is_asked():
    blind = networks.build("motion-spectral", **(CONFIG | {"onlooker": []}))
    assert blind(torch.rand(1, 3, 64, 64)).spread is None
    with pytest.raises(ValueError, match="does not tell how far paths spread"):
        blind(torch.rand(1, 3, 64, 64), torch.rand(1, 3, 32, 32))


def batch(count=4, side=64):
    """Stripes that lie closer the longer the paths are, all along x; the corner is unknown."""
    lengths = torch.linspace(2, 20, count)
    ramp = torch.arange(side) / lengths[:, None]
    pixels = (127 + 100 * ramp.sin())[:, None, None].repeat(1, 3, side, 1)
    maps = torch.zeros(count, 2, 2, side // 4, side // 4)
    maps[:, 0, 0] = lengths.view(-1, 1, 1)
    valid = torch.ones(count, side // 4, side // 4)
    valid[:, 0, 0] = 0
    return assembled(pixels, pixels, maps, valid, torch.zeros(count, 0, side // 4, side // 4))


class Telling(torch.nn.Module):
    """Says the truth about the spread, but for the cell in the corner, and nothing of the paths."""

    def __init__(self, off):
        super().__init__()
        self.off = off

    def forward(self, blurred, half):
        assert half.shape[-2:] == (32, 32)
        lengths = torch.linspace(2, 20, len(blurred)).view(-1, 1, 1, 1, 1)
        maps = lengths * torch.eye(2)[:, :1, None, None] * torch.tensor([1.0, 0.0])[:, None, None]
        spread = spread_of(maps.view(-1, 2, 2, 1, 1)).expand(-1, -1, 4, 4) + self.off
        spread[..., 0, 0] = 99.0
        code = torch.zeros(len(blurred), 5, 16, 16)
        told = torch.cat([spread, torch.zeros_like(spread[:, :1])], 1)
        return networks.MotionPrediction(code[:, :4], code[:, 4:], told)


def test_spreads_are_measured_where_all_of_a_cell_is_known():
    right, wrong = (MotionTask(True).measure(Telling(off), [batch()]) for off in (0.0, 3.0))
    assert right["spread_error_share"] == pytest.approx(0, abs=2e-3)
    assert wrong["spread_error_share"] == pytest.approx(3 * 3**0.5 / (11 * 2**0.5), rel=0.02)
    assert wrong["loss"] > right["loss"]


def test_a_network_learns_both_and_how_sure_each_is():
    torch.manual_seed(0)
    network, task, learned = networks.build("motion-spectral", **CONFIG), MotionTask(True), batch()
    with torch.no_grad():
        before = task.measure(network.eval(), [learned])
    optimiser = torch.optim.Adam(network.train().parameters(), lr=5e-3)
    for _ in range(80):
        optimiser.zero_grad()
        task.loss(network, learned).backward()
        optimiser.step()
    with torch.no_grad():
        after = task.measure(network.eval(), [learned])
    for name in ("path_error_share", "spread_error_share"):
        assert after[name] < 0.6 * before[name]
