"""Which word of the glossary stands behind a control, a figure, or a picture.

The words themselves are in the glossary.
"""

from __future__ import annotations

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
}
"""By the object name of a control."""

FIGURES = {
    "Reblur": "reblur figure",
    "Gradient energy": "gradient gain",
    "Mean path": "mean path length",
    "Reblur here": "reblur figure",
    "Gradients here": "gradient gain",
    "Path here": "mean path length",
    "Mean speed": "exposure trajectory",
    "Explanation": "reblur",
    "Endpoint error": "endpoint error",
    "Path error": "path error",
    "Outliers": "outlier",
    "Others": "other",
    "Camera and subject": "camera's share",
}
"""By the name that stands before a figure or over some sentences."""

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
