"""Sentences of the rooms below, in the window's language.

Their templates are known to Qt under one context, into which `packaging/core_texts.py` collects
them.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication

from blurstudio.errors import SpokenError
from blurstudio.sentences import Sentence, filled

CONTEXT = "core"

_log = logging.getLogger(__name__)


def say(told: str | SpokenError) -> str:
    """Say a sentence, or the one of an error, in the window's language.

    Parameters
    ----------
    told
        Sentences among its values are said so, too. A plain text comes back as it is: it is
        somebody's name for something, or is translated already.

    Returns
    -------
    str
        English where there is no translation, or one whose places for values aren't ours.
    """
    if isinstance(told, SpokenError):
        told = told.sentence
    if not isinstance(told, Sentence) or not told:
        return str(told)
    template = QCoreApplication.translate(CONTEXT, told.template)
    if template == told.template and not any(isinstance(v, Sentence) for v in told.values.values()):
        return str(told)
    values = {
        name: say(given) if isinstance(given, Sentence) else given
        for name, given in told.values.items()
    }
    try:
        return filled(template, values)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        _log.warning("the translation of %r has other places for values: %r", told, template)
        return str(told)
