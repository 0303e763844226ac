"""A row of photos to open, each a small picture above its name; as many as there is room for."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from blurstudio.app.panels.enter import presses
from blurstudio.app.panels.labels import quieten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

_MOST = 6
_PICTURE = QSize(144, 96)
LONGEST = max(_PICTURE.width(), _PICTURE.height())
"""How wide or high a picture is at most, in logical px."""
_PAD = 6
_GAP = 6


class StartPhotos(QWidget):
    """Offers photos; each keeps its place free until its picture is there.

    Parameters
    ----------
    parent
        Owner.
    after
        From which the Tab key comes to the photos.
    """

    chosen = Signal(Path)
    changed = Signal()
    """There are other photos, so it may want another height."""

    def __init__(self, parent: QWidget, after: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("start")
        self._after = after
        self._cards: dict[Path, _Card] = {}
        self._heading = QLabel(self.tr("Opened last"), self)
        quieten(self._heading)
        self._heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        _keep_room(self._heading, True)
        self._row = QHBoxLayout()
        self._row.setSpacing(_GAP)
        self._row.addStretch(1)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self._heading)
        column.addLayout(self._row)
        self._columns = _MOST
        self._show_seen()

    @property
    def paths(self) -> list[Path]:
        """Photos that are offered or may be yet, in order."""
        return list(self._cards)

    @property
    def seen(self) -> list[Path]:
        """Photos that can be opened here now."""
        return [path for path, card in self._cards.items() if not card.isHidden()]

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Keep places for some photos, in place of those before; the first ones are seen."""
        for path in self.paths:
            self._drop(path)
        before = self._after
        for path in paths:
            card = _Card(path, self)
            QWidget.setTabOrder(before, card)
            before = card
            card.clicked.connect(partial(self.chosen.emit, path))
            self._cards[path] = card
            self._row.insertWidget(self._row.count() - 1, card)
        self._show_seen()
        self.changed.emit()

    def show_picture(self, path: Path, picture: QImage) -> None:
        """Offer a photo, its picture having come."""
        if path in self._cards:
            self._cards[path].show_picture(picture)
            self._show_seen()

    def take_away(self, path: Path) -> None:
        """Offer a photo no more."""
        if path in self._cards:
            self._drop(path)
            self._show_seen()
            self.changed.emit()

    def fit(self, width: int) -> bool:
        """Show as many as a width has room for, the first ones; says whether there is any."""
        self._columns = min((width + _GAP) // (_Card.WIDTH + _GAP), _MOST)
        self._show_seen()
        return bool(self._cards) and self._columns > 0

    def _drop(self, path: Path) -> None:
        card = self._cards.pop(path)
        self._row.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _show_seen(self) -> None:
        for place, card in enumerate(self._cards.values()):
            within = place < self._columns
            _keep_room(card, within)
            card.setVisible(within and card.is_ready)
        self._heading.setVisible(bool(self.seen))


class _Card(QToolButton):
    """One photo."""

    WIDTH = _PICTURE.width() + 2 * _PAD

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = path.name
        self.is_ready = False
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(_PICTURE)
        self.setFixedWidth(self.WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(str(path))
        self.setAccessibleName(self.tr("Open {name}").format(name=path.name))
        self.setAccessibleDescription(str(path))
        # Of no picture at all the name would take the place.
        blank = QPixmap(_PICTURE)
        blank.fill(Qt.GlobalColor.transparent)
        self.setIcon(QIcon(blank))
        self._write()

    def show_picture(self, picture: QImage) -> None:
        self.setIcon(QIcon(QPixmap.fromImage(picture)))
        self.is_ready = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter too."""
        if not presses(event, self):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Shorten the name anew for other letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._write()

    def _write(self) -> None:
        metrics = self.fontMetrics()
        short = metrics.elidedText(self._name, Qt.TextElideMode.ElideMiddle, _PICTURE.width())
        self.setText(short.replace("&", "&&"))


def _keep_room(widget: QWidget, wanted: bool) -> None:
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(wanted)
    widget.setSizePolicy(policy)
