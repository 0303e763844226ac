"""``blurstudio models``: the cards of the networks at hand."""

from __future__ import annotations


def test_it_lists_the_networks_of_ones_own(blurstudio, tiny_networks):
    outcome = blurstudio("models")
    assert outcome.code == 0
    assert "tiny-motion" in outcome.out
    assert "deblur-unet" in outcome.out


def test_json_gives_every_card_with_its_hash(blurstudio, tiny_networks):
    cards = {card["name"]: card for card in blurstudio("models", "--json").document["models"]}
    assert cards["tiny-deblur"]["task"] == "deblur"
    assert len(cards["tiny-deblur"]["sha256"]) == 64


def test_one_network_is_shown_by_name(blurstudio, tiny_networks):
    outcome = blurstudio("models", "tiny-motion")
    assert outcome.out.startswith("tiny-motion\n")
    assert "tiny-deblur" not in outcome.out


def test_an_unknown_network_is_a_sentence(blurstudio, tiny_networks):
    outcome = blurstudio("models", "huge")
    assert outcome.code == 1
    assert len(outcome.sentences) == 1
    assert "tiny-motion" in outcome.err


def test_what_a_network_is_made_of_is_said_in_words(blurstudio, tiny_networks):
    outcome = blurstudio("models", "tiny-deblur")
    [config] = [line for line in outcome.out.splitlines() if "config" in line]
    assert "widths " in config
    assert not set("{}[]'") & set(config)
