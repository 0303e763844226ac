"""The page of the export dialog that is about video: format, speed, size, and how it is played."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QWidget

from blurstudio.app.panels.export.page import ExportPage, combo, dress, show, whole
from blurstudio.app.panels.export.terms import video_terms
from blurstudio.app.panels.number import inset
from blurstudio.engine.export.request import (
    ANIMATIONS,
    FPS_RANGE,
    LOOPS_RANGE,
    SIDE_RANGE,
    VIDEO_FITS,
    Part,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.engine.export.request import ExportRequest

_CUSTOM = "custom"
_USUAL_SIDE = 1600


class VideoPage(ExportPage):
    """Films and animations."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        for part in (Part.VIDEO, Part.OVERLAY_VIDEO):
            self.add_part(part)
        self.video = combo(self, [(text, kind) for kind, text in video_terms().items()])
        self.fps = QDoubleSpinBox(self)
        self.fps.setRange(*FPS_RANGE)
        self.fps.setDecimals(2)
        self.fps.setSuffix(self.tr(" per second"))
        inset(self.fps)
        self.video_size = combo(
            self,
            [
                (self.tr("As large as the photo"), "full"),
                (self.tr("1080p"), "1080p"),
                (self.tr("720p"), "720p"),
                (self.tr("Longer side…"), _CUSTOM),
            ],
        )
        self.side = whole(self, *SIDE_RANGE, self.tr(" px"))
        self.side.setValue(_USUAL_SIDE)
        self.pingpong = QCheckBox(self.tr("There and &back again"), self)
        self.loops = whole(self, *LOOPS_RANGE)
        self._add_rows()
        self.close_up()

    def offer_videos(self, kinds: Sequence[str]) -> None:
        """Offer the formats that can be written on this machine, and no others."""
        for index in reversed(range(self.video.count())):
            if self.video.itemData(index) not in kinds:
                self.video.removeItem(index)

    def show_request(self, request: ExportRequest) -> None:
        """Show what is asked for."""
        show(self.video, request.video)
        self.fps.setValue(request.fps)
        names = {fit: name for name, fit in VIDEO_FITS.items()}
        known = names.get(request.video_fit, _CUSTOM)
        show(self.video_size, known)
        if known == _CUSTOM:
            self.side.setValue(request.video_fit[0])
        self.pingpong.setChecked(request.pingpong)
        self.loops.setValue(request.loops)

    def asked(self, request: ExportRequest) -> ExportRequest:
        """Put the choices of this page into a request."""
        fit = VIDEO_FITS.get(self.video_size.currentData(), (self.side.value(), 0))
        return replace(
            request,
            video=self.video.currentData(),
            fps=self.fps.value(),
            video_fit=fit,
            pingpong=self.pingpong.isChecked(),
            loops=self.loops.value(),
        )

    def follow(self, request: ExportRequest) -> None:
        """Enable what is of use."""
        used = bool(request.parts & {Part.VIDEO, Part.OVERLAY_VIDEO})
        for control in (self.video, self.fps, self.video_size, self.pingpong, self.loops):
            control.setEnabled(used)
        self.side.setVisible(self.video_size.currentData() == _CUSTOM)
        self.side.setEnabled(used)
        animated = request.video in ANIMATIONS
        self.loops.setSpecialValueText(self.tr("for ever") if animated else self.tr("once"))
        self.loops.setSuffix(self.tr(" time") if self.loops.value() == 1 else self.tr(" times"))

    def _add_rows(self) -> None:
        self.add_row(
            self.tr("&Format"),
            self.video,
            self.tr(
                "MP4 plays everywhere; FFV1 keeps every pixel; ProRes is for editing; GIF and WebP "
                "go on web pages (codec)"
            ),
        )
        self.add_row(
            self.tr("Spee&d"), self.fps, self.tr("Frames shown in a second; fewer play slower")
        )
        dress(
            self.side,
            self.tr("Longer side of the video"),
            self.tr("The video is reduced until its longer side is so long; never enlarged"),
        )
        self.side.valueChanged.connect(self.changed)
        self.add_row(
            self.tr("Si&ze"),
            self.video_size,
            self.tr(
                "1080p and 720p fit within the frame of a screen, upright or lying; nothing is "
                "enlarged, and some formats have a limit of their own"
            ),
            self.side,
        )
        dress(
            self.pingpong,
            self.tr("There and back again"),
            self.tr("After the last frame the video runs back to the first (ping-pong)"),
        )
        self.pingpong.toggled.connect(self.changed)
        self._grid.addWidget(self.pingpong, self._grid.rowCount(), 2)
        self.add_row(
            self.tr("&Played"),
            self.loops,
            self.tr(
                "How often: a film holds its frames so many times; GIF and WebP tell the viewer "
                "(loops)"
            ),
        )
