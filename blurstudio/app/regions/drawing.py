"""Regions under a hand: canvas, panel and actions become regions; regions become shown.

The way of a change: a shape, a control or an action wishes -> the controller's history takes it ->
`regions_changed` -> canvas and panel show it. Which region is chosen is kept here; it is no part of
the document.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blurstudio.app.actions.region_actions import TOOLS
from blurstudio.app.canvas.brush_widget import BRUSH
from blurstudio.app.photo import clipboard
from blurstudio.app.saying import say
from blurstudio.session import regions as laid

if TYPE_CHECKING:
    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.parts import Parts
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.session.regions import Region
    from blurstudio.session.shapes import Shape

# A copy pasted where it came from lies beside it, by so much of the photo's shorter side.
_ASIDE = 0.04


class Drawing(QObject):
    """Connects canvas, Regions panel and actions with the controller's regions."""

    shown = Signal()
    """Other regions are shown, or another one is chosen."""

    def __init__(
        self,
        controller: PhotoController,
        parts: Parts,
        commands: ActionSet,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._parts = parts
        self._commands = commands
        self.selected: int | None = None
        self._listen_to_hands()
        self._listen_to_actions()
        controller.photo_opened.connect(self._start_over)
        controller.regions_changed.connect(self._show)
        self._show()

    @property
    def region(self) -> Region | None:
        """The chosen region."""
        return laid.find(self._controller.regions, self.selected)

    def select(self, number: int | None) -> None:
        """Choose a region, or none."""
        self.selected = number
        self._show()

    def take(self, tool: str) -> None:
        """Take a tool into the hand."""
        if tool != "view":
            self._put_flipping_down()
        self._parts.canvas.take_tool(tool)
        self._parts.panel.regions.show_tool(tool)
        self._commands[f"tool.{tool}"].setChecked(True)

    def _listen_to_hands(self) -> None:
        canvas, panel = self._parts.canvas, self._parts.panel.regions
        canvas.shapeDrawn.connect(self._add)
        canvas.regionReshaped.connect(self._reshape)
        canvas.regionPicked.connect(self.select)
        panel.wished.connect(self._change)
        panel.tool_asked.connect(self.take)
        panel.list.picked.connect(self.select)
        panel.list.ordered.connect(self._order)
        fields = panel.fields
        for asked, id_ in (
            (fields.delete_asked, "region.delete"),
            (fields.raise_asked, "region.raise"),
            (fields.lower_asked, "region.lower"),
            (fields.figures_asked, "region.figures"),
        ):
            asked.connect(self._commands[id_].trigger)

    def _listen_to_actions(self) -> None:
        commands = self._commands
        for tool in (*TOOLS, BRUSH):
            commands[f"tool.{tool}"].setData(tool)
            commands.on(f"tool.{tool}", self._take_picked)
        for id_, slot in (
            ("region.copy", self._copy),
            ("region.paste", self._paste),
            ("region.delete", self._delete),
            ("region.raise", self._raise),
            ("region.lower", self._lower),
            ("view.outlines", self._parts.canvas.set_outlines_visible),
            ("photo.back", self._step_back),
            ("photo.flip", self._make_way),
        ):
            commands.on(id_, slot)
        commands["view.outlines"].setChecked(True)
        commands["tool.view"].setChecked(True)

    def _start_over(self) -> None:
        self.take("view")
        self.select(None)

    def _show(self) -> None:
        """Bring canvas, panel and actions in line with the regions there are."""
        regions = self._controller.regions
        if self.region is None:
            self.selected = None
        self._parts.canvas.set_drawn(regions, self.selected)
        self._parts.panel.regions.show_regions(regions, self.selected)
        self._commands.allow(region=self.selected is not None)
        self.shown.emit()

    def _add(self, shape: Shape) -> None:
        region = laid.new_region(self._controller.regions, shape)
        region = replace(region, name=say(region.name)[: laid.LONGEST_NAME])
        self.selected = region.number
        self._controller.draw(
            (*self._controller.regions, region), self.tr("Draw {name}").format(name=region.name)
        )
        self.take("view")
        # What can be done with it is there now.
        self._parts.panel.folds["regions"].set_open(True)
        self._commands["view.outlines"].setChecked(True)
        self._parts.canvas.set_outlines_visible(True)

    def _reshape(self, number: int, shape: Shape, words: str, gesture: int) -> None:
        region = laid.find(self._controller.regions, number)
        if region is not None:
            # What is analysed by itself is analysed again at the end of a drag, not along it.
            self._controller.patching.hold(self._parts.canvas.region_hand.is_holding)
            self._change(replace(region, shape=shape), words, ("shape", gesture))

    def _change(self, region: Region, words: str, gesture: object) -> None:
        self._controller.draw(laid.put(self._controller.regions, region), words, gesture)

    def _order(self, numbers: list[int]) -> None:
        regions = self._controller.regions
        ordered = tuple(region for number in numbers if (region := laid.find(regions, number)))
        if len(ordered) == len(regions):
            self._controller.draw(ordered, self.tr("Order of regions"))

    def _take_picked(self) -> None:
        self.take(self.sender().data())  # type: ignore[attr-defined]

    def _copy(self) -> None:
        if self.region is not None:
            clipboard.copy_region(self.region)

    def _paste(self) -> None:
        region, opened = clipboard.copied_region(), self._controller.opened
        if opened is None:
            return
        if region is None:
            self._parts.notices.say(
                self.tr("There is no copied region to paste; copy one by Ctrl+C.")
            )
            return
        regions = self._controller.regions
        pasted = laid.pasted(regions, region)
        aside = round(_ASIDE * min(opened.photo.size))
        while any(pasted.shape == known.shape for known in regions):
            pasted = replace(pasted, shape=pasted.shape.moved(aside, aside))
        self.selected = pasted.number
        self._controller.draw((*regions, pasted), self.tr("Paste {name}").format(name=region.name))

    def _delete(self) -> None:
        region = self.region
        if region is not None:
            left = laid.without(self._controller.regions, region.number)
            self._controller.draw(left, self.tr("Delete {name}").format(name=region.name))

    def _raise(self) -> None:
        self._shift(1, self.tr("Bring forward"))

    def _lower(self) -> None:
        self._shift(-1, self.tr("Send back"))

    def _shift(self, by: int, words: str) -> None:
        region = self.region
        if region is not None:
            shifted = laid.shifted(self._controller.regions, region.number, by)
            self._controller.draw(shifted, f"{words} {region.name}")

    def _step_back(self) -> None:
        """Esc: give up what is in the hand, else put the tool down, else choose none.

        From the panel it only leads back to the picture.
        """
        canvas = self._parts.canvas
        if canvas.cancel_drawing() or not canvas.hasFocus():
            return
        if canvas.tool != "view":
            self.take("view")
        else:
            self.select(None)

    def _make_way(self, flipping: bool) -> None:
        if flipping:
            self.take("view")

    def _put_flipping_down(self) -> None:
        flip = self._commands["photo.flip"]
        if flip.isChecked():
            flip.trigger()
