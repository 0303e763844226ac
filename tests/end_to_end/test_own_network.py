"""The long way: render exposures, train a network on them, use it on a photo."""

from __future__ import annotations

import json

RECIPE = """
name = "mine"
task = "deblur"
architecture = "deblur-unet"
seed = 3
[config]
widths = [8, 8, 8]
depths = [1, 1, 1]
up_depths = [1, 1]
[data]
photos = ["photos"]
count = 4
size = 64
seed = 0
held_out = 2
[data.settings]
strength = [2.0, 6.0]
[schedule]
steps = 2
batch = 1
crop = 64
learning_rate = 1e-3
warmup = 1
precision = "32-true"
[records]
log_steps = 1
measure_steps = 2
checkpoint_minutes = 60
"""


def test_a_network_of_ones_own_is_trained_listed_and_used(person, photo, tmp_path):
    photos = tmp_path / "data" / "photos"
    photos.mkdir(parents=True)
    (photos / "sharp.png").write_bytes(photo.read_bytes())
    (tmp_path / "mine.toml").write_text(RECIPE)

    trained = person("train", "mine.toml", "-o", "run", "--data", "data", "--accelerator", "cpu")
    assert trained.returncode == 0, trained.stderr
    assert trained.stdout == "run/mine.safetensors\n"

    card = json.loads(person("models", "run/mine.safetensors", "--json").stdout)["models"][0]
    assert card["steps"] == 2

    used = person("process", photo, "--frames", 2, "--model-deblur", "run/mine.safetensors")
    assert used.returncode == 0, used.stderr
    written = json.loads((tmp_path / "out" / photo.name / "analysis.json").read_text("utf-8"))
    assert written["models"]["deblur"]["sha256"] == card["sha256"]
