"""The ways a photo comes into the window: dialogs, menus, drops, the sample; and others' answers.

Reading a photo is the controller's business, comparing with others `others`'.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.opening.drop import FileDrop
from blurstudio.app.opening.recent import PathMenu
from blurstudio.app.opening.start_page import StartPage
from blurstudio.app.panels.empty import samples
from blurstudio.app.panels.notices import About, Kind
from blurstudio.media.endings import OPENED, is_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMenu

    from blurstudio.app.window import MainWindow


class Opening(QObject):
    """Opens what is chosen or dropped.

    Parameters
    ----------
    window
        Its controller, dialogs and others are there already.
    menu
        Gets the lists of photos, after its first action.

    Attributes
    ----------
    recent, samples
        The lists of photos opened last and of those that are shipped.
    drop
        Takes files dropped on the window.
    page
        Offers the photos opened last while none is open.
    """

    def __init__(self, window: MainWindow, menu: QMenu) -> None:
        super().__init__(window)
        self._window = window
        self._controller = window.controller
        self.recent = PathMenu(self.tr("Open &recent"), window)
        self.samples = PathMenu(self.tr("Open &sample"), window)
        self.samples.show_paths(samples())
        after_open = menu.actions()[1]
        for paths in (self.recent, self.samples):
            menu.insertMenu(after_open, paths)
            paths.chosen.connect(self._open_chosen)
        self.drop = FileDrop(window)
        self.drop.dropped.connect(self.open_paths)
        self.drop.compared.connect(window.others.files.load)
        for id_, slot in (
            ("file.open", self._choose_photo),
            ("file.compare", self._choose_others),
            ("file.compare_folder", self._choose_frames),
        ):
            window.commands.on(id_, slot)
        window.dialogs.photo_chosen.connect(self.open_paths)
        window.dialogs.others_chosen.connect(window.others.files.load)
        window.parts.empty.open_asked.connect(self._choose_photo)
        window.parts.empty.sample_asked.connect(self._open_sample)
        self.page = StartPage(window.bridge, self._controller, window.parts.empty, self)
        window.parts.empty.photos.chosen.connect(self._open_chosen)
        # Said of the photo that comes, not of the one before.
        self._meant = 1
        self._controller.opening.connect(self._forget_others)
        self._controller.photo_opened.connect(self._say_others)

    def show_recent(self, paths: Sequence[str]) -> None:
        """List the photos opened last."""
        self.recent.show_paths(paths)
        self.page.offer(paths)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open the first photo of some files; a folder or a document stands for its photo."""
        if not paths:
            return
        photos = [path for path in paths if is_named(Path(path), OPENED)]
        self._controller.open(Path((photos or paths)[0]).absolute())
        self._meant = len(photos)

    def _forget_others(self) -> None:
        self._meant = 1

    def _say_others(self) -> None:
        if self._meant > 1:
            self._window.parts.notices.say(
                self.tr("The first of {count} photos is opened: one is shown at a time.").format(
                    count=self._meant
                ),
                Kind.WARNING,
                about=About.PHOTO,
            )

    def _open_chosen(self, path: Path) -> None:
        self.open_paths([path])

    def _open_sample(self) -> None:
        self.open_paths(samples()[:1])

    def _choose_photo(self) -> None:
        opened = self._controller.opened
        self._window.dialogs.choose_photo(opened.path.parent if opened else None)

    def _choose_others(self) -> None:
        if self._controller.opened is not None:
            self._window.dialogs.choose_others(self._controller.opened.path.parent)

    def _choose_frames(self) -> None:
        if self._controller.opened is not None:
            self._window.dialogs.choose_frames(self._controller.opened.path.parent)
