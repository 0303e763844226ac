"""The head of the side panel: which photo this is, and how well the result explains it.

The reblur's figure never stands without its two companions: a photo taken for its own sharp
picture, with no motion, explains itself perfectly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from blurstudio.app.panels.fold import INSET, Fold
from blurstudio.app.panels.labels import Rows, name_line, words

if TYPE_CHECKING:
    from collections.abc import Sequence


class Figures(Protocol):
    """What the engine measures about a result."""

    psnr: float
    gradient_gain: float
    mean_length: float
    motion_found: bool


def no_motion() -> str:
    """Say that nothing moved."""
    return QCoreApplication.translate("report", "No motion found")


def sentence(figures: Figures) -> str:
    """Say the report in one sentence, figure and companions together."""
    if not figures.motion_found:
        return no_motion()
    return QCoreApplication.translate(
        "report",
        "Reblur explains the photo to {psnr} dB; gradient energy ×{gain}; mean path {path} px",
    ).format(
        psnr=f"{figures.psnr:.1f}",
        gain=f"{figures.gradient_gain:.1f}",
        path=f"{figures.mean_length:.1f}",
    )


class Report(QWidget):
    """Photo and figures, one under the other.

    Attributes
    ----------
    fold
        The section with the figures; hidden as long as there are none.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name_line(self)
        self._facts = words(self, quiet=True)
        title = QCoreApplication.translate("figures", "Explanation")
        self.fold = Fold("explanation", title, self)
        told = QWidget(self.fold)
        self._verdict = words(told)
        self._figures = Rows(told)
        self._meaning = words(told, quiet=True)
        told.setLayout(_column(self._verdict, self._figures, self._meaning))
        self.fold.hold(told)
        photo = _column(self._name, self._facts)
        photo.setContentsMargins(INSET, 0, INSET, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(photo)
        column.addWidget(self.fold)
        self.show_photo("", ())

    def show_photo(self, name: str, facts: Sequence[str]) -> None:
        """Start over with a photo that has no result yet."""
        self._name.setText(name)
        self._name.setToolTip(name)
        self._facts.setText("\n".join(facts))
        self.fold.hide()

    def show_figures(self, figures: Figures, *, quick: bool, speed: str, blank: bool) -> None:
        """Show how well a result explains the photo.

        Parameters
        ----------
        figures
            The three figures and whether there is motion at all.
        quick
            Whether they are of the quick pass on a reduced picture.
        speed
            The mean speed in words, or nothing where the exposure time isn't known.
        blank
            Whether there was nothing in the photo to read motion from.
        """
        self.fold.show()
        self._verdict.setText("" if figures.motion_found else no_motion())
        self._verdict.setVisible(not figures.motion_found)
        rows = [
            (QCoreApplication.translate("figures", "Reblur"), f"{figures.psnr:.1f} dB"),
            (
                QCoreApplication.translate("figures", "Gradient energy"),
                f"×{figures.gradient_gain:.1f}",
            ),
            (QCoreApplication.translate("figures", "Mean path"), f"{figures.mean_length:.1f} px"),
        ]
        if speed:
            rows.append((QCoreApplication.translate("figures", "Mean speed"), speed))
        self._figures.show_rows(rows if figures.motion_found else [])
        if quick:
            meaning = self.tr("A quick look at a reduced picture; the full one is on its way.")
        elif figures.motion_found:
            meaning = self.tr("Sharp picture and paths, blurred again, against the photo.")
        elif blank:
            meaning = self.tr("The photo shows next to no detail that motion could be read from.")
        else:
            meaning = self.tr("The photo is as sharp as it will get: nothing in it moved visibly.")
        self._meaning.setText(meaning)

    def show_quick_only(self) -> None:
        """Say that the quick pass is all there is: the full one was stopped or failed."""
        self._meaning.setText(
            self.tr("A quick look at a reduced picture; the full one is missing.")
        )


def _column(*parts: QWidget) -> QVBoxLayout:
    """Lay parts out under each other, without a margin."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(6)
    for part in parts:
        made.addWidget(part)
    return made
