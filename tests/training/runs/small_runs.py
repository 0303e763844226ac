"""Runs of a few steps with networks of a few channels, and what they wrote down."""

from __future__ import annotations

import json

from blurstudio.training import train

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


def records(folder):
    lines = (folder / "records.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def losses(folder):
    return {r["step"]: r["loss"] for r in records(folder) if r["kind"] == "loss"}


def run(recipe_path, folder, data, exposures, **options):
    return train(
        recipe_path, folder, data, exposures_folder=exposures, accelerator="cpu", **options
    )
