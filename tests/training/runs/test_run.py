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

from blurstudio.weights import registry
from tests.training.runs.small_runs import losses, records, run


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


def test_exposures_drawn_before_there_was_a_setting_serve_as_if_it_had_its_default(
    recipe, tmp_path, data, exposures
):
    run(recipe(steps=1), tmp_path / "run", data, exposures)
    index = json.loads((exposures / "index.json").read_text())
    del index["settings"]["enlarge_to"]
    (exposures / "index.json").write_text(json.dumps(index))
    run(recipe(steps=1), tmp_path / "again", data, exposures)
    assert losses(tmp_path / "again") == losses(tmp_path / "run")
    assert "enlarge_to" not in (exposures / "index.json").read_text(), "they were not made anew"
