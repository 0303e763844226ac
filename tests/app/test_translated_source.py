"""No text for a person is written into a control without passing through a translation."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "blurstudio" / "app"

SPEAKING = {
    *("setText", "setToolTip", "setStatusTip", "setWhatsThis", "setTitle", "setWindowTitle"),
    *("setAccessibleName", "setAccessibleDescription", "setPlaceholderText", "setIconText"),
    *("setInformativeText", "setHeaderLabels", "setPrefix", "setSuffix", "setSpecialValueText"),
    *("addItem", "addItems", "addAction", "addMenu", "addButton", "addTab", "drawText"),
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QAction", "QGroupBox", "QToolBar"),
    *("QToolButton", "QMenu", "QDockWidget", "QTreeWidgetItem", "QListWidgetItem"),
    *("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"),
    *("say", "heading", "words", "rename", "wish", "show_remark", "TermLabel", "PanelButton"),
    *("add_row", "add_button", "add_choice", "add_section", "add_switch", "dress", "NoticeButton"),
}
"""What shows one of its arguments to a person."""

TRANSLATING = {"tr", "translate", "said", "text_of", "name_of", "tip_of", "heading_of"}

ALLOWED = {
    "Blur Studio",
    "100 %",
    "000.0 px  → 000°",
    " px",
    " fps",
    "×",
    "{} regions.csv",
}
"""Names, numbers, units and signs: the same in every language."""


def name_of(call):
    """Return what a call calls, without what stands before the dot."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def literals(node):
    """Return the texts in an expression that no translation is asked for."""
    if isinstance(node, ast.Call) and name_of(node) in TRANSLATING:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
        yield "".join(parts)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from literals(part.value)
        return
    if isinstance(node, ast.Subscript):
        # A key of a table is no text.
        node = node.value
    for child in ast.iter_child_nodes(node):
        yield from literals(child)


def is_text(literal):
    """Tell words for a person from keys, marks, numbers and units."""
    plain = re.sub(r"<[^>]*>|&\w+;", "", literal)
    is_key = re.fullmatch(r"[a-z_]+(\.[a-z_]+)?|(\{\} )?(\*\.\w+ ?)+|\d+pt", plain.strip())
    return bool(re.search(r"[A-Za-z]{2}", plain)) and not is_key and literal not in ALLOWED


def hidden(source):
    """Return lines of translations within an f-string, where `lupdate` doesn't look."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            calls = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
            yield from (call.lineno for call in calls if name_of(call) in {"tr", "translate"})


def untranslated(source):
    """Return line and text of what is shown as it is written."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and name_of(node) in SPEAKING:
            for part in [*node.args, *(keyword.value for keyword in node.keywords)]:
                yield from ((node.lineno, text) for text in literals(part) if is_text(text))


@pytest.mark.parametrize(
    "line",
    [
        'label.setText("Open a photo")',
        'label.setText(f"Opened {name}")',
        'QPushButton("Close", self)',
        'notices.say("Nothing was written." if failed else done)',
        'box.addItem(icon, "&Loop")',
        'self.wish("Reverse time", reverse=True)',
    ],
)
def test_a_text_written_into_a_control_is_found(line):
    assert len(list(untranslated(line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        'label.setText(self.tr("Open a photo"))',
        'label.setText(QCoreApplication.translate("panel", "Opened {name}").format(name=name))',
        'label.setText(f"{width} × {height}")',
        'label.setToolTip(f"<p>{self.tips[key]}</p>")',
        'self.add_button("reverse", self.tr("Reverse time"))',
        'label.setText(words["off"])',
        'box.setSuffix(" px")',
    ],
)
def test_a_translated_text_a_number_or_a_key_is_no_fault(line):
    assert not list(untranslated(line))


def test_every_text_of_the_window_goes_through_a_translation():
    found = [
        f"{path.relative_to(APP)}:{line} {text!r}"
        for path in sorted(APP.rglob("*.py"))
        for line, text in untranslated(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


def test_no_translation_is_hidden_in_an_f_string():
    assert list(hidden('f"{self.tr(name)}: {number}"')) == [1]
    found = [
        f"{path.relative_to(APP)}:{line}"
        for path in sorted(APP.rglob("*.py"))
        for line in hidden(path.read_text(encoding="utf-8"))
    ]
    assert not found
