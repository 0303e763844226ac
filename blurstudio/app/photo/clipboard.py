"""Regions and choices on the clipboard, as JSON that other programs can read as text, too.

What is pasted is read as carefully as a document: anything may be on a clipboard.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from blurstudio.session import form
from blurstudio.session.blend_form import read_blend
from blurstudio.session.fields import Remarks

if TYPE_CHECKING:
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.session.regions import Region

_REGION = "application/x-blurstudio-region+json"
_OPTIONS = "application/x-blurstudio-settings+json"
_OF_ONE_PICTURE = ("flips",)
_AMOUNT = "amount"


def copy_region(region: Region) -> None:
    """Put a region on the clipboard."""
    _put(_REGION, form.regions_table((region,)))


def copied_region() -> Region | None:
    """Return the region on the clipboard; None if there is none."""
    regions = form.read_regions(_taken(_REGION), Remarks())
    return regions[0] if regions else None


def copy_options(options: AnalysisOptions, amount: float) -> None:
    """Put choices on the clipboard, without those about the machine or about one picture."""
    table = form.options_table(options)
    kept = {key: value for key, value in table.items() if key not in _OF_ONE_PICTURE}
    _put(_OPTIONS, {**kept, _AMOUNT: amount})


def copied_options(mine: AnalysisOptions) -> AnalysisOptions | None:
    """Return some choices with those on the clipboard instead; None if there are none.

    What doesn't fit, as from another version, is left as it is.
    """
    table = _taken(_OPTIONS)
    if not isinstance(table, dict) or not set(table) & set(form.options_table(mine)):
        return None
    return form.read_options(table, mine, Remarks())


def copied_amount(mine: float) -> float:
    """Return the amount among the choices on the clipboard; `mine` where there is none."""
    table = _taken(_OPTIONS)
    if not isinstance(table, dict) or _AMOUNT not in table:
        return mine
    remarks = Remarks()
    read = read_blend({_AMOUNT: table[_AMOUNT]}, remarks).amount
    return mine if remarks else read


def _put(kind: str, what: object) -> None:
    text = json.dumps(what, ensure_ascii=False)
    data = QMimeData()
    data.setData(kind, text.encode())
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def _taken(kind: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return what is on the clipboard, of our kind or as text that looks like it."""
    data = QGuiApplication.clipboard().mimeData()
    text = bytes(data.data(kind).data()).decode("utf-8", "replace") or data.text()
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
