"""The language of the app: Qt's own texts and ours, in the system's language if there is one.

Translations are `.qm` files among the resources; `make translations` makes and renews their
sources. A glossary in the same language may lie beside each. Which language it is, is the system's
business.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from blurstudio import glossary
from blurstudio.errors import BlurStudioError
from blurstudio.locations import resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QCoreApplication

PREFIX = "blurstudio_"
GLOSSARY_PREFIX = "glossary_"


def install_translations(
    app: QCoreApplication, locale: QLocale | None = None, folder: str | None = None
) -> list[QTranslator]:
    """Let the app speak a language as far as it was translated; English is in the code.

    Parameters
    ----------
    locale
        The language; the system's by default.
    folder
        Where our translations are; among the resources by default.

    Returns
    -------
    list
        What was installed: Qt's own texts only together with ours, or one window would speak two
        languages.
    """
    locale = locale or QLocale.system()
    try:
        folder = folder or str(resource("translations"))
    except BlurStudioError:
        return []
    ours = QTranslator(app)
    if not ours.load(locale, PREFIX, "", folder):
        return []
    qts = QTranslator(app)
    made = [ours]
    if qts.load(
        locale, "qtbase_", "", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        made.insert(0, qts)
    for translator in made:
        app.installTranslator(translator)
    glossary.speak(_glossary_beside(Path(ours.filePath())))
    return made


def remove_translations(app: QCoreApplication, translators: Sequence[QTranslator]) -> None:
    """Take back what `install_translations` did."""
    for translator in translators:
        app.removeTranslator(translator)
    glossary.speak(None)


def _glossary_beside(translation: Path) -> Path:
    """Path of the glossary in the language of a translation; it may not exist."""
    language = translation.stem.removeprefix(PREFIX)
    return translation.with_name(f"{GLOSSARY_PREFIX}{language}.md")
