"""The tour: a few steps through the window, on the sample; once by itself, then on request.

How it looks is in `panels/tour_card.py`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QToolBar, QWidget

from blurstudio.app.actions.menus import key_words
from blurstudio.app.panels.empty import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blurstudio.app.panels.tour.card import Step, TourCard
    from blurstudio.app.window import MainWindow

_PICTURES = ("photo", "sharp", "frame", "flow", "residual", "direction", "blur")


class Touring(QObject):
    """Shows the tour, and remembers that it was shown.

    Attributes
    ----------
    card
        The tour on show, if there is one.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = False
        self._panel_was_hidden = False
        self._were_folded: tuple[str, ...] = ()
        self.card: TourCard | None = None
        window.commands.on("help.tour", self.begin)
        window.controller.photo_opened.connect(self._photo_opened)

    def welcome(self, paths: Sequence[Path]) -> Sequence[Path]:
        """Return which photos to open at a start: at the first one the sample, with the tour.

        A photo of the person's own is not interrupted; the tour waits for another start.
        """
        shipped = samples()
        own = any(Path(path).absolute() not in shipped for path in paths)
        if self._window.settings.tour_seen or own or not shipped:
            return paths
        self._wanted = True
        return paths or shipped[:1]

    def begin(self) -> None:
        """Show the tour on the photo that is open, else on the sample."""
        if self.card is not None:
            return
        if self._window.controller.opened is not None:
            self._show()
            return
        shipped = samples()
        if shipped:
            self._wanted = True
            self._window.open_paths(shipped[:1])
        else:
            self._window.show_fault(
                self.tr("The sample is missing: open a photo of yours, then take the tour.")
            )

    def end(self) -> None:
        """End the tour, if it is on show: the panel is as it was before."""
        if self.card is not None:
            self.card.end()

    def _photo_opened(self) -> None:
        if self._wanted:
            self._wanted = False
            self._show()

    def _show(self) -> None:
        from blurstudio.app.panels.tour.card import TourCard

        window = self._window
        self._window.remember(replace(window.settings, tour_seen=True))
        panel = window.commands["view.panel"]
        self._panel_was_hidden = not panel.isChecked()
        if self._panel_was_hidden:
            panel.trigger()
        self._were_folded = window.parts.panel.folded
        self.card = TourCard(window, self._steps())
        self.card.ended.connect(self._ended)

    def _ended(self) -> None:
        self.card = None
        self._window.parts.panel.fold(self._were_folded)
        if self._panel_was_hidden:
            self._window.commands["view.panel"].trigger()
        self._window.parts.canvas.setFocus()

    def _steps(self) -> list[Step]:
        from blurstudio.app.panels.tour.card import Step

        parts = self._window.parts
        return [
            Step(
                self.tr("One photo, read as a recording"),
                self.tr(
                    "A blurred photo holds everything that happened while the shutter was open. "
                    "Its sharp picture comes here in a moment; the bar at the bottom shows how "
                    "far it is. Drop a photo of yours anywhere to open it."
                ),
                self._around(parts.canvas),
            ),
            Step(
                self.tr("What to look at"),
                self.tr(
                    "The photo, its sharp picture, the video in it, the motion as colours, and "
                    "what the result leaves unexplained: keys {keys}. Hold {hold} to see the "
                    "photo again."
                ).format(keys=self._picture_keys(), hold=self._key("compare.hold")),
                self._around_buttons(*(f"view.{name}" for name in _PICTURES)),
            ),
            Step(
                self.tr("The time inside the photo"),
                self.tr(
                    "Drag along the strip to go through the exposure, from shutter open to "
                    "shutter closed. {play} plays it."
                ).format(play=self._key("play.toggle")),
                self._around(parts.timeline),
            ),
            Step(
                self.tr("How everything moved"),
                self.tr(
                    "{paths} draws the paths of the motion over the picture, blue when the "
                    "shutter opened, yellow when it closed."
                ).format(paths=self._key("view.paths")),
                self._around_buttons("view.paths"),
            ),
            Step(
                self.tr("Whether to believe it, and what to change"),
                self.tr(
                    "The panel says how well the result explains the photo, and lets you choose "
                    "otherwise; {undo} takes anything back. Click on a dotted word to learn what "
                    "it means."
                ).format(undo=self._key("edit.undo")),
                self._around(parts.panel),
                self._open_sections,
            ),
            Step(
                self.tr("Everything else"),
                self.tr(
                    "{palette} finds whatever can be done, {keys} lists the keys and changes "
                    "them, {export} writes pictures, video and paths. This tour is in the Help "
                    "menu."
                ).format(
                    palette=self._key("help.palette"),
                    keys=self._key("help.keys"),
                    export=self._key("file.export"),
                ),
                self._around(self._window.menuBar()),
            ),
        ]

    def _open_sections(self) -> None:
        """Open what the panel's step speaks of."""
        panel = self._window.parts.panel
        for part in (panel.motion, panel.report):
            panel.reveal(part)

    def _key(self, id_: str) -> str:
        """Say the first key of an action, or its name in the menus where it has none."""
        commands = self._window.commands
        return key_words(commands.keys(id_)[:1]) or f"“{commands[id_].iconText()}”"

    def _picture_keys(self) -> str:
        return ", ".join(self._key(f"view.{name}") for name in _PICTURES)

    def _around(self, widget: QWidget) -> Callable[[], QRect]:
        def place() -> QRect:
            if not widget.isVisible():
                return QRect()
            return QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())

        return place

    def _around_buttons(self, *ids: str) -> Callable[[], QRect]:
        def place() -> QRect:
            bar = self._window.findChild(QToolBar, "tools")
            whole = QRect()
            assert bar is not None
            for id_ in ids:
                button = bar.widgetForAction(self._window.commands[id_])
                if button is not None:
                    whole |= self._around(button)()
            return whole

        return place
