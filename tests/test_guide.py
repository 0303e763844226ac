"""The guide is whole: every picture is there, made by a scene, shown on a page, and small."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guide"
PICTURES = GUIDE / "images"
PAGES = sorted([*GUIDE.glob("*.md"), ROOT / "docs" / "README.md"])
SCRIPTS = ROOT / "packaging" / "guide"
MOST_BYTES, MOST_BYTES_OF_ALL = 160_000, 2_000_000


def scenes() -> list[str]:
    """Names of the pictures that the script takes."""
    sources = [(SCRIPTS / name).read_text(encoding="utf-8") for name in _SCENE_FILES]
    return [name for source in sources for name in re.findall(r'(?m)^@scene\("([^"]+)"\)', source)]


def shown() -> set[str]:
    """Names of the pictures that the pages show."""
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    return {name for text in texts for name in re.findall(r"!\[[^]]+\]\([a-z/]*?([^/)]+)\)", text)}


_SCENE_FILES = ("scenes.py", "more_scenes.py")


def test_every_picture_has_one_scene_and_a_page():
    assert len(scenes()) == len(set(scenes()))
    assert set(scenes()) == shown() == {path.name for path in PICTURES.iterdir()}


def test_pictures_are_small_enough_to_carry_along():
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) <= MOST_BYTES_OF_ALL


def test_every_page_can_be_found_from_the_first():
    first = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in GUIDE.glob("*.md"):
        assert f"](guide/{page.name})" in first
        assert f"- guide/{page.name}\n" in contents


@pytest.mark.skipif(sys.platform == "darwin", reason="keys are spelt otherwise there")
def test_the_page_of_keys_is_what_the_actions_say(qapp):
    spec = importlib.util.spec_from_file_location("guide_keys", SCRIPTS / "keys.py")
    keys = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(keys)
    page = (GUIDE / "keys.md").read_text(encoding="utf-8")
    assert page == keys.keys_page(), "make guide-pictures writes it anew"


def test_the_small_recipe_is_one_that_can_be_followed(tmp_path):
    from blurstudio.training import read_recipe

    page = (GUIDE / "research.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"(?s)```toml\n(.*?)```", page)
    recipe = tmp_path / "mine.toml"
    recipe.write_text(text, encoding="utf-8")
    assert read_recipe(recipe).name == "mine"
