"""The report on one photo: which pictures, figures and settings it shows.

It is a single file: pictures lie in it as data, so that it can be mailed or moved without losing
them. How a page looks and is spelled is `page`'s business.
"""

from __future__ import annotations

import base64
import io
from datetime import datetime
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from blurstudio.engine.drawing.views import kernel_picture
from blurstudio.engine.export.page import Page, Shown, page
from blurstudio.engine.export.report_tables import (
    explanation,
    measured,
    networks,
    photo_facts,
    settings,
)
from blurstudio.engine.findings.figures import versions
from blurstudio.engine.pictures import resize_picture
from blurstudio.media.atomic import write_bytes
from blurstudio.media.colour import display_image
from blurstudio.sizes import reduced_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy.typing as npt

    from blurstudio.engine.analysis import Analysis
    from blurstudio.engine.export.task import Files, Task

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]

SHOWN_SIDE = 1280
"""Longer side in px that the report's pictures are reduced to."""

_QUALITY = 85
_MOMENTS = 5
_MOMENT_SIDE = 320


def write_report(task: Task, files: Files) -> None:
    """Write the report as an HTML page."""
    for path in files.values():
        write_bytes(path, page(_contents(task, path)).encode())


def _contents(task: Task, path: Path) -> Page:
    analysis = task.analysis
    photo = analysis.photo
    notes = list(analysis.notes)
    if analysis.refinement is not None:
        notes.insert(0, analysis.refinement.sentence)
    return Page(
        title="photo" if photo.path is None else photo.path.name,
        verdict=analysis.verdict.sentence,
        date=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %z"),
        explanation=explanation(analysis.report),
        tables=(
            ("Photo", photo_facts(photo)),
            ("Motion", measured(analysis.verdict)),
            ("Settings", settings(analysis, task.request)),
            ("Networks", networks(analysis.provenance)),
            ("Versions", tuple(versions().items())),
        ),
        pictures=tuple(_pictures(task)),
        moments=tuple(_moments(task)),
        notes=tuple(notes),
        command=task.extras.command,
        remark=task.extras.remark,
        files=tuple(_link(file, path) for file in task.present),
    )


def _link(file: Path, page_path: Path) -> tuple[str, str]:
    """Name of a file below the results, and how to get there from the page."""
    folder = page_path.parent
    if file.is_relative_to(folder):
        return file.relative_to(folder).as_posix(), file.relative_to(folder).as_posix()
    # The page may lie in a folder of its own, by its pattern.
    common = next(parent for parent in folder.parents if file.is_relative_to(parent))
    ups = len(folder.relative_to(common).parts)
    name = file.relative_to(common).as_posix()
    return name, "../" * ups + name


def _pictures(task: Task) -> Iterator[Shown]:
    analysis = task.analysis
    icc = analysis.photo.icc_profile
    made: tuple[tuple[str, str, Callable[[], Bytes]], ...] = (
        ("Photo", "The photo as it was opened.", lambda: _for_screen(analysis.photo.pixels, icc)),
        (
            "Sharp picture",
            "What was in front of the camera at mid-exposure.",
            lambda: _for_screen(analysis.sharp, icc),
        ),
        (
            "Paths",
            "How things moved while the shutter was open, from blue (it opens) to yellow (it "
            "closes).",
            lambda: _reduced(analysis.overlay_picture),
        ),
        ("Flow", _about_flow(analysis), lambda: _reduced(analysis.flow_picture)),
        (
            "Residual",
            "Photo minus the sharp picture exposed again, four times amplified; middle grey where "
            "the photo is explained.",
            lambda: _reduced(analysis.residual_picture),
        ),
        (
            "Blur kernels",
            "How a point of light was smeared, all over the photo.",
            lambda: _reduced(kernel_picture(analysis.trajectory.to("cpu"))),
        ),
    )
    for done, (title, caption, make) in enumerate(made):
        task.say(done / (len(made) + 1))
        yield _shown(title, caption, make())


def _about_flow(analysis: Analysis) -> str:
    return (
        "Motion from the first to the last moment: the colour tells the way, its strength the "
        f"length; the longest is {analysis.longest_flow:.1f} px."
    )


def _moments(task: Task) -> Iterator[Shown]:
    photo, interval = task.analysis.photo, task.request.interval
    size = reduced_size(photo.size, _MOMENT_SIDE)
    frames = task.analysis.frames(_MOMENTS, interval, size)
    shares = np.linspace(interval[0] + 0.5, interval[1] + 0.5, _MOMENTS)
    for pixels, share in zip(frames, shares, strict=True):
        task.stop_if_asked()
        words = f"at {100 * share:.0f} % of the exposure"
        if photo.exposure_time:
            words = f"{1000 * photo.exposure_time * share:.3g} ms after the shutter opened"
        yield _shown("Frame", words, display_image(pixels, photo.icc_profile))


def _for_screen(pixels: Floats, icc: bytes | None) -> Bytes:
    return display_image(resize_picture(pixels, reduced_size(pixels.shape[:2], SHOWN_SIDE)), icc)


def _reduced(picture: Bytes) -> Bytes:
    height, width = reduced_size(picture.shape[:2], SHOWN_SIDE)
    if (height, width) == picture.shape[:2]:
        return picture
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _shown(title: str, caption: str, picture: Bytes) -> Shown:
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(picture)).save(buffer, "JPEG", quality=_QUALITY)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    height, width = picture.shape[:2]
    return Shown(title, caption, f"data:image/jpeg;base64,{data}", (height, width))
