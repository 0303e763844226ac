"""What the app remembers between two starts, as one frozen value.

Its file is `settings_file.py`. The window's geometry is not here (QSettings keeps it).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from blurstudio.app.actions.key_changes import NO_CHANGES, KeyChanges
from blurstudio.engine.export.pattern import FRAME_PATTERN, PATTERN
from blurstudio.engine.export.request import (
    DEPTHS,
    FPS_RANGE,
    FRAMES_RANGE,
    LOOPS_RANGE,
    QUALITY_RANGE,
    SIDE_RANGE,
    STILLS,
    VIDEOS,
    Conflict,
)
from blurstudio.engine.options import CONSTRAINTS, DEBLURRERS, REFINEMENTS, AnalysisOptions

if TYPE_CHECKING:
    from pathlib import Path

RECENT_PHOTOS = 10
EXPORT = "export_"
"""How the names of the settings begin that the export dialog is filled with."""
SECTIONS = ("explanation", "camera", "notes", "motion", "result", "regions")
"""Names of the side panel's sections, from top to bottom."""


def _one_of(default: str, *others: str) -> Any:  # noqa: ANN401 - dataclasses.field's own type
    return field(default=default, metadata={"choices": (default, *others)})


def _among(default: int, *others: int) -> Any:  # noqa: ANN401 - as above
    return field(default=default, metadata={"choices": (default, *others)})


def _within(default: float, low: float, high: float) -> Any:  # noqa: ANN401 - as above
    return field(default=default, metadata={"low": low, "high": high})


@dataclass(frozen=True)
class ExportKept:
    """The last choices of an export dialog that somebody else than the export has asked by.

    Attributes
    ----------
    entries
        Pairs of the name of one of the settings `export_...`, and its value here; of those that
        aren't named, the export's count.
    """

    entries: tuple[tuple[str, Any], ...] = ()


NOT_ASKED = ExportKept()


@dataclass(frozen=True)
class Settings:
    """Everything that survives a restart.

    Attributes
    ----------
    device, precision
        Where and how precisely networks run; "auto" lets the engine choose.
    memory_limit_gb
        Memory the engine may use, in GB; 0 lets the engine choose.
    threads
        Threads that compute on the processor; 0 lets the engine choose.
    motion_model, deblur_model
        Names of the networks; empty for the default ones.
    constraint, refine, deblurrer
        What a new photo begins with, as `AnalysisOptions` has it; an empty constraint is none.
    theme
        The look: dark, light, or as the system has it.
    frame_count
        Frames of the exposure on the timeline.
    play_speed, loop_mode
        How fast they are played, times normal speed, and what happens at the ends.
    show_paths, show_panel
        Whether trajectories are drawn over the picture and whether the side panel is open.
    folded
        Sections of the side panel that are folded away, as `SECTIONS` has them.
    show_arrows, show_kernels, show_legends, overlay_opacity
        What else lies over the picture, and how much of it shows through, from 0 to 1.
    show_onion, onion_count, onion_opacity
        Whether neighbouring moments show through the video, how many on each side, and how much.
    export_folder, export_still, export_video, export_frames, export_fps
        The last choices of the export dialog.
    export_parts, export_flows
        What was written last, as words with commas between them.
    export_depth, export_quality, export_frame_still, export_frame_depth
        How pictures and frames were stored last.
    export_pattern, export_frame_pattern, export_conflict
        How files were called last, and what became of those that were there.
    export_video_long, export_video_short, export_pingpong, export_loops
        Bounds of the last video's sides in px, 0 for none, and how it was played.
    queue_folder, queue_pattern, queue_below
        The folder that was queued last, what file names were like, and whether folders below it
        counted.
    queue_whose, queue_conflict
        Whose choices its photos were done with, and what became of results that were there.
    queue_export
        What was written of each; an empty folder is one in that of the photos.
    recent
        Photos opened last, newest first.
    keys
        Keys that a person gave to actions in place of the usual ones.
    recent_actions
        Ids of the actions done last by way of the palette, newest first.
    tour_seen
        Whether the tour of the first start has been shown.
    """

    device: str = _one_of("auto", "cpu", "cuda", "mps")
    precision: str = _one_of("auto", "float32", "bfloat16")
    memory_limit_gb: float = _within(0.0, 0.0, 4096.0)
    threads: int = _within(0, 0, 1024)
    motion_model: str = ""
    deblur_model: str = ""
    constraint: str = _one_of("", *CONSTRAINTS)
    refine: str = _one_of(*REFINEMENTS)
    deblurrer: str = _one_of(*DEBLURRERS)
    theme: str = _one_of("dark", "light", "system")
    frame_count: int = _within(15, 2, 999)
    play_speed: float = _within(1.0, 0.1, 8.0)
    loop_mode: str = _one_of("off", "loop", "ping-pong")
    show_paths: bool = False
    show_panel: bool = True
    folded: tuple[str, ...] = field(default=(), metadata={"members": SECTIONS})
    show_arrows: bool = False
    show_kernels: bool = False
    show_legends: bool = True
    overlay_opacity: float = _within(1.0, 0.0, 1.0)
    show_onion: bool = False
    onion_count: int = _within(2, 1, 5)
    onion_opacity: float = _within(0.5, 0.0, 1.0)
    export_folder: str = ""
    export_still: str = _one_of(*STILLS)
    export_video: str = _one_of(*VIDEOS)
    export_frames: int = _within(15, *FRAMES_RANGE)
    export_fps: float = _within(15.0, *FPS_RANGE)
    export_parts: str = "sharp,video"
    export_flows: str = "flo,kitti"
    export_depth: int = _among(16, *DEPTHS)
    export_quality: int = _within(95, *QUALITY_RANGE)
    export_frame_still: str = _one_of("png", "tif", "jpg", "exr")
    export_frame_depth: int = _among(16, *DEPTHS)
    export_pattern: str = PATTERN
    export_frame_pattern: str = FRAME_PATTERN
    # What is there may have been worked on since: nobody loses it without having said so.
    export_conflict: str = _one_of(
        Conflict.NUMBER.value, Conflict.SKIP.value, Conflict.OVERWRITE.value
    )
    export_video_long: int = _within(0, 0, SIDE_RANGE[1])
    export_video_short: int = _within(0, 0, SIDE_RANGE[1])
    export_pingpong: bool = False
    export_loops: int = _within(0, *LOOPS_RANGE)
    queue_folder: str = ""
    queue_pattern: str = "*"
    queue_below: bool = False
    queue_whose: str = _one_of("document", "photo", "usual")
    queue_conflict: str = _one_of(
        Conflict.SKIP.value, Conflict.NUMBER.value, Conflict.OVERWRITE.value
    )
    queue_export: ExportKept = field(default=NOT_ASKED)
    recent: tuple[str, ...] = ()
    keys: KeyChanges = field(default=NO_CHANGES)
    recent_actions: tuple[str, ...] = ()
    tour_seen: bool = False

    def with_recent(self, path: Path) -> Settings:
        """Return the settings with a photo put at the head of the recent ones."""
        name = str(path)
        others = [known for known in self.recent if known != name]
        return replace(self, recent=(name, *others)[:RECENT_PHOTOS])

    def of_queue(self) -> Settings:
        """Return the settings with the export of the last queued folder as the last one."""
        return replace(self, **dict(self.queue_export.entries))

    def with_queue_export(self, asked: Settings) -> Settings:
        """Return the settings with the last export of others as that of the queued folder."""
        names = [entry.name for entry in fields(self) if entry.name.startswith(EXPORT)]
        kept = ExportKept(tuple((name, getattr(asked, name)) for name in names))
        return replace(self, queue_export=kept)

    def with_action(self, id_: str) -> Settings:
        """Return the settings with an action put at the head of the recent ones."""
        others = [known for known in self.recent_actions if known != id_]
        return replace(self, recent_actions=(id_, *others)[:RECENT_PHOTOS])

    def analysis_options(self) -> AnalysisOptions:
        """Return the choices that are the engine's business, as it wants them."""
        return AnalysisOptions(
            device=self.device,
            precision=self.precision,
            memory_limit=round(self.memory_limit_gb * 1e9) or None,
            motion_model=self.motion_model or None,
            deblur_model=self.deblur_model or None,
            constraint=self.constraint or None,
            refine=self.refine,
            deblurrer=self.deblurrer,
        )
