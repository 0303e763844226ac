"""The part of the table of actions about the brush, and the mask that it paints.

The table itself, and what it is for, is in `table.py`.
"""

from __future__ import annotations

from blurstudio.app.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec, Group, Needs, Reach


def _deed(id_: str, text: str, tip: str, *keys: str) -> ActionSpec:
    return ActionSpec(
        id_, text, tip, Group.REGIONS, keys, needs=Needs.RESULTS, reach=Reach.WORK_AREA
    )


BRUSH_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "tool.brush",
        QT_TRANSLATE_NOOP("actions", "Br&ush"),
        QT_TRANSLATE_NOOP(
            "actions",
            "Paint where the deblurred result is used and where the photo shows; Ctrl does the "
            "opposite",
        ),
        Group.REGIONS,
        ("Shift+B",),
        checkable=True,
        family="tool",
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    _deed(
        "brush.larger",
        QT_TRANSLATE_NOOP("actions", "Lar&ger brush"),
        QT_TRANSLATE_NOOP("actions", "Paint with a larger brush"),
        "]",
    ),
    _deed(
        "brush.smaller",
        QT_TRANSLATE_NOOP("actions", "S&maller brush"),
        QT_TRANSLATE_NOOP("actions", "Paint with a smaller brush"),
        "[",
    ),
    ActionSpec(
        "mask.show",
        QT_TRANSLATE_NOOP("actions", "Show mas&k"),
        QT_TRANSLATE_NOOP("actions", "Veil what the brush hid, while the brush is in the hand"),
        Group.REGIONS,
        ("Shift+M",),
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    _deed(
        "mask.invert",
        QT_TRANSLATE_NOOP("actions", "&Invert mask"),
        QT_TRANSLATE_NOOP("actions", "Exchange what is hidden and what is revealed"),
    ),
    _deed(
        "mask.clear",
        QT_TRANSLATE_NOOP("actions", "Clear ma&sk"),
        QT_TRANSLATE_NOOP("actions", "Take all strokes away: the result is used everywhere"),
    ),
)
