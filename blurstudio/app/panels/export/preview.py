"""The list of files that an export would write: names, sizes in px, and about how many bytes.

What is in the list is `engine.export.names`' business; nothing is written here.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from blurstudio.app.panels.labels import quieten, words
from blurstudio.engine.export.request import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.engine.export.names import Planned

_SHOWN = 3
"""Files of a sequence that are listed one by one."""


class ExportPreview(QWidget):
    """Names and sizes, and under them how much it is all in all."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.list = QTreeWidget(self)
        self.list.setColumnCount(4)
        self.list.setHeaderLabels(
            [self.tr("File"), self.tr("Pixels"), self.tr("Size, about"), self.tr("There already")]
        )
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QTreeWidget.SelectionMode.SingleSelection)
        self.list.setAccessibleName(self.tr("Files that will be written"))
        self.list.setTabKeyNavigation(False)
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        self.total = QLabel(self)
        quieten(self.total)
        self.problem = words(self)
        self.problem.setAccessibleName(self.tr("What is wrong"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.list, self.total, self.problem):
            column.addWidget(part)
        self.problem.hide()

    def show_files(self, files: Sequence[Planned]) -> None:
        """List files."""
        self.list.clear()
        for part, group in groupby(files, key=lambda file: file.part):
            self._add(part, list(group))
        self.list.setColumnHidden(3, not any(file.exists for file in files))
        written = [file for file in files if not file.skipped]
        size = _amount(written)
        count = len(written)
        one = self.tr("1 file, about {size}").format(size=size)
        many = self.tr("{count} files, about {size}").format(count=count, size=size)
        self.total.setText(one if count == 1 else many)
        self.total.show()
        self.problem.hide()

    def show_problem(self, sentence: str) -> None:
        """Say why nothing can be written."""
        self.list.clear()
        self.total.hide()
        self.problem.setText(sentence)
        self.problem.show()

    def texts(self) -> list[str]:
        """Return the names that are listed."""
        items = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [item.text(0) for item in items if item is not None]

    def _add(self, part: Part, files: list[Planned]) -> None:
        if part is not Part.FRAMES or len(files) <= _SHOWN:
            for file in files:
                self._add_row(file.path, [file])
            return
        self._add_row(files[0].path, [files[0]])
        between = files[1:-1]
        self._add_row(self.tr("… {count} more …").format(count=len(between)), between)
        self._add_row(files[-1].path, [files[-1]])

    def _add_row(self, name: str, files: list[Planned]) -> None:
        size = files[0].size
        pixels = "" if size is None else f"{size[1]} × {size[0]}"
        count = _amount(files)
        item = QTreeWidgetItem([name, pixels, count, self._fate(files)])
        item.setToolTip(0, name)
        for column in (1, 2):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
        if all(file.skipped for file in files):
            item.setDisabled(True)
        self.list.addTopLevelItem(item)

    def _fate(self, files: list[Planned]) -> str:
        if any(file.skipped for file in files):
            return self.tr("stays")
        return self.tr("replaced") if any(file.exists for file in files) else ""


def _amount(files: Sequence[Planned]) -> str:
    """Say how many bytes files take, in the units of file managers."""
    total = sum(file.bytes for file in files)
    return QLocale().formattedDataSize(total, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
