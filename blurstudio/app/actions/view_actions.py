"""The part of the table of actions about looking closely: measures, overlays, comparing, panels.

The table itself, and what it is for, is in `table.py`.
"""

from __future__ import annotations

from blurstudio.app.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec, Group, Needs, Reach


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
    _picture(
        "difference",
        "8",
        QT_TRANSLATE_NOOP("actions", "Differ&ence"),
        QT_TRANSLATE_NOOP("actions", "What deblurring changed: sharp picture − photo"),
    ),
    _picture(
        "confidence",
        "9",
        QT_TRANSLATE_NOOP("actions", "&Confidence"),
        QT_TRANSLATE_NOOP("actions", "How sure the network is of the paths, as heat"),
    ),
    _picture(
        *("against", "0", QT_TRANSLATE_NOOP("actions", "Difference of the &other")),
        QT_TRANSLATE_NOOP("actions", "What the other's sharp picture has more than ours"),
        Needs.OTHERS,
    ),
    _picture(
        *("error", "Alt+0", QT_TRANSLATE_NOOP("actions", "&Motion error")),
        QT_TRANSLATE_NOOP("actions", "How far the other's motion lies from ours, as heat"),
        Needs.OTHERS,
    ),
    ActionSpec(
        "view.blur_map",
        QT_TRANSLATE_NOOP("actions", "Blur &map on or off"),
        QT_TRANSLATE_NOOP("actions", "Show how long the blur is, or the picture before it again"),
        Group.VIEW,
        ("B",),
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    ActionSpec(
        "view.errors",
        QT_TRANSLATE_NOOP("actions", "Ne&xt error view"),
        QT_TRANSLATE_NOOP("actions", "Go from the picture to difference, residual and back"),
        Group.VIEW,
        ("D",),
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
)

OVERLAYS: tuple[ActionSpec, ...] = (
    _overlay(
        "arrows",
        QT_TRANSLATE_NOOP("actions", "Arro&ws"),
        QT_TRANSLATE_NOOP("actions", "Draw where things went, from first to last moment"),
        "G",
    ),
    _overlay(
        "kernels",
        QT_TRANSLATE_NOOP("actions", "&Kernels"),
        QT_TRANSLATE_NOOP("actions", "Draw the local blur kernels on a grid"),
        "Shift+G",
    ),
    _overlay(
        "onion",
        QT_TRANSLATE_NOOP("actions", "Onion s&kin"),
        QT_TRANSLATE_NOOP("actions", "Let moments before and after show through"),
        "Shift+O",
    ),
    _overlay(
        "legends",
        QT_TRANSLATE_NOOP("actions", "Le&gends"),
        QT_TRANSLATE_NOOP("actions", "Explain the colours of flow, blur and the like in a corner"),
    ),
)

COMPARISONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "compare.flicker",
        QT_TRANSLATE_NOOP("actions", "&Flicker"),
        QT_TRANSLATE_NOOP("actions", "Photo and result in turns, two changes a second"),
        Group.COMPARE,
        ("Alt+Y",),
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "compare.grid",
        QT_TRANSLATE_NOOP("actions", "&Grid"),
        QT_TRANSLATE_NOOP(
            "actions", "The result on show and up to three others in two or four panes"
        ),
        Group.COMPARE,
        ("Alt+Shift+Y",),
        checkable=True,
        needs=Needs.OTHERS,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "compare.turn",
        QT_TRANSLATE_NOOP("actions", "&Turn the split line"),
        QT_TRANSLATE_NOOP(
            "actions", "Let the split line lie or stand; a double click on it does so too"
        ),
        Group.COMPARE,
        ("Ctrl+Shift+Y",),
        needs=Needs.RESULTS,
        divider=True,
    ),
    ActionSpec(
        "compare.keep",
        QT_TRANSLATE_NOOP("actions", "&Keep this result"),
        QT_TRANSLATE_NOOP(
            "actions",
            "Keep the result on show until the photo is left, to compare later ones with it",
        ),
        Group.COMPARE,
        ("Ctrl+K",),
        needs=Needs.RESULTS,
        divider=True,
    ),
)

OTHER_FILES: tuple[ActionSpec, ...] = (
    ActionSpec(
        "file.compare",
        QT_TRANSLATE_NOOP("actions", "Co&mpare with…"),
        QT_TRANSLATE_NOOP(
            "actions", "Load someone else's sharp picture, flow, paths or frames of this photo"
        ),
        Group.FILE,
        ("Ctrl+Shift+O",),
        needs=Needs.PHOTO,
        divider=True,
    ),
    ActionSpec(
        "file.compare_folder",
        QT_TRANSLATE_NOOP("actions", "Compare with a &folder of frames…"),
        QT_TRANSLATE_NOOP(
            "actions", "Load the true frames of the exposure, in the order of their names"
        ),
        Group.FILE,
        needs=Needs.PHOTO,
    ),
)

PANELS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "view.probe",
        QT_TRANSLATE_NOOP("actions", "Pro&be"),
        QT_TRANSLATE_NOOP(
            "actions",
            "Look closely at the place under the cursor: path, kernel, pixels; a click pins it",
        ),
        Group.VIEW,
        ("Ctrl+I",),
        checkable=True,
    ),
    ActionSpec(
        "view.histogram",
        QT_TRANSLATE_NOOP("actions", "&Histogram"),
        QT_TRANSLATE_NOOP("actions", "Count values, directions and path lengths"),
        Group.VIEW,
        ("H",),
        checkable=True,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "view.controls",
        QT_TRANSLATE_NOOP("actions", "View &controls"),
        QT_TRANSLATE_NOOP("actions", "Switch overlays and set how much of them shows through"),
        Group.VIEW,
        checkable=True,
    ),
    ActionSpec(
        "view.others",
        QT_TRANSLATE_NOOP("actions", "&Others"),
        QT_TRANSLATE_NOOP("actions", "Other results and other people's answers, with figures"),
        Group.VIEW,
        ("Ctrl+Shift+K",),
        checkable=True,
    ),
    ActionSpec(
        "view.queue",
        QT_TRANSLATE_NOOP("actions", "&Queue"),
        QT_TRANSLATE_NOOP("actions", "Show what is written one after another, and what came of it"),
        Group.VIEW,
        ("Ctrl+B",),
        checkable=True,
    ),
    ActionSpec(
        "view.layout",
        QT_TRANSLATE_NOOP("actions", "Reset &layout"),
        QT_TRANSLATE_NOOP(
            "actions", "Close these panels and put them where they were at the first start"
        ),
        Group.VIEW,
    ),
)
