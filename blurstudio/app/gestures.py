"""What the pointer does on the picture: no actions, but they belong to the list of keys."""

from __future__ import annotations

from blurstudio.app.actions.action_spec import QT_TRANSLATE_NOOP

GESTURES: tuple[tuple[str, str], ...] = (
    (QT_TRANSLATE_NOOP("actions", "Wheel"), QT_TRANSLATE_NOOP("actions", "Zoom at the pointer")),
    (QT_TRANSLATE_NOOP("actions", "Drag"), QT_TRANSLATE_NOOP("actions", "Move the picture")),
    (
        QT_TRANSLATE_NOOP("actions", "Middle click"),
        QT_TRANSLATE_NOOP("actions", "Cycle fit and 100 %"),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "Click, with the probe open"),
        QT_TRANSLATE_NOOP("actions", "Pin the place; on the pin: let go"),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "Double click on the split line"),
        QT_TRANSLATE_NOOP("actions", "Lay it down, or stand it up"),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "Drop a file"),
        QT_TRANSLATE_NOOP(
            "actions", "Open the photo; a flow or paths: compare them with the photo on show"
        ),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "Drop with Shift"),
        QT_TRANSLATE_NOOP("actions", "Compare a picture, or frames, with the photo on show"),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "Click on a region"),
        QT_TRANSLATE_NOOP("actions", "Choose it; drag it, its corners or its points to change it"),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "Double click on its edge"),
        QT_TRANSLATE_NOOP("actions", "Add a point; on a point: remove it"),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "Enter, Backspace"),
        QT_TRANSLATE_NOOP("actions", "While drawing a polygon: close it, take back a point"),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "Shift while dragging"),
        QT_TRANSLATE_NOOP("actions", "Draw a square or a circle"),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "Ctrl while painting"),
        QT_TRANSLATE_NOOP("actions", "With the brush: do the opposite, as an eraser does"),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "Ctrl+wheel, Shift+wheel"),
        QT_TRANSLATE_NOOP("actions", "With the brush: change its size, its hardness"),
    ),
)
