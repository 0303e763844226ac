"""Which word of the glossary stands behind a control, a figure, or a picture.

The words themselves are in the glossary.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTROLS = {
    "motion_model": "motion network",
    "constraint": "constraint",
    "reverse": "time's arrow",
    "flip": "reversal",
    "direction_map": "direction map",
    "refine": "refinement",
    "refine_button": "refinement",
    "sharp_by": "deblurrer",
    "strength": "strength",
    "region_analyse": "own analysis",
    "region_refine": "refinement",
    "region_sharp_by": "deblurrer",
    "region_strength": "strength",
    "region_constraint": "constraint",
    "show_paths": "exposure trajectory",
    "frame_count": "latent frame",
    "memory_limit_gb": "tile",
    "fold explanation": "reblur",
    "fold camera": "camera's share",
}
"""By the object name of a control."""

PICTURES = {
    "photo": "blurred photo",
    "sharp": "latent sharp picture",
    "frame": "latent frame",
    "flow": "flow",
    "residual": "residual",
    "direction": "direction map",
    "blur": "blur map",
    "difference": "latent sharp picture",
    "confidence": "confidence",
    "against": "other",
    "error": "endpoint error",
}
"""By the key of a picture of the canvas."""


def figure_terms() -> dict[str, str]:
    """By the name that stands before a figure or over some sentences, in the window's language."""
    return {
        QCoreApplication.translate("figures", "Reblur"): "reblur figure",
        QCoreApplication.translate("figures", "Gradient energy"): "gradient gain",
        QCoreApplication.translate("figures", "Mean path"): "mean path length",
        QCoreApplication.translate("regions", "Reblur here"): "reblur figure",
        QCoreApplication.translate("regions", "Gradients here"): "gradient gain",
        QCoreApplication.translate("regions", "Path here"): "mean path length",
        QCoreApplication.translate("figures", "Mean speed"): "exposure trajectory",
        QCoreApplication.translate("figures", "Explanation"): "reblur",
        QCoreApplication.translate("figures", "Endpoint error"): "endpoint error",
        QCoreApplication.translate("figures", "Path error"): "path error",
        QCoreApplication.translate("figures", "Outliers"): "outlier",
        QCoreApplication.translate("figures", "Others"): "other",
        QCoreApplication.translate("figures", "Camera and subject"): "camera's share",
    }
