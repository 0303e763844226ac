"""The Motion panel's words: what can be chosen, and what each control does.

A tooltip says it in plain words and ends with the papers' term in brackets.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

Entries = tuple[tuple[str, Any, str], ...]
"""What an entry says, what it stands for, and what it does."""


def constraints() -> Entries:
    """Name the curves that paths may follow."""
    return (
        (
            QCoreApplication.translate("motion", "As the network answers"),
            None,
            QCoreApplication.translate("motion", "No other curve is fitted to the paths"),
        ),
        (
            QCoreApplication.translate("motion", "Straight"),
            "linear",
            QCoreApplication.translate(
                "motion", "The steadiest: a straight line at one speed (linear)"
            ),
        ),
        (
            QCoreApplication.translate("motion", "Kinked"),
            "bilinear",
            QCoreApplication.translate(
                "motion", "Two straight halves that meet in the middle (bi-linear)"
            ),
        ),
        (
            QCoreApplication.translate("motion", "Curved"),
            "quadratic",
            QCoreApplication.translate("motion", "A bend, and a change of speed (quadratic)"),
        ),
        (
            QCoreApplication.translate("motion", "Free"),
            "free",
            QCoreApplication.translate("motion", "Any way, moment by moment (zero constraint)"),
        ),
    )


def refinements() -> Entries:
    """Name the ways to fit a result to its photo."""
    return (
        (
            QCoreApplication.translate("motion", "Off"),
            "off",
            QCoreApplication.translate("motion", "The network's answer as it is"),
        ),
        (
            QCoreApplication.translate("motion", "Paths"),
            "path",
            QCoreApplication.translate(
                "motion",
                "Fit the paths to this one photo; if all of it moved as one, as when a hand shook, "
                "that path is followed everywhere",
            ),
        ),
        (
            QCoreApplication.translate("motion", "Paths and picture"),
            "both",
            QCoreApplication.translate(
                "motion",
                "Fit the paths, and the sharp picture with them, also along a shake of the whole "
                "photo",
            ),
        ),
        (
            QCoreApplication.translate("motion", "One shake"),
            "shake",
            QCoreApplication.translate(
                "motion",
                "The whole photo moved as one, as when a hand shook: trace that path, whatever its "
                "shape, and sharpen along it as far as that looks right (blind kernel estimation)",
            ),
        ),
    )


def tips() -> dict[str, str]:
    """Say what each control does, by its key."""
    return {
        "motion_model": QCoreApplication.translate(
            "motion",
            "Which network reads out of the blur how everything moved while the shutter "
            "was open (motion offset network)",
        ),
        "constraint": QCoreApplication.translate(
            "motion",
            "Which curves the paths may follow: a straight one is steady, a freer one can "
            "follow a hand that shook (constraint of the exposure trajectory)",
        ),
        "reverse": QCoreApplication.translate(
            "motion",
            "A blurred photo doesn't tell which way time ran. This turns it round everywhere; "
            "the sharp picture stays as it is (temporal ordering of the motion offsets)",
        ),
        "flip": QCoreApplication.translate(
            "motion",
            "Then click on something in the picture: time turns round in all that moves with it. "
            "Esc ends it (temporal ordering of a region)",
        ),
        "direction_map": QCoreApplication.translate(
            "motion",
            "Colour the picture by the way things went; stripes mark neighbours that "
            "run against each other (directions of the motion offsets)",
        ),
        "refine": QCoreApplication.translate(
            "motion",
            "Fit the result to this one photo: blur it again along its paths, compare, mend, and "
            "so on (self-supervised reblur loss)",
        ),
        "shake_button": QCoreApplication.translate(
            "motion",
            "Take the whole photo to have moved along one path of any shape, as a hand shakes, and "
            "see whether that looks right; Ctrl+Z goes back (blind kernel, one for the photo)",
        ),
        "both_button": QCoreApplication.translate(
            "motion",
            "Make the sharp picture anew along the one path that the whole photo followed; it "
            "takes a while, and Ctrl+Z goes back (deconvolution along a blind kernel)",
        ),
        "refine_button": QCoreApplication.translate(
            "motion",
            "Fit the paths to this one photo now; press T to watch them bend. It takes a "
            "while and can be stopped (self-supervised reblur loss)",
        ),
        "sharp_by": QCoreApplication.translate(
            "motion",
            "What makes the sharp picture: a network that has seen many photos, or a "
            "calculation that only undoes the blur along the paths (motion-aware deblurring; "
            "non-blind deconvolution)",
        ),
        "strength": QCoreApplication.translate(
            "motion",
            "How far the calculation goes: more is sharper, and shows more noise and rings. "
            "Double click: back to the middle (Richardson-Lucy iterations and total variation)",
        ),
        "reset": QCoreApplication.translate(
            "motion", "Take back every choice for this photo; it can be undone (defaults)"
        ),
    }


def waiting() -> str:
    """Say why nothing can be chosen yet."""
    return QCoreApplication.translate(
        "motion", "The photo is being read; choices can be changed when that is done."
    )


def missing() -> str:
    """Say why little can be chosen."""
    return QCoreApplication.translate(
        "motion", "There is no result yet: choose another network, or analyse again (Ctrl+R)."
    )


def flipping() -> str:
    """Say what a click does while a region is to be flipped."""
    return QCoreApplication.translate(
        "motion", "Click on what shall run the other way. Esc ends this."
    )
