"""Collects the sentences of the rooms that know no Qt into one file that lupdate can read.

They are the templates in calls of `sentence` and of the errors that speak to a person; the app
looks them up in one context (`blurstudio/app/saying.py`).
"""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGE = Path(__file__).resolve().parent.parent / "blurstudio"
CONTEXT = "core"
ROOT_OF_FAMILY = "SpokenError"
MAKER = "sentence"

OUT_OF_SIGHT = ("cli", "training", "evaluation", "simulate")
"""Rooms whose sentences are read on a command line only, which speaks English."""


def name_of(node: ast.expr) -> str:
    """Return a name, without what stands before its dot."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def family(trees: Iterable[ast.Module]) -> set[str]:
    """Return the names of all classes of errors that speak to a person."""
    bases = {
        node.name: {name_of(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {ROOT_OF_FAMILY}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def calls(tree: ast.Module, speaking: set[str]) -> Iterator[ast.Call]:
    """Find the calls that make a sentence out of a template, but for those without one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in speaking and node.args:
            yield node


def templates(node: ast.expr) -> Iterator[str]:
    """Return the texts that an expression stands for as they are; of a choice, both."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from templates(node.body)
        yield from templates(node.orelse)


def defaults(tree: ast.Module) -> Iterator[str]:
    """Return what errors say that are made without a word."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef) or node.name != "__init__":
            continue
        if any(argument.arg == "template" for argument in node.args.posonlyargs):
            for default in node.args.defaults:
                yield from templates(default)


def collected() -> dict[str, list[str]]:
    """Return all templates, in the order of the files, with the files that they stand in."""
    sources = {path: ast.parse(path.read_text(encoding="utf-8")) for path in files()}
    speaking = {MAKER, *family(sources.values())}
    found: dict[str, list[str]] = {}
    for path, tree in sources.items():
        texts = [text for call in calls(tree, speaking) for text in templates(call.args[0])]
        for text in dict.fromkeys([*texts, *defaults(tree)]):
            found.setdefault(text, []).append(path.relative_to(PACKAGE.parent).as_posix())
    return found


def files() -> list[Path]:
    """Return the sources whose sentences the window can show."""
    found = sorted(PACKAGE.rglob("*.py"))
    return [path for path in found if path.relative_to(PACKAGE).parts[0] not in OUT_OF_SIGHT]


def main(to: Path) -> None:
    """Write the file for lupdate; the comments are what translators are told."""
    lines = []
    for text, places in collected().items():
        lines.append(f"#: {', '.join(places)}")
        lines.append(f'QT_TRANSLATE_NOOP("{CONTEXT}", {json.dumps(text, ensure_ascii=False)})')
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
