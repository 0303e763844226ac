"""Fields for numbers look like the fields beside them."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox

from blurstudio.app.panels.export.dialog import ExportDialog
from blurstudio.app.panels.settings.dialog import SettingsDialog

_EDGE = 6


def first_ink(field) -> int:
    """Return the first column, px, inside the frame in which something is written."""
    picture = field.grab().toImage()
    rows = range(5, picture.height() - 5)
    ground = picture.pixel(2, 5)
    columns = range(2, picture.width())
    return next(x for x in columns if any(picture.pixel(x, y) != ground for y in rows))


def shown(page) -> list[QAbstractSpinBox]:
    return [field for field in page.findChildren(QAbstractSpinBox) if field.isVisible()]


def test_numbers_begin_as_far_from_the_edge_as_texts_do(look, window, person, make_photo, qtbot):
    person.opens_and_waits(window, make_photo())
    fields = shown(window)
    for action, kind in (("edit.settings", SettingsDialog), ("file.export", ExportDialog)):
        window.commands[action].trigger()
        dialog = window.findChild(kind)
        qtbot.waitExposed(dialog)
        fields += shown(dialog)
    assert len(fields) > 5
    begins = {field.accessibleName(): first_ink(field) for field in fields}
    assert {name: column for name, column in begins.items() if column < _EDGE} == {}
    for kind in (SettingsDialog, ExportDialog):
        window.findChild(kind).close()
