"""A hand on the real window: it opens photos, does what a person does, waits, and takes pictures.

What is to be seen in which picture of the guide is in `scenes.py` and `more_scenes.py`.
"""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QEvent,
    QEventLoop,
    QIODevice,
    QPointF,
    Qt,
    QTimer,
)
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from blurstudio.app.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QRect

COLOURS = 176
_PATIENCE_MS = 600_000
_SWITCHES = (
    *("view.paths", "view.arrows", "view.kernels", "view.onion"),
    *("compare.split", "compare.side", "compare.flicker", "compare.grid"),
)
_LEFT = Qt.MouseButton.LeftButton
_PARTS_OF_A_DRAG = 12
# Colours of the window that fill large parts of it come out as they are.
_ROUNDS = 2


class Hand:
    """Works one window and waits for what comes of it.

    Parameters
    ----------
    settings
        Where the window keeps its settings.
    size
        Width and height of the window, px.
    """

    def __init__(self, settings: Path, size: tuple[int, int]) -> None:
        self.window = MainWindow(settings)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self.canvas = self.window.parts.canvas
        self.panel = self.window.parts.panel
        self._size = size
        self._faults: list[str] = []
        self.window.bridge.crashed.connect(self._faults.append)
        self._patience = QTimer()
        self._patience.setSingleShot(True)

    def waits(self, wanted: Callable[[], bool]) -> None:
        """Let the window work until something is there, woken by its events only."""
        self._patience.start(_PATIENCE_MS)
        while not wanted():
            if not self._patience.isActive():
                raise TimeoutError("What was waited for did not come.")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._patience.stop()

    def settles(self) -> None:
        """Wait until nothing is computed, read or drawn any more."""
        # What has come may ask for more: nothing may be left twice in a row.
        for _ in range(3):
            QCoreApplication.processEvents()
            self.waits(lambda: self.window.bridge.is_idle)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        if self._faults:
            raise RuntimeError(self._faults[0])

    def opens(self, photo: Path) -> None:
        """Open a photo and wait for all that is to be known of it."""
        self.window.open_paths([photo])
        controller = self.window.controller
        self.waits(
            lambda: (
                controller.opened is not None
                and controller.opened.path == photo
                and controller.is_shown
            )
        )
        self.settles()

    def does(self, *ids: str) -> None:
        """Do actions, one after the other, and wait for what comes of each."""
        for id_ in ids:
            action = self.window.commands[id_]
            if not action.isEnabled():
                raise RuntimeError(f"{id_} can't be done here.")
            action.trigger()
            self.settles()

    def tidies(self) -> None:
        """Go back to the sharp picture with nothing over it and nothing beside it."""
        for id_ in _SWITCHES:
            if self.window.commands[id_].isChecked():
                self.does(id_)
        # What was chosen for the photo is taken back as well.
        while self.window.commands["edit.undo"].isEnabled():
            self.does("edit.undo")
        self.window.resize(*self._size)
        self.window.parts.timeline.stop()
        self.window.parts.timeline.unmark()
        self.window.parts.timeline.set_time(0.0)
        self.window.parts.notices.leave_photo()
        self.does("view.layout", "tool.view", "view.fit", "view.sharp")

    def drags(self, *places: tuple[float, float]) -> None:
        """Drag over the picture, through places in shares of its width and height."""
        QTest.mousePress(self.canvas, _LEFT, pos=self._at(places[0]).toPoint())
        for (x0, y0), (x1, y1) in itertools.pairwise(places):
            for step in range(1, _PARTS_OF_A_DRAG + 1):
                part = step / _PARTS_OF_A_DRAG
                self.points((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part), _LEFT)
        QTest.mouseRelease(self.canvas, _LEFT, pos=self._at(places[-1]).toPoint())
        self.settles()

    def clicks(self, place: tuple[float, float]) -> None:
        """Click on a place of the picture."""
        self.points(place)
        QTest.mouseClick(self.canvas, _LEFT, pos=self._at(place).toPoint())
        self.settles()

    def points(
        self, place: tuple[float, float], button: Qt.MouseButton = Qt.MouseButton.NoButton
    ) -> None:
        """Move the pointer to a place of the picture."""
        at = self._at(place)
        QApplication.sendEvent(
            self.canvas,
            QMouseEvent(
                QEvent.Type.MouseMove,
                *(at, QPointF(self.canvas.mapToGlobal(at))),
                *(Qt.MouseButton.NoButton, button, Qt.KeyboardModifier.NoModifier),
            ),
        )

    def zooms(self, place: tuple[float, float], zoom: float) -> None:
        """Look closely at a place: `zoom` screen pixels for one of the photo."""
        self.canvas.set_zoom(zoom, self._at(place))
        self.settles()

    def dialog(self) -> QDialog:
        """Return the dialog that is open."""
        self.settles()
        return next(
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QDialog) and widget.isVisible()
        )

    def takes(self, path: Path, widget: QWidget | None = None, part: QRect | None = None) -> None:
        """Save a picture of the window, of a widget in it, or of a part of that."""
        self.settles()
        seen = widget or self.window
        grabbed = seen.grab() if part is None else seen.grab(part)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        grabbed.save(buffer, "PNG")
        with Image.open(io.BytesIO(buffer.data().data())) as picture:
            few = picture.convert("RGB").quantize(
                COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=_ROUNDS, dither=Image.Dither.NONE
            )
            few.save(path, optimize=True)

    def leaves(self) -> None:
        """Close the window."""
        self.window.close_now()
        self.window.finish_work()

    def _at(self, place: tuple[float, float]) -> QPointF:
        height, width = self.canvas.picture_size or (1, 1)
        return self.canvas.from_picture(QPointF(place[0] * width, place[1] * height))
