"""The job bar: what is running, how far it is, and a cancel that works.

It is told about jobs by id; it knows nothing of threads.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from blurstudio.app.panels.shortened import Shortened

_STEPS = 1000


@dataclass
class _Row:
    title: str
    fraction: float = 0.0
    text: str = ""


class JobBar(QWidget):
    """One line for the oldest running job that can't wait; the others are counted."""

    cancel_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[int, _Row] = {}
        self._waiting: set[int] = set()
        self.label = Shortened(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(180, 8)
        # A bar that moves paints itself at once, and all that waits to be painted with it: that is
        # nothing to add to the turn that brings the news, or to do for each of them.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._move)
        self.cancel_button = QPushButton(QCoreApplication.translate("jobs", "Cancel"), self)
        self.cancel_button.setToolTip(
            QCoreApplication.translate("jobs", "Stop this job; what is finished stays")
        )
        self.cancel_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cancel_button.clicked.connect(self._ask_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(10)
        # The words come last: a cancel that moves with them is hard to hit.
        row.addWidget(self.bar)
        row.addWidget(self.cancel_button)
        row.addWidget(self.label)
        self._tell()

    @property
    def jobs(self) -> list[int]:
        """Ids of the jobs that are waiting or running, oldest first."""
        return list(self._rows)

    def add(self, id_: int, title: str) -> None:
        """List a job."""
        self._rows[id_] = _Row(title)
        self._tell()

    def give_way(self, id_: int) -> None:
        """Show a job only while there is no other: it waits for them."""
        self._waiting.add(id_)
        self._tell()

    def progress(self, id_: int, fraction: float, text: str) -> None:
        """Show how far a job is: fraction in [0, 1], and a few words."""
        if id_ in self._rows:
            row = self._rows[id_]
            # A bar that goes back is read as a mistake; a job may restart a stage with less tiles.
            row.fraction = max(row.fraction, min(max(fraction, 0.0), 1.0))
            row.text = text
            self._tell()

    def remove(self, id_: int) -> None:
        """Forget a job that came to an end."""
        self._rows.pop(id_, None)
        self._waiting.discard(id_)
        self._tell()

    def _ask_cancel(self) -> None:
        if self._rows:
            self.cancel_asked.emit(self._first())

    def _first(self) -> int:
        return min(self._rows, key=lambda id_: id_ in self._waiting)

    def _move(self) -> None:
        if self._rows:
            self.bar.setValue(round(self._rows[self._first()].fraction * _STEPS))

    def _tell(self) -> None:
        self.setVisible(bool(self._rows))
        if not self._rows:
            self.label.setText("")
            return
        row = self._rows[self._first()]
        self._later.start()
        more = len(self._rows) - 1
        waiting = self.tr("  ·  {count} more waiting").format(count=more) if more else ""
        self.label.setText(f"{row.title}{': ' if row.text else ''}{row.text}{waiting}")
