"""Writing everything an analysis found into a folder, each file whole or not at all.

The files' formats are `media`'s; here is which files there are and in which order.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from blurstudio.engine.drawing.views import kernel_picture
from blurstudio.engine.export.sizes import VIDEO_SIDE, video_size
from blurstudio.engine.findings.figures import write_figures
from blurstudio.engine.interval import WHOLE, check_interval
from blurstudio.engine.pictures import resize_picture
from blurstudio.errors import ExportError
from blurstudio.media.colour import display_image
from blurstudio.media.flow import write_flo
from blurstudio.media.folders import make_folder
from blurstudio.media.paths import write_paths
from blurstudio.media.stills import write_still
from blurstudio.media.video import write_video
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    import numpy.typing as npt

    from blurstudio.engine.analysis import Analysis
    from blurstudio.engine.lanes.jobs import CancelToken, ProgressCallback
    from blurstudio.exposure.trajectory import Trajectory

FRAMES_PER_SECOND = 15.0

_PARTS_SHARE = 0.4
_FRAMES_SHARE = 0.58
_FRAME_NAME = re.compile(r"\d{4,}\.png")


def result_folder(analysis: Analysis, folder: Path, name: str = "") -> Path:
    """Folder that `write_results` fills: a name, or the photo's file name, below `folder`."""
    path = analysis.photo.path
    if name:
        return folder / name
    return folder / ("photo" if path is None else path.name)


def write_results(
    analysis: Analysis,
    folder: Path,
    *,
    name: str = "",
    frames: int = 15,
    video: str = "mp4",
    interval: tuple[float, float] = WHOLE,
    on_step: ProgressCallback | None = None,
    cancel: CancelToken | None = None,
) -> list[Path]:
    """Write sharp picture, paths, flow, overlay, residual, frames, video and figures.

    Parameters
    ----------
    analysis
        Whatever of it is not computed yet is computed now.
    folder
        Results go to a folder below it that is named like the photo; made if needed.
    name
        Another name for that folder.
    frames
        Number of frames, at least 1, evenly spaced over `interval`.
    video
        ``"mp4"``, ``"gif"`` or ``"webp"``.
    interval
        Part of the exposure that frames and video cover: first and last moment, [-1/2, 1/2]. A
        shorter one than the whole is also written as a picture exposed for only so long.
    on_step
        Called with a fraction in [0, 1] and a text.
    cancel
        Asked between files and frames; files already written stay.

    Returns
    -------
    list of Path
        The files, in the order in which they were written; ``analysis.json`` is the last.

    Raises
    ------
    ExportError
        If a file can't be written, or `interval` is no part of the exposure.
    Cancelled
        If `cancel` says so.
    """
    if frames < 1:
        raise ValueError(f"frames must be at least 1, got {frames}")
    if video not in VIDEO_SIDE:
        raise ExportError(
            '"{video}" is no kind of video; choose {known}.',
            video=video,
            known=", ".join(VIDEO_SIDE),
        )

    check_interval(interval)

    def tell(fraction: float, text: str) -> None:
        if cancel is not None:
            cancel.raise_if_cancelled()
        if on_step is not None:
            on_step(fraction, text)

    home = result_folder(analysis, Path(folder), name)
    make_folder(home / "frames")
    files: list[Path] = []
    parts = _parts(analysis, interval)
    for index, (name, write) in enumerate(parts.items()):
        tell(_PARTS_SHARE * index / len(parts), sentence("Writing {name}", name=name))
        write(home / name)
        files.append(home / name)

    def tell_frame(index: int) -> None:
        share = _PARTS_SHARE + _FRAMES_SHARE * index / frames
        tell(share, sentence("Writing frame {number} of {total}", number=index + 1, total=frames))

    files += _write_frames(analysis, home, frames, interval, video, tell_frame)
    _remove_older(home, files)
    tell(_PARTS_SHARE + _FRAMES_SHARE, sentence("Writing {name}", name="analysis.json"))
    files.append(write_figures(analysis, home, files, interval))
    if on_step is not None:
        on_step(1.0, "")
    return files


def _parts(analysis: Analysis, interval: tuple[float, float]) -> dict[str, Callable[[Path], None]]:
    """How to write each single file; a picture is made when its turn comes, and gone after it."""
    photo = analysis.photo

    def picture(name: str) -> Callable[[Path], None]:
        return lambda path: write_still(path, getattr(analysis, name), None, 8)

    parts: dict[str, Callable[[Path], None]] = {
        "sharp.png": lambda path: write_still(path, analysis.sharp, photo, 16, analysis.provenance),
        "path.npz": lambda path: write_trajectory(path, analysis.trajectory),
        "flow.flo": lambda path: write_flo(path, analysis.flow),
        "flow.png": picture("flow_picture"),
        "overlay.png": picture("overlay_picture"),
        "residual.png": picture("residual_picture"),
        "kernels.png": lambda path: write_kernels(path, analysis.trajectory),
    }
    if interval != WHOLE:
        parts["exposed.png"] = lambda path: write_still(
            path, analysis.exposed(interval), photo, 16, analysis.provenance
        )
    return parts


def write_trajectory(path: Path, trajectory: Trajectory) -> None:
    """Write a trajectory, wherever its maps are, as `path.npz` (see `docs/formats.md`)."""
    on_cpu = trajectory.to("cpu")
    write_paths(
        path,
        on_cpu.maps.detach().numpy(),
        on_cpu.constraint.value,
        on_cpu.size,
        None if on_cpu.confidence is None else on_cpu.confidence.detach().numpy(),
        None if on_cpu.flipped is None else on_cpu.flipped.numpy(),
    )


def write_kernels(path: Path, trajectory: Trajectory) -> None:
    """Write the picture of the local blur kernels as `kernels.png`."""
    write_still(path, kernel_picture(trajectory.to("cpu")), None, 8)


def _write_frames(
    analysis: Analysis,
    home: Path,
    count: int,
    interval: tuple[float, float],
    video: str,
    tell: Callable[[int], None],
) -> list[Path]:
    """Warp each frame once: save it and hand it on to the film."""
    photo = analysis.photo
    size = video_size(photo.size, video)
    depth = 8 if photo.bit_depth == 8 else 16
    pictures: list[Path] = []

    def made() -> Iterator[npt.NDArray[np.uint8]]:
        for index, frame in enumerate(analysis.frames(count, interval)):
            tell(index)
            pictures.append(home / "frames" / f"{index + 1:04d}.png")
            write_still(pictures[-1], frame, photo, depth)
            yield display_image(resize_picture(frame, size), photo.icc_profile)

    film = home / f"video.{video}"
    write_video(film, made(), FRAMES_PER_SECOND, total=count)
    return [*pictures, film]


def _remove_older(home: Path, files: Sequence[Path]) -> None:
    """Remove what an earlier run left and this one didn't write: it would be taken for its own."""
    frames = [path for path in (home / "frames").iterdir() if _FRAME_NAME.fullmatch(path.name)]
    for path in {*frames, home / "exposed.png"}.difference(files):
        with contextlib.suppress(OSError):
            path.unlink()
