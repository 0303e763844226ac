"""Everything that takes the keys says what it is, and can be reached by them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QMenuBar,
    QScrollBar,
    QWidget,
)

from blurstudio.app.panels.export.dialog import ExportDialog
from blurstudio.app.panels.keys.listing import KeyList
from blurstudio.app.panels.settings.dialog import SettingsDialog
from blurstudio.app.panels.words.glossary import GlossaryDialog


def nameless(window):
    """Return the controls that take the keys and say nothing of what they are."""
    found = []
    for widget in [window, *window.findChildren(QWidget)]:
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy() is not None:
            continue
        # Qt's own parts of a control, which speaks for them, and windows, which have a title.
        inner = widget.objectName().startswith("qt_") or isinstance(widget, (QScrollBar, QMenuBar))
        if inner or widget.isWindow() or widget.window() is not window:
            continue
        text = widget.text() if isinstance(widget, (QAbstractButton, QLabel)) else ""
        if not (widget.accessibleName() or text.strip()):
            found.append(widget)
    return found


def test_every_control_of_the_window_has_a_name(window, person, make_photo):
    assert not nameless(window)
    person.opens_and_waits(window, make_photo())
    assert not nameless(window)


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("edit.settings", SettingsDialog),
        ("help.keys", KeyList),
        ("help.glossary", GlossaryDialog),
        ("file.export", ExportDialog),
    ],
)
def test_every_control_of_a_dialog_has_a_name_and_is_reached_by_tab(
    window, person, make_photo, qtbot, action, kind
):
    person.opens_and_waits(window, make_photo())
    window.commands[action].trigger()
    dialog = window.findChild(kind)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert not nameless(dialog)
    wanted = {
        widget
        for widget in dialog.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget, QScrollBar)
    }
    reached = set()
    for _ in range(3 * len(wanted)):
        reached.add(QApplication.focusWidget())
        dialog.focusNextChild()
    assert wanted <= reached
    dialog.close()


@pytest.mark.parametrize("action", ["edit.settings", "help.keys", "help.glossary"])
def test_esc_closes_a_dialog_and_the_keys_are_the_windows_again(window, qtbot, action):
    window.commands[action].trigger()
    dialog = next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert window.isVisible()
