"""Models: saved, found, verified, loaded; and a sentence for each way that can go wrong."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
import torch

from blurstudio import networks
from blurstudio.errors import WeightsError
from blurstudio.weights import registry
from blurstudio.weights.cards import ModelCard, format_card, read_card
from blurstudio.weights.registry import (
    default_for,
    find,
    list_models,
    load_network,
    save_network,
)

CONFIG = {"widths": [8, 8, 8], "depths": [1, 1, 1], "up_depths": [1, 1]}


@pytest.fixture
def shelves(monkeypatch, tmp_path):
    """Empty folders in place of the shipped and the person's own."""
    folders = (tmp_path / "shipped", tmp_path / "own")
    monkeypatch.setattr(registry, "search_path", lambda: folders)
    return folders


def card_named(name, **values):
    return ModelCard(name=name, task="deblur", architecture="deblur-unet", config=CONFIG, **values)


def saved(folder, name="small", **values):
    torch.manual_seed(0)
    network = networks.build("deblur-unet", **CONFIG)
    return network, save_network(network, card_named(name, **values), folder)


def test_a_saved_network_comes_back_in_half_precision_and_evaluation_mode(tmp_path):
    network, card = saved(tmp_path)
    loaded = load_network(card)
    for name, value in network.state_dict().items():
        torch.testing.assert_close(loaded.state_dict()[name], value.half().float())
    assert not loaded.training
    assert not any(p.requires_grad for p in loaded.parameters())
    assert {p.dtype for p in loaded.parameters()} == {torch.float32}
    size = (tmp_path / "small.safetensors").stat().st_size
    assert size < 2.5 * sum(p.numel() for p in network.parameters()) + 10_000


def test_values_beyond_half_precision_are_kept(tmp_path):
    network, card = saved(tmp_path)
    with torch.no_grad():
        network.head.module.bias.fill_(1e6)
    loaded = load_network(save_network(network, card, tmp_path))
    assert float(loaded.head.module.bias[0]) == 1e6


def test_saving_leaves_two_files_and_nothing_half_written(tmp_path):
    saved(tmp_path)
    saved(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["small.safetensors", "small.toml"]


def test_a_card_survives_the_way_through_its_file(tmp_path):
    card = card_named(
        "été",
        data='a "quoted"\\path\nnew line \x7f 写真 😀',
        steps=12,
        hardware="2 cores",
        seed=7,
        date="2025-01-31",
        recipe="deblur.toml",
        scores={"psnr gain [dB]": 1.25, "whole": 2.0},
    )
    card = replace(card, sha256="0" * 64, config={"flag": True, "names": ["a", "b"], "x": -1e-9})
    path = tmp_path / "card.toml"
    path.write_text(format_card(card), encoding="utf-8")
    assert replace(read_card(path), weights=None) == card


def test_models_are_found_by_name_by_path_and_by_task(shelves):
    _, shipped = saved(shelves[0], "deblur", date="2020-01-01")
    _, own = saved(shelves[1], "mine", date="2024-01-01")
    assert [card.name for card in list_models()] == ["deblur", "mine"]
    assert find("mine") == own
    assert find(own.weights) == own
    assert find(shelves[0] / "deblur.toml") == shipped
    assert default_for("deblur") == shipped


def test_without_a_model_named_like_its_task_the_newest_is_taken(shelves):
    saved(shelves[0], "a", date="2024-05-01")
    saved(shelves[0], "b", date="2024-06-01")
    saved(shelves[1], "c", date="2023-01-01")
    assert default_for("deblur").name == "b"


def test_a_shipped_model_wins_over_an_own_one_of_the_same_name(shelves):
    saved(shelves[0], "same", data="shipped")
    saved(shelves[1], "same", data="own")
    assert [card.data for card in list_models()] == ["shipped"]
    assert find("same").data == "shipped"


def test_an_unknown_name_is_answered_with_the_known_ones(shelves):
    saved(shelves[0], "small")
    with pytest.raises(WeightsError, match=r"no model named nothing \(known: small\)"):
        find("nothing")


def test_no_model_for_a_task_says_to_install_or_train(shelves):
    with pytest.raises(WeightsError, match=r"no network for motion here; install .* train"):
        default_for("motion")
    with pytest.raises(ValueError, match="unknown task"):
        default_for("cooking")


def test_a_card_that_is_being_written_is_no_model_yet(shelves, caplog):
    shipped, _ = shelves
    saved(shipped, "good")
    (shipped / ".blurstudio-0a1b2c3d.toml").write_bytes((shipped / "good.toml").read_bytes())
    (shipped / ".blurstudio-4e5f6a7b.toml").write_bytes(b"")
    assert [card.name for card in list_models()] == ["good"]
    assert not caplog.messages


def test_a_card_that_cannot_be_read_hides_no_other_model(shelves, caplog):
    saved(shelves[0], "good")
    (shelves[0] / "bad.toml").write_text("name = ")
    assert [card.name for card in list_models()] == ["good"]
    assert "bad.toml" in caplog.text
    with pytest.raises(WeightsError, match=r"bad\.toml can't be read"):
        find("bad")


@pytest.mark.parametrize(
    "text",
    ['name = "x"\n', 'name = 3\ntask = "deblur"\narchitecture = "a"\nsha256 = ""\n',
     'name = "x"\ntask = "cooking"\narchitecture = "a"\nsha256 = ""\n'],
)  # fmt: skip
def test_an_incomplete_card_is_refused(tmp_path, text):
    path = tmp_path / "x.toml"
    path.write_text(text)
    with pytest.raises(WeightsError, match="not complete"):
        read_card(path)


def test_a_missing_card_or_weights_file_is_named(tmp_path):
    with pytest.raises(WeightsError, match=r"card .*none\.toml is missing"):
        find(tmp_path / "none.safetensors")
    _, card = saved(tmp_path)
    card.weights.unlink()
    with pytest.raises(WeightsError, match=r"small\.safetensors is missing"):
        load_network(card)


@pytest.mark.parametrize(
    "damage",
    [lambda d: b"", lambda d: d[: len(d) // 2], lambda d: b"\xff" * 8 + d[8:], lambda d: b"PK" * 9],
)
def test_a_damaged_file_is_called_damaged(tmp_path, damage):
    _, card = saved(tmp_path)
    data = damage(card.weights.read_bytes())
    card.weights.write_bytes(data)
    honest = replace(card, sha256=hashlib.sha256(data).hexdigest())
    for each in (card, honest):
        with pytest.raises(WeightsError, match="is damaged"):
            load_network(each)


def test_a_changed_byte_is_noticed(tmp_path):
    _, card = saved(tmp_path)
    data = bytearray(card.weights.read_bytes())
    data[-1] ^= 1
    card.weights.write_bytes(data)
    with pytest.raises(WeightsError, match="not the one its card describes"):
        load_network(card)


def test_an_unknown_architecture_or_argument_is_refused(tmp_path):
    _, card = saved(tmp_path)
    for wrong in (
        replace(card, architecture="perceptron"),
        replace(card, config={"colour": "blue"}),
        replace(card, config={"widths": [1]}),
    ):
        with pytest.raises(WeightsError, match="can't build"):
            load_network(wrong)


def test_weights_of_another_shape_do_not_fit(tmp_path):
    _, card = saved(tmp_path)
    with pytest.raises(WeightsError, match="don't fit"):
        load_network(replace(card, config={**CONFIG, "widths": [16, 8, 8]}))


def test_a_card_that_was_never_saved_has_no_weights():
    with pytest.raises(WeightsError, match="never saved"):
        load_network(card_named("new"))


def test_a_folder_that_cannot_be_written_gets_a_sentence(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(WeightsError, match="can't be written"):
        saved(blocked)


def test_every_shipped_model_loads_and_has_a_complete_card():
    for path in sorted(registry.search_path()[0].glob("*.toml")):
        card = read_card(path)
        network = load_network(card)
        assert sum(p.numel() for p in network.parameters()) > 0
        assert card.recipe
        assert card.licence
        assert card.name == path.stem
