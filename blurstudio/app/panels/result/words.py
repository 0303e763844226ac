"""The Result panel's words: what its controls do, in plain words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def brush_modes() -> tuple[tuple[str, bool, str], ...]:
    """Return what a brush can do: text, whether it reveals, tooltip."""
    translate = QCoreApplication.translate
    return (
        (
            translate("result", "Hide the result"),
            False,
            translate("result", "Where you paint, the photo shows as it was taken"),
        ),
        (
            translate("result", "Reveal the result"),
            True,
            translate("result", "Where you paint, the deblurred result comes back"),
        ),
    )


def result_tips() -> dict[str, str]:
    """Return what each control does, by its key."""
    translate = QCoreApplication.translate
    return {
        "amount": translate(
            "result",
            "How much of the deblurred result is used: 100 % is as deblurred, 0 % is the photo. "
            "Frames and video are laid over the photo in the same way, and what shows of the photo "
            "stands still in them. Double click: back to 100 % (opacity of the result)",
        ),
        "brush": translate(
            "result",
            "Paint on the picture where the result is used and where the photo shows, also in "
            "frames and video. Hold Ctrl to do the opposite (Shift+B)",
        ),
        "brush_mode": translate(
            "result", "Whether the brush hides the result or brings it back; Ctrl does the opposite"
        ),
        "brush_size": translate(
            "result",
            "Width of the brush, in per cent of the picture's longer side: [ and ], or Ctrl and "
            "the wheel",
        ),
        "brush_hardness": translate(
            "result",
            "How far from its middle the brush counts fully before it fades out: Shift and the "
            "wheel",
        ),
        "brush_opacity": translate(
            "result", "How far one stroke goes; several strokes over each other go farther"
        ),
        "mask_show": translate(
            "result", "Veil what is hidden in red while the brush is in the hand (Shift+M)"
        ),
        "mask_invert": translate(
            "result", "Exchange what is hidden and what is revealed; it can be undone"
        ),
        "mask_clear": translate(
            "result",
            "Take all strokes away, so that the result is used everywhere; it can be undone",
        ),
    }
