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
CANVAS = QColor(30, 30, 30)
WINDOW = QColor(43, 43, 43)
RAISED = QColor(58, 58, 58)
LINE = QColor(70, 70, 70)
TEXT = QColor(216, 216, 216)
QUIET = QColor(150, 150, 150)
FAINT = QColor(104, 104, 104)
ACCENT = QColor(92, 128, 168)
WARNING = QColor(212, 164, 84)
ERROR = QColor(214, 104, 92)

_SHEET = f"""
QToolTip {{ color: {TEXT.name()}; background: {RAISED.name()};
            border: 1px solid {LINE.name()}; padding: 4px; }}
QToolBar {{ border: none; border-bottom: 1px solid {CANVAS.name()}; spacing: 2px; padding: 4px; }}
QToolBar::separator {{ background: {LINE.name()}; width: 1px; margin: 5px 8px; }}
QToolBar QToolButton {{ border: none; border-radius: 4px; padding: 5px 10px; }}
QToolBar QToolButton:hover {{ background: {RAISED.name()}; }}
QToolBar QToolButton:checked {{ background: {LINE.name()}; color: white; }}
QToolBar QToolButton:disabled {{ color: {FAINT.name()}; }}
QStatusBar {{ border-top: 1px solid {CANVAS.name()}; }}
QStatusBar::item {{ border: none; }}
"""


def palette() -> QPalette:
    """Return the palette of the whole app."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: WINDOW,
        roles.WindowText: TEXT,
        roles.Base: CANVAS,
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
