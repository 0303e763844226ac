"""The Regions panel's words: what can become of a region's motion, and its figures in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.session.regions import Edit

if TYPE_CHECKING:
    from blurstudio.engine.region_figures import RegionFigures

EDITS = (
    ("As it is", Edit.NONE, "No edit; it also shields what lies below from other regions' edits"),
    ("Reverse time", Edit.REVERSE, "Things in it run the other way; the reblur stays the same"),
    ("Freeze", Edit.FREEZE, "Things in it stand still in the video"),
    ("Scale", Edit.SCALE, "Things in it move farther or less far"),
    ("Exclude", Edit.EXCLUDE, "It stays as in the photo: neither sharpened nor moved"),
)

TIPS = {
    "rectangle": "Drag a rectangle on the picture; with Shift a square (R)",
    "ellipse": "Drag an ellipse on the picture; with Shift a circle (E)",
    "polygon": "Click corner by corner; Enter closes it, Backspace takes the last one back (P)",
    "lasso": "Drag around something (Shift+P)",
    "region_edit": "What becomes of the motion in this region; the topmost region decides where "
    "several lie over each other (edit of the exposure trajectory)",
    "region_factor": "How far things move in it: 0 stands still, 1 is as it was, 2 twice as far "
    "(scaling of the motion offsets)",
    "region_feather": "Over how many px the edit fades in across the outline; a reversal always "
    "has a hard edge, since a faded one would not explain the photo any more",
    "region_colour": "The colour of its outline",
    "region_raise": "Let it govern what the next one above does",
    "region_lower": "Let the next one below govern where both lie",
    "region_delete": "Take the region away; it can be undone",
    "region_table": "Write length, direction, spread, curvature, confidence and reblur error of "
    "all regions as a table (CSV)",
}

HINT = (
    "Draw on the picture to change the motion of a part of it, or to measure it: "
    "R, E, P and Shift+P take a tool, V puts it down."
)


def figure_rows(figures: RegionFigures) -> list[tuple[str, str]]:
    """Put a region's figures into rows of name and value."""
    paths = figures.paths
    rows = [
        ("Area", f"{figures.share:.1%} of the photo"),
        ("Path", f"{paths.length:.1f} ± {paths.length_spread:.1f} px"),
    ]
    if paths.direction is not None and paths.direction_spread is not None:
        rows.append(("Direction", f"{paths.direction:.0f}° ± {paths.direction_spread:.0f}°"))
    if paths.curvature is not None:
        rows.append(("Curvature", f"{paths.curvature:.1%}"))
    if paths.confidence is not None:
        rows.append(("Confidence", f"{paths.confidence:.0%}"))
    rows.append(("Reblur error", f"{figures.reblur_error:.1%}"))
    if figures.own is not None:
        before, after = figures.own.before, figures.own.after
        rows += [
            ("Reblur here", f"{before.psnr:.1f} → {after.psnr:.1f} dB"),
            ("Gradients here", f"×{before.gradient_gain:.2f} → ×{after.gradient_gain:.2f}"),
            ("Path here", f"{before.mean_length:.1f} → {after.mean_length:.1f} px"),
        ]
    return rows
