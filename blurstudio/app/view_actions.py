"""The part of the table of actions about looking closely: measures, overlays, comparing, panels.

The table itself, and what it is for, is in `actions.py`.
"""

from __future__ import annotations

from blurstudio.app.action_spec import ActionSpec, Group, Needs, Reach


def _overlay(id_: str, text: str, tip: str, *keys: str) -> ActionSpec:
    return ActionSpec(
        f"view.{id_}",
        text,
        tip,
        Group.VIEW,
        keys,
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    )


def _picture(id_: str, key: str, text: str, tip: str) -> ActionSpec:
    return ActionSpec(
        f"view.{id_}",
        text,
        tip,
        Group.VIEW,
        (key,),
        checkable=True,
        family="picture",
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    )


MEASURES: tuple[ActionSpec, ...] = (
    _picture("difference", "8", "Differ&ence", "What deblurring changed: sharp picture − photo"),
    _picture("confidence", "9", "&Confidence", "How sure the network is of the paths, as heat"),
    ActionSpec(
        "view.blur_map",
        "Blur &map on or off",
        "Show how long the blur is, or the picture before it again",
        Group.VIEW,
        ("B",),
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    ActionSpec(
        "view.errors",
        "Ne&xt error view",
        "Go from the picture to difference, residual and back",
        Group.VIEW,
        ("D",),
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
)

OVERLAYS: tuple[ActionSpec, ...] = (
    _overlay("arrows", "Arro&ws", "Draw where things went, from first to last moment", "G"),
    _overlay("kernels", "&Kernels", "Draw the local blur kernels on a grid", "Shift+G"),
    _overlay("legends", "Le&gends", "Explain the colours of flow, blur and the like in a corner"),
)

COMPARISONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "compare.flicker",
        "&Flicker",
        "Photo and result in turns, two changes a second",
        Group.COMPARE,
        ("Alt+Y",),
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "compare.turn",
        "&Turn the split line",
        "Let the split line lie or stand; a double click on it does so too",
        Group.COMPARE,
        ("Ctrl+Shift+Y",),
        needs=Needs.RESULTS,
        divider=True,
    ),
)

PANELS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "view.probe",
        "Pro&be",
        "Look closely at the place under the cursor: path, kernel, pixels; a click pins it",
        Group.VIEW,
        ("Ctrl+I",),
        checkable=True,
    ),
    ActionSpec(
        "view.histogram",
        "&Histogram",
        "Count values, directions and path lengths",
        Group.VIEW,
        ("H",),
        checkable=True,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "view.controls",
        "View &controls",
        "Switch overlays and set how much of them shows through",
        Group.VIEW,
        checkable=True,
    ),
    ActionSpec(
        "view.queue",
        "&Queue",
        "Show what is written one after another, and what came of it",
        Group.VIEW,
        ("Ctrl+B",),
        checkable=True,
    ),
    ActionSpec(
        "view.layout",
        "Reset &layout",
        "Close these panels and put them where they were at the first start",
        Group.VIEW,
    ),
)
