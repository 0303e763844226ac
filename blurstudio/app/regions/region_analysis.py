"""Regions analysed by themselves, under a hand: asked for, taken back, and how far that is.

Asking the lane is `patching.py`'s; the choice itself is a region's and lies in the history.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.saying import say
from blurstudio.errors import RegionError
from blurstudio.session import regions as laid
from blurstudio.session.own_analysis import own_of
from blurstudio.session.parts import wish_of
from blurstudio.sizes import reduced_size

if TYPE_CHECKING:
    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.parts import Parts
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.regions.drawing import Drawing
    from blurstudio.engine.part_wish import PartWish
    from blurstudio.session.regions import Region


class RegionAnalysis(QObject):
    """Connects the Regions panel and the actions with the analyses of regions."""

    def __init__(
        self,
        controller: PhotoController,
        drawing: Drawing,
        parts: Parts,
        commands: ActionSet,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._drawing = drawing
        self._parts = parts
        self._own = parts.panel.regions.fields.own
        commands.on("region.analyse", self._analyse)
        commands.on("region.forget", self._forget)
        self._own.analyse_asked.connect(commands["region.analyse"].trigger)
        self._own.forget_asked.connect(commands["region.forget"].trigger)
        parts.canvas.regionLetGo.connect(self._let_go)
        drawing.shown.connect(self._show)
        controller.patching.changed.connect(self._show)
        controller.edits_ready.connect(self._show)
        controller.results_ready.connect(self._show)

    def _analyse(self) -> None:
        region, controller = self._drawing.region, self._controller
        if region is None:
            return
        if region.own is not None:
            controller.patching.try_again()
            return
        wanted = replace(region, own=own_of(controller.options))
        if sentence := self._refused(wanted):
            self._parts.notices.say(sentence)
            return
        self._put(wanted, self.tr("Analyse only {name}").format(name=region.name))

    def _forget(self) -> None:
        region = self._drawing.region
        if region is not None and region.own is not None:
            words = self.tr("Forget the analysis of {name}").format(name=region.name)
            self._put(replace(region, own=None), words)

    def _put(self, region: Region, words: str) -> None:
        self._controller.draw(laid.put(self._controller.regions, region), words)

    def _let_go(self) -> None:
        self._controller.patching.hold(False)
        region = self._drawing.region
        if region is not None and region.own is not None and (sentence := self._refused(region)):
            self._parts.notices.say(sentence)

    def _refused(self, region: Region) -> str:
        """Say why a region can't be analysed by itself; nothing where it can."""
        try:
            self._wish(region)
        except RegionError as problem:
            return say(problem)
        return ""

    def _wish(self, region: Region) -> PartWish | None:
        opened, options = self._controller.opened, self._controller.options
        if opened is None:
            return None
        size = opened.photo.size
        return wish_of(region, options, size, reduced_size(size, options.max_side))

    def _show(self) -> None:
        """Say how far the analysis of the chosen region is."""
        region = self._drawing.region
        self._own.show_state("" if region is None or region.own is None else self._state(region))

    def _state(self, region: Region) -> str:
        try:
            wish = self._wish(region)
        except RegionError as problem:
            return say(problem)
        results = self._controller.results
        if wish is None or results is None or results.quick:
            return self.tr("It follows when the photo is analysed.")
        if wish in results.unedited.analysis.parts:
            return ""
        if self._controller.patching.is_given_up(wish):
            return self.tr("It is not analysed by itself; “Analyse only here” tries again.")
        return self.tr("It is being analysed.")
