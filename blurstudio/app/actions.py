"""Every action of the app, as data: what it is called, what it does, which keys it has.

Menus, toolbar, tooltips and the list of keys grow from this one table (`menus.py`,
`panels/keys.py`); what an action does is connected in `window.py`, not here.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from blurstudio.app.action_spec import ActionSpec, Group, Needs, Reach
from blurstudio.app.brush_actions import BRUSH_ACTIONS
from blurstudio.app.photo_actions import PHOTO_ACTIONS
from blurstudio.app.play_actions import MARKS
from blurstudio.app.program_actions import PROGRAM_ACTIONS
from blurstudio.app.queue_actions import QUEUE_ACTIONS
from blurstudio.app.region_actions import REGION_ACTIONS
from blurstudio.app.view_actions import COMPARISONS, MEASURES, OTHER_FILES, OVERLAYS, PANELS

_Standard = QKeySequence.StandardKey


def _view(id_: str, number: int, short: str, text: str, tip: str, *more: str) -> ActionSpec:
    return ActionSpec(
        f"view.{id_}",
        text,
        tip,
        Group.VIEW,
        (str(number), *more),
        short=short,
        checkable=True,
        family="picture",
        needs=Needs.PHOTO if id_ == "photo" else Needs.RESULTS,
        reach=Reach.WORK_AREA,
    )


def _play(id_: str, text: str, tip: str, *keys: str, divider: bool = False) -> ActionSpec:
    return ActionSpec(
        f"play.{id_}",
        text,
        tip,
        Group.PLAY,
        keys,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
        divider=divider,
    )


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "file.open",
        "&Open photo…",
        "Open a blurred photo",
        Group.FILE,
        standard=_Standard.Open,
        short="Open",
    ),
    ActionSpec(
        "file.previous",
        "Pre&vious photo",
        "Open the photo before this one in its folder",
        Group.FILE,
        ("PgUp",),
        needs=Needs.PHOTO,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    ActionSpec(
        "file.next",
        "&Next photo",
        "Open the photo after this one in its folder",
        Group.FILE,
        ("PgDown",),
        needs=Needs.PHOTO,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "file.save",
        "&Save document",
        "Save choices and regions beside the photo now; it is done by itself as well",
        Group.FILE,
        standard=_Standard.Save,
        needs=Needs.PHOTO,
        divider=True,
    ),
    *OTHER_FILES,
    ActionSpec(
        "file.export",
        "&Export…",
        "Write the sharp photo, frames, video, flow or paths to files",
        Group.FILE,
        ("Ctrl+E",),
        short="Export",
        needs=Needs.RESULTS,
    ),
    *QUEUE_ACTIONS,
    ActionSpec(
        "file.quit",
        "&Quit",
        "Close the window; while work is running it asks first",
        Group.FILE,
        ("Ctrl+Q",),
        standard=_Standard.Quit,
        divider=True,
    ),
    *PHOTO_ACTIONS,
    *REGION_ACTIONS,
    *BRUSH_ACTIONS,
    _view("photo", 1, "Photo", "&Photo", "The photo as it was taken"),
    _view("sharp", 2, "Sharp", "&Sharp", "The sharp picture at mid-exposure"),
    _view("frame", 3, "Video", "&Video", "The frame at the timeline's moment"),
    _view("flow", 4, "Flow", "F&low", "Motion from first to last moment, as colours"),
    _view("residual", 5, "Residual", "&Residual", "What the reblurred result leaves unexplained"),
    _view("direction", 6, "Directions", "&Directions", "Which way things went, as colours"),
    _view("blur", 7, "Blur", "&Blur length", "How long the path of every pixel is, as heat"),
    *MEASURES,
    ActionSpec(
        "view.previous",
        "Previous p&icture",
        "Go back to the picture shown before",
        Group.VIEW,
        ("Shift+Tab",),
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "view.paths",
        "&Trajectories",
        "Draw the paths of the motion over the picture, coloured by time",
        Group.VIEW,
        ("T",),
        short="Paths",
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    *OVERLAYS,
    ActionSpec(
        "view.fit",
        "&Fit",
        "Show the whole picture",
        Group.VIEW,
        ("F",),
        short="Fit",
        needs=Needs.PHOTO,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    ActionSpec(
        "view.actual",
        "&100 %",
        "One pixel of the photo on one pixel of the screen",
        Group.VIEW,
        ("Ctrl+0",),
        short="100 %",
        needs=Needs.PHOTO,
    ),
    ActionSpec(
        "view.panel",
        "Side p&anel",
        "Show or hide the side panel",
        Group.VIEW,
        ("Tab",),
        checkable=True,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    *PANELS,
    ActionSpec(
        "view.fullscreen",
        "F&ull screen",
        "Use the whole screen",
        Group.VIEW,
        ("F11",),
        checkable=True,
    ),
    ActionSpec(
        "compare.hold",
        "Show the &original",
        "Hold the key to see the photo as it was taken",
        Group.COMPARE,
        ("\\",),
        held=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "compare.split",
        "Split &line",
        "Photo on one side of a line, result on the other; drag the line",
        Group.COMPARE,
        ("Shift+Y",),
        short="Split",
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "compare.side",
        "Side by &side",
        "Photo and result next to each other",
        Group.COMPARE,
        ("Y",),
        short="Side by side",
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    *COMPARISONS,
    _play("toggle", "&Play or pause", "Play the exposure as a video, or pause it", "Space"),
    _play("reverse", "Play &backwards", "Play backwards; again plays faster", "J", divider=True),
    _play("stop", "&Stop", "Stop at this moment", "K"),
    _play("forward", "Play &forwards", "Play forwards; again plays faster", "L"),
    _play("previous", "Previous frame", "One frame back", "Left", ",", divider=True),
    _play("next", "Next frame", "One frame on", "Right", "."),
    _play("back", "Ten frames back", "Ten frames back", "Shift+Left"),
    _play("on", "Ten frames on", "Ten frames on", "Shift+Right"),
    _play("start", "Shutter &opens", "To the first moment, or the part's", "Home", divider=True),
    _play("end", "Shutter &closes", "To the last moment, or the part's", "End"),
    *MARKS,
    *PROGRAM_ACTIONS,
)

# What the pointer does on the picture. It is no action, but belongs to the list of keys.
GESTURES: tuple[tuple[str, str], ...] = (
    ("Wheel", "Zoom at the pointer"),
    ("Drag", "Move the picture"),
    ("Middle click", "Cycle fit and 100 %"),
    ("Click, with the probe open", "Pin the place; on the pin: let go"),
    ("Double click on the split line", "Lay it down, or stand it up"),
    ("Drop a file", "Open the photo; a flow or paths: compare them with the photo on show"),
    ("Drop with Shift", "Compare a picture, or frames, with the photo on show"),
    ("Click on a region", "Choose it; drag it, its corners or its points to change it"),
    ("Double click on its edge", "Add a point; on a point: remove it"),
    ("Enter, Backspace", "While drawing a polygon: close it, take back a point"),
    ("Shift while dragging", "Draw a square or a circle"),
    ("Ctrl while painting", "With the brush: do the opposite, as an eraser does"),
    ("Ctrl+wheel, Shift+wheel", "With the brush: change its size, its hardness"),
)
