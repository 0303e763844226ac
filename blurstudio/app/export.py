"""Writing results to files, as one job: what was asked for, and the writing of it.

The formats themselves are `media`'s business, the pictures the engine's; no Qt, and torch only
inside the functions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from blurstudio.engine.jobs import JobContext
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.media.photo import Photo


class Part(StrEnum):
    """Something that can be written."""

    SHARP = "sharp"
    VIDEO = "video"
    FRAMES = "frames"
    EXPOSED = "exposed"
    FLOW = "flow"
    PATHS = "paths"
    PICTURES = "pictures"
    KERNELS = "kernels"
    FIGURES = "figures"


@dataclass(frozen=True)
class ExportRequest:
    """What to write, how, and where.

    Attributes
    ----------
    folder
        A folder named after the photo is made in it.
    parts
        What to write.
    still, video
        Suffixes without the dot: tif, png or jpg; mp4, gif or webp.
    frames
        Number of frames of video and sequence.
    interval
        Part of the exposure that they cover, and the picture exposed for only so long, within
        [-1/2, 1/2].
    fps
        Frames per second of the video.
    name
        Name of the folder that is made; empty for the photo's.
    """

    folder: Path
    parts: frozenset[Part] = field(default_factory=frozenset)
    still: str = "tif"
    video: str = "mp4"
    frames: int = 15
    interval: tuple[float, float] = (-0.5, 0.5)
    fps: float = 15.0
    name: str = ""


def write(
    photo: Photo,
    options: AnalysisOptions,
    analysis: Any,  # noqa: ANN401 - the engine's analysis; torch must not be imported for its type
    request: ExportRequest,
    context: JobContext,
) -> list[Path]:
    """Write what was asked for; each file appears whole or not at all.

    Parameters
    ----------
    photo
        The photo.
    options
        How to analyse it, where no analysis of the whole photo is given.
    analysis
        Its full analysis, or None.

    Returns
    -------
    list of Path
        The files, in the order they were written.

    Raises
    ------
    ExportError
        If the folder can't be made or a file can't be written.
    Cancelled
        If the person asked to stop; files that were finished stay.
    """
    from blurstudio.app import work

    if analysis is None:
        analysis = work.new_analysis(photo, options)
    analysis.compute(context.progress, context.cancel)
    return _Writer(analysis, request, context).write()


class _Writer:
    """One export under way."""

    def __init__(self, analysis: Any, request: ExportRequest, context: JobContext) -> None:  # noqa: ANN401
        self._analysis = analysis
        self._request = request
        self._context = context
        self._written: list[Path] = []

    def write(self) -> list[Path]:
        chosen = [part for part in Part if part in self._request.parts]
        folder = self._make_folder()
        for index, part in enumerate(chosen):
            self._context.cancel.raise_if_cancelled()
            self._start, self._share = index / len(chosen), 1 / len(chosen)
            self._say(0.0, _DOING[part])
            _WRITERS[part](self, folder)
        return self._written

    def _make_folder(self) -> Path:
        from blurstudio.errors import ExportError

        path = self._analysis.photo.path
        name = self._request.name or (path.name if path is not None else "photo")
        folder = self._request.folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExportError(
                f"The folder {folder} can't be made ({error.strerror or error}); "
                "choose another one."
            ) from error
        return folder

    def _say(self, fraction: float, text: str) -> None:
        self._context.progress(self._start + self._share * fraction, text)

    def _still(self, path: Path, pixels: NDArray[np.float32]) -> None:
        from blurstudio.media.stills import write_still

        analysis = self._analysis
        write_still(path, pixels, analysis.photo, provenance=analysis.provenance)
        self._written.append(path)

    def _sharp(self, folder: Path) -> None:
        self._still(folder / f"sharp.{self._request.still}", self._analysis.sharp)

    def _frame_pixels(self, size: tuple[int, int] | None = None) -> Iterator[NDArray[np.float32]]:
        request = self._request
        for pixels in self._analysis.frames(request.frames, request.interval, size):
            self._context.cancel.raise_if_cancelled()
            yield pixels

    def _video(self, folder: Path) -> None:
        from blurstudio.engine.results import video_size
        from blurstudio.media.colour import display_image
        from blurstudio.media.video import write_video

        size = video_size(self._analysis.photo.size, self._request.video)
        icc = self._analysis.photo.icc_profile
        path = folder / f"video.{self._request.video}"
        frames = (display_image(pixels, icc) for pixels in self._frame_pixels(size))
        write_video(path, frames, self._request.fps, self._request.frames, self._say_frame)
        self._written.append(path)

    def _say_frame(self, fraction: float, _text: str) -> None:
        self._say(fraction, _DOING[Part.VIDEO])

    def _frames(self, folder: Path) -> None:
        sequence = folder / "frames"
        sequence.mkdir(exist_ok=True)
        for index, pixels in enumerate(self._frame_pixels(), start=1):
            self._still(sequence / f"{index:04d}.png", pixels)
            self._say(index / self._request.frames, _DOING[Part.FRAMES])

    def _exposed(self, folder: Path) -> None:
        pixels = self._analysis.exposed(self._request.interval)
        self._still(folder / f"exposed.{self._request.still}", pixels)

    def _flow(self, folder: Path) -> None:
        from blurstudio.media.flow import write_flo, write_kitti

        flow = self._analysis.flow
        write_flo(folder / "flow.flo", flow)
        write_kitti(folder / "flow_kitti.png", flow)
        self._written += [folder / "flow.flo", folder / "flow_kitti.png"]

    def _paths(self, folder: Path) -> None:
        from blurstudio.engine.results import write_trajectory

        write_trajectory(folder / "path.npz", self._analysis.trajectory)
        self._written.append(folder / "path.npz")

    def _pictures(self, folder: Path) -> None:
        from blurstudio.media.stills import write_still

        analysis = self._analysis
        for name, picture in (
            ("flow", analysis.flow_picture),
            ("overlay", analysis.overlay_picture),
            ("residual", analysis.residual_picture),
        ):
            write_still(folder / f"{name}.png", picture, bit_depth=8)
            self._written.append(folder / f"{name}.png")

    def _kernels(self, folder: Path) -> None:
        from blurstudio.engine.results import write_kernels

        write_kernels(folder / "kernels.png", self._analysis.trajectory)
        self._written.append(folder / "kernels.png")

    def _figures(self, folder: Path) -> None:
        from blurstudio.engine.figures import write_figures

        self._written.append(write_figures(self._analysis, folder, self._written))


_DOING = {
    Part.SHARP: "Writing the sharp photo",
    Part.VIDEO: "Writing the video",
    Part.FRAMES: "Writing frames",
    Part.EXPOSED: "Exposing for a shorter time",
    Part.FLOW: "Writing the flow",
    Part.PATHS: "Writing the paths",
    Part.PICTURES: "Writing pictures",
    Part.KERNELS: "Writing the kernels",
    Part.FIGURES: "Writing figures",
}
_WRITERS = {
    Part.SHARP: _Writer._sharp,
    Part.VIDEO: _Writer._video,
    Part.FRAMES: _Writer._frames,
    Part.EXPOSED: _Writer._exposed,
    Part.FLOW: _Writer._flow,
    Part.PATHS: _Writer._paths,
    Part.PICTURES: _Writer._pictures,
    Part.KERNELS: _Writer._kernels,
    Part.FIGURES: _Writer._figures,
}
