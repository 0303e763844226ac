"""Scenes of the guide: the timeline, comparing, exporting, the queue, finding things.

They are like those of `scenes.py`.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from scenes import scene

from blurstudio.app.panels.export.dialog import ExportDialog
from blurstudio.app.panels.motion.picture import DECONVOLUTION
from blurstudio.app.panels.queue.folder_dialog import QueueFolderDialog
from blurstudio.engine.export.request import Part
from blurstudio.media.flow import write_flo

if TYPE_CHECKING:
    from pathlib import Path

    from hand import Hand
    from PySide6.QtWidgets import QDialog


def _close(hand: Hand, dialog: QDialog) -> None:
    dialog.reject()
    hand.settles()


@scene("timeline.png")
def timeline(hand: Hand, path: Path) -> None:
    """Show the timeline with a marked part."""
    bar = hand.window.parts.timeline
    bar.set_time(-0.25)
    hand.does("play.in")
    bar.set_time(0.25)
    hand.does("play.out")
    bar.set_time(0.1)
    hand.takes(path, bar)


@scene("onion-skin.png")
def onion_skin(hand: Hand, path: Path) -> None:
    """Show moments before and after through the video."""
    hand.does("view.onion", "view.controls")
    fields = hand.window.instruments.docks["controls"].panel.onion
    strength, frames = fields.strength.value(), hand.window.parts.timeline.count_box
    before = frames.value()
    fields.strength.setValue(fields.strength.maximum())
    frames.setValue(4)
    hand.takes(path)
    fields.strength.setValue(strength)
    frames.setValue(before)


@scene("others.png")
def others(hand: Hand, path: Path) -> None:
    """Show a kept result and another network's flow, read from a file, in the panel."""
    hand.panel.motion.paths.motion_model.pick("offsets-quadratic")
    hand.settles()
    opened, results = hand.window.controller.opened, hand.window.controller.results
    assert opened is not None
    assert results is not None
    flow = opened.path.with_name("another network.flo")
    write_flo(flow, results.analysis.flow)
    hand.does("compare.keep", "edit.undo")
    hand.window.others.files.load([flow])
    hand.settles()
    dock = hand.window.instruments.docks["others"]
    rows = dock.panel.list
    QTest.mouseClick(
        rows.viewport(),
        Qt.MouseButton.LeftButton,
        pos=rows.visualItemRect(rows.item(rows.count() - 1)).center(),
    )
    hand.takes(path, dock)


@scene("grid.png")
def grid(hand: Hand, path: Path) -> None:
    """Show the kept result and the usual one beside a deconvolution in the grid."""
    hand.does("compare.keep")
    hand.panel.motion.picture.sharp_by.pick(DECONVOLUTION)
    hand.settles()
    # Panes have room for what they are called.
    hand.does("view.layout", "view.panel", "compare.grid")
    hand.takes(path, hand.canvas)
    hand.does("view.panel")


@scene("export.png")
def export(hand: Hand, path: Path) -> None:
    """Show the export dialog."""
    hand.window.exporting.choose()
    dialog = hand.dialog()
    assert isinstance(dialog, ExportDialog)
    dialog.folder.setText("/home/you/results")
    for part in (Part.SHARP, Part.VIDEO, Part.REPORT):
        dialog.boxes[part].setChecked(True)
    hand.takes(path, dialog)
    _close(hand, dialog)


@scene("queue-folder.png")
def queue_folder(hand: Hand, path: Path) -> None:
    """Show the dialog that queues a folder."""
    hand.window.queue_desk.ask_folder()
    dialog = hand.dialog()
    assert isinstance(dialog, QueueFolderDialog)
    # Below the working folder: a picture of the guide shows no name that is only here.
    dialog.folder.setText("Pictures/holiday")
    hand.takes(path, dialog)
    _close(hand, dialog)


@scene("queue.png")
def queue(hand: Hand, path: Path) -> None:
    """Show the panel of the queue when it has done a folder."""
    opened = hand.window.controller.opened
    assert opened is not None
    damaged = opened.path.parent / "damaged.jpg"
    damaged.write_bytes(b"no photo")
    hand.window.queue_desk.ask_folder()
    dialog = hand.dialog()
    assert isinstance(dialog, QueueFolderDialog)
    dialog.folder.setText(str(opened.path.parent))
    dialog.accept()
    queueing = hand.window.queue_desk.queueing
    hand.waits(lambda: bool(queueing.queue.entries) and not queueing.queue.left)
    hand.does("view.queue")
    hand.takes(path, hand.window.instruments.docks["queue"])
    damaged.unlink()
    shutil.rmtree(opened.path.parent / "out", ignore_errors=True)


@scene("palette.png")
def palette(hand: Hand, path: Path) -> None:
    """Show the palette with some letters typed."""
    hand.does("help.palette")
    found = hand.window.program.commanding.palette
    found.line.setText("blur")
    hand.takes(path, found)
    found.hide()


@scene("settings.png")
def settings(hand: Hand, path: Path) -> None:
    """Show the settings."""
    hand.window.commands["edit.settings"].trigger()
    dialog = hand.dialog()
    hand.takes(path, dialog)
    _close(hand, dialog)
