"""Closing while work runs: asked once, in a sentence, and without stopping the work meanwhile.

How the work is ended is the window's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from blurstudio.app.window import MainWindow


class Closing(QObject):
    """Decides whether a window may close.

    Attributes
    ----------
    agreed
        Whether a person, or the system, wants it closed whatever runs.
    question
        The question on show, if there is one.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.agreed = False
        self.question: QMessageBox | None = None
        window.bridge.ended.connect(self._work_ended)

    def may_close(self) -> bool:
        """Say whether to close now; if not, the person is being asked."""
        count = self._running()
        app = QGuiApplication.instance()
        logging_out = isinstance(app, QGuiApplication) and app.isSavingSession()
        if self.agreed or logging_out or count == 0:
            self._withdraw()
            return True
        if self.question is None:
            self._ask(count)
        else:
            self.question.activateWindow()
        return False

    def _ask(self, count: int) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Close Blur Studio"))
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self._sentence(count))
        box.setInformativeText(self._what_stays())
        stop = box.addButton(self.tr("&Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        stop.setToolTip(self.tr("Give up what is not finished (cancel all jobs)"))
        stay = box.addButton(self.tr("&Keep open"), QMessageBox.ButtonRole.RejectRole)
        stay.setToolTip(self.tr("Let the work go on"))
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        stop.clicked.connect(self._stop)
        box.finished.connect(self._answered)
        self.question = box
        box.open()

    def _running(self) -> int:
        """Count jobs; between two entries of the queue there is none, and more to come."""
        queue = self._window.queue_desk.queueing.queue
        return self._window.bridge.running or int(bool(queue.left) and not queue.paused)

    def _what_stays(self) -> str:
        if self._window.queue_desk.queueing.queue.left:
            return self.tr(
                "Files that are already written stay; the queue goes on when Blur Studio is "
                "opened again."
            )
        return self.tr("Files that are already written stay.")

    def _sentence(self, count: int) -> str:
        if count == 1:
            return self.tr("A job is running: stop it and close, or keep the window open?")
        return self.tr(
            "{count} jobs are running: stop them and close, or keep the window open?"
        ).format(count=count)

    def _stop(self) -> None:
        self._window.close_now()

    def _answered(self) -> None:
        self.question = None

    def _work_ended(self, _id: int) -> None:
        """Close when the last job is done while the question still stands: nothing is lost then."""
        if self.question is None:
            return
        count = self._running()
        if count:
            self.question.setText(self._sentence(count))
        else:
            self._withdraw()
            self._window.close()

    def _withdraw(self) -> None:
        if self.question is not None:
            self.question.close()
            self.question = None
