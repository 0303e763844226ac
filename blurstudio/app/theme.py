"""The look: a dark neutral grey that doesn't lean on the colours of the photo.

Palette roles do nearly all of it; the few rules of style sheet are here too. No widget is made
here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

# All greys have equal red, green and blue: a tinted surround shifts how colours are judged.
CANVAS = QColor(38, 38, 38)
FIELD = QColor(34, 34, 34)
WINDOW = QColor(51, 51, 51)
RAISED = QColor(66, 66, 66)
LINE = QColor(80, 80, 80)
TEXT = QColor(216, 216, 216)
QUIET = QColor(160, 160, 160)
FAINT = QColor(112, 112, 112)
ACCENT = QColor(92, 128, 168)
WARNING = QColor(212, 164, 84)
ERROR = QColor(214, 104, 92)

_SHEET = f"""
QToolTip {{ color: {TEXT.name()}; background: {RAISED.name()};
            border: 1px solid {LINE.name()}; padding: 4px; }}
QMenuBar {{ padding: 2px 4px; }}
QToolBar {{ border: none; border-bottom: 1px solid {CANVAS.name()};
            spacing: 2px; padding: 5px 8px; }}
QToolBar::separator {{ background: {LINE.name()}; width: 1px; margin: 6px 8px; }}
QToolBar QToolButton {{ border: none; border-radius: 4px; padding: 5px 11px; }}
QToolBar QToolButton:hover {{ background: {RAISED.name()}; }}
QToolBar QToolButton:checked {{ background: {LINE.name()}; color: white; }}
QToolBar QToolButton:disabled {{ color: {FAINT.name()}; background: none; }}
QPushButton {{ border: none; border-radius: 4px; padding: 6px 14px; background: {RAISED.name()}; }}
QPushButton:hover {{ background: {LINE.name()}; }}
QPushButton:pressed {{ background: {FIELD.name()}; }}
QPushButton:focus {{ border: 1px solid {ACCENT.name()}; padding: 5px 13px; }}
QPushButton:default {{ background: {ACCENT.name()}; color: white; }}
QPushButton:disabled {{ background: {WINDOW.name()}; color: {FAINT.name()}; }}
QPushButton:checked {{ background: {ACCENT.name()}; color: white; }}
QPushButton:checked:disabled {{ background: {WINDOW.name()}; color: {QUIET.name()}; }}
QPushButton[narrow="true"] {{ padding: 5px 6px; }}
QPushButton[narrow="true"]:focus {{ padding: 4px 5px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QStatusBar {{ border-top: 1px solid {CANVAS.name()}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QPushButton {{ padding: 3px 12px; }}
QProgressBar {{ border: none; border-radius: 3px; background: {FIELD.name()}; }}
QProgressBar::chunk {{ border-radius: 3px; background: {ACCENT.name()}; }}
#side {{ border-left: 1px solid {CANVAS.name()}; }}
#notice {{ background: {RAISED.name()}; }}
"""


def palette() -> QPalette:
    """Return the palette of the whole app."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: WINDOW,
        roles.WindowText: TEXT,
        roles.Base: FIELD,
        roles.AlternateBase: WINDOW,
        roles.ToolTipBase: RAISED,
        roles.ToolTipText: TEXT,
        roles.Text: TEXT,
        roles.PlaceholderText: FAINT,
        roles.Button: RAISED,
        roles.ButtonText: TEXT,
        roles.BrightText: QColor(255, 255, 255),
        roles.Highlight: ACCENT,
        roles.HighlightedText: QColor(255, 255, 255),
        roles.Accent: ACCENT,
        roles.Link: QColor(140, 176, 214),
        roles.LinkVisited: QColor(140, 176, 214),
        roles.Light: QColor(84, 84, 84),
        roles.Midlight: LINE,
        roles.Mid: QColor(50, 50, 50),
        roles.Dark: QColor(24, 24, 24),
        roles.Shadow: QColor(12, 12, 12),
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, FAINT)
    made.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, LINE)
    return made


def apply(app: QApplication) -> None:
    """Dress the whole app: Fusion, dark colour scheme, neutral palette."""
    app.setStyle("Fusion")
    app.styleHints().setColorScheme(Qt.ColorScheme.Dark)
    app.setPalette(palette())
    app.setStyleSheet(_SHEET)
