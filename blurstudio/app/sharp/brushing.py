"""How much of the result is used, and where: slider, brush and actions become a blend, and back.

The way of a change: a control, an action or a stroke wishes -> the controller's history takes it ->
`blend_changed` -> panel and canvas show it. The brush in the hand is no part of the document.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app.photo.scrub import PictureRequests
from blurstudio.app.sharp import blend_work
from blurstudio.app.sharp.blend_preview import BlendPreview
from blurstudio.session.blend import Blend, Brush, BrushMask

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.parts import Parts
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.viewing import Viewing
    from blurstudio.session.blend import Stroke

_STEP = 1.2


class Brushing(QObject):
    """Connects Result panel, canvas and actions with the controller's blend."""

    def __init__(
        self,
        bridge: JobBridge,
        controller: PhotoController,
        parts: Parts,
        viewing: Viewing,
        commands: ActionSet,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._canvas = parts.canvas
        self._fold = parts.panel.folds["result"]
        self._panel = parts.panel.result
        self._viewing = viewing
        self._commands = commands
        self.preview = BlendPreview(bridge, controller, parts.canvas, self)
        self.masks = PictureRequests(bridge, "mask", "io", blend_work.mask_map, self)
        self.masks.ready.connect(self._show_mask)
        self._listen_to_hands()
        self._listen_to_actions()
        controller.photo_opened.connect(self._start_over)
        controller.blend_changed.connect(self._show)
        for ready in (controller.results_ready, controller.edits_ready):
            ready.connect(self._show)
        self._use_brush(Brush())
        self._show()

    def _listen_to_hands(self) -> None:
        panel, canvas = self._panel, self._canvas
        panel.wished.connect(self._change)
        panel.amount_moved.connect(self._preview_amount)
        panel.brush_changed.connect(self._use_brush)
        for button, id_ in (
            (panel.brush, "tool.brush"),
            (panel.veil, "mask.show"),
            (panel.invert, "mask.invert"),
            (panel.clear, "mask.clear"),
        ):
            button.clicked.connect(self._commands[id_].trigger)
        canvas.brushMoved.connect(self._preview_stroke)
        canvas.strokePainted.connect(self._paint)
        canvas.brushChanged.connect(panel.show_brush)

    def _listen_to_actions(self) -> None:
        commands = self._commands
        for id_, slot in (
            ("brush.larger", self._enlarge),
            ("brush.smaller", self._reduce),
            ("mask.show", self._show_veil),
            ("mask.invert", self._invert),
            ("mask.clear", self._clear),
        ):
            commands.on(id_, slot)
        commands["mask.show"].setChecked(True)
        commands["tool.brush"].toggled.connect(self._take)

    def _start_over(self) -> None:
        self.masks.use(None)
        self._canvas.set_mask(None)
        self._show()

    def _take(self, on: bool) -> None:
        """Answer to the brush being taken or put down; `Drawing` has given it to the canvas."""
        if on and self._canvas.picture != "sharp":
            self._viewing.show("sharp")
        if on:
            # The brush's sliders come with it.
            self._fold.set_open(True)
        self._show_veil()

    def _show_veil(self) -> None:
        shown = self._commands["mask.show"].isChecked()
        on = self._commands["tool.brush"].isChecked()
        self._panel.show_tool(on=on, veil=shown)
        self._canvas.set_mask_visible(on and shown)

    def _show(self) -> None:
        """Bring panel, veil and actions in line with the blend in force."""
        self._panel.show_blend(self._controller.blend)
        self._panel.setEnabled(self._controller.results is not None)
        self._show_veil()
        self._ask_mask(self._controller.blend.mask)

    def _change(self, blend: Blend, words: str, gesture: object) -> None:
        if gesture is not None:
            # Keys move the slider as well; the reduced picture is there before the full one.
            self.preview.request(blend)
        self._controller.mix(blend, words, gesture)
        # A hand that let go where it began has nothing to wait for.
        if self._controller.edited.is_idle:
            self.preview.take_back()

    def _preview_amount(self, amount: float) -> None:
        if self._canvas.picture != "sharp":
            self._viewing.show("sharp")
        self.preview.request(replace(self._controller.blend, amount=amount))

    def _preview_stroke(self, stroke: Stroke | None) -> None:
        blend = self._controller.blend
        if stroke is None:
            self.preview.take_back()
            self._ask_mask(blend.mask)
            return
        if self._canvas.picture != "sharp":
            self._viewing.show("sharp")
        blend = replace(blend, mask=blend.mask.painted(stroke))
        self.preview.request(blend)
        self._ask_mask(blend.mask)

    def _paint(self, stroke: Stroke) -> None:
        blend = self._controller.blend
        words = self.tr("Brush: reveal") if stroke.brush.reveal else self.tr("Brush: hide")
        self._controller.mix(replace(blend, mask=blend.mask.painted(stroke)), words)

    def _invert(self) -> None:
        blend = self._controller.blend
        self._controller.mix(replace(blend, mask=blend.mask.inverted()), self.tr("Invert mask"))

    def _clear(self) -> None:
        blend = self._controller.blend
        self._controller.mix(replace(blend, mask=BrushMask()), self.tr("Clear mask"))

    def _enlarge(self) -> None:
        self._use_brush(self._canvas.brush_hand.brush.resized(_STEP))

    def _reduce(self) -> None:
        self._use_brush(self._canvas.brush_hand.brush.resized(1 / _STEP))

    def _use_brush(self, brush: Brush) -> None:
        self._canvas.set_brush(brush)
        self._panel.show_brush(brush)

    def _ask_mask(self, mask: BrushMask) -> None:
        source = self.preview.source()
        if self.masks.source is not source:
            self.masks.use(source)
        self.masks.request(mask)

    def _show_mask(self, mask: BrushMask, painted: NDArray[np.uint8]) -> None:
        self._canvas.set_mask(None if mask.is_whole else painted)
