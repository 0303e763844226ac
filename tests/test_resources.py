"""Everything that the sources name in the resources folder is there, and small enough."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from blurstudio.locations import resource

ROOT = Path(__file__).resolve().parent.parent
_NAMED = re.compile(r"""resource\(((?:\s*"[^"{}]+",?)+)\s*\)""")


def resources_named_in_the_sources() -> set[tuple[str, ...]]:
    return {
        tuple(re.findall(r'"([^"]+)"', call))
        for path in (ROOT / "blurstudio").rglob("*.py")
        for call in _NAMED.findall(path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("parts", sorted(resources_named_in_the_sources()))
def test_a_resource_that_is_named_is_there(parts):
    if parts == ("weights", "motion.safetensors"):  # the example of locations.resource
        parts = ("weights",)
    if parts == ("glossary.md",):  # a wheel takes it from the documents
        assert (ROOT / "docs" / "glossary.md").is_file()
    else:
        assert resource(*parts).exists()


def test_the_sources_name_resources_at_all():
    assert ("samples",) in resources_named_in_the_sources()


def test_every_sample_says_where_it_comes_from():
    folder = resource("samples")
    texts = " ".join(path.read_text(encoding="utf-8") for path in folder.glob("*.md"))
    pictures = [p for p in folder.iterdir() if p.suffix in {".jpg", ".png", ".tif"}]
    assert pictures
    for picture in pictures:
        assert picture.name in texts


def test_weights_have_cards_and_stay_within_24_mib():
    weights = list(resource("weights").glob("*.safetensors"))
    assert {card["task"] for card in map(card_of, weights)} == {
        "motion",
        "deblur",
        "refine",
        "keep",
        "shake",
    }
    assert sum(path.stat().st_size for path in weights) <= 24 * 2**20


def card_of(weights: Path) -> dict:
    return tomllib.loads(weights.with_suffix(".toml").read_text(encoding="utf-8"))


def test_the_recipes_can_be_read():
    from blurstudio.training import read_recipe
    from blurstudio.training.recipe_checks import TASKS

    recipes = list(resource("recipes").rglob("*.toml"))
    assert recipes
    for path in recipes:
        assert read_recipe(path).task in TASKS
