"""The settings dialog's words: what can be chosen, and what each control does.

A tooltip says it in plain words and ends with the technical term in brackets.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from blurstudio.app.theme import DARK, LIGHT, SYSTEM

Entries = tuple[tuple[str, str], ...]


def devices() -> Entries:
    """Name the places to compute."""
    return (
        (QCoreApplication.translate("settings", "The fastest there is"), "auto"),
        (QCoreApplication.translate("settings", "Processor"), "cpu"),
        (QCoreApplication.translate("settings", "NVIDIA graphics card"), "cuda"),
        (QCoreApplication.translate("settings", "Apple graphics"), "mps"),
    )


def precisions() -> Entries:
    """Name the precisions."""
    return (
        (QCoreApplication.translate("settings", "What the device computes best in"), "auto"),
        (QCoreApplication.translate("settings", "Full: 32 bit"), "float32"),
        (QCoreApplication.translate("settings", "Fast: 16 bit"), "bfloat16"),
    )


def themes() -> Entries:
    """Name the looks."""
    return (
        (QCoreApplication.translate("settings", "Dark"), DARK),
        (QCoreApplication.translate("settings", "Light"), LIGHT),
        (QCoreApplication.translate("settings", "As the system"), SYSTEM),
    )


def tips() -> dict[str, str]:
    """Say what each control does, by the name of its setting."""
    return {
        "device": QCoreApplication.translate(
            "settings",
            "Which part of this machine does the work: a graphics card is many times faster than "
            "the processor (compute device)",
        ),
        "precision": QCoreApplication.translate(
            "settings",
            "How many digits the networks reckon with: fewer are faster where the machine can, and "
            "hardly seen (floating-point precision, bfloat16)",
        ),
        "memory_limit_gb": QCoreApplication.translate(
            "settings",
            "How much memory the work may take; with less, a large photo is done in smaller pieces "
            "and takes longer (memory budget of the tiles)",
        ),
        "threads": QCoreApplication.translate(
            "settings",
            "How much of the processor the work may take; fewer leave more to other programs "
            "(intra-op threads)",
        ),
        "theme": QCoreApplication.translate(
            "settings",
            "The greys around the picture; a dark one lets the photo's own colours speak (colour "
            "scheme)",
        ),
        "show_paths": QCoreApplication.translate(
            "settings",
            "Draw the way that things went over the picture, coloured by time (overlay of exposure "
            "trajectories)",
        ),
        "show_panel": QCoreApplication.translate(
            "settings", "Show figures and choices beside the picture (side panel)"
        ),
        "frame_count": QCoreApplication.translate(
            "settings",
            "How many moments of the exposure the timeline steps through (latent frames)",
        ),
        "motion_model": QCoreApplication.translate(
            "settings",
            "Which network reads out of the blur how everything moved (motion offset network)",
        ),
        "constraint": QCoreApplication.translate(
            "settings",
            "Which curves the paths may follow (constraint of the exposure trajectory)",
        ),
        "refine": QCoreApplication.translate(
            "settings",
            "Whether every photo's result is fitted to that photo once more; it takes a while "
            "(self-supervised reblur loss)",
        ),
        "sharp_by": QCoreApplication.translate(
            "settings",
            "What makes the sharp picture: a network, or a calculation that only undoes the blur "
            "along the paths (motion-aware deblurring; non-blind deconvolution)",
        ),
        "export_folder": QCoreApplication.translate(
            "settings",
            "Where exports go unless you say otherwise; empty: beside the photo (output folder)",
        ),
    }
