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


def _picture(id_: str, key: str, text: str, tip: str, needs: Needs = Needs.RESULTS) -> ActionSpec:
    return ActionSpec(
        f"view.{id_}",
        text,
        tip,
        Group.VIEW,
        (key,),
        checkable=True,
        family="picture",
        needs=needs,
        reach=Reach.WORK_AREA,
    )


MEASURES: tuple[ActionSpec, ...] = (
    _picture("difference", "8", "Differ&ence", "What deblurring changed: sharp picture − photo"),
    _picture("confidence", "9", "&Confidence", "How sure the network is of the paths, as heat"),
    _picture(
        *("against", "0", "Difference of the &other"),
        "What the other's sharp picture has more than ours",
        Needs.OTHERS,
    ),
    _picture(
        *("error", "Alt+0", "&Motion error"),
        "How far the other's motion lies from ours, as heat",
        Needs.OTHERS,
    ),
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
    _overlay("onion", "Onion s&kin", "Let moments before and after show through", "Shift+O"),
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
        "compare.grid",
        "&Grid",
        "The result on show and up to three others in two or four panes",
        Group.COMPARE,
        ("Alt+Shift+Y",),
        checkable=True,
        needs=Needs.OTHERS,
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
    ActionSpec(
        "compare.keep",
        "&Keep this result",
        "Keep the result on show until the photo is left, to compare later ones with it",
        Group.COMPARE,
        ("Ctrl+K",),
        needs=Needs.RESULTS,
        divider=True,
    ),
)

OTHER_FILES: tuple[ActionSpec, ...] = (
    ActionSpec(
        "file.compare",
        "Co&mpare with…",
        "Load someone else's sharp picture, flow, paths or frames of this photo",
        Group.FILE,
        ("Ctrl+Shift+O",),
        needs=Needs.PHOTO,
        divider=True,
    ),
    ActionSpec(
        "file.compare_folder",
        "Compare with a &folder of frames…",
        "Load the true frames of the exposure, in the order of their names",
        Group.FILE,
        needs=Needs.PHOTO,
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
        "view.others",
        "&Others",
        "Other results and other people's answers, with figures",
        Group.VIEW,
        ("Ctrl+Shift+K",),
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
