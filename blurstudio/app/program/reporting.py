"""Faults said and handed out: notices with a button that copies the log, and "About".

Nothing is sent; what was copied is the person's to use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from blurstudio.app import about
from blurstudio.app.panels.notices import Kind, NoticeButton

if TYPE_CHECKING:
    from blurstudio.app.window import MainWindow


class Reporting(QObject):
    """Says what nobody foresaw, and gives the log to whoever asks."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.commands.on("help.log", self.copy_log)
        window.commands.on("help.about", self._show_about)
        window.bridge.crashed.connect(self.show_crash)

    @Slot(str)
    def show_crash(self, sentence: str) -> None:
        """Say that something went wrong that nobody foresaw; the work goes on."""
        button = NoticeButton(
            self.tr("Copy the log"),
            self.tr(
                "Puts the end of the log on the clipboard, without names of your folders; nothing "
                "is sent (crash report)"
            ),
            self.copy_log,
        )
        self._window.parts.notices.say(sentence, Kind.ERROR, button=button)

    def show_crash_before(self) -> None:
        """Say at a start that the process before ended in a crash."""
        self.show_crash(
            self.tr(
                "Blur Studio ended unexpectedly last time. Your photos and files are as they were; "
                "the log says where it stopped."
            )
        )

    def copy_log(self) -> None:
        """Put the log on the clipboard."""
        from blurstudio.app.launch.log_text import log_text

        QGuiApplication.clipboard().setText(log_text())
        self._window.parts.notices.say(self.tr("The log is on the clipboard; nothing was sent."))

    def _show_about(self) -> None:
        from blurstudio.app.launch.versions import versions_text

        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("About Blur Studio"))
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(about.about())
        box.setInformativeText(versions_text().replace("\n", "<br>"))
        copy = box.addButton(self.tr("&Copy versions"), QMessageBox.ButtonRole.ActionRole)
        copy.setToolTip(self.tr("Put the versions on the clipboard"))
        # A message box closes at any of its buttons; this one only copies.
        copy.clicked.disconnect()
        copy.clicked.connect(self._copy_versions)
        close = box.addButton(QMessageBox.StandardButton.Close)
        box.setEscapeButton(close)
        box.setDefaultButton(close)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _copy_versions(self) -> None:
        from blurstudio.app.launch.versions import versions_text

        QGuiApplication.clipboard().setText(versions_text())
