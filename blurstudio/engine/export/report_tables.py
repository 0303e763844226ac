"""The figures of a report as rows of a name and a value, in words for people.

Nothing is measured here, and nothing is known of pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blurstudio.engine.options import AnalysisOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blurstudio.engine.analysis import Analysis
    from blurstudio.engine.export.request import ExportRequest
    from blurstudio.engine.findings.verdict import Verdict
    from blurstudio.exposure.report import ReblurReport
    from blurstudio.media.photo import Photo

Rows = tuple[tuple[str, str], ...]

_TASKS = {
    "motion": "Motion",
    "deblur": "Deblurring",
    "refine": "Refinement",
    "keep": "Keeping",
    "shake": "Whole photo's shake",
}
_NAMES = {
    "device": "Device asked for",
    "precision": "Precision asked for",
    "memory_limit": "Memory limit",
    "motion_model": "Motion network",
    "deblur_model": "Deblurring network",
    "max_side": "Longer side reduced to",
    "constraint": "Path shape",
    "refine": "Refinement",
    "deblurrer": "Sharp picture by",
    "strength": "Strength of the deconvolution",
    "reverse": "Time reversed",
    "flips": "Time turned round at",
}


def explanation(report: ReblurReport) -> Rows:
    """Say how well the result explains the photo: the figure with its companions, or none of them.

    A photo taken for its own sharp picture, with no motion, explains itself perfectly; so the
    reblur's figure never stands alone.
    """
    if not report.motion_found:
        return ()
    return (
        ("Reblur (PSNR)", f"{report.psnr:.1f} dB"),
        ("Gradient energy over the photo's", f"×{report.gradient_gain:.2f}"),
        ("Mean path", f"{report.mean_length:.1f} px"),
    )


def photo_facts(photo: Photo) -> Rows:
    """Say what the photo is."""
    height, width = photo.size
    rows = [("Size", f"{width} × {height} px"), ("Bits per channel", str(photo.bit_depth))]
    if photo.exposure_time:
        rows.append(("Exposure time", f"{1000 * photo.exposure_time:.3g} ms"))
    if photo.focal_length:
        rows.append(("Focal length", f"{photo.focal_length:g} mm"))
    rows.append(("Colour profile", "as in the photo" if photo.icc_profile else "sRGB"))
    return tuple(rows)


def measured(verdict: Verdict) -> Rows:
    """Say what was read from the motion."""
    rows = [
        ("Blur length, median", f"{verdict.blur_length:.1f} px"),
        ("A tenth of the picture is above", f"{verdict.strongest:.1f} px"),
        ("The camera's share", f"{verdict.camera_length:.1f} px"),
    ]
    if verdict.camera_direction:
        rows.append(("The camera's direction", verdict.camera_direction))
    pitch, yaw, roll = verdict.rotation
    assumed = "" if verdict.focal_known else ", with a usual focal length"
    rows.append(("Pitch, yaw, roll", f"{pitch:.2f}°, {yaw:.2f}°, {roll:.2f}°{assumed}"))
    if verdict.degrees_per_second is not None:
        rows.append(("Speed of that rotation", f"{verdict.degrees_per_second:.1f}° per second"))
    rows += [
        (
            "Moved by itself",
            f"{subject.place}: {subject.added:.1f} px, {subject.direction}, "
            f"{100 * subject.area:.0f} % of the picture",
        )
        for subject in verdict.subjects
    ]
    if verdict.longest_exposure is not None:
        rows.append(("Would have been sharp at", f"{1000 * verdict.longest_exposure:.3g} ms"))
    return tuple(rows)


def settings(analysis: Analysis, request: ExportRequest) -> Rows:
    """Say which choices made the result, the unusual ones marked, and the edits of regions."""
    usual = AnalysisOptions().as_dict()
    rows = []
    for key, value in analysis.options.as_dict().items():
        text = _in_words(value)
        rows.append((_NAMES.get(key, key), text if value == usual[key] else f"{text} (chosen)"))
    rows += [("Edit of a region", edit.words) for edit in analysis.edits]
    first, last = (100 * (moment + 0.5) for moment in request.interval)
    rows.append(("Part of the exposure", f"{first:.0f} to {last:.0f} %"))
    return tuple(rows)


def networks(provenance: Mapping[str, Any]) -> Rows:
    """Say which networks made the result, with the hashes of their weights, and where they ran."""
    rows: list[tuple[str, str]] = []
    for task, card in provenance.get("models", {}).items():
        name = _TASKS[task]
        made = f", {card['architecture']}" if card.get("architecture") else ""
        rows.append((name, f"{card['name']}{made}"))
        if card.get("sha256"):
            rows.append((f"{name}, SHA-256 of the weights", card["sha256"]))
    for key, name in (("device", "Ran on"), ("precision", "Precision")):
        if provenance.get(key):
            rows.append((name, str(provenance[key])))
    return tuple(rows)


def _in_words(value: object) -> str:
    if value is None:
        return "as usual"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (tuple, list)):
        places = ["; ".join(f"{part:.3f}" for part in place) for place in value]
        return ", ".join(places) or "nowhere"
    return str(value)
