"""The document of the photo on show: brought back when it is opened, saved while it is worked on.

A photo that was only looked at gets no document. Saving waits until the hand rests, is done in the
lane, and on closing or opening another photo at once. Where and how is `session.files`' business.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from blurstudio.app.panels.notices import About, Kind
from blurstudio.app.regions import region_work
from blurstudio.app.saying import say
from blurstudio.app.viewing import PICTURES
from blurstudio.errors import BlurStudioError
from blurstudio.session import files
from blurstudio.session.document import Choices, Document, ViewState

if TYPE_CHECKING:
    from pathlib import Path

    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.others.others import Others
    from blurstudio.app.parts import Parts
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.photo.work import Opened
    from blurstudio.app.viewing import Viewing

_SAVE = "save document"
_REST_MS = 1000
_COMPARE = ("off", "split", "side", "grid")
_log = logging.getLogger(__name__)


class Keeping(QObject):
    """Keeps the document of the photo on show.

    Attributes
    ----------
    saved
        As it is in its file; None where there is none.
    """

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        parts: Parts,
        viewing: Viewing,
        commands: ActionSet,
        others: Others,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._controller = controller
        self._parts = parts
        self._viewing = viewing
        self._commands = commands
        self._others = others
        self.saved: Document | None = None
        self._blank: Document | None = None
        self._asked: Document | None = None
        self._saveable = False
        self._complained = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.save_if_changed)
        commands.on("file.save", self.save)
        # Before a photo is read, for it may be the one on show; and again when it is there.
        controller.opening.connect(self._save_quietly)
        controller.photo_left.connect(self._leave)
        controller.photo_opened.connect(self._open)
        canvas, timeline = parts.canvas, parts.timeline
        for changed in (
            *(controller.options_changed, controller.regions_changed),
            *(controller.blend_changed, controller.others_changed),
            *(canvas.pictureChanged, canvas.compareChanged, canvas.splitChanged),
            canvas.othersChanged,
            *(timeline.timeChanged, timeline.partChanged, commands["view.paths"].triggered),
            commands["view.outlines"].triggered,
        ):
            changed.connect(self._wait)

    @property
    def is_saved(self) -> bool:
        """Whether there is nothing that waits to be saved."""
        document = self._document()
        return document is None or not self._is_worth_saving(document)

    def save(self) -> None:
        """Save now, whether there is anything to save or not, and say where."""
        document = self._document()
        if document is None:
            return
        if self._saveable:
            self._ask(document, say=True)
        else:
            self._parts.notices.say(
                self.tr("This document can't be saved, as was said above."),
                Kind.ERROR,
                about=About.PHOTO,
            )

    def save_if_changed(self) -> None:
        """Save what has changed since the last time."""
        self._rest.stop()
        document = self._document()
        if document is not None and self._is_worth_saving(document):
            self._ask(document, say=False)

    def finish(self) -> None:
        """Save at once what is not saved yet: the window is closed, and the lanes have ended."""
        self._rest.stop()
        document = self._document()
        if document is not None and self._is_worth_saving(document):
            try:
                files.save(document)
            except BlurStudioError as problem:
                _log.warning("%s", problem)
            self.saved = document

    def _save_quietly(self) -> None:
        if not self._complained:
            self.save_if_changed()

    def _leave(self) -> None:
        """Save what is not saved yet of the photo on show: another one takes its place."""
        self._save_quietly()
        self._rest.stop()
        self._blank = self.saved = None

    def _open(self, opened: Opened) -> None:
        left = opened.left
        if left is None:
            return
        self._saveable = left.saveable
        self._complained = False
        # One that was mended is written anew: the file as it was has been set aside.
        self.saved = left.document if left.found and not left.remarks else None
        for remark in left.remarks:
            self._parts.notices.say(say(remark), Kind.WARNING, about=About.PHOTO)
        if left.found:
            self._bring_back(left.document)
        self._blank = Document(left.document.photo, Choices(self._controller.defaults))
        self._wait()

    def _bring_back(self, document: Document) -> None:
        """Look at the photo as it was looked at; what can't be shown any more is left out."""
        view = document.view
        for id_, wanted in (("view.paths", view.paths), ("view.outlines", view.outlines)):
            if self._commands[id_].isChecked() != wanted:
                self._commands[id_].trigger()
        if view.compare in _COMPARE:
            # Results that were kept are gone, and a grid of nothing else with them.
            lost = view.compare == "grid" and not document.choices.others
            self._parts.canvas.set_compare("off" if lost else view.compare)
        self._parts.canvas.set_split(view.split)
        self._parts.timeline.set_part(view.part)
        self._parts.timeline.time = view.time
        if view.picture in PICTURES:
            self._viewing.show(view.picture)

    def _wait(self) -> None:
        """Save when the hand rests."""
        document = self._document()
        if document is not None and self._is_worth_saving(document) and not self._complained:
            self._rest.start()

    def _document(self) -> Document | None:
        """Write down what there is now."""
        if self._blank is None:
            return None
        canvas, timeline = self._parts.canvas, self._parts.timeline
        view = ViewState(
            picture=canvas.picture,
            paths=canvas.motion.trajectories_visible,
            outlines=canvas.outlines_visible,
            time=round(timeline.time, 4),
            part=(round(timeline.part[0], 4), round(timeline.part[1], 4)),
            compare=canvas.compare,
            split=round(canvas.split, 4),
            grid=self._others.grid,
            partner=self._others.partner,
        )
        return Document(self._blank.photo, self._controller.history.choices, view)

    def _is_worth_saving(self, document: Document) -> bool:
        """Whether it differs from its file; without one, whether anything was chosen or marked."""
        if not self._saveable or self._blank is None:
            return False
        if self.saved is None:
            blank = self._blank
            return document.choices != blank.choices or document.view.part != blank.view.part
        return document != self.saved

    def _ask(self, document: Document, *, say: bool) -> None:
        self._asked = document
        self._bridge.ask(
            "io",
            partial(region_work.save_document, document),
            key=_SAVE,
            done=self._say_saved if say else self._saved,
            ended=self._failed,
        )

    def _saved(self, _path: Path) -> None:
        asked = self._asked
        self._complained = False
        if asked is not None and self._blank is not None and asked.photo == self._blank.photo:
            self.saved = asked

    def _say_saved(self, path: Path) -> None:
        self._saved(path)
        self._parts.notices.say(
            self.tr("Saved as {name} in {parent}.").format(name=path.name, parent=path.parent),
            folder=path.parent,
        )

    def _failed(self, _state: object) -> None:
        """Complain once, not every second: Ctrl+S tries again."""
        self._complained = True
        self._rest.stop()
