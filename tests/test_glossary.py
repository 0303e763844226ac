"""The glossary: every word found by any of its names, from one source."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from blurstudio import glossary
from blurstudio.errors import BlurStudioError

ROOT = Path(__file__).resolve().parent.parent


def test_every_word_has_a_name_a_meaning_and_a_section():
    entries = glossary.entries()
    assert len(entries) > 50
    for entry in entries:
        assert entry.name
        assert len(entry.text) > 20, entry.name
        assert entry.section
        assert "*Avoid*" not in entry.text


def test_no_paragraph_of_the_document_is_lost():
    text = glossary.glossary_file().read_text(encoding="utf-8")
    assert len(glossary.entries()) == text.count("\n\n**")


def test_names_are_unique():
    names = [name for entry in glossary.entries() for name in entry.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["exposure trajectory", "path", "Trajectory"])
def test_a_word_is_found_by_any_of_its_names(name):
    assert glossary.explain(name).names == ("exposure trajectory", "trajectory", "path")


def test_a_symbol_in_the_head_comes_before_the_meaning():
    assert glossary.explain("motion offset").text.startswith("*u(x, t)*: the displacement")


def test_words_explained_in_passing_are_found():
    assert glossary.explain("gradient gain").name == "reblur figure"


def test_an_unknown_word_has_no_entry():
    assert glossary.explain("bokeh") is None


def test_a_wheel_carries_the_very_document():
    """One source: the wheel takes `docs/glossary.md` itself, under the name that is looked for."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = table["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried["docs/glossary.md"] == "blurstudio/resources/glossary.md"
    assert glossary.glossary_file() == ROOT / "docs" / "glossary.md"


def test_among_the_resources_of_a_wheel_it_is_found_first(tmp_path, monkeypatch):
    (tmp_path / "glossary.md").write_text("# Words\n\n## One\n\n**word**: what is meant.\n")
    monkeypatch.setattr(glossary, "resource", lambda *parts: tmp_path.joinpath(*parts))
    assert glossary.glossary_file() == tmp_path / "glossary.md"


def test_a_missing_glossary_is_said_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(glossary, "resource", lambda *parts: tmp_path.joinpath(*parts))
    monkeypatch.setattr(glossary, "_CHECKOUT", tmp_path / "nowhere.md")
    glossary.speak(None)
    with pytest.raises(BlurStudioError, match="install Blur Studio again"):
        glossary.entries()


GERMAN = """# Glossar

## Bewegung

<!-- Exposure trajectory -->
**Belichtungsbahn**, **Bahn**: an jedem Ort der Weg, auf dem das scharfe Bild gelesen wurde.
*Avoid*: Fluss.

<!-- a word that is gone -->
**Wort**: ist nicht mehr da.
"""


@pytest.fixture
def german(tmp_path):
    """Explain one word in German."""
    path = tmp_path / "glossary_de.md"
    path.write_text(GERMAN, encoding="utf-8")
    glossary.speak(path)
    yield path
    glossary.speak(None)


@pytest.mark.parametrize("name", ["exposure trajectory", "path", "Trajectory"])
def test_in_another_language_a_word_is_found_by_its_english_names(german, name):
    entry = glossary.explain(name)
    assert entry.names == ("Belichtungsbahn", "Bahn")
    assert entry.text == "an jedem Ort der Weg, auf dem das scharfe Bild gelesen wurde."
    assert (entry.avoid, entry.section) == ("Fluss.", "Bewegung")


def test_words_that_another_language_lacks_are_english(german):
    english = {entry.term for entry in glossary.entries()}
    assert glossary.explain("verdict").name == "verdict"
    assert "a word that is gone" not in english
    german.unlink()
    glossary.speak(german)
    assert glossary.explain("path").name == "exposure trajectory"


def test_a_damaged_glossary_of_another_language_is_as_good_as_none(german):
    german.write_bytes(b"\xff\xfe\xff")
    glossary.speak(german)
    assert {entry.term for entry in glossary.entries()} == {e.name for e in glossary.entries()}
