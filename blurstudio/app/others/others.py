"""Others beside the result on show: kept, removed, chosen, and what follows on canvas and panel.

Files are choices of the photo, see `files`. A kept result is no choice: it stays until another
photo is opened.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.canvas.compare import APART
from blurstudio.app.others import words, work
from blurstudio.app.others.entries import MOST_KEPT, Entries
from blurstudio.app.others.files import OtherFiles
from blurstudio.app.others.measuring import OtherFigures
from blurstudio.app.others.pictures import OtherPictures
from blurstudio.app.panels.notices import About, Kind

if TYPE_CHECKING:
    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.instruments.docks import Dock
    from blurstudio.app.others.entries import Files
    from blurstudio.app.parts import Parts
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.photo.work import Opened, Results
    from blurstudio.app.viewing import Viewing
    from blurstudio.session.document import ViewState

_KEEP = "keep result"


class Others(QObject):
    """Everything that is compared with the result on show.

    Attributes
    ----------
    entries
        Who they are.
    files
        Those that come from files.
    """

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        parts: Parts,
        viewing: Viewing,
        commands: ActionSet,
        dock: Dock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._controller = controller
        self._parts = parts
        self._viewing = viewing
        self._commands = commands
        self._dock = dock
        self._left: ViewState | None = None
        self.entries = Entries()
        self.files = OtherFiles(bridge, controller, self.entries, parts.notices, self)
        self.files.followed.connect(self._follow)
        self.files.loaded.connect(self._open_panel)
        self.pictures = OtherPictures(bridge, parts.canvas, self.entries, self)
        self.figures = OtherFigures(bridge, self.entries, self)
        self.figures.measured.connect(self._show_panel)
        commands.on("compare.keep", self.keep)
        controller.photo_opened.connect(self._begin)
        controller.results_ready.connect(self._renew)
        controller.edits_ready.connect(self._renew)
        parts.timeline.timeChanged.connect(self.pictures.set_time)
        dock.built.connect(self._panel_built)
        self._refresh()

    @property
    def grid(self) -> tuple[Files, ...] | None:
        """Files that are in the grid, as the document has them; None for the usual ones."""
        if self.files.awaited:
            return None if self._left is None else self._left.grid
        return self.entries.grid_of(self._controller.history.choices.others)

    @property
    def partner(self) -> Files:
        """Files of the one that takes the photo's place, as the document has them."""
        if self.files.awaited:
            return () if self._left is None else self._left.partner
        return self.entries.picked_files

    def keep(self) -> None:
        """Keep the result on show, to compare later ones with it."""
        results, opened = self._controller.results, self._controller.opened
        if results is None or opened is None:
            return
        made_of = (results.options, results.edits, results.parts)
        if results.quick:
            self._say(self.tr("This is a quick look; keep the result when it is finished."))
        elif any(entry.made_of == made_of for entry in self.entries.kept):
            self._say(self.tr("This result is kept already."))
        elif len(self.entries.kept) >= MOST_KEPT:
            self._say(
                self.tr(
                    "Three results are kept already, four with the one on show; remove one under "
                    "Others first."
                )
            )
        else:
            self._bridge.ask(
                "io",
                partial(work.keep, work.Ours(opened.photo, results)),
                key=_KEEP,
                of_photo=True,
                done=partial(self._kept, results, made_of),
            )

    def pick(self, slot: str) -> None:
        """Let one take the photo's place when two pictures are compared; empty is the photo."""
        self.entries.picked = slot
        self._refresh()

    def tick(self, slot: str, wanted: bool) -> None:
        """Let one be in the grid, or no more."""
        if not self.entries.want_in_grid(slot, wanted):
            self._say(self.tr("The grid has room for three others; take one out of it first."))
        self._refresh()

    def remove(self, slot: str) -> None:
        """Compare with one no more; a file can be brought back by undo."""
        entry = next((entry for entry in self.entries if entry.slot == slot), None)
        if entry is None:
            return
        if entry.files:
            others = self._controller.history.choices.others
            left = tuple(files for files in others if files != entry.files)
            title = self.tr("Remove {name}").format(name=entry.name)
            self._controller.compare_with(left, title)
        else:
            self.entries.remove(entry)
            self._changed()

    def _kept(self, results: Results, made_of: object, reference: object) -> None:
        pictures = {key: results.pictures[key] for key in ("sharp", "residual")}
        name = words.result_name(results)
        self.entries.add(name, reference=reference, made_of=made_of, pictures=pictures)
        self._changed()
        self._open_panel()
        said = self.tr("Kept “{name}” until another photo is opened; change something to compare.")
        self._say(said.format(name=name))

    def _begin(self, opened: Opened) -> None:
        self._bridge.renew(_KEEP)
        self.entries.clear()
        self.files.forget()
        self._left = None if opened.left is None else opened.left.document.view
        self.pictures.use(None)
        self.figures.use(None)
        self.files.follow()

    def _follow(self) -> None:
        """Compare with those that were compared with, once all of them are there."""
        if self._left is not None and not self.files.awaited:
            if self._left.grid is not None:
                self.entries.put_in_grid(self._left.grid)
            # A person may have chosen another one meanwhile.
            if not self.entries.picked:
                self.entries.pick(self._left.partner)
            self._left = None
        self._changed()

    def _renew(self, results: Results) -> None:
        """Compare with new results."""
        opened = self._controller.opened
        assert opened is not None
        ours = work.Ours(opened.photo, results)
        self.figures.use(ours)
        self.pictures.use(ours)
        self._refresh()

    def _changed(self) -> None:
        """Bring everything in step with who is there."""
        self.pictures.forget()
        self._refresh()
        self.figures.ask()

    def _refresh(self) -> None:
        canvas, results = self._parts.canvas, self._controller.results
        there = {entry.slot: entry.name for entry in self.entries.there}
        # Without others nothing bears a name.
        ours = {"": words.on_show(results)} if there and results is not None else {}
        canvas.shelf.names = there | ours
        picked = self.entries.find(self.entries.picked)
        canvas.set_others("" if picked is None else picked.slot, self.entries.in_grid)
        # Those that are still being read will be there in a moment.
        gone = not there and not self.files.awaited
        if gone and canvas.compare == "grid":
            canvas.set_compare("off")
        if gone and canvas.picture in APART:
            self._viewing.show(APART[canvas.picture])
        self._commands.allow(others=bool(there) and results is not None)
        self.pictures.ask()
        canvas.changed()
        self._show_panel()

    def _panel_built(self) -> None:
        panel = self._dock.panel
        panel.list.picked.connect(self.pick)
        panel.list.ticked.connect(self.tick)
        panel.remove_asked.connect(self.remove)
        self._show_panel()

    def _show_panel(self) -> None:
        if self._dock.panel is not None:
            self._dock.panel.show_entries(self.entries)

    def _open_panel(self) -> None:
        action = self._commands["view.others"]
        if not action.isChecked():
            action.trigger()

    def _say(self, text: str) -> None:
        self._parts.notices.say(text, Kind.REMARK, about=About.PHOTO)
