"""Runs that can not be: each says in a sentence why."""

from __future__ import annotations

import pytest
import torch

from blurstudio.errors import BlurStudioError, DataError, RecipeError, WeightsError
from blurstudio.training import train
from tests.training.runs.small_runs import run


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


def test_exposures_of_another_recipe_are_refused(recipe, tmp_path, data, exposures):
    run(recipe(steps=1), tmp_path / "run", data, exposures)
    other = recipe(steps=1)
    other.write_text(other.read_text().replace("seed = 2", "seed = 3"))
    with pytest.raises(DataError, match=r"seed = 2, but the recipe asks for seed = 3"):
        run(other, tmp_path / "other", data, exposures)


def test_exposures_that_share_photos_with_those_measured_on_are_refused(
    recipe, tmp_path, data, exposures
):
    run(recipe(steps=1), tmp_path / "run", data, exposures)
    other = recipe(steps=1)
    other.write_text(other.read_text().replace("[data]", "[data]\nheld_out_photos = 0.25"))
    with pytest.raises(DataError, match=r"held_out = None, but the recipe asks for held_out = {"):
        run(other, tmp_path / "other", data, exposures)


@pytest.mark.parametrize("name", ["cuda", "mps", "gpu"])
def test_an_accelerator_that_is_not_there_is_a_sentence_before_anything_is_rendered(
    recipe, tmp_path, data, monkeypatch, name
):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    with pytest.raises(BlurStudioError, match=f'no accelerator "{name}"; choose auto or cpu'):
        train(recipe(), tmp_path / "run", data, accelerator=name)
    assert not (tmp_path / "run").exists()


def test_a_name_of_no_accelerator_is_a_sentence(recipe, tmp_path, data):
    with pytest.raises(BlurStudioError, match='"warp" is no accelerator; choose auto, cpu, cuda'):
        train(recipe(), tmp_path / "run", data, accelerator="warp")
