"""The part of the Motion panel about fitting to the photo, and about what makes it sharp."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from blurstudio.app.panels.fields import Amount
from blurstudio.app.panels.labels import percent, words
from blurstudio.app.panels.motion.paths import show_networks
from blurstudio.app.panels.motion.section import Section, show_remark
from blurstudio.app.panels.motion.terms import refinements

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from blurstudio.app.listing_work import ModelChoice

DECONVOLUTION = ("deconvolution",)
"""Stands for the deconvolution among names of networks; no name is a tuple."""


class RefineSection(Section):
    """Refinement by exposing the sharp picture again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.refine = self.add_choice("refine", self.tr("Refinement"))
        self.refine.set_entries(refinements())
        self.refine_button = self.add_button("refine_button", self.tr("Refine"))
        self.add_row(self.tr("Refinement"), self.refine, self.refine_button, resets=("refine",))
        self._remark = self.add_remark()
        self.further_buttons = {
            "shake": self.add_button("shake_button", self.tr("Try it as one shake")),
            "both": self.add_button("both_button", self.tr("Sharpen along it")),
        }
        self._further_rows = {
            refine: (self.add_row("", button), button)
            for refine, button in self.further_buttons.items()
        }
        for refine, button in self.further_buttons.items():
            button.clicked.connect(partial(self._pick, refine))
        self.show_refinement("")
        self.refine.picked.connect(self._pick)
        self.refine_button.clicked.connect(self._pick_paths)

    def refresh(self) -> None:
        """Bring the controls in line with the choices."""
        self.refine.show_value(self.options.refine)
        self.refine_button.setEnabled(self.options.refine == "off")

    def show_refinement(self, text: str, further: str | None = None) -> None:
        """Say what refining did; nothing where it wasn't asked for.

        Parameters
        ----------
        text
            What is said.
        further
            The refinement that would go on from there, for which there is a button then.
        """
        show_remark(self._remark, text)
        for refine, row in self._further_rows.items():
            for part in row:
                part.setVisible(refine == further)

    def _pick(self, refine: str) -> None:
        text = {
            "off": self.tr("No refinement"),
            "path": self.tr("Refine paths"),
            "both": self.tr("Refine paths and picture"),
            "shake": self.tr("Trace the shake"),
        }
        self.wish(text[refine], refine=refine)

    def _pick_paths(self) -> None:
        self._pick("path")


class SharpSection(Section):
    """What makes the sharp picture, and how strongly."""

    strength_moved = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._models: tuple[ModelChoice, ...] = ()
        self.sharp_by = self.add_choice("sharp_by", self.tr("Sharp picture by"))
        self.add_row(self.tr("Sharp by"), self.sharp_by, resets=("deblurrer", "deblur_model"))
        self.strength = Amount(self.options.strength, self)
        self.dress(self.strength, "strength", self.tr("Strength of the deconvolution"))
        self._percent = words(self)
        self._percent.setWordWrap(False)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        widest = self._percent.fontMetrics().horizontalAdvance("100 %")
        self._percent.setFixedWidth(widest + 4)
        self._name = self.add_row(
            self.tr("Strength"), self.strength, self._percent, resets=("strength",)
        )
        self.sharp_by.picked.connect(self._pick)
        self.strength.moved.connect(self._move)
        self.strength.chosen.connect(self._choose)

    def show_models(self, models: tuple[ModelChoice, ...]) -> None:
        """Offer these networks, and the deconvolution."""
        self._models = models
        self.refresh()

    def refresh(self) -> None:
        """Bring the controls in line with the choices."""
        options = self.options
        calculated = (self.tr("Deconvolution"), DECONVOLUTION, self.tips["sharp_by"])
        show_networks(self.sharp_by, self._models, "deblur", options.deblur_model, calculated)
        by_calculation = options.deblurrer == "deconvolution"
        if by_calculation:
            self.sharp_by.show_value(DECONVOLUTION)
        if not self.strength.isSliderDown():
            self.strength.show_amount(options.strength)
            self._show_percent(options.strength)
        for part in (self._name, self.strength, self._percent):
            part.setEnabled(by_calculation)

    def _pick(self, value: object) -> None:
        text = self.tr("Sharp by {network}").format(network=self.sharp_by.currentText())
        if value == DECONVOLUTION:
            self.wish(self.tr("Sharp by deconvolution"), deblurrer="deconvolution")
        else:
            self.wish(text, deblurrer="network", deblur_model=value)

    def _move(self, strength: float) -> None:
        self._show_percent(strength)
        self.strength_moved.emit(strength)

    def _choose(self, strength: float) -> None:
        self._show_percent(strength)
        self.wish(self.tr("Strength"), self.strength.gesture, strength=strength)

    def _show_percent(self, strength: float) -> None:
        self._percent.setText(percent(strength))
