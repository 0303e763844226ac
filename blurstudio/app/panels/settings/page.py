"""A page of settings: headings, and under each some rows of a name and a control.

Every control is named, explained by a tooltip, and says what a person wishes for. Which settings
there are is not known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from blurstudio.app.panels.fields import Choice
from blurstudio.app.panels.labels import heading, words
from blurstudio.app.panels.number import NumberSetting
from blurstudio.app.panels.settings.terms import tips
from blurstudio.app.panels.words.term_label import TermLabel
from blurstudio.app.panels.words.term_names import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES_WIDTH = 150


class SettingsPage(QWidget):
    """Rows of settings under headings.

    Attributes
    ----------
    tips
        What each control does, by the name of its setting.
    """

    wished = Signal(object)
    """Changes by the name of the setting."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tips = tips()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 6, 20, 16)

    def add_section(self, title: str, when: str) -> QFormLayout:
        """Begin a section, and say from when on its choices count."""
        self._column.addWidget(heading(self, title))
        self._remark(when)
        form = QFormLayout()
        form.setVerticalSpacing(7)
        form.setHorizontalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._column.addLayout(form)
        return form

    def add_choice(
        self, form: QFormLayout, key: str, name: str, entries: Sequence[tuple[str, object]]
    ) -> Choice:
        """Add a list of texts and what they stand for; None stands for an empty setting."""
        made = Choice(self)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.set_entries((text, value, "") for text, value in entries)
        made.picked.connect(lambda value: self.wished.emit({key: "" if value is None else value}))
        self._add(form, made, key, name)
        return made

    def add_number(
        self, form: QFormLayout, key: str, name: str, bounds: tuple[int, int, int], unit: str
    ) -> NumberSetting:
        """Add a number with bounds, as `NumberSetting` takes them."""
        made = NumberSetting(bounds, unit, self)
        made.picked.connect(lambda value: self.wished.emit({key: value}))
        self._add(form, made, key, name)
        return made

    def add_switch(self, form: QFormLayout, key: str, name: str) -> QCheckBox:
        """Add a box to tick."""
        made = QCheckBox(name, self)
        made.clicked.connect(lambda on: self.wished.emit({key: on}))
        self.dress(made, key, name)
        form.addRow(QLabel(self), made)
        return made

    def _add(self, form: QFormLayout, control: QWidget, key: str, name: str) -> None:
        self.dress(control, key, name)
        form.addRow(self.name_of(name, control), control)

    def name_of(self, name: str, control: QWidget) -> QLabel:
        """Make the name that stands before a control."""
        made = TermLabel(name, self)
        made.stand_for(CONTROLS.get(control.objectName(), ""))
        made.setMinimumWidth(_NAMES_WIDTH)
        made.setBuddy(control)
        made.setToolTip(control.toolTip())
        return made

    def dress(self, control: QWidget, key: str, name: str) -> None:
        """Give a control its name and its tooltip."""
        control.setObjectName(key)
        control.setAccessibleName(name.replace("&", ""))
        control.setAccessibleDescription(self.tips[key])
        control.setToolTip(f"<p>{self.tips[key]}</p>")

    def end(self, remark: str) -> None:
        """Close the page with a remark at its bottom."""
        self._column.addStretch(1)
        self._remark(remark)

    def _remark(self, text: str) -> None:
        made = words(self, quiet=True)
        made.setText(text)
        self._column.addWidget(made)
