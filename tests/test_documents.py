"""What the documents say is true: their links lead somewhere and their commands exist."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from blurstudio.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]


def command_lines(text: str) -> list[list[str]]:
    """Words of all lines in code blocks that start with one of our two programs."""
    blocks = re.findall(r"(?ms)^ *```(?:sh|bash|console)\n(.*?)^ *```", text)
    lines = [
        line.partition("#")[0].strip().removeprefix("$ ") for b in blocks for line in b.split("\n")
    ]
    return [shlex.split(line) for line in lines if re.match(r"(blurstudio|make)\b", line)]


def test_the_readme_shows_the_two_commands():
    lines = command_lines((ROOT / "README.md").read_text(encoding="utf-8"))
    assert ["make", "run"] in lines
    assert ["make", "test"] in lines


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_command_in_a_document_exists(document):
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    for program, *words in command_lines(document.read_text(encoding="utf-8")):
        first = words[0] if words else ""
        if program == "make":
            assert first in targets
        elif not first.startswith("-") and "." not in first and "PHOTO" not in first:
            assert first in COMMANDS, f"{document.name}: blurstudio {first}"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_option_in_the_documents_exists(command):
    from typer.main import get_command

    from blurstudio.cli.commands import app

    known = {
        option
        for parameter in get_command(app).commands[command].params
        for option in (*parameter.opts, *parameter.secondary_opts)
    } | {"--help", "-h"}
    for document in DOCUMENTS:
        for program, *words in command_lines(document.read_text(encoding="utf-8")):
            if program == "blurstudio" and words[:1] == [command]:
                used = {word.partition("=")[0] for word in words if word.startswith("-")}
                assert used <= known, document.name


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_link_within_the_repository_leads_somewhere(document):
    text = re.sub(r"(?s)```.*?```", "", document.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith(("http:", "https:", "#", "mailto:")):
            path = (document.parent / target.partition("#")[0]).resolve()
            assert path.exists(), f"{document.name} links to {target}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_no_marks_of_a_merge_are_left(document):
    marks = re.findall(r"(?m)^(?:<{7}|>{7})(?: .*)?$", document.read_text(encoding="utf-8"))
    assert not marks


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    for page in folder.glob("0*.md"):
        assert f"]({page.name})" in listed


def test_the_scripts_are_valid_shell():
    for script in (".ci/run", "packaging/set-up", "packaging/system-packages"):
        subprocess.run(["bash", "-n", str(ROOT / script)], check=True)
