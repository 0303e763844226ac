"""The pages of the export dialog that are about pictures, frames, data and the report.

Each shows a request and gives its part of one back; the page about video has a module of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from blurstudio.app.panels.export.page import (
    ExportPage,
    combo,
    depths,
    dress,
    show,
    whole,
)
from blurstudio.app.panels.export.terms import flow_terms, still_terms
from blurstudio.engine.export.request import (
    DEPTHS_OF,
    FRAMES_RANGE,
    QUALITY_RANGE,
    Part,
    stored_depth,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox

    from blurstudio.engine.export.request import ExportRequest

_WITH_FORMAT = (Part.SHARP, Part.EXPOSED, Part.STRIP)


class PicturesPage(ExportPage):
    """Single pictures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        for part in (*_WITH_FORMAT, Part.OVERLAY, Part.PICTURES):
            self.add_part(part)
        self.still = combo(self, still_terms())
        self.bits = combo(self, depths(8, 16, 32))
        self.quality = whole(self, *QUALITY_RANGE)
        self.add_row(
            self.tr("&Format"),
            self.still,
            self.tr(
                "How the first three are stored: TIFF and PNG lose nothing, JPEG is small, OpenEXR "
                "holds linear light for compositing"
            ),
        )
        self.add_row(
            self.tr("Bit &depth"),
            self.bits,
            self.tr("Steps of brightness: 8 bit for the screen, 16 bit for editing, or floats"),
        )
        self.add_row(
            self.tr("&Quality"),
            self.quality,
            self.tr("Of JPEG files, from 1 to 100: the higher, the larger the file"),
        )
        self.close_up()

    def show_request(self, request: ExportRequest) -> None:
        """Show what is asked for."""
        show(self.still, request.still)
        show(self.bits, request.depth)
        self.quality.setValue(request.quality)

    def asked(self, request: ExportRequest) -> ExportRequest:
        """Put the choices of this page into a request."""
        return replace(
            request,
            still=self.still.currentData(),
            depth=self.bits.currentData(),
            quality=self.quality.value(),
        )

    def follow(self, request: ExportRequest) -> None:
        """Enable what is of use."""
        used = bool(request.parts & {*_WITH_FORMAT})
        self.still.setEnabled(used)
        allow_depths(self.bits, request.still)
        self.bits.setEnabled(used and request.still != "jpg")
        framed = Part.FRAMES in request.parts and request.frame_still == "jpg"
        self.quality.setEnabled(framed or (used and request.still == "jpg"))


class FramesPage(ExportPage):
    """A sequence of numbered pictures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.add_part(Part.FRAMES)
        self.frames = whole(self, *FRAMES_RANGE)
        self.frame_still = combo(self, still_terms())
        self.frame_depth = combo(self, depths(8, 16, 32))
        self.frame_pattern = QLineEdit(self)
        self.frame_pattern.setMinimumWidth(210)
        self.add_row(
            self.tr("&Count"),
            self.frames,
            self.tr("Frames of sequence and video, evenly spaced over the part of the exposure"),
        )
        self.add_row(
            self.tr("&Format"), self.frame_still, self.tr("How each of the frames is stored")
        )
        self.add_row(
            self.tr("Bit &depth"),
            self.frame_depth,
            self.tr("Steps of brightness: 8 bit for the screen, 16 bit for editing, or floats"),
        )
        self.add_row(
            self.tr("Frame &names"),
            self.frame_pattern,
            self.tr(
                "Name of each frame: {frame:04d} is its number with four digits, {part} the word "
                "frames, {name} the photo's name, {date} the day; / makes a folder (naming "
                "pattern)"
            ),
        )
        self.add_words(
            self.tr("Frames have the photo's size. Quality of JPEG is set with the pictures.")
        )
        self.close_up()

    def show_request(self, request: ExportRequest) -> None:
        """Show what is asked for."""
        self.frames.setValue(request.frames)
        show(self.frame_still, request.frame_still)
        show(self.frame_depth, request.frame_depth)
        self.frame_pattern.setText(request.frame_pattern)

    def asked(self, request: ExportRequest) -> ExportRequest:
        """Put the choices of this page into a request."""
        return replace(
            request,
            frames=self.frames.value(),
            frame_still=self.frame_still.currentData(),
            frame_depth=self.frame_depth.currentData(),
            frame_pattern=self.frame_pattern.text(),
        )

    def follow(self, request: ExportRequest) -> None:
        """Enable what is of use."""
        used = Part.FRAMES in request.parts
        films = request.parts & {Part.VIDEO, Part.OVERLAY_VIDEO}
        self.frames.setEnabled(used or bool(films))
        self.frame_still.setEnabled(used)
        allow_depths(self.frame_depth, request.frame_still)
        self.frame_depth.setEnabled(used and request.frame_still != "jpg")
        self.frame_pattern.setEnabled(used)


class DataPage(ExportPage):
    """Numbers and masks for other programs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.add_part(Part.FLOW)
        self.flows = {kind: QCheckBox(text, self) for kind, (text, _) in flow_terms().items()}
        for kind, (text, tip) in flow_terms().items():
            dress(self.flows[kind], text, tip)
            self.flows[kind].toggled.connect(self.changed)
            self._grid.addWidget(self.flows[kind], self._grid.rowCount(), 1, 1, 2)
        for part in (Part.PATHS, Part.KERNELS, Part.MASKS, Part.FIGURES):
            self.add_part(part)
        self.no_regions = self.add_words(
            self.tr("Masks need regions; draw some on the photo by R, E or P first.")
        )
        self.close_up()

    def show_request(self, request: ExportRequest) -> None:
        """Show what is asked for."""
        for kind, box in self.flows.items():
            box.setChecked(kind in request.flows)

    def asked(self, request: ExportRequest) -> ExportRequest:
        """Put the choices of this page into a request."""
        kinds = tuple(kind for kind, box in self.flows.items() if box.isChecked())
        return replace(request, flows=kinds)

    def follow(self, request: ExportRequest) -> None:
        """Enable what is of use."""
        for box in self.flows.values():
            box.setEnabled(Part.FLOW in request.parts)

    def show_regions(self, count: int) -> None:
        """Offer masks where there are regions."""
        self.boxes[Part.MASKS].setEnabled(count > 0)
        self.no_regions.setVisible(count == 0)


class ReportPage(ExportPage):
    """The report."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.add_part(Part.REPORT)
        self.add_words(
            self.tr(
                "Photo, sharp photo, paths, flow, residual, blur kernels and some frames; what was "
                "measured; every setting; the networks with the hashes of their weights; the "
                "command line that repeats it. One file with the pictures in it, to be opened in "
                "any browser, kept or mailed; nothing is loaded from elsewhere."
            )
        )
        self.close_up()


def allow_depths(control: QComboBox, suffix: str) -> None:
    """Offer the depths that a format has; one that it hasn't gives way to the next lower one."""
    offered = DEPTHS_OF[suffix]
    wanted = stored_depth(suffix, control.currentData())
    if [control.itemData(index) for index in range(control.count())] == [*offered]:
        return
    control.blockSignals(True)
    control.clear()
    for text, depth in depths(*offered):
        control.addItem(text, depth)
    show(control, wanted)
    control.blockSignals(False)
