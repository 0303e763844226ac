"""What the app lets the lanes do: read a photo, analyse it, make pictures and frames.

The only module of the app that reaches for torch and the engine's networks, and only inside its
functions: they run in a lane's thread, after the window is up. What they return is ready to be
shown: pictures are QImages, which any thread may make; no QObject comes in here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from blurstudio.app.canvas import picture_image

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from blurstudio.engine.jobs import JobContext
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.media.photo import Photo

    Bytes = NDArray[np.uint8]

QUICK_SIDE = 960
_PLAYER_PIXELS = 1280 * 704
_THUMBNAIL_HEIGHT = 72
_THUMBNAILS = 9
_PATH_SAMPLES = 17
# Enough paths for a close look; the canvas draws fewer of them when it is zoomed out.
_PATHS_ALONG_SIDE = 64
_LEAST_SPACING = 4
# Below this (px) a path is a dot that only hides the picture.
_SHORTEST_PATH = 2.0
_TASKS = (("motion", "Motion"), ("deblur", "Sharpness"))


@dataclass(frozen=True, eq=False)
class Opened:
    """A photo that was read, and the picture of it for the screen."""

    path: Path
    photo: Photo
    picture: QImage


@dataclass(frozen=True, eq=False)
class Results:
    """Everything the window shows of one analysis.

    Attributes
    ----------
    analysis
        The engine's analysis, for export.
    quick
        Whether it is the quick pass on a reduced photo.
    pictures
        "sharp", "flow", "residual".
    points, paths, size
        Trajectories as the canvas wants them: (M, 2) and (M, T, 2) px of ``size``.
    player
        Makes frames at the display's size.
    thumbnails
        Small frames at times linspace(-1/2, 1/2, N).
    report, verdict
        The engine's reblur report, and what it says of the motion.
    models
        Task and name of every network that took part.
    notes
        Sentences about the photo and the result.
    """

    analysis: Any
    quick: bool
    pictures: dict[str, QImage]
    points: NDArray[np.floating]
    paths: NDArray[np.floating]
    size: tuple[int, int]
    player: Any
    thumbnails: list[Bytes]
    report: Any
    verdict: Any
    models: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def read_photo(path: Path, context: JobContext) -> Opened:
    """Read a photo and prepare its picture.

    Raises
    ------
    PhotoError
        If it can't be read.
    """
    from blurstudio.media.colour import display_image
    from blurstudio.media.photo import open_photo

    context.progress(0.0, "Reading")
    photo = open_photo(path)
    context.cancel.raise_if_cancelled()
    context.progress(0.6, "Preparing the picture")
    return Opened(path, photo, picture_image(display_image(photo.pixels, photo.icc_profile)))


def wants_quick_look(photo: Photo) -> bool:
    """Whether a photo is so large that a reduced one is worth looking at first."""
    return max(photo.size) > 1.5 * QUICK_SIDE


def new_analysis(photo: Photo, options: AnalysisOptions) -> Any:  # noqa: ANN401 - needs torch
    """Make the engine's analysis of a photo, with nothing computed yet."""
    from blurstudio.engine.analysis import Analysis

    return Analysis(photo, options)


def look(photo: Photo, options: AnalysisOptions, quick: bool, context: JobContext) -> Results:
    """Analyse a photo and make everything the window shows of it.

    Parameters
    ----------
    quick
        Reduce the photo first: a look in a fraction of the time.
    """
    if quick:
        options = replace(options, max_side=QUICK_SIDE)
    context.progress(0.0, "Starting")
    analysis = new_analysis(photo, options)
    analysis.compute(context.progress, context.cancel)
    return show(analysis, quick, context)


def show(analysis: Any, quick: bool, context: JobContext) -> Results:  # noqa: ANN401
    """Make everything the window shows of an analysis."""
    from blurstudio.media.colour import display_image

    sharp = display_image(analysis.sharp, analysis.photo.icc_profile)
    context.cancel.raise_if_cancelled()
    pictures = {
        "sharp": picture_image(sharp),
        "flow": picture_image(analysis.flow_picture),
        "residual": picture_image(analysis.residual_picture),
    }
    context.cancel.raise_if_cancelled()
    context.progress(1.0, "Preparing frames")
    points, paths, size = _trajectories(analysis)
    return Results(
        analysis,
        quick,
        pictures,
        points,
        paths,
        size,
        _player(sharp, analysis.trajectory),
        _thumbnails(sharp, analysis.trajectory),
        analysis.report,
        analysis.verdict,
        _models(analysis.provenance),
        tuple(analysis.notes),
    )


def frame(player: Any, time: float, context: JobContext) -> QImage:  # noqa: ANN401
    """Make the frame at a moment."""
    context.cancel.raise_if_cancelled()
    return picture_image(player.frame(time))


def _trajectories(
    analysis: Any,  # noqa: ANN401
) -> tuple[NDArray[np.floating], NDArray[np.floating], tuple[int, int]]:
    import torch

    trajectory = analysis.trajectory
    lengths = trajectory.grid_length(trajectory.size)
    # As far apart as the longer ones are long: paths that cross each other can't be read.
    usual = float(torch.quantile(lengths.float(), 0.75))
    lattice = max(trajectory.size) / _PATHS_ALONG_SIDE
    spacing = max(_LEAST_SPACING, round(lattice), round(usual))
    points, paths = trajectory.polylines(spacing, _PATH_SAMPLES)
    moving = paths.diff(dim=1).norm(dim=-1).sum(dim=1) >= _SHORTEST_PATH
    return points[moving].cpu().numpy(), paths[moving].cpu().numpy(), tuple(trajectory.size)


def _player(sharp: Bytes, trajectory: Any) -> Any:  # noqa: ANN401
    from blurstudio.engine.frames import FramePlayer

    player = FramePlayer(sharp, trajectory, _fitted(sharp.shape[:2], _PLAYER_PIXELS))
    # The first frames work out what all later ones share: here, not under the hand.
    player.frame(-0.5)
    player.frame(0.5)
    return player


def _thumbnails(sharp: Bytes, trajectory: Any) -> list[Bytes]:  # noqa: ANN401
    from blurstudio.engine.frames import FramePlayer

    height, width = sharp.shape[:2]
    size = (_THUMBNAIL_HEIGHT, max(1, round(width * _THUMBNAIL_HEIGHT / height)))
    player = FramePlayer(sharp, trajectory, size)
    return [player.frame(index / (_THUMBNAILS - 1) - 0.5) for index in range(_THUMBNAILS)]


def _fitted(size: tuple[int, ...], pixels: int) -> tuple[int, int]:
    """Reduce (H, W) so that it has at most so many pixels; a smaller one stays."""
    height, width = size[:2]
    factor = min(1.0, (pixels / (height * width)) ** 0.5)
    return max(1, round(height * factor)), max(1, round(width * factor))


def _models(provenance: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    models = provenance["models"]
    return tuple((words, models[task]["name"]) for task, words in _TASKS if task in models)
