"""Between settings and requests: the last choices of the export dialog, to begin the next one with.

The part of the exposure is about one photo and starts whole.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from blurstudio.engine.export.request import FLOWS, Conflict, ExportRequest, Part, in_words

if TYPE_CHECKING:
    from blurstudio.app.settings import Settings


def last_request(settings: Settings, beside: Path) -> ExportRequest:
    """Return what was asked for last time; without a folder, files go beside the photo.

    Parameters
    ----------
    beside
        The photo's folder.
    """
    words = {*settings.export_parts.split(",")}
    flows = {*settings.export_flows.split(",")}
    return ExportRequest(
        Path(settings.export_folder) if settings.export_folder else beside,
        frozenset(part for part in Part if part in words),
        still=settings.export_still,
        video=settings.export_video,
        frames=settings.export_frames,
        fps=settings.export_fps,
        depth=settings.export_depth,
        quality=settings.export_quality,
        frame_still=settings.export_frame_still,
        frame_depth=settings.export_frame_depth,
        pattern=settings.export_pattern,
        frame_pattern=settings.export_frame_pattern,
        conflict=Conflict(settings.export_conflict),
        video_fit=(settings.export_video_long, settings.export_video_short),
        pingpong=settings.export_pingpong,
        loops=settings.export_loops,
        flows=tuple(kind for kind in FLOWS if kind in flows),
    )


def remembered(settings: Settings, request: ExportRequest) -> Settings:
    """Return the settings with the choices of this export kept for the next one."""
    return replace(
        settings,
        export_folder=str(request.folder),
        export_still=request.still,
        export_video=request.video,
        export_frames=request.frames,
        export_fps=request.fps,
        export_parts=in_words(request.parts),
        export_flows=",".join(request.flows),
        export_depth=request.depth,
        export_quality=request.quality,
        export_frame_still=request.frame_still,
        export_frame_depth=request.frame_depth,
        export_pattern=request.pattern,
        export_frame_pattern=request.frame_pattern,
        export_conflict=request.conflict.value,
        export_video_long=request.video_fit[0],
        export_video_short=request.video_fit[1],
        export_pingpong=request.pingpong,
        export_loops=request.loops,
    )
