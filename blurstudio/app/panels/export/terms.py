"""The words of the export dialog: what can be written, and what each of it is.

Names of formats and their endings are here too.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from blurstudio.engine.export.request import Part


def part_terms() -> dict[Part, tuple[str, str]]:
    """Return name and explanation of everything that can be written."""
    return {
        Part.SHARP: (
            QCoreApplication.translate("ExportDialog", "S&harp photo"),
            QCoreApplication.translate(
                "ExportDialog", "The picture at mid-exposure, with the photo's profile and EXIF"
            ),
        ),
        Part.EXPOSED: (
            QCoreApplication.translate("ExportDialog", "Sh&orter exposure"),
            QCoreApplication.translate(
                "ExportDialog",
                "The photo as if the shutter had been open for the part of the exposure only",
            ),
        ),
        Part.STRIP: (
            QCoreApplication.translate("ExportDialog", "&Before and after"),
            QCoreApplication.translate(
                "ExportDialog", "Photo and sharp photo side by side, with a thin line between"
            ),
        ),
        Part.OVERLAY: (
            QCoreApplication.translate("ExportDialog", "Photo with pa&ths"),
            QCoreApplication.translate(
                "ExportDialog", "How things moved, drawn over the photo (overlay), as .png"
            ),
        ),
        Part.PICTURES: (
            QCoreApplication.translate("ExportDialog", "F&low and residual as pictures"),
            QCoreApplication.translate(
                "ExportDialog", "Motion in colours, and what the explanation leaves over, as .png"
            ),
        ),
        Part.FRAMES: (
            QCoreApplication.translate("ExportDialog", "Frames as &single pictures"),
            QCoreApplication.translate("ExportDialog", "Moments of the exposure as numbered files"),
        ),
        Part.VIDEO: (
            QCoreApplication.translate("ExportDialog", "V&ideo"),
            QCoreApplication.translate("ExportDialog", "The exposure as a video"),
        ),
        Part.OVERLAY_VIDEO: (
            QCoreApplication.translate("ExportDialog", "Video with pa&ths"),
            QCoreApplication.translate(
                "ExportDialog",
                "The same with the paths drawn over it and a dot moving along each "
                "(animated overlay)",
            ),
        ),
        Part.FLOW: (
            QCoreApplication.translate("ExportDialog", "F&low"),
            QCoreApplication.translate(
                "ExportDialog", "Motion from first to last moment, a vector for every pixel"
            ),
        ),
        Part.PATHS: (
            QCoreApplication.translate("ExportDialog", "Pa&ths"),
            QCoreApplication.translate("ExportDialog", "The exposure trajectories as .npz"),
        ),
        Part.KERNELS: (
            QCoreApplication.translate("ExportDialog", "&Blur kernels"),
            QCoreApplication.translate(
                "ExportDialog", "How a point of light was smeared, all over the photo, as .png"
            ),
        ),
        Part.MASKS: (
            QCoreApplication.translate("ExportDialog", "Region &masks"),
            QCoreApplication.translate(
                "ExportDialog", "A .png for every region: white where it governs the picture"
            ),
        ),
        Part.FIGURES: (
            QCoreApplication.translate("ExportDialog", "F&igures"),
            QCoreApplication.translate(
                "ExportDialog", "What was measured, and which networks and settings, as .json"
            ),
        ),
        Part.REPORT: (
            QCoreApplication.translate("ExportDialog", "&One page about the photo"),
            QCoreApplication.translate(
                "ExportDialog",
                "Pictures, figures, settings and versions in a single .html file (report)",
            ),
        ),
    }


def video_terms() -> dict[str, str]:
    """Return the names of films and animations by their endings."""
    return {
        "mp4": QCoreApplication.translate("ExportDialog", "MP4 (H.264)"),
        "mkv": QCoreApplication.translate("ExportDialog", "MKV (FFV1, lossless)"),
        "mov": QCoreApplication.translate("ExportDialog", "MOV (ProRes, for editing)"),
        "gif": QCoreApplication.translate("ExportDialog", "GIF"),
        "webp": QCoreApplication.translate("ExportDialog", "WebP"),
    }


def still_terms() -> list[tuple[str, object]]:
    """Return the names of picture formats with their endings."""
    return [
        (QCoreApplication.translate("ExportDialog", "TIFF"), "tif"),
        (QCoreApplication.translate("ExportDialog", "PNG"), "png"),
        (QCoreApplication.translate("ExportDialog", "JPEG"), "jpg"),
        (QCoreApplication.translate("ExportDialog", "OpenEXR"), "exr"),
    ]


def flow_terms() -> dict[str, tuple[str, str]]:
    """Return name and explanation of the kinds of flow files."""
    return {
        "flo": (
            QCoreApplication.translate("ExportDialog", "Middlebury .flo"),
            QCoreApplication.translate("ExportDialog", "Floats; what most programs read"),
        ),
        "kitti": (
            QCoreApplication.translate("ExportDialog", "KITTI .png"),
            QCoreApplication.translate("ExportDialog", "Steps of 1/64 px, up to 512 px; small"),
        ),
        "pfm": (
            QCoreApplication.translate("ExportDialog", "PFM"),
            QCoreApplication.translate("ExportDialog", "Floats in three channels, the last one 0"),
        ),
    }
