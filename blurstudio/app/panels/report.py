"""The side panel: which photo this is, how well the result explains it, and what was remarked.

The reblur's figure never stands without its two companions: a photo taken for its own sharp
picture, with no motion, explains itself perfectly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from blurstudio.app import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 264
NO_MOTION = "No motion found"


class Figures(Protocol):
    """What the engine measures about a result."""

    psnr: float
    gradient_gain: float
    mean_length: float
    motion_found: bool


def sentence(figures: Figures) -> str:
    """Say the report in one sentence, figure and companions together."""
    if not figures.motion_found:
        return NO_MOTION
    return (
        f"Reblur explains the photo to {figures.psnr:.1f} dB; "
        f"gradient energy ×{figures.gradient_gain:.1f}; mean path {figures.mean_length:.1f} px"
    )


class ReportPanel(QScrollArea):
    """Photo, report, models and notes, one under the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report")
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget(self)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(6)
        self._name = self._words(page, large=True)
        self._facts = self._words(page, quiet=True)
        self._head_report = self._heading(page, "Explanation")
        self._verdict = self._words(page)
        self._figures = _Rows(page)
        self._column.addWidget(self._figures)
        self._meaning = self._words(page, quiet=True)
        self._head_motion = self._heading(page, "Motion")
        self._motion = self._words(page)
        self._head_models = self._heading(page, "Networks")
        self._models = _Rows(page)
        self._column.addWidget(self._models)
        self._head_notes = self._heading(page, "Notes")
        self._notes = self._words(page, quiet=True)
        self._column.addStretch(1)
        self.setWidget(page)
        self.show_photo("", (), ())

    def show_photo(self, name: str, facts: Sequence[str], notes: Sequence[str]) -> None:
        """Start over with a photo that has no result yet."""
        self._name.setText(name)
        self._name.setToolTip(name)
        self._facts.setText("\n".join(facts))
        self._show_notes(notes)
        for part in (self._head_report, self._verdict, self._figures, self._meaning):
            part.hide()
        self._show_motion(())
        self._show_models(())

    def show_report(
        self,
        figures: Figures,
        *,
        quick: bool,
        speed: str,
        motion: Sequence[str],
        models: Sequence[tuple[str, str]],
        notes: Sequence[str],
    ) -> None:
        """Show how well a result explains the photo.

        Parameters
        ----------
        figures
            The three figures and whether there is motion at all.
        quick
            Whether they are of the quick pass on a reduced picture.
        speed
            The mean speed in words, or nothing where the exposure time isn't known.
        motion
            What moved, in sentences.
        models
            Task and name of every network that took part.
        notes
            Sentences about photo and result.
        """
        self._head_report.show()
        self._verdict.setText("" if figures.motion_found else NO_MOTION)
        self._verdict.setVisible(not figures.motion_found)
        rows = [
            ("Reblur", f"{figures.psnr:.1f} dB"),
            ("Gradient energy", f"×{figures.gradient_gain:.1f}"),
            ("Mean path", f"{figures.mean_length:.1f} px"),
        ]
        if speed:
            rows.append(("Mean speed", speed))
        self._figures.show_rows(rows if figures.motion_found else [])
        if quick:
            meaning = "A quick look at a reduced picture; the full one is on its way."
        elif figures.motion_found:
            meaning = "Sharp picture and paths, blurred again, against the photo."
        else:
            meaning = "The photo is as sharp as it will get: nothing in it moved visibly."
        self._meaning.setText(meaning)
        self._meaning.show()
        self._show_motion(motion)
        self._show_models(models)
        self._show_notes(notes)

    def show_quick_only(self) -> None:
        """Say that the quick pass is all there is: the full one was stopped or failed."""
        self._meaning.setText("A quick look at a reduced picture; the full one is missing.")

    def _show_motion(self, motion: Sequence[str]) -> None:
        self._head_motion.setVisible(bool(motion))
        self._motion.setVisible(bool(motion))
        self._motion.setText("\n\n".join(motion))

    def _show_models(self, models: Sequence[tuple[str, str]]) -> None:
        self._head_models.setVisible(bool(models))
        self._models.show_rows(models)

    def _show_notes(self, notes: Sequence[str]) -> None:
        self._head_notes.setVisible(bool(notes))
        self._notes.setVisible(bool(notes))
        self._notes.setText("\n\n".join(notes))

    def _words(self, page: QWidget, *, large: bool = False, quiet: bool = False) -> QLabel:
        label = QLabel(page)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if large:
            font = label.font()
            font.setBold(True)
            label.setFont(font)
        if quiet:
            _quieten(label)
        self._column.addWidget(label)
        return label

    def _heading(self, page: QWidget, text: str) -> QLabel:
        label = QLabel(text.upper(), page)
        font = label.font()
        font.setPointSizeF(font.pointSizeF() * 0.82)
        font.setLetterSpacing(font.SpacingType.PercentageSpacing, 108)
        label.setFont(font)
        _quieten(label)
        label.setContentsMargins(0, 14, 0, 2)
        self._column.addWidget(label)
        return label


class _Rows(QWidget):
    """Names on the left, values on the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(5)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Replace all rows."""
        while self._form.rowCount():
            self._form.removeRow(0)
        for name, value in rows:
            title = QLabel(name, self)
            _quieten(title)
            words = QLabel(value, self)
            words.setAlignment(Qt.AlignmentFlag.AlignRight)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._form.addRow(title, words)
        self.setVisible(bool(rows))


def _quieten(label: QLabel) -> None:
    colours = label.palette()
    colours.setColor(QPalette.ColorRole.WindowText, theme.QUIET)
    label.setPalette(colours)
