"""What the instruments let the lanes do: draw measures and their legends, ready for the screen.

Torch and the engine are imported inside the functions only: they run in a lane's thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from blurstudio.app.canvas import picture_image
from blurstudio.app.canvas.legend import PictureLegend
from blurstudio.app.canvas.overlays import Kernels
from blurstudio.app.saying import say
from blurstudio.sizes import bounded_size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from blurstudio.engine.drawing.histograms import MotionStatistics
    from blurstudio.engine.drawing.legends import Legend
    from blurstudio.engine.drawing.probe import Probe
    from blurstudio.engine.lanes.jobs import JobContext
    from blurstudio.engine.paths.motion_field import MotionField

MADE_HERE = ("blur", "difference", "confidence")
"""Pictures that are made when they are looked at."""

EXPLAINED = (*MADE_HERE, "flow", "residual", "direction")
"""Pictures that have a legend."""

# Lengths and confidence change slowly across a picture: the display's size says it all.
_DRAWN_PIXELS = 1280 * 704


@dataclass(frozen=True, eq=False)
class Measure:
    """A picture of something measured, and what its colours mean.

    Attributes
    ----------
    picture
        None where the picture comes with the results.
    """

    key: str
    picture: QImage | None
    legend: PictureLegend


@dataclass(frozen=True, eq=False)
class Known:
    """What answers at once wherever the cursor is: motion, and the sharp picture's own numbers."""

    field: MotionField
    sharp: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Probed:
    """A close look at one pixel (x, y) of the photo, with its pictures for the screen."""

    probe: Probe
    pixel: tuple[int, int]
    photo: QImage
    sharp: QImage
    reblurred: QImage
    kernel: QImage


def measure(
    analysis: Any,  # noqa: ANN401 - the engine's analysis; torch must not be imported for its type
    size: tuple[int, int],
    key: str,
    context: JobContext,
) -> Measure:
    """Draw one of `EXPLAINED`.

    Parameters
    ----------
    size
        (H, W) of the full-size photo, whose px lengths are told in.
    """
    from blurstudio.engine.drawing import heat, legends

    context.cancel.raise_if_cancelled()
    small = bounded_size(size, _DRAWN_PIXELS)
    paths = analysis.trajectory
    if key == "blur":
        pixels = heat.blur_picture(paths, size, small)
        legend = legends.blur_legend(heat.blur_top(paths, size))
    elif key == "confidence":
        pixels = heat.confidence_picture(paths, small)
        legend = legends.confidence_legend(known=paths.confidence is not None)
    elif key == "difference":
        pixels = heat.difference_picture(analysis.sharp, analysis.photo.pixels)
        legend = legends.difference_legend()
    elif key == "flow":
        scale = size[1] / analysis.photo.size[1]
        return Measure(key, None, shown_legend(legends.flow_legend(analysis.longest_flow * scale)))
    elif key == "residual":
        return Measure(key, None, shown_legend(legends.residual_legend()))
    else:
        return Measure(key, None, shown_legend(legends.direction_legend()))
    return Measure(key, picture_image(pixels), shown_legend(legend))


def known(
    analysis: Any,  # noqa: ANN401 - as above
    size: tuple[int, int],
    context: JobContext,
) -> Known:
    """Prepare what is asked at every move of the mouse."""
    from blurstudio.engine.paths.motion_field import motion_field

    context.cancel.raise_if_cancelled()
    return Known(motion_field(analysis.trajectory, size), analysis.sharp)


def kernels(analysis: Any, context: JobContext) -> Kernels:  # noqa: ANN401 - as above
    """Draw the local kernels over the photo."""
    from blurstudio.engine.drawing.kernel_sheet import kernel_sheet

    context.cancel.raise_if_cancelled()
    sheet = kernel_sheet(analysis.trajectory)
    height, width = sheet.pixels.shape[:2]
    shared = QImage(
        sheet.pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888_Premultiplied
    )
    # The conversion copies: numpy's memory is not referred to afterwards.
    image = shared.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    return Kernels(
        image,
        QCoreApplication.translate("instruments", "Kernels {scale} : 1").format(
            scale=f"{sheet.magnification:g}"
        ),
    )


def probe(
    source: tuple[Any, tuple[int, int]], place: tuple[float, float], context: JobContext
) -> Probed:
    """Look closely at a place.

    Parameters
    ----------
    source
        The engine's analysis, and (H, W) of the full-size photo.
    place
        (x, y) in corner coordinates of that photo.
    """
    from blurstudio.engine.drawing.probe import probe_at

    context.cancel.raise_if_cancelled()
    analysis, size = source
    found = probe_at(analysis, (place[0] / size[1], place[1] / size[0]), size)
    return Probed(
        found,
        (int(place[0]), int(place[1])),
        *map(picture_image, (found.photo, found.sharp, found.reblurred, found.kernel)),
    )


def histogram(
    _source: object, picture: tuple[str, QImage], context: JobContext
) -> NDArray[np.float32]:
    """Count the values of a picture of the canvas, given with its key; (3, 256) shares."""
    import numpy as np

    from blurstudio.engine.drawing.histograms import value_histogram

    context.cancel.raise_if_cancelled()
    image = picture[1]
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)
    # In memory a pixel is blue, green, red and nothing.
    return value_histogram(pixels[..., 2::-1])


def motion_spread(
    analysis: Any,  # noqa: ANN401 - as above
    size: tuple[int, int],
    context: JobContext,
) -> MotionStatistics:
    """Count directions and lengths of the paths."""
    from blurstudio.engine.drawing.histograms import motion_statistics

    context.cancel.raise_if_cancelled()
    return motion_statistics(analysis.trajectory, size)


def shown_legend(legend: Legend) -> PictureLegend:
    """Make a legend ready for the screen."""
    return PictureLegend(
        say(legend.title),
        picture_image(legend.scale),
        legend.is_wheel,
        tuple((place, say(text)) for place, text in legend.ticks),
        tuple(say(remark) for remark in legend.remarks),
    )
