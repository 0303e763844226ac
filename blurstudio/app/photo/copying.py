"""Choices handed on: from one photo to the next by the clipboard, and to the command line.

Places of flips and strokes of the brush stay behind: they are about one picture. Regions are copied
by themselves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from blurstudio.app.photo import clipboard
from blurstudio.session.command_line import process_words, quoted, reads_document

if TYPE_CHECKING:
    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.panels.notice_bar import NoticeBar
    from blurstudio.app.photo.controller import PhotoController


class Copying(QObject):
    """What the actions that copy and paste choices do."""

    def __init__(
        self,
        controller: PhotoController,
        notices: NoticeBar,
        commands: ActionSet,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._notices = notices
        for id_, slot in (
            ("edit.copy_settings", self._copy),
            ("edit.paste_settings", self._paste),
            ("photo.command_line", self._copy_command),
        ):
            commands.on(id_, slot)

    def _copy(self) -> None:
        clipboard.copy_options(self._controller.options, self._controller.blend.amount)
        self._notices.say(self.tr("Settings copied; paste them on another photo by Ctrl+Shift+V."))

    def _paste(self) -> None:
        mine = self._controller.options
        pasted = clipboard.copied_options(mine)
        if pasted is None:
            self._notices.say(
                self.tr(
                    "There are no copied settings to paste; copy those of a photo by Ctrl+Shift+C."
                )
            )
            return
        choices = self._controller.history.choices
        blend = replace(choices.blend, amount=clipboard.copied_amount(choices.blend.amount))
        options = replace(pasted, flips=mine.flips)
        self._controller.choose(
            replace(choices, options=options, blend=blend), self.tr("Paste settings")
        )

    def _copy_command(self) -> None:
        controller = self._controller
        if controller.opened is None:
            return
        choices = controller.history.choices
        words = process_words(controller.opened.path, choices)
        QGuiApplication.clipboard().setText(quoted(words))
        sentences = [self.tr("Copied the command that makes these results.")]
        if reads_document(choices):
            sentences.append(
                self.tr("Edits of regions and strokes are read from the photo's document.")
            )
        self._notices.say(" ".join(sentences))
