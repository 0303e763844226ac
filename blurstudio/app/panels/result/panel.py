"""The Result panel: how much of the deblurred result is used, and the brush that says where.

It shows what it was told and says what a person wishes for; the blend is the controller's.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from blurstudio.app.panels.fields import Amount
from blurstudio.app.panels.labels import percent, words
from blurstudio.app.panels.motion.section import Grid
from blurstudio.app.panels.result.words import brush_modes, result_tips
from blurstudio.session.blend import LEAST_RADIUS, MOST_RADIUS, Blend, Brush

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QWidget


class ResultPanel(Grid):
    """Amount, brush and mask.

    Attributes
    ----------
    amount, diameter, hardness, opacity
        Sliders.
    brush, veil, invert, clear
        Buttons of the actions of the same names.
    mode
        Whether the brush hides or reveals.
    """

    wished = Signal(object, str, object)
    """A `Blend` with the new value, the words for it, and the gesture or None."""
    amount_moved = Signal(float)
    brush_changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tips = result_tips()
        self._blend = Blend()
        self._brush = Brush()
        self.amount, self._amount_words = self._slider("amount", self.tr("Amount"), 1.0)
        self.brush = self.add_button("brush", self.tr("Brush"), checkable=True)
        self.mode = self.add_choice("brush_mode", self.tr("What the brush does"))
        self.mode.set_entries(brush_modes())
        self.add_row(self.tr("Paint"), self.mode, self.brush)
        usual = Brush()
        first = len(self.rows)
        self.diameter, self._size_words = self._slider(
            "brush_size", self.tr("Size"), _place_of(usual.radius)
        )
        self.hardness, self._hardness_words = self._slider(
            "brush_hardness", self.tr("Hardness"), usual.hardness
        )
        self.opacity, self._opacity_words = self._slider(
            "brush_opacity", self.tr("Opacity"), usual.opacity
        )
        self.veil = self.add_button("mask_show", self.tr("Show"), checkable=True)
        self.invert = self.add_button("mask_invert", self.tr("Invert"))
        self.clear = self.add_button("mask_clear", self.tr("Clear"))
        self.add_row(self.tr("Mask"), self.veil, self.invert, self.clear)
        self._painting = [widget for row in self.rows[first:] for widget in row]
        self._listen()
        self.show_blend(self._blend)
        self.show_brush(self._brush)

    def show_blend(self, blend: Blend) -> None:
        """Show a blend."""
        self._blend = blend
        if not self.amount.isSliderDown():
            self.amount.show_amount(blend.amount)
            _show_percent(self._amount_words, blend.amount)
        self.clear.setEnabled(blend.mask != Blend().mask)
        self._show_painting()

    def show_brush(self, brush: Brush) -> None:
        """Show what is painted with."""
        self._brush = brush
        self.mode.show_value(brush.reveal)
        for slider, label, place, value in (
            (self.diameter, self._size_words, _place_of(brush.radius), 2 * brush.radius),
            (self.hardness, self._hardness_words, brush.hardness, brush.hardness),
            (self.opacity, self._opacity_words, brush.opacity, brush.opacity),
        ):
            if not slider.isSliderDown():
                slider.show_amount(place)
            _show_percent(label, value)

    def show_tool(self, *, on: bool, veil: bool) -> None:
        """Show whether the brush is in the hand, and whether its mask is shown then."""
        self.brush.setChecked(on)
        self.veil.setChecked(veil)
        self._show_painting()

    def reset_choices(self, name: str, choices: tuple[str, ...]) -> None:
        """Wish for all of the result, or take the usual brush, one value at a time."""
        if "amount" in choices:
            self._wish(Blend().amount, self.tr("Reset amount"))
        else:
            usual = {choice: getattr(Brush(), choice) for choice in choices}
            self.brush_changed.emit(replace(self._brush, **usual))

    def _show_painting(self) -> None:
        """Show what belongs to painting with the brush in the hand, or a mask that was painted."""
        wanted = self.brush.isChecked() or self._blend.mask != Blend().mask
        for widget in self._painting:
            widget.setVisible(wanted)

    def _listen(self) -> None:
        self.amount.moved.connect(self._move_amount)
        self.amount.chosen.connect(self._choose_amount)
        self.mode.picked.connect(self._pick_mode)
        for slider, slot in (
            (self.diameter, self._pick_size),
            (self.hardness, self._pick_hardness),
            (self.opacity, self._pick_opacity),
        ):
            slider.moved.connect(slot)
            slider.chosen.connect(slot)

    def _slider(self, key: str, name: str, usual: float) -> tuple[Amount, QLabel]:
        slider = Amount(usual, self)
        self.dress(slider, key, name)
        label = words(self)
        label.setWordWrap(False)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setFixedWidth(label.fontMetrics().horizontalAdvance("100 %") + 4)
        self.add_row(name, slider, label, resets=(_RESETS[key],))
        return slider, label

    def _wish(self, amount: float, text: str, gesture: object = None) -> None:
        self.wished.emit(replace(self._blend, amount=amount), text, gesture)

    def _move_amount(self, amount: float) -> None:
        _show_percent(self._amount_words, amount)
        self.amount_moved.emit(amount)

    def _choose_amount(self, amount: float) -> None:
        _show_percent(self._amount_words, amount)
        self._wish(amount, self.tr("Amount"), ("amount", self.amount.gesture))

    def _pick_mode(self, reveal: bool) -> None:
        self.brush_changed.emit(replace(self._brush, reveal=reveal))

    def _pick_size(self, place: float) -> None:
        self.brush_changed.emit(replace(self._brush, radius=_radius_at(place)))

    def _pick_hardness(self, hardness: float) -> None:
        self.brush_changed.emit(replace(self._brush, hardness=hardness))

    def _pick_opacity(self, opacity: float) -> None:
        self.brush_changed.emit(replace(self._brush, opacity=opacity))


_RESETS = {
    "amount": "amount",
    "brush_size": "radius",
    "brush_hardness": "hardness",
    "brush_opacity": "opacity",
}


def _radius_at(place: float) -> float:
    """Radius at a place of the slider, [0, 1]: small brushes are told apart more finely."""
    return min(max(MOST_RADIUS * place**2, LEAST_RADIUS), MOST_RADIUS)


def _place_of(radius: float) -> float:
    return math.sqrt(radius / MOST_RADIUS)


def _show_percent(label: QLabel, share: float) -> None:
    digits = 1 if share < 0.1 and share * 100 % 1 > 0.05 else 0
    label.setText(percent(share, digits))
