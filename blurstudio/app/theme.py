"""The look: neutral greys, dark or light, that don't lean on the colours of the photo.

Palette roles do nearly all of it; the few rules of style sheet are here too. No widget is made
here. The colours are changed in place when the look changes, so whoever paints with one of them
paints with the look in force; quiet text takes its colour from the palette (`PlaceholderText`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from blurstudio.locations import resource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

DARK, LIGHT, SYSTEM = "dark", "light", "system"

# All greys have equal red, green and blue: a tinted surround shifts how colours are judged.
CANVAS = QColor(38, 38, 38)
FIELD = QColor(34, 34, 34)
WINDOW = QColor(51, 51, 51)
RAISED = QColor(66, 66, 66)
RESTING = QColor(57, 57, 57)
LINE = QColor(80, 80, 80)
TEXT = QColor(216, 216, 216)
STRONG = QColor(255, 255, 255)
QUIET = QColor(160, 160, 160)
FAINT = QColor(134, 134, 134)
ACCENT = QColor(84, 121, 160)
LINK = QColor(140, 176, 214)
WARNING = QColor(212, 164, 84)
ERROR = QColor(222, 112, 100)

_COLOURS = (
    *(CANVAS, FIELD, WINDOW, RAISED, RESTING, LINE, TEXT, STRONG, QUIET, FAINT),
    *(ACCENT, LINK, WARNING, ERROR),
)
_DARK = tuple(colour.rgb() for colour in _COLOURS)
_LIGHT = tuple(
    QColor(name).rgb()
    for name in (
        *("#c4c4c4", "#fafafa", "#e8e8e8", "#d6d6d6", "#dfdfdf", "#bababa", "#222222", "#000000"),
        *("#565656", "#7c7c7c", "#3f6f9f", "#23578a", "#a86a10", "#b03a2c"),
    )
)


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
        roles.PlaceholderText: QUIET,
        roles.Button: RAISED,
        roles.ButtonText: TEXT,
        roles.BrightText: STRONG,
        roles.Highlight: ACCENT,
        roles.HighlightedText: QColor(255, 255, 255),
        roles.Accent: ACCENT,
        roles.Link: LINK,
        roles.LinkVisited: LINK,
        roles.Light: RAISED.lighter(127),
        roles.Midlight: LINE,
        roles.Mid: WINDOW.darker(102),
        roles.Dark: WINDOW.darker(212) if WINDOW.lightness() < 128 else LINE.darker(115),
        roles.Shadow: QColor(12, 12, 12),
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.PlaceholderText):
        made.setColor(QPalette.ColorGroup.Disabled, role, FAINT)
    made.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, LINE)
    return made


def apply(app: QApplication, look: str = DARK) -> None:
    """Dress the whole app: Fusion, colour scheme, neutral palette.

    Parameters
    ----------
    look
        `DARK`, `LIGHT`, or `SYSTEM` for the one that the system has; dark where it has none.
    """
    hints = app.styleHints()
    if look == SYSTEM:
        hints.unsetColorScheme()
        light = hints.colorScheme() == Qt.ColorScheme.Light
    else:
        light = look == LIGHT
        hints.setColorScheme(Qt.ColorScheme.Light if light else Qt.ColorScheme.Dark)
    for colour, rgb in zip(_COLOURS, _LIGHT if light else _DARK, strict=True):
        colour.setRgb(rgb)
    app.setStyle("Fusion")
    app.setPalette(palette())
    app.setStyleSheet(_sheet())


def _sheet() -> str:
    return _bars() + _buttons() + _fields() + _frames()


def _bars() -> str:
    """Dress toolbar, status bar, tabs and scroll bars."""
    return f"""
QMenuBar {{ padding: 2px 4px; }}
QToolBar {{ border: none; border-bottom: 1px solid {CANVAS.name()};
            spacing: 2px; padding: 5px 8px; }}
QToolBar::separator {{ background: {LINE.name()}; width: 1px; margin: 6px 8px; }}
QToolBar QToolButton {{ border: none; border-radius: 4px; padding: 5px 9px; }}
QToolBar QToolButton:hover {{ background: {RAISED.name()}; }}
QToolBar QToolButton:checked {{ background: {LINE.name()}; color: {STRONG.name()}; }}
QToolBar QToolButton:disabled {{ color: {FAINT.name()}; background: none; }}
QToolBar #qt_toolbar_ext_button {{ padding: 0; qproperty-icon: url({_icon("more")}); }}
QStatusBar {{ border-top: 1px solid {CANVAS.name()}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QPushButton {{ padding: 3px 12px; }}
QProgressBar {{ border: none; border-radius: 3px; background: {FIELD.name()}; }}
QProgressBar::chunk {{ border-radius: 3px; background: {ACCENT.name()}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {LINE.name()}; }}
QTabBar::tab {{ border: none; border-bottom: 2px solid transparent; padding: 7px 12px;
                color: {QUIET.name()}; }}
QTabBar::tab:hover {{ color: {TEXT.name()}; }}
QTabBar::tab:selected {{ color: {STRONG.name()}; border-bottom-color: {ACCENT.name()}; }}
QTabBar::tab:focus {{ color: {LINK.name()}; }}
QHeaderView::section {{ border: none; border-bottom: 1px solid {LINE.name()}; padding: 4px 6px;
                        background: {WINDOW.name()}; color: {QUIET.name()}; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {LINE.name()}; border-radius: 3px; margin: 2px;
                      min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {FAINT.name()}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
"""


def _buttons() -> str:
    """Dress push buttons; what can't be done now keeps its ground."""
    return f"""
QPushButton {{ border: none; border-radius: 4px; padding: 6px 14px; background: {RAISED.name()}; }}
QPushButton:hover {{ background: {LINE.name()}; }}
QPushButton:pressed {{ background: {FIELD.name()}; }}
QPushButton:focus {{ border: 1px solid {LINK.name()}; padding: 5px 13px; }}
QPushButton:default {{ background: {ACCENT.name()}; color: white; }}
QPushButton:checked {{ background: {ACCENT.name()}; color: white; }}
QPushButton:checked:focus, QPushButton:default:focus {{ border-color: {STRONG.name()}; }}
QPushButton:disabled {{ background: {RESTING.name()}; color: {FAINT.name()}; }}
QPushButton:checked:disabled {{ background: {LINE.name()}; color: {FAINT.name()}; }}
QPushButton[narrow="true"] {{ padding: 5px 6px; }}
QPushButton[narrow="true"]:focus {{ padding: 4px 5px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
"""


def _fields() -> str:
    """Dress lists, numbers, sliders and boxes to tick: flat as the buttons beside them.

    Whatever has the keys has a frame; where there is none else, room is left for it.
    """
    return f"""
QComboBox {{ border: 1px solid {LINE.name()}; border-radius: 4px; padding: 3px 4px 3px 8px;
             background: {RAISED.name()}; }}
QComboBox:hover {{ background: {LINE.name()}; }}
QComboBox:disabled {{ background: {RESTING.name()}; border-color: {RESTING.name()}; }}
QComboBox::drop-down {{ border: none; width: 18px; }}
QComboBox::down-arrow {{ image: url({_icon("chevron-down")}); width: 12px; height: 12px; }}
QAbstractSpinBox {{ border: 1px solid {LINE.name()}; border-radius: 4px; padding: 3px 4px 3px 9px;
                    background: {FIELD.name()}; }}
QAbstractSpinBox:disabled {{ background: {RESTING.name()}; border-color: {RESTING.name()}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    subcontrol-origin: border; width: 18px; border: none; }}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
QAbstractSpinBox::up-arrow {{ image: url({_icon("chevron-up")}); width: 9px; height: 9px; }}
QAbstractSpinBox::down-arrow {{ image: url({_icon("chevron-down")}); width: 9px; height: 9px; }}
QComboBox:focus, QAbstractSpinBox:focus, QLineEdit:focus {{ border: 1px solid {LINK.name()}; }}
QLineEdit {{ border: 1px solid {LINE.name()}; border-radius: 4px; padding: 3px 6px;
             background: {FIELD.name()}; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; padding: 0; }}
QCheckBox::indicator, QGroupBox::indicator, QAbstractItemView::indicator {{
    width: 13px; height: 13px; border: 1px solid {QUIET.name()}; border-radius: 3px;
    background: {FIELD.name()}; }}
QCheckBox::indicator:checked, QGroupBox::indicator:checked,
QAbstractItemView::indicator:checked {{
    background: {ACCENT.name()}; border-color: {ACCENT.name()}; image: url({_icon("tick")}); }}
QCheckBox::indicator:disabled {{ border-color: {LINE.name()}; background: {RESTING.name()}; }}
QCheckBox {{ border: 1px solid transparent; border-radius: 4px; padding: 1px 4px 1px 2px; }}
QSlider {{ border: 1px solid transparent; border-radius: 4px; }}
QCheckBox:focus, QSlider:focus {{ border-color: {LINK.name()}; }}
"""


def _frames() -> str:
    """Dress what has an edge of its own."""
    return f"""
QToolTip {{ color: {TEXT.name()}; background: {RAISED.name()};
            border: 1px solid {LINE.name()}; padding: 4px; }}
#side {{ border-left: 1px solid {CANVAS.name()}; }}
#notice {{ background: {RAISED.name()}; border: 1px solid {LINE.name()}; border-radius: 4px; }}
#start QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 5px;
                      background: none; }}
#start QToolButton:hover {{ background: {WINDOW.name()}; }}
#start QToolButton:pressed {{ background: {FIELD.name()}; }}
#start QToolButton:focus {{ border-color: {LINK.name()}; }}
#palette, #explanation, #tour {{ background: {WINDOW.name()}; border: 1px solid {LINE.name()};
                                 border-radius: 6px; }}
"""


def _icon(name: str) -> str:
    """Tell where a small picture is, as style sheets want it."""
    return resource("icons", f"{name}.svg").as_posix()
