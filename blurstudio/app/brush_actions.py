"""The part of the table of actions about the brush, and the mask that it paints.

The table itself, and what it is for, is in `actions.py`.
"""

from __future__ import annotations

from blurstudio.app.action_spec import ActionSpec, Group, Needs, Reach


def _deed(id_: str, text: str, tip: str, *keys: str) -> ActionSpec:
    return ActionSpec(
        id_, text, tip, Group.REGIONS, keys, needs=Needs.RESULTS, reach=Reach.WORK_AREA
    )


BRUSH_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "tool.brush",
        "Br&ush",
        "Paint where the deblurred result is used and where the photo shows; Ctrl does the "
        "opposite",
        Group.REGIONS,
        ("Shift+B",),
        checkable=True,
        family="tool",
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    _deed("brush.larger", "Lar&ger brush", "Paint with a larger brush", "]"),
    _deed("brush.smaller", "S&maller brush", "Paint with a smaller brush", "["),
    ActionSpec(
        "mask.show",
        "Show mas&k",
        "Veil what the brush hid, while the brush is in the hand",
        Group.REGIONS,
        ("Shift+M",),
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    _deed("mask.invert", "&Invert mask", "Exchange what is hidden and what is revealed"),
    _deed("mask.clear", "Clear ma&sk", "Take all strokes away: the result is used everywhere"),
)
