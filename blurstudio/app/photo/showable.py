"""An analysis made ready for the screen, off the GUI thread: pictures, paths, player, thumbnails.

What comes of it is in `results.py`; what the lanes are asked to do is in `work.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from blurstudio.app.canvas import picture_image
from blurstudio.app.photo.results import Paths, Results
from blurstudio.engine.stages import shared_stages
from blurstudio.sizes import bounded_size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from blurstudio.engine.lanes.jobs import JobContext
    from blurstudio.engine.options import AnalysisOptions

    Bytes = NDArray[np.uint8]

PLAYER_PIXELS = 1280 * 704
_THUMBNAIL_HEIGHT = 72
_THUMBNAILS = 9


def show(
    analysis: Any,  # noqa: ANN401 - the engine's analysis; torch must not be imported for its type
    options: AnalysisOptions,
    quick: bool,
    before: Results | None,
    context: JobContext,
) -> Results:
    """Make everything the window shows of an analysis.

    Parameters
    ----------
    options
        The choices, but for the size of a quick pass.
    before
        Other results of the same photo; pictures that come out the same are taken from them.
    """
    context.progress(1.0, QCoreApplication.translate("work", "Preparing pictures"))
    sharp, pictures = _pictures(analysis, before)
    if quick:
        pictures["flow"] = picture_image(analysis.flow_picture)
    context.cancel.raise_if_cancelled()
    context.progress(1.0, QCoreApplication.translate("work", "Preparing frames"))
    return Results(
        analysis,
        options,
        quick,
        pictures,
        sharp,
        drawn_paths(analysis.trajectory),
        new_player(sharp, analysis.trajectory),
        new_thumbnails(sharp, analysis.trajectory),
        analysis.report,
        analysis.verdict,
        analysis.refinement,
        tuple(analysis.notes),
        new_meter(analysis),
        underlay=_underlay(analysis, before),
    )


def new_meter(analysis: Any) -> Any:  # noqa: ANN401 - as above
    """Make the engine's meter for parts of a photo; it measures nothing yet."""
    from blurstudio.engine.findings.region_figures import RegionMeter

    return RegionMeter(analysis)


def _underlay(analysis: Any, before: Results | None) -> Any:  # noqa: ANN401 - as above
    from blurstudio.app.sharp.blend_work import Underlay

    if before is not None and before.analysis.photo is analysis.photo:
        return before.underlay
    return Underlay(analysis.photo)


def _pictures(
    analysis: Any,  # noqa: ANN401 - as above
    before: Results | None,
) -> tuple[Bytes, dict[str, QImage]]:
    from blurstudio.media.colour import display_image

    same: set[str] = set()
    if before is not None:
        same = shared_stages(before.analysis.options, analysis.options)
    if before is not None and "sharp" in same:
        sharp, sharp_picture = before.sharp, before.pictures["sharp"]
    else:
        sharp = display_image(analysis.sharp, analysis.photo.icc_profile)
        sharp_picture = picture_image(sharp)
    if before is not None and "reblur" in same:
        residual = before.pictures["residual"]
    else:
        residual = picture_image(analysis.residual_picture)
    return sharp, {
        "sharp": sharp_picture,
        "residual": residual,
        "direction": picture_image(direction_picture(analysis)),
    }


def direction_picture(analysis: Any) -> Bytes:  # noqa: ANN401 - as above
    """Colour every place by the way things went there."""
    from blurstudio.engine.drawing.directions import direction_map

    # Directions change slowly across a picture: the display's size says it all.
    return direction_map(analysis.trajectory, bounded_size(analysis.photo.size, PLAYER_PIXELS))


def drawn_paths(trajectory: Any) -> Paths:  # noqa: ANN401 - as above
    """Choose the paths that are drawn: as close as they can be read, without the shortest."""
    from blurstudio.engine.drawing.views import close_paths

    points, paths = close_paths(trajectory)
    return Paths(points, paths, tuple(trajectory.size))


def new_player(sharp: Bytes, trajectory: Any) -> Any:  # noqa: ANN401
    """Make the player of frames at the display's size, warmed up."""
    from blurstudio.engine.drawing.frames import FramePlayer

    player = FramePlayer(sharp, trajectory, bounded_size(sharp.shape[:2], PLAYER_PIXELS))
    # The first frames work out what all later ones share: here, not under the hand.
    player.frame(-0.5)
    player.frame(0.5)
    return player


def new_thumbnails(sharp: Bytes, trajectory: Any) -> list[Bytes]:  # noqa: ANN401
    """Make small frames at even moments."""
    from blurstudio.engine.drawing.frames import FramePlayer

    height, width = sharp.shape[:2]
    size = (_THUMBNAIL_HEIGHT, max(1, round(width * _THUMBNAIL_HEIGHT / height)))
    player = FramePlayer(sharp, trajectory, size)
    return [player.frame(index / (_THUMBNAILS - 1) - 0.5) for index in range(_THUMBNAILS)]


def thumbnails_of(player: Any, size: tuple[int, ...]) -> list[Bytes]:  # noqa: ANN401 - as above
    """Make small frames at even moments from a player's larger ones, of a picture of (H, W)."""
    from blurstudio.engine.pictures import resize_picture

    small = (_THUMBNAIL_HEIGHT, max(1, round(size[1] * _THUMBNAIL_HEIGHT / size[0])))
    moments = [index / (_THUMBNAILS - 1) - 0.5 for index in range(_THUMBNAILS)]
    return [resize_picture(player.frame(t), small).astype("uint8", copy=False) for t in moments]
