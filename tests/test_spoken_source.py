"""Every sentence of the rooms that know no Qt can be found by translators: it stands as it is."""

from __future__ import annotations

import ast
import importlib.util
import string
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "blurstudio"
SCRIPT = ROOT / "packaging" / "core_texts.py"

TOLD = {"on_note": 0, "step": 2, "tell": 1, "progress": 1, "part": 1, "unfit": 3}
"""What passes a text on to a person, and which of its arguments that is."""


@pytest.fixture(scope="module")
def core():
    """Load the script that collects templates."""
    spec = importlib.util.spec_from_file_location("core_texts", SCRIPT)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def sources():
    """Return the trees of all rooms below the app, by path."""
    paths = [p for p in sorted(PACKAGE.rglob("*.py")) if p.relative_to(PACKAGE).parts[0] != "app"]
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def is_made_up(node):
    """Tell a text that is put together where it stands, so that no translator would find it."""
    if isinstance(node, ast.IfExp):
        return is_made_up(node.body) or is_made_up(node.orelse)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr in {"format", "join"}
    return isinstance(node, (ast.JoinedStr, ast.BinOp))


def is_plain(node):
    """Tell words that are no sentence."""
    if isinstance(node, ast.IfExp):
        return is_plain(node.body) or is_plain(node.orelse)
    words = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    return words or is_made_up(node)


def put_together(tree, core, speaking):
    """Return lines where a template is put together."""
    for call in core.calls(tree, speaking):
        literal = list(core.templates(call.args[0]))
        if is_made_up(call.args[0]) or (core.name_of(call.func) == core.MAKER and not literal):
            yield call.lineno


def told_plainly(tree, core):
    """Return lines where a person is told something that is no sentence."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = core.name_of(call.func)
        place = TOLD.get(name)
        if name == "append" and core.name_of(call.func.value) in {"notes", "remarks"}:
            place = 0
        if place is not None and len(call.args) > place and is_plain(call.args[place]):
            yield call.lineno


def faults(line, core):
    """Return how many faults a line has."""
    tree = ast.parse(line)
    found = {*put_together(tree, core, {"PhotoError", "sentence"}), *told_plainly(tree, core)}
    return len(found)


@pytest.mark.parametrize(
    "line",
    [
        'raise PhotoError(f"{path} is gone.")',
        'raise PhotoError("{} is gone.".format(path))',
        'raise PhotoError("gone: " + path)',
        'raise PhotoError("It is gone." if gone else f"{path} is there.")',
        "sentence(template, path=path)",
        'notes.append("It is gone.")',
        'self.work.notes.append(f"{path} is gone.")',
        'progress(0.5, "Looking for it")',
        'on_note(f"tile {index}")',
    ],
)
def test_a_sentence_that_no_translator_would_find_is_found(core, line):
    assert faults(line, core) == 1


@pytest.mark.parametrize(
    "line",
    [
        'raise PhotoError("{path} is gone.", path=path)',
        'raise PhotoError("One" if one else "{count}", count=count)',
        "raise PhotoError(_not_opened(path, error)) from error",
        "raise PhotoError(other.sentence)",
        'notes.append(sentence("It is gone."))',
        'progress(1.0, "")',
        'files.append("a b")',
    ],
)
def test_a_template_or_a_sentence_made_elsewhere_is_no_fault(core, line):
    assert faults(line, core) == 0


def test_every_sentence_below_the_app_stands_as_it_is(core, sources):
    speaking = {core.MAKER, *core.family(sources.values())}
    assert {"PhotoError", "Unreadable", "Misfit"} < speaking
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path, tree in sources.items()
        if path.name != "errors.py"
        for line in put_together(tree, core, speaking)
    ]
    assert not found, "\n".join(found)


def test_notes_remarks_and_stages_of_work_are_sentences(core, sources):
    seen = {path: tree for path, tree in sources.items() if path in core.files()}
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path, tree in seen.items()
        for line in told_plainly(tree, core)
    ]
    assert not found, "\n".join(found)


def test_every_value_is_named_and_given(core, sources):
    """A place without its value would fail when the sentence is needed."""
    speaking = {core.MAKER, *core.family(sources.values())}
    for path, tree in sources.items():
        for call in core.calls(tree, speaking):
            given = {keyword.arg for keyword in call.keywords}
            for text in core.templates(call.args[0]) if given else ():
                wanted = {
                    name for _, name, _, _ in string.Formatter().parse(text) if name is not None
                }
                assert None in given or wanted <= given, f"{path.name}:{call.lineno} {text}"
                assert all(name.isidentifier() for name in wanted), f"{path.name}:{call.lineno}"


def test_templates_are_collected_from_what_the_window_shows(core):
    found = core.collected()
    assert found["{path} does not exist; check the name."] == ["blurstudio/media/photo.py"]
    assert "The work was cancelled." in found
    assert "top left" in found
    assert not any(text.startswith("held_out") for text in found), "recipes: a command line's"
