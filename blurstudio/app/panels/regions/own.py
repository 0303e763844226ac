"""The Regions panel's part about a region that is analysed by itself: the way in, out, and choices.

It shows what it was told and says what a person wishes for; the analysis is done elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Signal

from blurstudio.app.panels.fields import Amount
from blurstudio.app.panels.labels import percent, words
from blurstudio.app.panels.motion.section import Grid, show_remark
from blurstudio.app.panels.motion.terms import constraints, refinements

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from blurstudio.session.regions import Region


class OwnFields(Grid):
    """Buttons and choices of a region's own analysis.

    Attributes
    ----------
    analyse, forget
        Buttons of the actions of the same names.
    refine, sharp_by, strength, constraint
        What the region is analysed with; hidden while it isn't.
    """

    wished = Signal(object, str, object)
    """A `Region` with the new value, the words for it, and the gesture or None."""
    analyse_asked = Signal()
    forget_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tips = _tips()
        self._region: Region | None = None
        self.analyse = self.add_button("region_analyse", self.tr("Analyse only here"))
        self.forget = self.add_button("region_forget", self.tr("Forget"))
        self.add_row(self.tr("Analysis"), self.analyse, self.forget)
        self.refine = self.add_choice("region_refine", self.tr("Refinement of the region"))
        self.refine.set_entries(refinements())
        self.sharp_by = self.add_choice("region_sharp_by", self.tr("Region's sharp picture by"))
        self.sharp_by.set_entries(_deblurrers())
        self.strength = Amount(0.5, self)
        self.dress(self.strength, "region_strength", self.tr("Strength in the region"))
        self._percent = words(self)
        self._percent.setWordWrap(False)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._percent.setFixedWidth(self._percent.fontMetrics().horizontalAdvance("100 %") + 4)
        self.constraint = self.add_choice("region_constraint", self.tr("Path shape in the region"))
        self.constraint.set_entries(constraints())
        self._choices = (
            *(self.add_row(self.tr("Refinement"), self.refine), self.refine),
            *(self.add_row(self.tr("Sharp by"), self.sharp_by), self.sharp_by),
            *(self.add_row(self.tr("Strength"), self.strength, self._percent), self.strength),
            self._percent,
            *(self.add_row(self.tr("Path shape"), self.constraint), self.constraint),
        )
        self._remark = self.add_remark()
        self._listen()

    def show_region(self, region: Region) -> None:
        """Show whether a region is analysed by itself, and with what."""
        self._region = region
        own = region.own
        self.forget.setEnabled(own is not None)
        for part in self._choices:
            part.setVisible(own is not None)
        if own is None:
            return
        self.refine.show_value(own.refine)
        self.sharp_by.show_value(own.deblurrer)
        self.constraint.show_value(own.constraint)
        if not self.strength.isSliderDown():
            self.strength.show_amount(own.strength)
            self._show_percent(own.strength)
        for part in (self.strength, self._percent):
            part.setEnabled(own.deblurrer == "deconvolution")

    def show_state(self, sentence: str) -> None:
        """Say how far its analysis is, or why there is none; nothing where it is there."""
        show_remark(self._remark, sentence)

    def _listen(self) -> None:
        self.analyse.clicked.connect(self.analyse_asked)
        self.forget.clicked.connect(self.forget_asked)
        self.refine.picked.connect(self._pick_refine)
        self.sharp_by.picked.connect(self._pick_deblurrer)
        self.strength.moved.connect(self._show_percent)
        self.strength.chosen.connect(self._choose_strength)
        self.constraint.picked.connect(self._pick_constraint)

    def _pick_refine(self, refine: str) -> None:
        self._wish(self.tr("Refinement of a region"), refine=refine)

    def _pick_deblurrer(self, deblurrer: str) -> None:
        self._wish(self.tr("Sharp picture of a region"), deblurrer=deblurrer)

    def _pick_constraint(self, constraint: str | None) -> None:
        self._wish(self.tr("Path shape of a region"), constraint=constraint)

    def _choose_strength(self, strength: float) -> None:
        self._show_percent(strength)
        gesture = ("own strength", self.strength.gesture)
        self._wish(self.tr("Strength in a region"), gesture, strength=strength)

    def _wish(self, text: str, gesture: object = None, **changes: Any) -> None:  # noqa: ANN401
        if self._region is not None and self._region.own is not None:
            own = replace(self._region.own, **changes)
            self.wished.emit(replace(self._region, own=own), text, gesture)

    def _show_percent(self, strength: float) -> None:
        self._percent.setText(percent(strength))


def _deblurrers() -> tuple[tuple[str, str, str], ...]:
    translate = QCoreApplication.translate
    return (
        (
            translate("region", "Network"),
            "network",
            translate("region", "The network that is chosen for the photo"),
        ),
        (
            translate("region", "Deconvolution"),
            "deconvolution",
            translate("region", "A calculation that only undoes the blur along the paths"),
        ),
    )


def _tips() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "region_analyse": translate(
            "region",
            "Read the motion and make the sharp picture once more from this region and what lies "
            "around it, with choices of its own. Outside the region not a pixel changes "
            "(re-inference of a region)",
        ),
        "region_forget": translate(
            "region", "Show the photo's own result here again; it can be undone"
        ),
        "region_refine": translate(
            "region",
            "Fit the region's paths to the photo, or trace one shake in it: things that move by "
            "themselves often have a shake of their own (self-supervised reblur loss)",
        ),
        "region_sharp_by": translate(
            "region",
            "What makes the sharp picture in this region (motion-aware deblurring; non-blind "
            "deconvolution)",
        ),
        "region_strength": translate(
            "region",
            "How far the calculation goes in this region: more is sharper, and shows more noise "
            "and rings (Richardson-Lucy iterations and total variation)",
        ),
        "region_constraint": translate(
            "region",
            "Which curves the paths may follow in this region (constraint of the exposure "
            "trajectory)",
        ),
    }
