"""A part of a panel: some controls in rows, and for the Motion panel the choices behind them.

A section holds no choices of its own: it shows those it was told last, and what a person does
becomes a wish.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from blurstudio.app.panels.fields import Choice, ResetLabel
from blurstudio.app.panels.labels import quieten, words
from blurstudio.app.panels.motion.terms import tips
from blurstudio.app.panels.words.term_names import CONTROLS
from blurstudio.engine.options import AnalysisOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_NAME = "Refinement"
"""As wide as this is the column of names in every section, so that all controls begin alike."""


class Grid(QWidget):
    """Rows of controls, names on the left.

    Attributes
    ----------
    tips
        What each control does, by its key.
    rows
        Names and controls of all rows, from the top.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tips: Mapping[str, str] = tips()
        self.rows: list[tuple[QWidget, ...]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, self.fontMetrics().horizontalAdvance(_LONGEST_NAME))
        self._grid.setColumnStretch(1, 1)

    def add_choice(self, key: str, name: str) -> Choice:
        """Make a list of entries; it must be put into a row."""
        made = Choice(self)
        self.dress(made, key, name)
        return made

    def add_button(self, key: str, text: str, *, checkable: bool = False) -> QPushButton:
        """Make a button; it must be put into a row."""
        made = PanelButton(text, self)
        made.setCheckable(checkable)
        self.dress(made, key, text)
        return made

    def add_remark(self) -> QLabel:
        """Make a quiet line under the controls, hidden while it is empty."""
        made = words(self, quiet=True)
        made.hide()
        self._grid.addWidget(made, self._grid.rowCount(), 0, 1, 2)
        return made

    def add_row(self, name: str, *controls: QWidget, resets: tuple[str, ...] = ()) -> ResetLabel:
        """Put controls into a row, the first one as wide as there is room.

        Parameters
        ----------
        name
            What stands before them.
        resets
            Choices that a double click on the name resets.
        """
        label = ResetLabel(name, resets, self)
        quieten(label)
        label.setBuddy(controls[0])
        label.setToolTip(controls[0].toolTip() if name else "")
        label.stand_for(CONTROLS.get(controls[0].objectName(), "") if name else "")
        label.reset_asked.connect(self.reset_choices)
        row = QHBoxLayout()
        row.setSpacing(6)
        for index, control in enumerate(controls):
            row.addWidget(control, 0 if index else 1)
        line = self._grid.rowCount()
        self._grid.addWidget(label, line, 0)
        self._grid.addLayout(row, line, 1)
        self.rows.append((label, *controls))
        return label

    def reset_choices(self, name: str, choices: tuple[str, ...]) -> None:
        """Reset what a row stands for."""

    def dress(self, control: QWidget, key: str, name: str) -> None:
        """Give a control its name and its tooltip."""
        control.setObjectName(key)
        control.setAccessibleName(name)
        control.setToolTip(f"<p>{self.tips[key]}</p>")
        control.setAccessibleDescription(self.tips[key])


class Section(Grid):
    """Rows of controls for choices.

    Attributes
    ----------
    options, defaults
        The choices on show, and those that a reset goes back to.
    """

    wished = Signal(object, str, object)
    """All choices with the new one, the words for it, and the gesture of a slider or None."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.options = self.defaults = AnalysisOptions()

    def show_options(self, options: AnalysisOptions, defaults: AnalysisOptions) -> None:
        """Show choices."""
        self.options, self.defaults = options, defaults
        self.refresh()

    def refresh(self) -> None:
        """Bring the controls in line with the choices."""

    def wish(self, text: str, gesture: int | None = None, **changes: Any) -> None:  # noqa: ANN401
        """Say what a person wants to be otherwise."""
        self.wished.emit(replace(self.options, **changes), text, gesture)

    def reset_choices(self, name: str, choices: tuple[str, ...]) -> None:
        """Wish for the defaults of some choices."""
        usual = {choice: getattr(self.defaults, choice) for choice in choices}
        self.wish(self.tr("Reset {name}").format(name=name.lower()), **usual)


class PanelButton(QPushButton):
    """A button that is no wider than its text needs, so that two of them fit into a row."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setProperty("narrow", True)
        # After a click the keys stay with the picture: Space plays, and doesn't click again.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return the room that the text needs."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 20, hint.height())

    def sizeHint(self) -> QSize:
        """Return the same."""
        return self.minimumSizeHint()


def show_remark(label: QLabel, text: str) -> None:
    """Show a line, or hide it when there is nothing to say."""
    label.setText(text)
    label.setVisible(bool(text))
