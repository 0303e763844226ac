"""The language of the app: taken from the resources, English where there is none."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from blurstudio import glossary
from blurstudio.app.launch.translations import install_translations, remove_translations
from blurstudio.app.panels.words.glossary import GlossaryDialog

TS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS><TS version="2.1" language="de"><context><name>CommandPalette</name><message>
<source>What do you want to do?</source><translation>Was wollen Sie tun?</translation>
</message></context></TS>
"""
GLOSSARY = """## Das Foto

<!-- exposure -->
**Belichtung**: die Zeit, in der der Verschluss offen ist.
"""
LRELEASE = Path(sys.executable).with_name("pyside6-lrelease")
LUPDATE = Path(sys.executable).with_name("pyside6-lupdate")
ROOT = Path(__file__).resolve().parents[2]


def test_a_language_without_translation_changes_nothing(qapp, tmp_path):
    assert install_translations(qapp, QLocale("fr"), str(tmp_path)) == []


@pytest.mark.skipif(not shutil.which(LRELEASE), reason="Qt's lrelease is not installed")
def test_a_translation_among_the_resources_is_spoken(qapp, tmp_path, make_window):
    (tmp_path / "de.ts").write_text(TS, encoding="utf-8")
    subprocess.run(
        [LRELEASE, tmp_path / "de.ts", "-qm", tmp_path / "blurstudio_de.qm"],
        check=True,
        capture_output=True,
    )
    made = install_translations(qapp, QLocale("de_AT"), str(tmp_path))
    try:
        window = make_window()
        line = window.program.commanding.palette.line
        assert line.placeholderText() == "Was wollen Sie tun?"
        assert line.accessibleName() == "Find an action", "what isn't translated stays English"
    finally:
        remove_translations(qapp, made)
    assert QCoreApplication.translate("CommandPalette", "What do you want to do?")[:4] == "What"


@pytest.mark.skipif(not shutil.which(LRELEASE), reason="Qt's lrelease is not installed")
def test_a_glossary_beside_a_translation_explains_in_the_language(qapp, tmp_path, make_window):
    (tmp_path / "de.ts").write_text(TS, encoding="utf-8")
    subprocess.run(
        [LRELEASE, tmp_path / "de.ts", "-qm", tmp_path / "blurstudio_de.qm"],
        check=True,
        capture_output=True,
    )
    (tmp_path / "glossary_de.md").write_text(GLOSSARY, encoding="utf-8")
    made = install_translations(qapp, QLocale("de_AT"), str(tmp_path))
    try:
        window = make_window()
        window.commands["help.glossary"].trigger()
        words = window.findChild(GlossaryDialog)
        assert words.listed[0] == "Belichtung"
        assert "latent sharp picture" in words.listed, "what isn't translated stays English"
        words.close()
    finally:
        remove_translations(qapp, made)
    assert glossary.explain("exposure").name == "exposure"


@pytest.mark.skipif(not shutil.which(LUPDATE), reason="Qt's lupdate is not installed")
def test_every_text_of_a_translated_file_is_found_with_its_context(tmp_path):
    """An empty context would never be looked up at run time."""
    core = tmp_path / "core.py"
    subprocess.run([sys.executable, ROOT / "packaging" / "core_texts.py", core], check=True)
    files = [*sorted((ROOT / "blurstudio" / "app").rglob("*.py")), core]
    subprocess.run([LUPDATE, *files, "-ts", tmp_path / "all.ts"], check=True, capture_output=True)
    text = (tmp_path / "all.ts").read_text(encoding="utf-8")
    assert text.count("<source>") > 100
    assert "<name></name>" not in text
    contexts = ElementTree.fromstring(text).iter("context")
    found = {
        made.findtext("name"): [m.findtext("source") for m in made.iter("message")]
        for made in contexts
    }
    assert found["core"].count("{path} does not exist; check the name.") == 1
    assert "write its longer and shorter side like 1920x1080" in " ".join(found["core"])
    assert "This network doesn't say how sure it is." in found["core"]
    assert "is many times faster than the processor (compute device)" in " ".join(text.split())
