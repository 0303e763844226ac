"""The part of the table of actions about regions: tools that draw them, and what is done to one.

The table itself, and what it is for, is in `actions.py`.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from blurstudio.app.action_spec import ActionSpec, Group, Needs, Reach

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
    _tool("view", "&View tool", "Move the picture, choose regions and change them", "V"),
    _tool("rectangle", "&Rectangle", "Drag a rectangle; with Shift a square", "R"),
    _tool("ellipse", "&Ellipse", "Drag an ellipse; with Shift a circle", "E"),
    _tool("polygon", "&Polygon", "Click corner by corner; Enter closes, Backspace takes back", "P"),
    _tool("lasso", "&Lasso", "Drag around something", "Shift+P"),
    ActionSpec(
        "region.copy",
        "&Copy region",
        "Keep the chosen region for pasting, also on another photo",
        Group.REGIONS,
        standard=_Standard.Copy,
        needs=Needs.REGION,
        divider=True,
    ),
    ActionSpec(
        "region.paste",
        "Pas&te region",
        "Put a copied region on this photo",
        Group.REGIONS,
        standard=_Standard.Paste,
        needs=Needs.PHOTO,
    ),
    _deed("delete", "&Delete region", "Take the chosen region away; it can be undone", "Del"),
    _deed("raise", "&Bring forward", "Let it govern what the next one above does", "Ctrl+]"),
    _deed("lower", "Send b&ack", "Let the next one below govern where both lie", "Ctrl+["),
    _deed(
        "analyse",
        "Analyse only &here",
        "Analyse the chosen region by itself; outside it nothing changes",
        divider=True,
    ),
    _deed("forget", "For&get its analysis", "Show the photo's own result in the region again"),
    ActionSpec(
        "region.figures",
        "Export &figures…",
        "Write length, direction, spread, curvature and errors of all regions as a table (CSV)",
        Group.REGIONS,
        needs=Needs.REGIONS,
        divider=True,
    ),
    ActionSpec(
        "view.outlines",
        "Show &outlines",
        "Draw the outlines of regions over the picture",
        Group.REGIONS,
        ("Shift+R",),
        checkable=True,
        needs=Needs.PHOTO,
        reach=Reach.WORK_AREA,
    ),
)
