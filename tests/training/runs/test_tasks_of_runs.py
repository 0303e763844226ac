"""What runs can be about: each task, its helpers, and what its card then says."""

from __future__ import annotations

import numpy as np
import torch

from blurstudio.simulate.dataset import read_dataset
from blurstudio.training.guides import prepare_guides
from blurstudio.weights import registry
from tests.training.runs.small_runs import losses, records, run


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


def test_a_card_says_where_photos_were_held_out(recipe, tmp_path, data):
    asked = recipe(steps=1)
    asked.write_text(asked.read_text().replace("[data]", "[data]\nheld_out_photos = 0.25"))
    weights = run(asked, tmp_path / "run", data, tmp_path / "exposures")
    assert "seed 2, the last 2 of photos held out" in registry.find(str(weights)).data
