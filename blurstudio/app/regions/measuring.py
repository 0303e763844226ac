"""Figures of regions: measured in the lane, shown in the panel, written as a table.

Asked for anew whenever regions or the result on show are others; late answers are dropped.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from blurstudio.app.regions import region_work

if TYPE_CHECKING:
    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.parts import Parts
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.regions.region_work import Figures

_FIGURES = "figures"
_TABLE = "table"


class Measuring(QObject):
    """Keeps the figures of the photo's regions up to date."""

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        parts: Parts,
        commands: ActionSet,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._controller = controller
        self._parts = parts
        self._commands = commands
        commands.on("region.figures", self._choose_table)
        controller.photo_opened.connect(self._start_over)
        controller.regions_changed.connect(self._ask)
        controller.results_ready.connect(self._ask)
        controller.edits_ready.connect(self._ask)
        self._ask()

    def _start_over(self) -> None:
        self._parts.panel.regions.show_figures({})
        self._ask()

    def _ask(self) -> None:
        """Have the figures of the regions of what is on show."""
        self._bridge.renew(_FIGURES)
        measured = self._measured()
        if measured is not None:
            self._bridge.ask(
                "io",
                measured,
                key=_FIGURES,
                of_photo=True,
                done=self._parts.panel.regions.show_figures,
            )
        self._commands.allow(regions=measured is not None)

    def _measured(self) -> partial[Figures] | None:
        controller = self._controller
        if controller.results is None or controller.opened is None or not controller.regions:
            return None
        size = controller.opened.photo.size
        return partial(region_work.measure, controller.results, controller.history.choices, size)

    def _choose_table(self) -> None:
        opened, measured = self._controller.opened, self._measured()
        if opened is None or measured is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self._parts.panel,
            self.tr("Export figures of the regions"),
            str(opened.path.with_name(f"{opened.path.stem} regions.csv")),
            self.tr("Tables (*.csv)"),
        )
        if name:
            self._bridge.ask(
                "io",
                partial(region_work.write_table, Path(name), self._controller.regions, measured),
                key=_TABLE,
                title=self.tr("Writing figures"),
                done=self._say_written,
            )

    def _say_written(self, path: Path) -> None:
        self._parts.notices.say(
            self.tr("Wrote {name} into {parent}.").format(name=path.name, parent=path.parent),
            folder=path.parent,
        )
