"""The Regions panel: tools to draw with, the list, and the chosen region's edit and figures.

It shows what it was told and says what a person wishes for; regions are the controller's, and
their figures come from the lane.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from blurstudio.app.actions.region_actions import TOOLS
from blurstudio.app.panels.labels import Rows, words
from blurstudio.app.panels.motion.section import Grid, PanelButton, show_remark
from blurstudio.app.panels.number import Number
from blurstudio.app.panels.regions.listed import RegionList, swatch
from blurstudio.app.panels.regions.own import OwnFields
from blurstudio.app.panels.regions.words import edits, figure_rows, hint, tips, tool_names
from blurstudio.session.regions import MOST_FACTOR, MOST_FEATHER, Edit, find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blurstudio.engine.findings.region_figures import RegionFigures
    from blurstudio.session.regions import Region, Regions


class RegionsPanel(QWidget):
    """Everything about regions that is not drawn on the picture.

    Attributes
    ----------
    list, fields
        The list, and the controls of the chosen region.
    tools
        Buttons of the tools, by name.
    """

    wished = Signal(object, str, object)
    """A `Region` with the new value, the words for it, and the gesture or None."""
    tool_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._regions: Regions = ()
        self._selected: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.tools: dict[str, PanelButton] = {}
        column.addLayout(self._tool_buttons())
        self._hint = words(self, quiet=True)
        column.addWidget(self._hint)
        self.list = RegionList(self)
        column.addWidget(self.list)
        self.fields = RegionFields(self)
        column.addWidget(self.fields)
        self.fields.wished.connect(self.wished)
        self.list.renamed.connect(self._rename)
        self.list.toggled.connect(self._toggle)
        self.show_regions((), None)
        self.show_tool("view")

    def show_regions(self, regions: Regions, selected: int | None) -> None:
        """Show these regions, one of them chosen."""
        self._regions, self._selected = regions, selected
        self.list.show_regions(regions, selected)
        self.fields.show_region(find(regions, selected))
        show_remark(self._hint, "" if regions else hint())

    def show_figures(self, figures: Mapping[int, RegionFigures]) -> None:
        """Show figures of regions, by number."""
        self.fields.show_figures(figures)

    def show_tool(self, tool: str) -> None:
        """Show which tool is in the hand."""
        for name, button in self.tools.items():
            button.setChecked(name == tool)

    def _tool_buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        names = tool_names()
        for place, tool in enumerate(TOOLS[1:]):
            button = PanelButton(names[tool], self)
            button.setCheckable(True)
            button.setObjectName(f"tool {tool}")
            button.setToolTip(f"<p>{tips()[tool]}</p>")
            button.clicked.connect(self._ask_tool)
            self.tools[tool] = button
            grid.addWidget(button, *divmod(place, 2))
        return grid

    def _ask_tool(self) -> None:
        tool = next(name for name, button in self.tools.items() if button is self.sender())
        self.tool_asked.emit(tool if self.tools[tool].isChecked() else "view")

    def _rename(self, number: int, name: str) -> None:
        region = find(self._regions, number)
        if region is None or name == region.name:
            return
        try:
            self.wished.emit(replace(region, name=name.strip()), self.tr("Rename a region"), None)
        except ValueError:
            # A name of nothing, or as long as a page: the old one stays.
            self.list.show_regions(self._regions, self._selected)

    def _toggle(self, number: int, visible: bool) -> None:
        region = find(self._regions, number)
        if region is not None and visible != region.visible:
            text = self.tr("Show {name}") if visible else self.tr("Hide {name}")
            text = text.format(name=region.name)
            self.wished.emit(replace(region, visible=visible), text, None)


class RegionFields(Grid):
    """Controls and figures of the chosen region; hidden where none is."""

    wished = Signal(object, str, object)
    delete_asked = Signal()
    raise_asked = Signal()
    lower_asked = Signal()
    figures_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tips = tips()
        self._region: Region | None = None
        self._figures: Mapping[int, RegionFigures] = {}
        self.edit = self.add_choice("region_edit", self.tr("Edit"))
        self.edit.set_entries(edits())
        self.factor = Number(MOST_FACTOR, 0.1, 2, "×", self)
        self.feather = Number(MOST_FEATHER, 1.0, 0, " px", self)
        self.colour = self.add_button("region_colour", self.tr("Colour…"))
        self.upwards = self.add_button("region_raise", self.tr("Up"))
        self.downwards = self.add_button("region_lower", self.tr("Down"))
        self.delete = self.add_button("region_delete", self.tr("Delete"))
        self.table = self.add_button("region_table", self.tr("Export figures…"))
        self.dress(self.factor, "region_factor", self.tr("Factor"))
        self.dress(self.feather, "region_feather", self.tr("Feather"))
        self.add_row(self.tr("Motion"), self.edit)
        self._factor_label = self.add_row(self.tr("Factor"), self.factor)
        self.add_row(self.tr("Feather"), self.feather)
        self.own = OwnFields(self)
        self.own.wished.connect(self.wished)
        self._add_whole_row(self.own)
        self._rows = Rows(self)
        self._add_whole_row(self.colour, self.upwards, self.downwards, self.delete)
        self._add_whole_row(self._rows)
        self._add_whole_row(self.table)
        self.edit.picked.connect(self._pick_edit)
        self.factor.chosen.connect(self._pick_factor)
        self.feather.chosen.connect(self._pick_feather)
        self.colour.clicked.connect(self._ask_colour)
        self.delete.clicked.connect(self.delete_asked)
        self.upwards.clicked.connect(self.raise_asked)
        self.downwards.clicked.connect(self.lower_asked)
        self.table.clicked.connect(self.figures_asked)

    def show_region(self, region: Region | None) -> None:
        """Show a region's values, or nothing."""
        self._region = region
        self.setVisible(region is not None)
        if region is None:
            return
        self.edit.show_value(region.edit)
        self.factor.show_number(region.factor)
        self.feather.show_number(region.feather)
        for control in (self.factor, self._factor_label):
            control.setVisible(region.edit is Edit.SCALE)
        self.feather.setEnabled(region.edit is not Edit.REVERSE)
        self.colour.setIcon(swatch(region.colour))
        self.own.show_region(region)
        self._show_rows()

    def show_figures(self, figures: Mapping[int, RegionFigures]) -> None:
        """Show figures of regions, by number."""
        self._figures = figures
        self._show_rows()

    def _add_whole_row(self, *controls: QWidget) -> None:
        """Put controls into a row without a name before them."""
        row = QHBoxLayout()
        row.setSpacing(6)
        for control in controls:
            row.addWidget(control, 1)
        self._grid.addLayout(row, self._grid.rowCount(), 0, 1, 2)

    def _show_rows(self) -> None:
        figures = None if self._region is None else self._figures.get(self._region.number)
        self._rows.show_rows([] if figures is None else figure_rows(figures))

    def _pick_edit(self, edit: Edit) -> None:
        if self._region is not None:
            text = f"{self._region.name}: {self.edit.currentText().lower()}"
            self.wished.emit(replace(self._region, edit=edit), text, None)

    def _pick_factor(self, factor: float) -> None:
        if self._region is not None:
            changed = replace(self._region, factor=factor)
            self.wished.emit(changed, self.tr("Scale motion"), ("factor", self._region.number))

    def _pick_feather(self, feather: float) -> None:
        if self._region is not None:
            changed = replace(self._region, feather=feather)
            self.wished.emit(changed, self.tr("Feather"), ("feather", self._region.number))

    def _ask_colour(self) -> None:
        if self._region is None:
            return
        dialog = QColorDialog(QColor(self._region.colour), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._pick_colour)
        dialog.open()

    def _pick_colour(self, colour: QColor) -> None:
        if self._region is not None:
            self.wished.emit(replace(self._region, colour=colour.name()), self.tr("Colour"), None)
