"""``blurstudio train``: a recipe in, weights out; stopped and gone on with."""

from __future__ import annotations

import json
import signal

import cv2
import numpy as np
import pytest

from blurstudio.training.records import RecordBook

RECIPE = """
name = "small"
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
seed = 2
held_out = 2
[schedule]
steps = 3
batch = 1
crop = 64
learning_rate = 1e-3
warmup = 1
precision = "32-true"
[records]
log_steps = 1
measure_steps = 100
checkpoint_minutes = 60
"""


@pytest.fixture
def recipe(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(RECIPE)
    return path


@pytest.fixture
def data(tmp_path):
    photos = tmp_path / "data" / "photos"
    photos.mkdir(parents=True)
    coarse = np.random.default_rng(0).integers(0, 255, (30, 30, 3), dtype=np.uint8)
    cv2.imwrite(str(photos / "a.png"), cv2.resize(coarse, (200, 200)))
    return photos.parent


def test_a_run_stops_where_asked_and_goes_on_to_its_weights(blurstudio, recipe, data, tmp_path):
    run = tmp_path / "run"
    words = ("train", recipe, "-o", run, "--data", data, "--accelerator", "cpu")
    first = blurstudio(*words, "--steps", 2)
    assert first.code == 0
    assert "step 2: checkpoint" in first.err
    assert "step 3" not in first.err

    second = blurstudio(*words, "--json")
    records = [json.loads(line) for line in second.out.splitlines()]
    assert records[0]["step"] == 2, "it goes on where the first call stopped"
    assert records[-1] == {"kind": "result", "weights": str(run / "small.safetensors")}
    assert (run / "small.toml").is_file()


@pytest.mark.parametrize(
    ("more", "how"),
    [
        ((), "the same command goes on."),
        (("--fresh",), "the same command goes on if --fresh is left out."),
        (("--json",), "the same command goes on."),
    ],
    ids=["in words", "fresh", "json"],
)
def test_a_run_stopped_by_ctrl_c_says_so_and_ends_like_other_commands(
    blurstudio, recipe, data, tmp_path, monkeypatch, more, how
):
    written = RecordBook.write

    def interrupted(book, kind, **values):
        if (kind, values["step"]) == ("loss", 1):
            signal.raise_signal(signal.SIGINT)
        written(book, kind, **values)

    words = ("train", recipe, "-o", tmp_path / "run", "--data", data, "--accelerator", "cpu")
    with monkeypatch.context() as patched:
        patched.setattr(RecordBook, "write", interrupted)
        outcome = blurstudio(*words, *more)
    assert outcome.code == 130
    assert outcome.sentences[-1] == f"Stopped at step 1; {how}"
    assert "safetensors" not in outcome.out
    assert '"result"' not in outcome.out
    assert "kept" not in outcome.err
    assert blurstudio(*words, "--json").out.startswith('{"kind": "start"')


def test_clips_that_are_not_there_are_named_and_another_folder_is_not_taken_for_averages(
    blurstudio, recipe, data, tmp_path
):
    recipe.write_text(RECIPE + '[clips]\nfiles = ["clips/street.mp4"]\nsize = 64\n')
    exposures = tmp_path / "exposures"
    words = ("train", recipe, "-o", tmp_path / "run", "--data", data, "--exposures", exposures)
    missing = blurstudio(*words)
    assert missing.code == 1
    assert f"There is no clip {data / 'clips' / 'street.mp4'}" in missing.err.replace("\n", " ")
    rendered = blurstudio(*words, "--clips", exposures)
    assert rendered.code == 1
    assert "something else than the averages of clips" in rendered.err


def test_damaged_exposures_are_mended_as_the_sentence_says(blurstudio, recipe, data, tmp_path):
    words = ("train", recipe, "-o", tmp_path / "run", "--data", data, "--accelerator", "cpu")
    assert blurstudio(*words, "--steps", 1).code == 0
    damaged = tmp_path / "run" / "exposures" / "blurred_000.npy"
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:200])
    outcome = blurstudio(*words)
    assert outcome.code == 1
    assert len(outcome.sentences) == 1
    assert f"{damaged} of the data set is missing or damaged; delete it and run the same" in (
        outcome.err
    )
    damaged.unlink()
    assert blurstudio(*words).code == 0
    assert damaged.read_bytes() == whole


def test_a_file_where_the_run_is_to_be_is_a_sentence(blurstudio, recipe, data):
    outcome = blurstudio("train", recipe, "-o", recipe, "--data", data)
    assert outcome.code == 1
    assert len(outcome.sentences) == 1
    assert f"The folder {recipe} can't be made (File exists); choose another" in outcome.err


def test_an_unknown_recipe_names_the_shipped_ones(blurstudio):
    outcome = blurstudio("train", "huge")
    assert outcome.code == 1
    assert "deblur" in outcome.err
    assert "motion" in outcome.err


def test_without_a_data_folder_it_says_how_to_name_one(blurstudio, recipe):
    outcome = blurstudio("train", recipe)
    assert outcome.code == 1
    assert "BLURSTUDIO_DATA" in outcome.err


def test_a_mistake_in_the_recipe_is_told_before_a_data_folder_is_asked_for(blurstudio, recipe):
    recipe.write_text(RECIPE.replace("widths", "width"))
    outcome = blurstudio("train", recipe)
    assert outcome.code == 1
    assert "The recipe small.toml can't be followed" in outcome.err.replace("\n", " ")
    assert "BLURSTUDIO_DATA" not in outcome.err


def test_a_shipped_recipe_is_found_by_its_name(blurstudio, tmp_path):
    outcome = blurstudio("train", "deblur", "--data", tmp_path / "missing")
    assert outcome.code == 1
    assert "missing" in outcome.err


def test_without_the_training_packages_it_says_what_to_install(blurstudio, recipe, monkeypatch):
    monkeypatch.setattr("blurstudio.cli.train.find_spec", lambda _name: None)
    outcome = blurstudio("train", recipe)
    assert outcome.code == 1
    assert "pip install 'blurstudio[training]'" in outcome.err
