"""The Regions panel's words: what can become of a region's motion, and its figures in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from blurstudio.app.panels.labels import percent
from blurstudio.session.regions import Edit

if TYPE_CHECKING:
    from blurstudio.engine.findings.region_figures import RegionFigures


def edits() -> tuple[tuple[str, Edit, str], ...]:
    """Say what can become of a region's motion: its name, the edit, and what it does."""
    return (
        (
            QCoreApplication.translate("regions", "As it is"),
            Edit.NONE,
            QCoreApplication.translate(
                "regions", "No edit; it also shields what lies below from other regions' edits"
            ),
        ),
        (
            QCoreApplication.translate("regions", "Reverse time"),
            Edit.REVERSE,
            QCoreApplication.translate(
                "regions", "Things in it run the other way; the reblur stays the same"
            ),
        ),
        (
            QCoreApplication.translate("regions", "Freeze"),
            Edit.FREEZE,
            QCoreApplication.translate("regions", "Things in it stand still in the video"),
        ),
        (
            QCoreApplication.translate("regions", "Scale"),
            Edit.SCALE,
            QCoreApplication.translate("regions", "Things in it move farther or less far"),
        ),
        (
            QCoreApplication.translate("regions", "Exclude"),
            Edit.EXCLUDE,
            QCoreApplication.translate(
                "regions", "It stays as in the photo: neither sharpened nor moved"
            ),
        ),
    )


def tool_names() -> dict[str, str]:
    """Name the tools that draw."""
    return {
        "rectangle": QCoreApplication.translate("regions", "Rectangle"),
        "ellipse": QCoreApplication.translate("regions", "Ellipse"),
        "polygon": QCoreApplication.translate("regions", "Polygon"),
        "lasso": QCoreApplication.translate("regions", "Lasso"),
    }


def tips() -> dict[str, str]:
    """Say what each control does, by its key."""
    return {
        "rectangle": QCoreApplication.translate(
            "regions", "Drag a rectangle on the picture; with Shift a square (R)"
        ),
        "ellipse": QCoreApplication.translate(
            "regions", "Drag an ellipse on the picture; with Shift a circle (E)"
        ),
        "polygon": QCoreApplication.translate(
            "regions",
            "Click corner by corner; Enter closes it, Backspace takes the last one back (P)",
        ),
        "lasso": QCoreApplication.translate("regions", "Drag around something (Shift+P)"),
        "region_edit": QCoreApplication.translate(
            "regions",
            "What becomes of the motion in this region; the topmost region decides where "
            "several lie over each other (edit of the exposure trajectory)",
        ),
        "region_factor": QCoreApplication.translate(
            "regions",
            "How far things move in it: 0 stands still, 1 is as it was, 2 twice as far "
            "(scaling of the motion offsets)",
        ),
        "region_feather": QCoreApplication.translate(
            "regions",
            "Over how many px the edit fades in across the outline; a reversal always "
            "has a hard edge, since a faded one would not explain the photo any more",
        ),
        "region_colour": QCoreApplication.translate("regions", "The colour of its outline"),
        "region_raise": QCoreApplication.translate(
            "regions", "Let it govern what the next one above does"
        ),
        "region_lower": QCoreApplication.translate(
            "regions", "Let the next one below govern where both lie"
        ),
        "region_delete": QCoreApplication.translate(
            "regions", "Take the region away; it can be undone"
        ),
        "region_table": QCoreApplication.translate(
            "regions",
            "Write length, direction, spread, curvature, confidence and reblur error of "
            "all regions as a table (CSV)",
        ),
    }


def hint() -> str:
    """Say how regions come about."""
    return QCoreApplication.translate(
        "regions",
        "Draw on the picture to change the motion of a part of it, or to measure it: "
        "R, E, P and Shift+P take a tool, V puts it down.",
    )


def figure_rows(figures: RegionFigures) -> list[tuple[str, str]]:
    """Put a region's figures into rows of name and value."""
    paths = figures.paths
    rows = [
        (
            QCoreApplication.translate("regions", "Area"),
            QCoreApplication.translate("regions", "{share} of the photo").format(
                share=percent(figures.share, 1)
            ),
        ),
        (
            QCoreApplication.translate("regions", "Path"),
            f"{paths.length:.1f} ± {paths.length_spread:.1f} px",
        ),
    ]
    if paths.direction is not None and paths.direction_spread is not None:
        rows.append(
            (
                QCoreApplication.translate("regions", "Direction"),
                f"{paths.direction:.0f}° ± {paths.direction_spread:.0f}°",
            )
        )
    if paths.curvature is not None:
        rows.append(
            (QCoreApplication.translate("regions", "Curvature"), percent(paths.curvature, 1))
        )
    if paths.confidence is not None:
        rows.append(
            (QCoreApplication.translate("regions", "Confidence"), percent(paths.confidence))
        )
    rows.append(
        (QCoreApplication.translate("regions", "Reblur error"), percent(figures.reblur_error, 1))
    )
    if figures.own is not None:
        before, after = figures.own.before, figures.own.after
        rows += [
            (
                QCoreApplication.translate("regions", "Reblur here"),
                f"{before.psnr:.1f} → {after.psnr:.1f} dB",
            ),
            (
                QCoreApplication.translate("regions", "Gradients here"),
                f"×{before.gradient_gain:.2f} → ×{after.gradient_gain:.2f}",
            ),
            (
                QCoreApplication.translate("regions", "Path here"),
                f"{before.mean_length:.1f} → {after.mean_length:.1f} px",
            ),
        ]
    return rows
