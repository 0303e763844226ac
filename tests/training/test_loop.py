"""A run: it learns, writes down what it does, and survives being stopped or killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading

import numpy as np
import pytest
import torch

from blurstudio.errors import DataError, RecipeError, WeightsError
from blurstudio.simulate.dataset import read_dataset
from blurstudio.training import train
from blurstudio.training.guides import prepare_guides
from blurstudio.weights import registry

RECIPE = """
name = "{task}-tiny"
task = "{task}"
architecture = "{architecture}"
seed = 5
{extra}
[config]
{config}
[data]
photos = ["photos"]
count = 6
size = 64
seed = 2
held_out = 2
[data.settings]
strength = [2.0, 6.0]
[schedule]
steps = {steps}
batch = 2
crop = 64
learning_rate = 2e-3
warmup = 2
precision = "32-true"
[records]
log_steps = 1
measure_steps = 100
checkpoint_minutes = {minutes}
"""
CONFIGS = {
    "deblur": (
        "deblur-unet",
        "widths = [8, 8, 8]\ndepths = [1, 1, 1]\nup_depths = [1, 1]\nspectrum_channels = 4",
    ),
    "motion": (
        "motion-spectral",
        "widths = [8, 8, 8, 8]\ndepths = [1, 1, 1, 1]\nup_depths = [1, 1, 1]\n"
        "spectrum_channels = 4",
    ),
    "offsets": ("offsets", 'constraint = "linear"'),
    "bent": (
        "deblur-bent",
        "widths = [8, 8, 8]\ndepth = 1\nlevels = 1\nunshuffle = 2\nbent = 1\nguided = true",
    ),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder with two textured photos."""
    import cv2

    folder = tmp_path_factory.mktemp("data")
    (folder / "photos").mkdir()
    rng = np.random.default_rng(0)
    for number in range(2):
        coarse = rng.integers(0, 255, (40, 40, 3), dtype=np.uint8)
        photo = cv2.resize(coarse, (240, 240), interpolation=cv2.INTER_CUBIC)
        (folder / "photos" / f"{number}.png").write_bytes(cv2.imencode(".png", photo)[1].tobytes())
    return folder


@pytest.fixture(scope="module")
def exposures(tmp_path_factory):
    """Where the module's runs share their rendered exposures."""
    return tmp_path_factory.mktemp("exposures")


@pytest.fixture
def recipe(tmp_path):
    def write(task="deblur", steps=8, minutes=60.0, extra=""):
        architecture, config = CONFIGS[task]
        path = tmp_path / f"{task}-{steps}.toml"
        path.write_text(
            RECIPE.format(
                task=task,
                architecture=architecture,
                config=config,
                steps=steps,
                minutes=minutes,
                extra=extra,
            )
        )
        return path

    return write


def records(folder):
    lines = (folder / "records.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def losses(folder):
    return {r["step"]: r["loss"] for r in records(folder) if r["kind"] == "loss"}


def run(recipe_path, folder, data, exposures, **options):
    return train(
        recipe_path, folder, data, exposures_folder=exposures, accelerator="cpu", **options
    )


@pytest.mark.parametrize("task", ["deblur", "motion"])
def test_a_run_leaves_weights_that_load_with_a_card_records_and_previews(
    recipe, tmp_path, data, exposures, task
):
    weights = run(recipe(task, steps=3), tmp_path / "run", data, exposures)
    card = registry.find(str(weights))
    network = registry.load_network(card, torch.device("cpu"), torch.float32)
    assert next(network.parameters()).shape[0] == 8
    assert (card.task, card.steps, card.seed) == (task, 3, 5)
    assert card.scores
    kinds = [r["kind"] for r in records(tmp_path / "run")]
    assert kinds == ["start", "loss", "loss", "loss", "measure", "checkpoint", "end"]
    assert (tmp_path / "run" / "previews" / "0000003.png").stat().st_size > 0


def test_the_network_learns_to_sharpen_the_exposures_that_it_sees(
    recipe, tmp_path, data, exposures
):
    run(recipe(steps=80), tmp_path / "run", data, exposures)
    seen = list(losses(tmp_path / "run").values())
    assert np.mean(seen[-20:]) < 0.95 * np.mean(seen[:20])


def test_a_run_stopped_on_request_goes_on_as_if_it_had_never_stopped(
    recipe, tmp_path, data, exposures
):
    straight, broken = tmp_path / "straight", tmp_path / "broken"
    run(recipe(steps=8), straight, data, exposures)
    stop = threading.Event()

    def after_three(record):
        if record["kind"] == "loss" and record["step"] == 3:
            stop.set()

    run(recipe(steps=8), broken, data, exposures, stop=stop, listener=after_three)
    assert max(losses(broken)) == 3
    run(recipe(steps=8), broken, data, exposures)
    assert losses(broken) == losses(straight)


def test_a_killed_run_goes_on_from_its_last_checkpoint_with_the_same_losses(
    recipe, tmp_path, data, exposures
):
    straight, killed = tmp_path / "straight", tmp_path / "killed"
    path = recipe(steps=12, minutes=0.0)
    run(path, straight, data, exposures)
    code = (
        "import sys, pathlib; from blurstudio.training import train\n"
        "r, f, d, e = map(pathlib.Path, sys.argv[1:])\n"
        "train(r, f, d, exposures_folder=e, accelerator='cpu',"
        " listener=lambda x: print(x['kind'], x['step'], flush=True))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(killed), str(data), str(exposures)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": str(torch.get_num_threads())},
    )
    with process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.split() == ["checkpoint", "4"]:
                process.send_signal(signal.SIGKILL)
                break
    assert max(losses(killed)) < 12
    run(path, killed, data, exposures)
    assert losses(killed) == losses(straight)


def test_a_warm_start_begins_with_the_other_runs_weights(recipe, tmp_path, data, exposures):
    first = run(recipe(steps=20), tmp_path / "first", data, exposures)
    warm = recipe(steps=1, extra=f'start_from = "{first.as_posix()}"')
    run(warm, tmp_path / "warm", data, exposures)
    run(recipe(steps=1), tmp_path / "cold", data, exposures)
    assert losses(tmp_path / "warm")[1] < losses(tmp_path / "cold")[1]


def test_a_part_learns_by_itself_while_the_rest_stays_as_it_began(
    recipe, tmp_path, data, exposures
):
    first = run(recipe(steps=1), tmp_path / "first", data, exposures)
    part = recipe(steps=3, extra=f'start_from = "{first.as_posix()}"\nonly = "head"')
    weights = run(part, tmp_path / "part", data, exposures)
    before, after = (
        registry.load_network(registry.find(str(each))).state_dict() for each in (first, weights)
    )
    changed = {key for key, value in after.items() if not torch.equal(value, before[key])}
    assert changed
    assert all(key.startswith("head.") for key in changed)


def test_a_guided_network_learns_beside_the_motion_network_that_its_card_names(
    recipe, tmp_path, data, exposures
):
    motion = run(recipe("motion", steps=1), tmp_path / "motion", data, exposures)
    blind = run(recipe(steps=1), tmp_path / "blind", data, exposures)
    path = recipe(
        steps=2, extra=f'guide = "{motion.as_posix()}"\nstart_from = "{blind.as_posix()}"'
    )
    path.write_text(path.read_text().replace("[config]", "[config]\nguided = true"))
    weights = run(path, tmp_path / "guided", data, exposures)
    assert [r["kind"] for r in records(tmp_path / "guided")][:2] == ["guides", "start"]
    card = registry.find(str(weights))
    network = registry.load_network(card, torch.device("cpu"), torch.float32)
    assert network.guided
    assert network.guide.second.weight.abs().max() > 0
    for source in (motion, blind):
        assert registry.find(str(source)).sha256[:12] in card.data


def test_an_offset_network_learns_without_labels_and_is_a_motion_network(
    recipe, tmp_path, data, exposures
):
    path = recipe("offsets", steps=2)
    path.write_text(path.read_text() + "[loss]\nstructure = 0.0\n")
    card = registry.find(str(run(path, tmp_path / "run", data, exposures)))
    assert card.task == "motion"
    assert set(card.scores) == {
        "psnr_identity",
        "psnr_reblur",
        "gain",
        "length",
        "path_error_share",
    }
    network = registry.load_network(card, torch.device("cpu"), torch.float32)
    assert network.constraint == "linear"
    assert all(np.isfinite(list(losses(tmp_path / "run").values())))


def test_a_bent_network_learns_beside_a_guide_from_squared_errors(
    recipe, tmp_path, data, exposures
):
    path = recipe("bent", steps=2, extra='guide = "truth"')
    path.write_text(
        path.read_text().replace('task = "bent"', 'task = "deblur"') + '[loss]\nsharp = "mse"\n'
    )
    card = registry.find(str(run(path, tmp_path / "run", data, exposures)))
    assert registry.load_network(card, torch.device("cpu"), torch.float32).guided
    # A squared error is small where a negative PSNR would be a large negative number.
    assert all(0 < loss < 0.1 for loss in losses(tmp_path / "run").values())


def test_a_motion_network_goes_on_without_labels_and_its_card_names_both_ancestors(
    recipe, tmp_path, data, exposures
):
    motion = run(recipe("motion", steps=1), tmp_path / "motion", data, exposures)
    deblur = run(recipe(steps=1), tmp_path / "deblur", data, exposures)
    named = f'start_from = "{motion.as_posix()}"\ndeblurrer = "{deblur.as_posix()}"'
    path = recipe("motion", steps=2, extra=named)
    path.write_text(
        path.read_text().replace('task = "motion"', 'task = "reblur"') + "[loss]\nstructure = 0.0\n"
    )
    card = registry.find(str(run(path, tmp_path / "self", data, exposures)))
    assert card.task == "motion"
    assert set(card.scores) >= {"gain", "length_kept", "path_error_share"}
    for source in (motion, deblur):
        assert registry.find(str(source)).sha256[:12] in card.data


CLIPS = """
[clips]
files = ["clips/street.mkv"]
count = 6
size = 64
held_out = 2
frames = [3, 7]
"""


def test_real_clips_are_learned_from_and_paths_are_measured_where_they_are_known(
    recipe, tmp_path, data, exposures, write_clip
):
    write_clip(data / "clips" / "street.mkv", np.arange(40) * 1.5)
    motion = run(recipe("motion", steps=1), tmp_path / "motion", data, exposures)
    path = recipe("motion", steps=2, extra=f'start_from = "{motion.as_posix()}"')
    text = path.read_text().replace('task = "motion"', 'task = "reblur"')
    path.write_text(text + CLIPS + "[loss]\nstructure = 0.0\n")
    averages = tmp_path / "averages"
    weights = run(path, tmp_path / "self", data, exposures, clips_folder=averages)
    card = registry.find(str(weights))
    assert card.data.startswith("6 averages of frames of clips/street.mkv")
    assert set(card.scores) >= {"path_error_share", "clips_gain", "clips_length_kept"}
    assert "clips_path_error_share" not in card.scores
    began, ended = (r for r in records(tmp_path / "self") if r["kind"] == "measure")
    assert (began["step"], began["length_kept"]) == (0, 1)
    assert ended["clips_psnr_reblur"] != began["clips_psnr_reblur"]
    assert (tmp_path / "self" / "previews" / "0000002-clips.png").stat().st_size > 0
    assert (averages / "windows.json").is_file()


def test_offsets_are_learned_from_clips_as_well(recipe, tmp_path, data, exposures, write_clip):
    write_clip(data / "clips" / "street.mkv", np.arange(40) * 1.5)
    path = recipe("offsets", steps=1)
    path.write_text(path.read_text() + CLIPS + "[loss]\nstructure = 0.0\n")
    card = registry.find(str(run(path, tmp_path / "run", data, exposures)))
    assert set(card.scores) >= {"path_error_share", "clips_length"}
    assert (tmp_path / "run" / "clips" / "index.json").is_file()


def test_the_true_paths_can_be_the_guide(recipe, tmp_path, data, exposures):
    path = recipe(steps=2, extra='guide = "truth"')
    path.write_text(path.read_text().replace("[config]", "[config]\nguided = true"))
    card = registry.find(str(run(path, tmp_path / "bound", data, exposures)))
    assert "guided by the true paths" in card.data


def test_true_guides_are_the_exposures_own_paths_and_wholly_sure(recipe, tmp_path, data, exposures):
    run(recipe(steps=1), tmp_path / "run", data, exposures)
    rendered = read_dataset(exposures)
    guides = prepare_guides("truth", rendered, tmp_path, lambda network: network)
    for index, guide in enumerate(guides):
        assert np.array_equal(guide[:4].reshape(2, 2, 16, 16), rendered[index].maps)
        assert (guide[4] == 1).all()


def test_a_motion_network_is_asked_once_however_often_a_run_goes_on(
    recipe, tmp_path, data, exposures, monkeypatch
):
    motion = run(recipe("motion", steps=1), tmp_path / "motion", data, exposures)
    asked = []
    load = registry.load_network
    monkeypatch.setattr(
        registry, "load_network", lambda card, *to: asked.append(card.task) or load(card, *to)
    )
    for steps in (1, 2):
        path = recipe(steps=steps, extra=f'guide = "{motion.as_posix()}"')
        path.write_text(path.read_text().replace("[config]", "[config]\nguided = true"))
        run(path, tmp_path / "guided", data, exposures)
    assert asked == ["motion"]


def test_weights_of_another_network_are_no_start(recipe, tmp_path, data, exposures):
    motion = run(recipe("motion", steps=1), tmp_path / "motion", data, exposures)
    with pytest.raises(WeightsError, match="another network"):
        run(
            recipe(steps=1, extra=f'start_from = "{motion.as_posix()}"'),
            tmp_path / "run",
            data,
            exposures,
        )


def test_a_damaged_checkpoint_is_a_sentence(recipe, tmp_path, data, exposures):
    run(recipe(steps=1), tmp_path / "run", data, exposures)
    (tmp_path / "run" / "checkpoint.pt").write_bytes(b"no checkpoint")
    with pytest.raises(RecipeError, match="delete it to start afresh"):
        run(recipe(steps=2), tmp_path / "run", data, exposures)


def test_a_data_folder_without_photos_is_a_sentence(recipe, tmp_path):
    with pytest.raises(DataError, match="no photos"):
        train(recipe(), tmp_path / "run", tmp_path, accelerator="cpu")


def test_exposures_drawn_before_there_was_a_setting_serve_as_if_it_had_its_default(
    recipe, tmp_path, data, exposures
):
    run(recipe(steps=1), tmp_path / "run", data, exposures)
    index = json.loads((exposures / "index.json").read_text())
    del index["settings"]["enlarge_to"]
    (exposures / "index.json").write_text(json.dumps(index))
    run(recipe(steps=1), tmp_path / "again", data, exposures)


def test_exposures_of_another_recipe_are_refused(recipe, tmp_path, data, exposures):
    run(recipe(steps=1), tmp_path / "run", data, exposures)
    other = recipe(steps=1)
    other.write_text(other.read_text().replace("seed = 2", "seed = 3"))
    with pytest.raises(DataError, match=r"seed = 2, but the recipe asks for seed = 3"):
        run(other, tmp_path / "other", data, exposures)
