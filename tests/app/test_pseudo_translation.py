"""A language that puts every text in brackets is spoken: what has none was never translated."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabWidget,
    QTreeWidget,
    QWidget,
)

from blurstudio.app.instruments.work import shown_legend
from blurstudio.app.launch.translations import install_translations, remove_translations
from blurstudio.app.opening.recent import PathMenu
from blurstudio.engine.drawing import legends
from blurstudio.session.shapes import Shape, ShapeKind

ROOT = Path(__file__).resolve().parents[2]
LRELEASE = Path(sys.executable).with_name("pyside6-lrelease")
LUPDATE = Path(sys.executable).with_name("pyside6-lupdate")
OPEN, CLOSE = "⟦", "⟧"

NAMES = (
    *("Made by a test.", "Refined by a test.", "test motion", "test deblur"),
    *("a photo.png", "Blur Studio", "blurstudio", "RGB", "sRGB"),
)
"""Names, and what the stand-in for the engine says."""

UNITS = {"px", "dB", "MP", "bit", "ms", "mm", "fps", "GB", "PSNR", "SSIM", "JPEG", "PNG", "TIFF"}

QTS = {"Close", "Cancel", "Scroll Left", "Scroll Right"}
"""Texts that Qt brings along, with its own translations."""

NETWORKS = {"motion_model", "sharp_by"}
"""Lists of networks, which have names."""

PANELS = ("probe", "histogram", "controls", "others", "queue")
DIALOGS = (
    *("edit.settings", "help.keys", "help.glossary", "help.about", "help.palette", "help.tour"),
    *("file.export", "queue.photo", "queue.folder"),
)

pytestmark = pytest.mark.skipif(
    not (shutil.which(LRELEASE) and shutil.which(LUPDATE)), reason="Qt's linguist is not installed"
)


@pytest.fixture(scope="module")
def translations(tmp_path_factory):
    """Compile a translation that wraps every text in brackets; returns its folder."""
    folder = tmp_path_factory.mktemp("translations")
    source = folder / "brackets.ts"
    core = folder / "core.py"
    subprocess.run([sys.executable, ROOT / "packaging" / "core_texts.py", core], check=True)
    files = [*sorted((ROOT / "blurstudio" / "app").rglob("*.py")), core]
    subprocess.run([LUPDATE, *files, "-ts", source], check=True, capture_output=True)
    tree = ElementTree.parse(source)
    for message in tree.iter("message"):
        translation = message.find("translation")
        translation.text = f"{OPEN}{message.findtext('source')}{CLOSE}"
        del translation.attrib["type"]
    tree.write(source, encoding="utf-8", xml_declaration=True)
    subprocess.run(
        [LRELEASE, source, "-qm", folder / "blurstudio_eo.qm"], check=True, capture_output=True
    )
    return folder


@pytest.fixture
def window(qapp, translations, engine, make_window):
    """Open a window that speaks in brackets."""
    made = install_translations(qapp, QLocale("eo"), str(translations))
    assert made
    yield make_window()
    remove_translations(qapp, made)


def unspoken(text):
    """Return the words of a text that stand outside all brackets."""
    rest = re.sub(r"<style.*?</style>|<[^>]*>|&\w+;", " ", text, flags=re.DOTALL)
    # Keys, which Qt spells, end a tooltip, and follow a tab in a menu.
    rest = re.sub(r"  \[[^\]]*\]+$", "", rest).partition("\t")[0]
    while (shorter := re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", rest)) != rest:
        rest = shorter
    for name in NAMES:
        rest = rest.replace(name, "")
    return [word for word in re.findall(r"[A-Za-z]{2,}", rest) if word not in UNITS]


def is_foreign(widget):
    """Tell parts of Qt's and of pyqtgraph's own making, and what only names files."""
    if widget.objectName().startswith("qt_") or isinstance(widget, PathMenu):
        return True
    while widget is not None:
        if any(kind.__module__.startswith("pyqtgraph") for kind in type(widget).__mro__):
            return True
        widget = widget.parentWidget()
    return False


def texts(widget):
    """Return all that a widget says of itself."""
    said = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
    if isinstance(widget, (QLabel, QAbstractButton)):
        said.append(widget.text())
    if isinstance(widget, QLineEdit):
        said.append(widget.placeholderText())
    if isinstance(widget, QGroupBox):
        said.append(widget.title())
    if isinstance(widget, QComboBox) and widget.objectName() not in NETWORKS:
        said += [widget.itemText(index) for index in range(widget.count())]
    if isinstance(widget, QTabWidget):
        said += [widget.tabText(index) for index in range(widget.count())]
    if isinstance(widget, QTreeWidget):
        said += [widget.headerItem().text(column) for column in range(widget.columnCount())]
    if isinstance(widget, QMenu):
        said.append(widget.title())
    if isinstance(widget, QDockWidget) or (isinstance(widget, QDialog) and widget.isVisible()):
        said.append(widget.windowTitle())
    for action in widget.actions():
        said += [action.text(), action.iconText(), action.toolTip()]
    return said


def english(root):
    """Return what is said without brackets under a widget, with who says it."""
    found = set()
    for widget in [root, *root.findChildren(QWidget)]:
        if is_foreign(widget):
            continue
        for text in texts(widget):
            if unspoken(text) and text not in QTS:
                found.add(f"{type(widget).__name__} {widget.objectName()}: {text}")
    return found


def test_brackets_are_seen_through():
    assert unspoken("Open a photo") == ["Open", "photo"]
    assert not unspoken("⟦Open a photo⟧  [Ctrl+O]")
    assert unspoken("⟦Undo⟧ Reverse time") == ["Reverse", "time"]
    assert not unspoken("⟦Undo ⟦Reverse time⟧⟧: 12 px")


def test_the_window_without_a_photo_speaks_the_language(window):
    assert not english(window)


def test_a_result_its_panels_and_every_dialog_speak_the_language(window, person, make_photo):
    person.opens_and_waits(window, make_photo())
    for name in PANELS:
        window.commands[f"view.{name}"].trigger()
    window.commands["photo.reverse"].trigger()
    person.sees_results(window)
    found = english(window)
    for action in DIALOGS:
        window.commands[action].trigger()
        QApplication.processEvents()
        found |= {f"{action}: {told}" for told in english(window)} - {
            f"{action}: {told}" for told in found
        }
        for dialog in window.findChildren(QDialog):
            dialog.close()
    assert not found, "\n".join(sorted(found))


def test_a_stopped_analysis_is_told_in_the_language(window, person, engine, make_photo, qtbot):
    engine.open.clear()
    person.opens(window, make_photo())
    qtbot.waitUntil(engine.waiting.is_set)
    window.commands["photo.stop"].trigger()
    engine.open.set()
    qtbot.waitUntil(lambda: not window.bridge.running)
    assert not english(window)
    assert any(OPEN in label.text() for label in window.parts.notices.findChildren(QLabel))


def test_letters_find_an_action_by_its_name_in_the_language(window, qtbot):
    window.commands["help.palette"].trigger()
    line = window.program.commanding.palette.line
    qtbot.keyClicks(line, "fullscr")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.commands["view.fullscreen"].isChecked()


def test_a_file_that_cannot_be_read_is_told_in_the_language(window, tmp_path, qtbot):
    path = tmp_path / "a letter.jpg"
    path.write_text("Dear reader, this is no photo. " * 20, encoding="utf-8")
    window.open_paths([path])
    qtbot.waitUntil(lambda: len(window.parts.notices.texts) == 1)
    (told,) = window.parts.notices.texts
    assert "⟦is not a photo that can be read here;" in told
    assert not unspoken(told)


def test_work_under_way_is_told_in_the_language(window, person, engine, make_photo, qtbot):
    engine.open.clear()
    person.opens(window, make_photo())
    label = window.parts.status.jobs.label
    qtbot.waitUntil(lambda: "⟦Reading the motion⟧" in label.text())
    assert not unspoken(label.text())
    engine.open.set()
    person.sees_results(window)


def test_verdict_and_notes_are_told_in_the_language(window, person, tmp_path):
    path = tmp_path / "a photo.png"
    Image.new("CMYK", (80, 60), (120, 60, 20, 0)).save(path, "JPEG")
    person.opens_and_waits(window, path)
    told = [label.text() for label in window.parts.panel.findChildren(QLabel)]
    assert any("⟦Camera shake, 8 px, ⟦horizontal⟧⟧" in text for text in told)
    assert any("⟦The photo was in CMYK; its colours" in text for text in told)
    assert not english(window)


@pytest.mark.parametrize(
    "legend",
    [
        legends.blur_legend(8.0),
        legends.confidence_legend(known=False),
        legends.difference_legend(),
        legends.against_legend(),
        legends.error_legend(2.0),
        legends.flow_legend(8.0),
        legends.direction_legend(),
    ],
    ids=lambda legend: str(legend.title),
)
@pytest.mark.usefixtures("window")
def test_legends_speak_the_language(legend):
    shown = shown_legend(legend)
    texts = [shown.title, *(text for _, text in shown.ticks), *shown.remarks]
    assert not [text for text in texts if unspoken(text)]


def test_a_new_region_has_a_name_in_the_language(window, person, make_photo):
    person.opens_and_waits(window, make_photo())
    window.parts.canvas.shapeDrawn.emit(Shape(ShapeKind.RECTANGLE, ((10.0, 10.0), (40.0, 40.0))))
    assert window.controller.regions[0].name == "⟦Region 1⟧"
    assert not english(window)
