"""The side panel: photo and report, what the camera did, remarks; Motion, Result and Regions panel.

It scrolls where the window is low, and its sections can be folded away; what its parts say is
theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from blurstudio.app.panels.fold import Fold
from blurstudio.app.panels.labels import words
from blurstudio.app.panels.motion.panel import MotionPanel
from blurstudio.app.panels.regions.panel import RegionsPanel
from blurstudio.app.panels.report import Report
from blurstudio.app.panels.result.panel import ResultPanel
from blurstudio.app.saying import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 324
"""Least width, px; as wide as its widest row where letters are large."""


class SidePanel(QScrollArea):
    """Everything about the photo that is not a picture.

    Attributes
    ----------
    report, camera, notes, motion, result, regions
        Its parts, from top to bottom: what was found, then what can be chosen.
    folds
        Its sections by their names in the settings, from top to bottom.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        # A click beside the controls leaves the keys with the picture.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, so that nothing jumps aside when results make the page longer.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._page = page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(10, 16, 10, 16)
        column.setSpacing(0)
        self.report = Report(page)
        title = QCoreApplication.translate("figures", "Camera and subject")
        self.camera = Sentences("camera", title, page)
        self.notes = Sentences("notes", self.tr("Notes"), page, quiet=True)
        # One after another: as they are made, the Tab key goes through them.
        motion = Fold("motion", self.tr("Motion"), page)
        self.motion = MotionPanel(motion)
        motion.hold(self.motion)
        result = Fold("result", self.tr("Result"), page)
        self.result = ResultPanel(result)
        result.hold(self.result)
        regions = Fold("regions", self.tr("Regions"), page)
        self.regions = RegionsPanel(regions)
        regions.hold(self.regions)
        folds = (self.report.fold, self.camera.fold, self.notes.fold, motion, result, regions)
        self.folds: dict[str, Fold] = {fold.key: fold for fold in folds}
        for part in (self.report, self.camera, self.notes, motion, result, regions):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(page)
        page.installEventFilter(self)
        self._fit()

    @property
    def folded(self) -> tuple[str, ...]:
        """Names of the sections that are folded away, from top to bottom."""
        return tuple(key for key, fold in self.folds.items() if not fold.is_open)

    def fold(self, keys: Iterable[str]) -> None:
        """Fold these sections away and open the others."""
        away = set(keys)
        for key, fold in self.folds.items():
            fold.set_open(key not in away)

    def reveal(self, part: QWidget) -> None:
        """Open the section that a part is in, or that is in it, and scroll to the part."""
        for fold in self.folds.values():
            if fold.isAncestorOf(part) or part.isAncestorOf(fold):
                fold.set_open(True)
        # What was opened has its place only once it is laid out.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.ensureWidgetVisible(part)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what the page needs: letters grow, panels come and go."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(max(WIDTH, self._page.minimumSizeHint().width() + bar))


class Sentences(QWidget):
    """A heading with some sentences under it; both hidden when there are none.

    Attributes
    ----------
    fold
        The section that they are.
    """

    def __init__(self, key: str, title: str, parent: QWidget, *, quiet: bool = False) -> None:
        super().__init__(parent)
        self.fold = Fold(key, title, self)
        self._text = words(self.fold, quiet=quiet)
        self._text.setAccessibleName(title)
        self.fold.hold(self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold)
        self.show_sentences(())

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Replace all sentences; those of the core are said in the window's language."""
        self._text.setText("\n\n".join(say(one) for one in sentences))
        self.setVisible(bool(sentences))
