"""Words about the photo and the program, for titles, panel and dialogs.

Only text is made here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from blurstudio import __version__
from blurstudio.app.saying import say
from blurstudio.engine.findings.shutter import exposure_time_text

if TYPE_CHECKING:
    from blurstudio.engine.findings.verdict import Verdict
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.media.photo import Photo


def about() -> str:
    """Say what the program is and on what terms it comes, with the marks of headings."""
    does = QCoreApplication.translate(
        "about",
        "Reads a motion-blurred photo as a recording: the sharp picture, the paths of everything "
        "that moved, and the video between opening and closing of the shutter.",
    )
    terms = QCoreApplication.translate(
        "about",
        "MIT licence. Uses Qt (LGPL 3), PyTorch (BSD) and FFmpeg with x264 (LGPL/GPL); their "
        "licences come with the program.",
    )
    return f"<h3>Blur Studio {__version__}</h3>\n<p>{does}</p>\n<p>{terms}</p>"


def facts(photo: Photo) -> list[str]:
    """Say what is known about a photo, a line each."""
    height, width = photo.size
    megapixels = height * width / 1e6
    lines = [
        QCoreApplication.translate(
            "about", "{width} × {height} px  ·  {megapixels} MP  ·  {bits} bit"
        ).format(width=width, height=height, megapixels=f"{megapixels:.1f}", bits=photo.bit_depth)
    ]
    camera = []
    if photo.exposure_time is not None:
        camera.append(exposure_time_text(photo.exposure_time))
    if photo.focal_length is not None:
        camera.append(
            QCoreApplication.translate("about", "{length} mm").format(
                length=f"{photo.focal_length:g}"
            )
        )
    if camera:
        lines.append("  ·  ".join(camera))
    return lines


def motion(verdict: Verdict) -> list[str]:
    """Say what moved, and what would have helped, a line each; nothing for a sharp photo."""
    if verdict.sharp:
        return []
    lines = [say(verdict.sentence)]
    if verdict.longest_exposure is not None:
        lines.append(
            QCoreApplication.translate(
                "about", "At {exposure} most of it would have stayed within a pixel."
            ).format(exposure=exposure_time_text(verdict.longest_exposure))
        )
    return lines


def refinement(figures: Any) -> str:  # noqa: ANN401 - the engine's; torch is not imported here
    """Say what refining did, a paragraph for each point; nothing where it wasn't asked for."""
    return "" if figures is None else "\n".join(say(point) for point in figures.points)


def further_refinement(figures: Any, options: AnalysisOptions) -> str | None:  # noqa: ANN401
    """Tell which refinement would go on from what refining did, if any."""
    if figures is None:
        return None
    if figures.doubted is not None:
        return "shake"
    # A deconvolution follows whatever the paths do.
    blurred_still = options.refine == "path" and options.deblurrer == "network"
    return "both" if figures.shake is not None and blurred_still else None


def speed(mean_length: float, height: int, photo: Photo) -> str:
    """Say the mean speed on the sensor, or nothing where the exposure time isn't known.

    Parameters
    ----------
    mean_length
        Mean path in px of a picture that may be the photo reduced.
    height
        Height of that picture in px.
    """
    if not photo.exposure_time:
        return ""
    full = mean_length * photo.size[0] / height
    return QCoreApplication.translate("about", "{speed} px/ms").format(
        speed=f"{full / (photo.exposure_time * 1000):.2g}"
    )
