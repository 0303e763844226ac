"""The Motion panel, its actions and the hand on the canvas become choices; choices become shown.

The way of a choice: a control, an action or a click wishes -> the controller's history takes it ->
`options_changed` -> every control shows it. So a control never shows what isn't in force.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blurstudio.app import about, listing_work
from blurstudio.app.flipping import Flipping
from blurstudio.app.panels.motion.panel import Ready
from blurstudio.app.photo.refining import RefinedPaths
from blurstudio.app.sharp.strength import StrengthPreview

if TYPE_CHECKING:
    from blurstudio.app.actions.menus import ActionSet
    from blurstudio.app.bridge import JobBridge
    from blurstudio.app.parts import Parts
    from blurstudio.app.photo.controller import PhotoController
    from blurstudio.app.photo.work import Results
    from blurstudio.app.viewing import Viewing
    from blurstudio.engine.options import AnalysisOptions

_MODELS = "models"


class Choosing(QObject):
    """Connects panel, actions and canvas with the controller's choices."""

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
        self._bridge = bridge
        self._controller = controller
        self._canvas = parts.canvas
        self._side = parts.panel
        self._panel = parts.panel.motion
        self._viewing = viewing
        self._commands = commands
        self.preview = StrengthPreview(bridge, controller, parts.canvas, self)
        self.flipping = Flipping(
            *(bridge, controller, parts.canvas, commands, self._panel.direction), self
        )
        self.refined_paths = RefinedPaths(controller, parts.canvas, self)
        self._listen_to_panel()
        self._listen_to_actions()
        controller.photo_opened.connect(self._start_over)
        for changed in (controller.options_changed, controller.blend_changed):
            changed.connect(self._show_options)
        controller.results_ready.connect(self._show_results)
        controller.analysis_changed.connect(self._show_work)
        parts.canvas.pictureChanged.connect(self._show_map)
        self._show_options()

    def _listen_to_panel(self) -> None:
        panel = self._panel
        panel.wished.connect(self._change)
        panel.reset_asked.connect(self._reset)
        panel.picture.strength_moved.connect(self._preview)
        panel.direction.map_asked.connect(self._ask_map)

    def _listen_to_actions(self) -> None:
        commands, history = self._commands, self._controller.history
        for id_, slot in (
            ("edit.undo", self._undo),
            ("edit.redo", history.stack.redo),
            ("edit.reset", self._reset),
            ("photo.reverse", self._reverse),
            ("photo.motion", self._go_to_panel),
            ("photo.back", self._go_to_picture),
            ("photo.refine", self._panel.refinement.refine_button.click),
        ):
            commands.on(id_, slot)
        history.listed.connect(self._show_history)
        self._show_history()

    def _undo(self) -> None:
        """Give up what is in the hand, else what was done last."""
        if not self._canvas.cancel_drawing():
            self._controller.history.stack.undo()

    def _start_over(self) -> None:
        self.flipping.leave()
        self._panel.refinement.show_refinement("")
        self._panel.allow(Ready.WAITING)
        self._show_options()
        # Each time: a network may have been trained or installed meanwhile.
        self._bridge.renew(_MODELS)
        self._bridge.ask("io", listing_work.list_models, key=_MODELS, done=self._panel.show_models)

    def _change(self, options: AnalysisOptions, words: str, gesture: int | None) -> None:
        if gesture is not None and options.strength != self._controller.options.strength:
            # Keys move the slider as well; the reduced picture is there before the full one.
            self.preview.request(options.strength)
        self._controller.change(options, words, gesture)
        # A hand that let go where it began: what gave way to it is wanted again.
        self._controller.catch_up()
        if not self._controller.running:
            self.preview.take_back()

    def _preview(self, strength: float) -> None:
        if self._canvas.picture != "sharp":
            self._viewing.show("sharp")
        self.preview.request(strength)

    def _reset(self) -> None:
        """Take back options and amount; regions and strokes are drawn, not chosen, and stay."""
        choices = self._controller.history.choices
        blend = replace(choices.blend, amount=1.0)
        usual = replace(choices, options=self._controller.defaults, blend=blend)
        self._controller.choose(usual, self.tr("Reset all"))

    def _reverse(self, reverse: bool) -> None:
        self._controller.change(
            replace(self._controller.options, reverse=reverse), self.tr("Reverse time")
        )

    def _go_to_panel(self) -> None:
        shows_panel = self._commands["view.panel"]
        if not shows_panel.isChecked():
            shows_panel.trigger()
        self._side.reveal(self._panel.paths)
        self._panel.focus()

    def _go_to_picture(self) -> None:
        self.flipping.leave()
        self._canvas.setFocus()

    def _ask_map(self, on: bool) -> None:
        if on:
            self._viewing.show("direction")
        else:
            self._viewing.show_previous()
        self._show_map(self._canvas.picture)

    def _show_map(self, picture: str) -> None:
        self._panel.direction.direction_map.setChecked(picture == "direction")

    def _show_options(self) -> None:
        options, defaults = self._controller.options, self._controller.defaults
        self._panel.show_options(options, defaults)
        self._panel.reset.setEnabled(self._can_reset())
        self._commands["photo.reverse"].setChecked(options.reverse)
        self._show_history()

    def _show_results(self, results: Results) -> None:
        self.preview.end()
        if not results.quick:
            self.preview.work_ahead()
        self._panel.allow(Ready.RESULTS)
        refined = results.refinement
        self._panel.refinement.show_refinement(
            about.refinement(refined), about.further_refinement(refined, results.options)
        )
        self._show_history()

    def _show_work(self, running: bool) -> None:
        if not running:
            self.preview.take_back()
        if self._controller.results is None:
            self._panel.allow(Ready.WAITING if running else Ready.MISSING)
        self._show_history()

    def _show_history(self) -> None:
        stack = self._controller.history.stack
        for id_, word, text in (
            ("edit.undo", self.tr("&Undo"), stack.undoText()),
            ("edit.redo", self.tr("&Redo"), stack.redoText()),
        ):
            self._commands[id_].setText(f"{word} {text.replace('&', '&&')}".strip())
        controller = self._controller
        self._commands.allow(
            undo=stack.canUndo(),
            redo=stack.canRedo(),
            reset=controller.opened is not None and self._can_reset(),
            refine=controller.results is not None and controller.options.refine == "off",
        )

    def _can_reset(self) -> bool:
        controller = self._controller
        return controller.options != controller.defaults or controller.blend.amount != 1
