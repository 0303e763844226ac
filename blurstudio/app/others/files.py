"""Files that a photo is compared with: read when asked for, and again when they are missed.

The way of a file: it is read in the io lane -> it becomes a choice of the photo, which can be
undone and is kept in its document -> whatever the choices say is listed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from blurstudio.app.others import work
from blurstudio.app.others.entries import kept_path, name_of
from blurstudio.app.panels.notices import About, Kind
from blurstudio.media.endings import OPENED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.others.entries import Entries, Files
    from blurstudio.app.panels.notice_bar import NoticeBar
    from blurstudio.app.photo.controller import PhotoController

_READ = "read other"
_READ_AGAIN = "read others again"
_MOST_FILES = 8


class OtherFiles(QObject):
    """The files among the entries, in step with the photo's choices.

    Attributes
    ----------
    awaited
        Whether some of them are still being read again.
    """

    followed = Signal()
    """Entries are those that the choices say."""
    loaded = Signal()
    """A file that a person asked for has become one of them."""

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        entries: Entries,
        notices: NoticeBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._controller = controller
        self._entries = entries
        self._notices = notices
        self._known: dict[Files, Any] = {}
        self.awaited = False
        controller.others_changed.connect(self.follow)

    def load(self, paths: Sequence[Path]) -> None:
        """Compare the photo with files; several pictures at once are frames of its exposure."""
        opened = self._controller.opened
        if opened is None:
            words = self.tr("Open the photo first; then {name} can be compared with it.")
            self._say(words.format(name=paths[0].name))
            return
        together = all(path.suffix.lower() in OPENED for path in paths)
        for group in [list(paths)] if together else [[path] for path in paths]:
            self._load_one(tuple(kept_path(path, opened.path.parent) for path in group), group)

    def forget(self) -> None:
        """Know no file any more, and drop what is still being read."""
        for key in (_READ, _READ_AGAIN):
            self._bridge.renew(key)
        self._known.clear()

    def follow(self) -> None:
        """List what the choices say; what isn't at hand is read again."""
        opened = self._controller.opened
        assert opened is not None
        wanted = self._controller.history.choices.others
        for entry in [entry for entry in self._entries if entry.files]:
            if entry.files not in wanted:
                self._entries.remove(entry)
        listed = {entry.files for entry in self._entries}
        missing = [files for files in wanted if files not in listed]
        for files in missing:
            if files in self._known:
                self._entries.add(name_of(files), reference=self._known[files], files=files)
        unknown = tuple(files for files in missing if files not in self._known)
        self.awaited = bool(unknown)
        if unknown:
            self._bridge.renew(_READ_AGAIN)
            self._bridge.ask(
                "io",
                partial(work.read_again, unknown, opened.path.parent, opened.photo.size),
                key=_READ_AGAIN,
                done=self._read_again,
            )
        self.followed.emit()

    def _load_one(self, files: Files, paths: Sequence[Path]) -> None:
        opened = self._controller.opened
        assert opened is not None
        others = self._controller.history.choices.others
        if files in others:
            self._say(self.tr("{name} is compared already.").format(name=paths[0].name))
        elif len(others) >= _MOST_FILES:
            self._say(self.tr("Eight files are compared already; remove one under Others first."))
        else:
            self._bridge.ask(
                "io",
                partial(work.read_one, list(paths), opened.photo.size),
                key=_READ,
                title=self.tr("Reading {name}").format(name=name_of(files)),
                done=partial(self._read, files),
            )

    def _read(self, files: Files, reference: object) -> None:
        self._known[files] = reference
        others = self._controller.history.choices.others
        title = self.tr("Compare with {name}").format(name=name_of(files))
        self._controller.compare_with((*others, files), title)
        self.loaded.emit()

    def _read_again(self, found: dict[Files, Any]) -> None:
        lost = {files: said for files, said in found.items() if isinstance(said, str)}
        self._known |= {files: read for files, read in found.items() if files not in lost}
        for files, said in lost.items():
            self._entries.add(name_of(files), files=files, trouble=said)
        if len(lost) == 1:
            self._say(next(iter(lost.values())), Kind.WARNING)
        elif lost:
            names = ", ".join(name_of(files) for files in lost)
            words = self.tr("These files can't be compared with the photo any more: {names}.")
            self._say(words.format(names=names), Kind.WARNING)
        self.follow()

    def _say(self, text: str, kind: Kind = Kind.REMARK) -> None:
        self._notices.say(text, kind, about=About.PHOTO)
