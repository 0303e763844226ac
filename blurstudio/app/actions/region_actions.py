"""The part of the table of actions about regions: tools that draw them, and what is done to one.

The table itself, and what it is for, is in `table.py`.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from blurstudio.app.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec, Group, Needs, Reach

_Standard = QKeySequence.StandardKey

TOOLS = ("view", "rectangle", "ellipse", "polygon", "lasso")


def _tool(id_: str, text: str, tip: str, key: str) -> ActionSpec:
    return ActionSpec(
        f"tool.{id_}",
        text,
        tip,
        Group.REGIONS,
        (key,),
        checkable=True,
        family="tool",
        needs=Needs.PHOTO,
        reach=Reach.WORK_AREA,
    )


def _deed(id_: str, text: str, tip: str, *keys: str, divider: bool = False) -> ActionSpec:
    return ActionSpec(
        f"region.{id_}", text, tip, Group.REGIONS, keys, needs=Needs.REGION, divider=divider
    )


REGION_ACTIONS: tuple[ActionSpec, ...] = (
    _tool(
        "view",
        QT_TRANSLATE_NOOP("actions", "&View tool"),
        QT_TRANSLATE_NOOP("actions", "Move the picture, choose regions and change them"),
        "V",
    ),
    _tool(
        "rectangle",
        QT_TRANSLATE_NOOP("actions", "&Rectangle"),
        QT_TRANSLATE_NOOP("actions", "Drag a rectangle; with Shift a square"),
        "R",
    ),
    _tool(
        "ellipse",
        QT_TRANSLATE_NOOP("actions", "&Ellipse"),
        QT_TRANSLATE_NOOP("actions", "Drag an ellipse; with Shift a circle"),
        "E",
    ),
    _tool(
        "polygon",
        QT_TRANSLATE_NOOP("actions", "&Polygon"),
        QT_TRANSLATE_NOOP("actions", "Click corner by corner; Enter closes, Backspace takes back"),
        "P",
    ),
    _tool(
        "lasso",
        QT_TRANSLATE_NOOP("actions", "&Lasso"),
        QT_TRANSLATE_NOOP("actions", "Drag around something"),
        "Shift+P",
    ),
    ActionSpec(
        "region.copy",
        QT_TRANSLATE_NOOP("actions", "&Copy region"),
        QT_TRANSLATE_NOOP("actions", "Keep the chosen region for pasting, also on another photo"),
        Group.REGIONS,
        standard=_Standard.Copy,
        needs=Needs.REGION,
        divider=True,
    ),
    ActionSpec(
        "region.paste",
        QT_TRANSLATE_NOOP("actions", "Pas&te region"),
        QT_TRANSLATE_NOOP("actions", "Put a copied region on this photo"),
        Group.REGIONS,
        standard=_Standard.Paste,
        needs=Needs.PHOTO,
    ),
    _deed(
        "delete",
        QT_TRANSLATE_NOOP("actions", "&Delete region"),
        QT_TRANSLATE_NOOP("actions", "Take the chosen region away; it can be undone"),
        "Del",
    ),
    _deed(
        "raise",
        QT_TRANSLATE_NOOP("actions", "&Bring forward"),
        QT_TRANSLATE_NOOP("actions", "Let it govern what the next one above does"),
        "Ctrl+]",
    ),
    _deed(
        "lower",
        QT_TRANSLATE_NOOP("actions", "Send b&ack"),
        QT_TRANSLATE_NOOP("actions", "Let the next one below govern where both lie"),
        "Ctrl+[",
    ),
    _deed(
        "analyse",
        QT_TRANSLATE_NOOP("actions", "Analyse only &here"),
        QT_TRANSLATE_NOOP(
            "actions", "Analyse the chosen region by itself; outside it nothing changes"
        ),
        divider=True,
    ),
    _deed(
        "forget",
        QT_TRANSLATE_NOOP("actions", "For&get its analysis"),
        QT_TRANSLATE_NOOP("actions", "Show the photo's own result in the region again"),
    ),
    ActionSpec(
        "region.figures",
        QT_TRANSLATE_NOOP("actions", "Export &figures…"),
        QT_TRANSLATE_NOOP(
            "actions",
            "Write length, direction, spread, curvature and errors of all regions as a table (CSV)",
        ),
        Group.REGIONS,
        needs=Needs.REGIONS,
        divider=True,
    ),
    ActionSpec(
        "view.outlines",
        QT_TRANSLATE_NOOP("actions", "Show &outlines"),
        QT_TRANSLATE_NOOP("actions", "Draw the outlines of regions over the picture"),
        Group.REGIONS,
        ("Shift+R",),
        checkable=True,
        needs=Needs.PHOTO,
        reach=Reach.WORK_AREA,
    ),
)
