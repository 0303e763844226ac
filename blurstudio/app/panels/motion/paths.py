"""The part of the Motion panel about paths: who reads them, their shape, and time's direction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal

from blurstudio.app.panels.motion.section import Section, show_remark
from blurstudio.app.panels.motion.terms import constraints, flipping

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from blurstudio.app.listing_work import ModelChoice
    from blurstudio.app.panels.fields import Choice


class PathSection(Section):
    """Motion network and constraint."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._models: tuple[ModelChoice, ...] = ()
        self.motion_model = self.add_choice("motion_model", self.tr("Motion network"))
        self.constraint = self.add_choice("constraint", self.tr("Path shape"))
        self.constraint.set_entries(constraints())
        self.add_row(self.tr("Read by"), self.motion_model, resets=("motion_model",))
        self.add_row(self.tr("Path shape"), self.constraint, resets=("constraint",))
        self.motion_model.picked.connect(self._pick_model)
        self.constraint.picked.connect(self._pick_constraint)

    def show_models(self, models: tuple[ModelChoice, ...]) -> None:
        """Offer these networks."""
        self._models = models
        self.refresh()

    def refresh(self) -> None:
        """Bring the controls in line with the choices."""
        show_networks(self.motion_model, self._models, "motion", self.options.motion_model)
        self.constraint.show_value(self.options.constraint)

    def _pick_model(self, name: str | None) -> None:
        self.wish(
            self.tr("Read by {network}").format(network=self.motion_model.currentText()),
            motion_model=name,
        )

    def _pick_constraint(self, constraint: str | None) -> None:
        text = self.constraint.currentText()
        self.wish(
            self.tr("Path shape: {shape}").format(shape=text[:1].lower() + text[1:]),
            constraint=constraint,
        )


class DirectionSection(Section):
    """Time's direction: everywhere, in a region, and the map of it."""

    flip_asked = Signal(bool)
    map_asked = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.reverse = self.add_button("reverse", self.tr("Reverse time"), checkable=True)
        self.flip = self.add_button("flip", self.tr("Flip a region"), checkable=True)
        self.direction_map = self.add_button(
            "direction_map", self.tr("Show directions"), checkable=True
        )
        self.add_row(self.tr("Direction"), self.reverse, self.flip, resets=("reverse", "flips"))
        self.add_row("", self.direction_map)
        self._remark = self.add_remark()
        self.reverse.clicked.connect(self._pick_reverse)
        self.flip.clicked.connect(self._ask_flip)
        self.direction_map.clicked.connect(self.map_asked)

    def refresh(self) -> None:
        """Bring the controls in line with the choices."""
        self.reverse.setChecked(self.options.reverse)
        self._show_remark()

    def show_flipping(self, on: bool) -> None:
        """Show whether a click on the picture flips a region."""
        self.flip.setChecked(on)
        self._show_remark()

    def _show_remark(self) -> None:
        count = len(self.options.flips)
        flips = (
            ("", self.tr("1 flip by hand."))[count]
            if count < 2
            else self.tr("{count} flips by hand.").format(count=count)
        )
        hint = flipping() if self.flip.isChecked() else ""
        show_remark(self._remark, " ".join(filter(None, (flips, hint))))

    def _pick_reverse(self, reverse: bool) -> None:
        self.wish(self.tr("Reverse time"), reverse=reverse)

    def _ask_flip(self, on: bool) -> None:
        self._show_remark()
        self.flip_asked.emit(on)


def show_networks(
    choice: Choice,
    models: Iterable[ModelChoice],
    task: str,
    name: str | None,
    *more: tuple[str, object, str],
) -> None:
    """List the networks for a task and show the chosen one, be it a file that isn't installed.

    Parameters
    ----------
    name
        Name or path of the chosen network; None is the usual one.
    more
        Further entries, as `Choice.set_entries` takes them.
    """
    mine = [model for model in models if model.task == task]
    entries = [(model.name, None if model.usual else model.name, model.about) for model in mine]
    if not any(value is None for _, value, _ in entries):
        entries.insert(0, (QCoreApplication.translate("motion", "The usual one"), None, ""))
    usual = [model.name for model in mine if model.usual]
    value = None if name in usual else name
    if value not in [known for _, known, _ in entries]:
        entries.append((Path(str(value)).stem, value, str(value)))
    choice.set_entries([*entries, *more])
    choice.show_value(value)
