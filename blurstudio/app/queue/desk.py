"""The queue's place in the window: its actions and dialogs, its panel, and what is said of it.

Working on entries is `queueing.py`'s business.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices

from blurstudio.app.panels.notices import Kind, NoticeButton
from blurstudio.app.panels.queue.wish import FolderWish, Whose, kept
from blurstudio.app.panels.queue.words import counted
from blurstudio.app.queue import queue_work
from blurstudio.app.queue.calling import Calling
from blurstudio.app.queue.queueing import Queueing
from blurstudio.app.saying import say
from blurstudio.session.queue import Entry, Queue, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.app.export import ExportRequest
    from blurstudio.app.window import MainWindow

_FIND = "queue folder"


class QueueDesk(QObject):
    """Connects queue, window and panel.

    Attributes
    ----------
    queueing
        The queue at work.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._bridge, self._controller = window.bridge, window.controller
        self._notices = window.parts.notices
        self._dock = window.instruments.docks["queue"]
        self._calling = Calling(window)
        self.queueing = Queueing(self._bridge, self._controller, self)
        self.queueing.changed.connect(self._show)
        self.queueing.finished.connect(self._say_finished)
        self.queueing.complained.connect(window.show_fault)
        self.queueing.begun.connect(window.parts.status.jobs.give_way)
        self._dock.built.connect(self._furnish)
        for id_, slot in (
            ("queue.photo", self.ask_photo),
            ("queue.folder", self.ask_folder),
            ("queue.pause", self.queueing.pause),
        ):
            window.commands.on(id_, slot)

    def start(self) -> None:
        """Go on with what was left from last time, and say so."""
        for remark in self.queueing.remarks:
            self._notices.say(say(remark), Kind.WARNING)
        left, paused = self.queueing.queue.left, self.queueing.queue.paused
        self.queueing.go_on()
        if left and paused:
            self._say(self.tr("The queue of last time is paused: {count} to do."), left)
        elif left:
            self._say(self.tr("The queue goes on where it was: {count} to do."), left)

    def ask_photo(self) -> None:
        """Ask what to write of the photo on show, later."""
        self._window.exporting.choose(later=True)

    def queue_photo(self, request: ExportRequest) -> None:
        """Queue the photo on show, as it is chosen and edited now."""
        opened = self._controller.opened
        if opened is None:
            return
        choices = self._controller.history.choices
        entry = Entry(
            *(opened.path, request, choices.options, choices.regions, choices.blend),
            conflict=request.conflict,
        )
        self._add([entry], self.tr("{name} is queued.").format(name=opened.path.name))

    def ask_folder(self) -> None:
        """Ask for a folder to queue."""
        # Asked for seldom, and not needed to show the window.
        from blurstudio.app.panels.queue.folder_dialog import QueueFolderDialog

        opened = self._controller.opened
        folder = None if opened is None else opened.path.parent
        settings = self._window.settings
        dialog = QueueFolderDialog(folder, settings, opened is not None, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(self.queue_folder)
        dialog.open()

    def queue_folder(self, wish: FolderWish) -> None:
        """Look for the photos of a folder, and queue them; the next wish begins with this one."""
        self._window.remember(kept(self._window.settings, wish))
        # The choices of now, not of when the folder has been read.
        taken = self._controller.options if wish.whose is Whose.PHOTO else self._controller.defaults
        like = Entry(
            wish.folder,
            wish.request,
            # Places of flips are about one picture.
            replace(taken, flips=()),
            own_document=wish.whose is Whose.DOCUMENT,
            conflict=wish.conflict,
        )
        self._bridge.ask(
            "io",
            partial(queue_work.find_entries, like, wish.below, wish.pattern),
            key=_FIND,
            title=self.tr("Looking for photos in {name}").format(name=wish.folder.name),
            done=self._found,
        )

    def _found(self, entries: Sequence[Entry]) -> None:
        if not entries:
            self._notices.say(self.tr("No photo there has such a name."), Kind.WARNING)
            return
        self._add(entries, self.tr("{count} photos are queued.").format(count=len(entries)))

    def _add(self, entries: Sequence[Entry], said: str) -> None:
        if self.queueing.add(entries):
            self._notices.say(said, button=self._show_button())
        else:
            self._notices.say(
                self.tr("Another window of Blur Studio has the queue; queue photos there."),
                Kind.WARNING,
            )

    def _say(self, text: str, count: int) -> None:
        self._notices.say(text.format(count=count), button=self._show_button())

    def _say_finished(self, states: Sequence[State]) -> None:
        counts = counted(states)
        failed = State.FAILED in states
        said = self.tr("The queue is finished: {counts}.").format(counts=counts)
        kind = Kind.WARNING if failed else Kind.REMARK
        self._notices.say(said, kind, button=self._show_button())
        self._calling.call(self.tr("Blur Studio"), said)

    def _show_button(self) -> NoticeButton:
        return NoticeButton(
            self.tr("Show queue"), self.tr("Open the panel of the queue"), self.show_panel
        )

    def show_panel(self) -> None:
        """Open the panel of the queue."""
        if not self._dock.isVisible():
            self._window.commands["view.queue"].trigger()

    def _furnish(self) -> None:
        """Connect the panel: it was just made."""
        panel, commands = self._dock.panel, self._window.commands
        for wish, slot in (
            (panel.pause_asked, self.queueing.pause),
            (panel.removed, self.queueing.remove),
            (panel.moved, self.queueing.move),
            (panel.retry_asked, self.queueing.retry),
            (panel.clear_asked, self.queueing.clear_finished),
            (panel.show_asked, self._show_results),
            (panel.photo_asked, commands["queue.photo"].trigger),
            (panel.folder_asked, commands["queue.folder"].trigger),
        ):
            wish.connect(slot)
        self.queueing.progressed.connect(panel.show_progress)
        commands["queue.photo"].enabledChanged.connect(panel.allow_photo)
        panel.allow_photo(commands["queue.photo"].isEnabled())
        panel.show_queue(self.queueing.queue)

    def _show(self, queue: Queue) -> None:
        self._window.commands["queue.pause"].setChecked(queue.paused)
        if self._dock.panel is not None:
            self._dock.panel.show_queue(queue)

    def _show_results(self, number: int) -> None:
        entry = self.queueing.queue.find(number)
        if entry is not None and entry.home is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(entry.home)))
