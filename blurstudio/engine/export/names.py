"""Which files an export writes: their names, sizes in px and, about, in bytes.

The dialog shows this list and the writing follows it, so that both agree; nothing is written here.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from datetime import date
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING

from blurstudio.engine.export import sizes
from blurstudio.engine.export.pattern import cleaned, filled
from blurstudio.engine.export.planned import PhotoFacts, Planned, settled
from blurstudio.engine.export.request import Part
from blurstudio.errors import ExportError
from blurstudio.sizes import MOTION_PIXELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blurstudio.engine.export.request import ExportRequest

__all__ = ["RULE", "PhotoFacts", "Planned", "home_name", "home_of", "plan", "plan_some"]

RULE = 2
"""Px between the two pictures of a before/after strip."""

# Smooth colours take less than a photo does.
_DRAWN = {"overlay": 1.0, "residual": 1.0, "flow": 0.35}
_KERNEL_SHEET = 1536
_REPORT_BYTES = 900_000
_FLOW_SUFFIX = {"flo": ".flo", "kitti": "_kitti.png", "pfm": ".pfm"}
_FLOW_BYTES = {"flo": 8, "kitti": 1.2, "pfm": 12}


def home_of(request: ExportRequest, photo_name: str) -> Path:
    """Folder that the results of a photo go to."""
    return request.folder / (request.name or photo_name or "photo")


def home_name(folder: Path, photo: Path) -> str:
    """Name of the folder of a photo's results below another folder.

    It is that of the photo's file, unless there the photo itself has it.
    """
    # In letters only: the dialog asks for every key, and a disk may be slow.
    if normpath((folder / photo.name).absolute()) == normpath(photo.absolute()):
        return f"{photo.stem} results"
    return photo.name


def plan(
    request: ExportRequest,
    facts: PhotoFacts,
    exists: Callable[[Path], bool] = os.path.exists,
) -> tuple[Planned, ...]:
    """List the files of an export in the order in which they are written.

    Parameters
    ----------
    request
        What is asked for.
    facts
        About the photo.
    exists
        Says whether a file is there already.

    Raises
    ------
    ExportError
        If the naming pattern can't be used, or two files would have the same name.
    """
    files = [*_planned(request, facts)]
    _refuse_equal_names(files)
    home = home_of(request, facts.name)
    return settled(files, home, request.conflict, exists)


def plan_some(
    request: ExportRequest,
    facts: PhotoFacts,
    exists: Callable[[Path], bool] = os.path.exists,
) -> tuple[Planned, ...]:
    """List files like `plan`, at least one.

    Raises
    ------
    ExportError
        If there is none, besides.
    """
    files = plan(request, facts, exists)
    if not files:
        raise ExportError("There is nothing to write; choose at least one thing to export.")
    return files


def _refuse_equal_names(files: list[Planned]) -> None:
    names = Counter(file.path.casefold() for file in files)
    twice = next((file for file in files if names[file.path.casefold()] > 1), None)
    if twice is None:
        return
    token = "{frame:04d}" if twice.part is Part.FRAMES else "{part}"
    raise ExportError(
        "Several files would be called “{file}”; put {token} into the name.",
        file=twice.path,
        token=token,
    )


def _planned(request: ExportRequest, facts: PhotoFacts) -> Iterator[Planned]:
    for part in Part:
        if part in request.parts:
            yield from _PLANS[part](request, facts)


def _file(
    request: ExportRequest,
    facts: PhotoFacts,
    part: Part,
    what: str,
    ending: str,
    size: tuple[int, int] | None,
    count: float,
) -> Planned:
    values = _values(request, facts, what)
    return Planned(part, what, filled(request.pattern, values) + ending, size, round(count))


def _values(request: ExportRequest, facts: PhotoFacts, what: str) -> dict[str, str | int]:
    day = request.day or date.today().isoformat()
    return {"name": Path(facts.name).stem, "part": what, "date": day}


def _still(part: Part) -> Callable[[ExportRequest, PhotoFacts], Iterator[Planned]]:
    def planned(request: ExportRequest, facts: PhotoFacts) -> Iterator[Planned]:
        height, width = facts.size
        size = (height, 2 * width + RULE) if part is Part.STRIP else facts.size
        suffix, depth, quality = request.still, request.depth, request.quality
        count = sizes.still_bytes(size, suffix, depth, quality, facts.channels)
        yield _file(request, facts, part, part.value, f".{suffix}", size, count)

    return planned


def _drawn(part: Part, *names: str) -> Callable[[ExportRequest, PhotoFacts], Iterator[Planned]]:
    def planned(request: ExportRequest, facts: PhotoFacts) -> Iterator[Planned]:
        for name in names:
            count = sizes.still_bytes(facts.size, "png", 8) * _DRAWN[name]
            yield _file(request, facts, part, name, ".png", facts.size, count)

    return planned


def _frames(request: ExportRequest, facts: PhotoFacts) -> Iterator[Planned]:
    suffix = request.frame_still
    count = sizes.still_bytes(
        facts.size, suffix, request.frame_depth, request.quality, facts.channels
    )
    for frame in range(1, request.frames + 1):
        values = _values(request, facts, "frames") | {"frame": frame}
        name = filled(request.frame_pattern, values)
        yield Planned(Part.FRAMES, str(frame), f"{name}.{suffix}", facts.size, count)


def _video(part: Part) -> Callable[[ExportRequest, PhotoFacts], Iterator[Planned]]:
    def planned(request: ExportRequest, facts: PhotoFacts) -> Iterator[Planned]:
        kind = request.video
        size = sizes.video_size(facts.size, kind, request.video_fit)
        drawn = part is Part.OVERLAY_VIDEO
        count = sizes.video_bytes(size, kind, sizes.video_frames(request), drawn=drawn)
        stored = sizes.stored_video_size(size, kind)
        yield _file(request, facts, part, part.value, f".{kind}", stored, count)

    return planned


def _flow(request: ExportRequest, facts: PhotoFacts) -> Iterator[Planned]:
    height, width = facts.size
    for kind in request.flows:
        count = height * width * _FLOW_BYTES[kind]
        made = _file(request, facts, Part.FLOW, "flow", _FLOW_SUFFIX[kind], facts.size, count)
        yield replace(made, key=kind)


def _paths(request: ExportRequest, facts: PhotoFacts) -> Iterator[Planned]:
    height, width = facts.size
    # The grid is a fourth as fine each way at most, and bounded.
    cells = min(height * width, MOTION_PIXELS) / 16
    yield _file(request, facts, Part.PATHS, "path", ".npz", None, 2048 + 18 * cells)


def _kernels(request: ExportRequest, facts: PhotoFacts) -> Iterator[Planned]:
    yield _file(request, facts, Part.KERNELS, "kernels", ".png", None, 75 * _KERNEL_SHEET)


def _masks(request: ExportRequest, facts: PhotoFacts) -> Iterator[Planned]:
    height, width = facts.size
    for number, name in enumerate(facts.masks, start=1):
        what = f"mask-{number}-{cleaned(name)}"
        count = 600 + height * width / 300
        made = _file(request, facts, Part.MASKS, what, ".png", facts.size, count)
        yield replace(made, key=str(number))


def _figures(request: ExportRequest, facts: PhotoFacts) -> Iterator[Planned]:
    yield _file(request, facts, Part.FIGURES, "analysis", ".json", None, 3000)


def _report(request: ExportRequest, facts: PhotoFacts) -> Iterator[Planned]:
    height, width = facts.size
    share = min(1.0, height * width / 1_000_000)
    count = 220_000 + share * _REPORT_BYTES
    yield _file(request, facts, Part.REPORT, "report", ".html", None, count)


_PLANS: dict[Part, Callable[[ExportRequest, PhotoFacts], Iterator[Planned]]] = {
    Part.SHARP: _still(Part.SHARP),
    Part.EXPOSED: _still(Part.EXPOSED),
    Part.STRIP: _still(Part.STRIP),
    Part.OVERLAY: _drawn(Part.OVERLAY, "overlay"),
    Part.PICTURES: _drawn(Part.PICTURES, "flow", "residual"),
    Part.FRAMES: _frames,
    Part.VIDEO: _video(Part.VIDEO),
    Part.OVERLAY_VIDEO: _video(Part.OVERLAY_VIDEO),
    Part.FLOW: _flow,
    Part.PATHS: _paths,
    Part.KERNELS: _kernels,
    Part.MASKS: _masks,
    Part.FIGURES: _figures,
    Part.REPORT: _report,
}
