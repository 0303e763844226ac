"""What the result of the turned camera says on the results page.

Measuring is `camera`'s business; the other protocols' sections are in `sections`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.evaluation import targets
from blurstudio.evaluation.tables import Figure, Section, table

if TYPE_CHECKING:
    from blurstudio.evaluation.camera import CameraResult
    from blurstudio.evaluation.circumstances import Circumstances


def camera_section(
    result: CameraResult, circumstances: Circumstances, partial: str = ""
) -> Section:
    """Write down the figures of the turned camera."""
    rows = [
        (
            score.turn.path.name,
            *(f"{angle + 0.0:g}" for angle in score.turn.angles),
            *(f"{angle:.1f}" for angle in score.found),
            f"{score.error:.2f}",
            "yes" if score.turn.shifted else "",
        )
        for score in result.scores
    ]
    focals = sorted({score.focal for score in result.scores})
    true, found = ("pitch", "yaw", "roll"), ("pitch found", "yaw found", "roll found")
    head = ("Photo", *true, *found, "error", "shifted")
    body = "\n".join(
        [
            "Photos blurred by a camera that turned by known angles (degrees, about the picture's "
            "axes; all signs may be turned together). Nobody knows the focal length: each photo "
            f"is judged with the one that suits the others best ({focals[0]:g} to {focals[-1]:g} "
            "px). A camera that was shifted as well looks as if it had turned. The error is the "
            "mean over the three angles.",
            "",
            table(head, rows, numbers=True),
        ]
    )
    still = f"beside {result.still:.2f} degrees for a camera said to stand still"
    figures = (
        Figure.judged("Camera's angles, mean error", result.error, targets.CAMERA_ERROR, still),
        Figure.reported(
            "The same, photos without shift",
            result.error_unshifted,
            f"{result.error_unshifted:.2f} degrees",
        ),
    )
    return Section("camera", "A camera that turned", figures, body, circumstances, partial)
