"""Every action of the app, as data: what it is called, what it does, which keys it has.

Menus, toolbar, tooltips and the list of keys grow from this one table (`menus.py`,
`panels/keys.py`); what an action does is connected in `window.py`, not here.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from blurstudio.app.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec, Group, Needs, Reach
from blurstudio.app.actions.brush_actions import BRUSH_ACTIONS
from blurstudio.app.actions.photo_actions import PHOTO_ACTIONS
from blurstudio.app.actions.picture_actions import PICTURES
from blurstudio.app.actions.play_actions import MARKS, TRANSPORT
from blurstudio.app.actions.program_actions import PROGRAM_ACTIONS
from blurstudio.app.actions.queue_actions import QUEUE_ACTIONS
from blurstudio.app.actions.region_actions import REGION_ACTIONS
from blurstudio.app.actions.view_actions import COMPARISONS, MEASURES, OTHER_FILES, OVERLAYS, PANELS

_Standard = QKeySequence.StandardKey


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "file.open",
        QT_TRANSLATE_NOOP("actions", "&Open photo…"),
        QT_TRANSLATE_NOOP("actions", "Open a blurred photo"),
        Group.FILE,
        standard=_Standard.Open,
        short=QT_TRANSLATE_NOOP("actions", "Open"),
    ),
    ActionSpec(
        "file.previous",
        QT_TRANSLATE_NOOP("actions", "Pre&vious photo"),
        QT_TRANSLATE_NOOP("actions", "Open the photo before this one in its folder"),
        Group.FILE,
        ("PgUp",),
        needs=Needs.PHOTO,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    ActionSpec(
        "file.next",
        QT_TRANSLATE_NOOP("actions", "&Next photo"),
        QT_TRANSLATE_NOOP("actions", "Open the photo after this one in its folder"),
        Group.FILE,
        ("PgDown",),
        needs=Needs.PHOTO,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "file.save",
        QT_TRANSLATE_NOOP("actions", "&Save document"),
        QT_TRANSLATE_NOOP(
            "actions", "Save choices and regions beside the photo now; it is done by itself as well"
        ),
        Group.FILE,
        standard=_Standard.Save,
        needs=Needs.PHOTO,
        divider=True,
    ),
    *OTHER_FILES,
    ActionSpec(
        "file.export",
        QT_TRANSLATE_NOOP("actions", "&Export…"),
        QT_TRANSLATE_NOOP(
            "actions", "Write the sharp photo, frames, video, flow or paths to files"
        ),
        Group.FILE,
        ("Ctrl+E",),
        short=QT_TRANSLATE_NOOP("actions", "Export"),
        needs=Needs.RESULTS,
    ),
    *QUEUE_ACTIONS,
    ActionSpec(
        "file.quit",
        QT_TRANSLATE_NOOP("actions", "&Quit"),
        QT_TRANSLATE_NOOP("actions", "Close the window; while work is running it asks first"),
        Group.FILE,
        ("Ctrl+Q",),
        standard=_Standard.Quit,
        divider=True,
    ),
    *PHOTO_ACTIONS,
    *REGION_ACTIONS,
    *BRUSH_ACTIONS,
    *PICTURES,
    *MEASURES,
    ActionSpec(
        "view.previous",
        QT_TRANSLATE_NOOP("actions", "Previous p&icture"),
        QT_TRANSLATE_NOOP("actions", "Go back to the picture shown before"),
        Group.VIEW,
        ("Shift+Tab",),
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "view.paths",
        QT_TRANSLATE_NOOP("actions", "Pat&hs"),
        QT_TRANSLATE_NOOP(
            "actions", "Draw the paths of the motion over the picture, coloured by time"
        ),
        Group.VIEW,
        ("T",),
        short=QT_TRANSLATE_NOOP("actions", "Paths"),
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    *OVERLAYS,
    ActionSpec(
        "view.fit",
        QT_TRANSLATE_NOOP("actions", "&Fit"),
        QT_TRANSLATE_NOOP("actions", "Show the whole picture"),
        Group.VIEW,
        ("F",),
        short=QT_TRANSLATE_NOOP("actions", "Fit"),
        needs=Needs.PHOTO,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    ActionSpec(
        "view.actual",
        "&100 %",
        QT_TRANSLATE_NOOP("actions", "One pixel of the photo on one pixel of the screen"),
        Group.VIEW,
        ("Ctrl+0",),
        short="100 %",
        needs=Needs.PHOTO,
    ),
    ActionSpec(
        "view.panel",
        QT_TRANSLATE_NOOP("actions", "Side p&anel"),
        QT_TRANSLATE_NOOP("actions", "Show or hide the side panel"),
        Group.VIEW,
        ("Tab",),
        checkable=True,
        # Without one there is none, and Tab goes through the page of the empty window.
        needs=Needs.PHOTO,
        reach=Reach.WORK_AREA,
        divider=True,
    ),
    ActionSpec(
        "view.notice",
        QT_TRANSLATE_NOOP("actions", "Go to the &notice"),
        QT_TRANSLATE_NOOP(
            "actions", "Give the keys to the newest notice: Enter presses its button, Esc goes back"
        ),
        Group.VIEW,
        ("F6",),
        needs=Needs.NOTICE,
    ),
    *PANELS,
    ActionSpec(
        "view.fullscreen",
        QT_TRANSLATE_NOOP("actions", "F&ull screen"),
        QT_TRANSLATE_NOOP("actions", "Use the whole screen"),
        Group.VIEW,
        ("F11",),
        checkable=True,
    ),
    ActionSpec(
        "compare.hold",
        QT_TRANSLATE_NOOP("actions", "Show the &original"),
        QT_TRANSLATE_NOOP("actions", "Hold the key to see the photo as it was taken"),
        Group.COMPARE,
        ("\\",),
        held=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "compare.split",
        QT_TRANSLATE_NOOP("actions", "Split &line"),
        QT_TRANSLATE_NOOP(
            "actions", "Photo on one side of a line, result on the other; drag the line"
        ),
        Group.COMPARE,
        ("Shift+Y",),
        short=QT_TRANSLATE_NOOP("actions", "Split"),
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    ActionSpec(
        "compare.side",
        QT_TRANSLATE_NOOP("actions", "Side by &side"),
        QT_TRANSLATE_NOOP("actions", "Photo and result next to each other"),
        Group.COMPARE,
        ("Y",),
        short=QT_TRANSLATE_NOOP("actions", "Side by side"),
        checkable=True,
        needs=Needs.RESULTS,
        reach=Reach.WORK_AREA,
    ),
    *COMPARISONS,
    *TRANSPORT,
    *MARKS,
    *PROGRAM_ACTIONS,
)
