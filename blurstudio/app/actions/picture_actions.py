"""The part of the table of actions about pictures: which one of the photo or its result is shown.

The table itself, and what it is for, is in `table.py`.
"""

from __future__ import annotations

from blurstudio.app.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec, Group, Needs, Reach


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


PICTURES: tuple[ActionSpec, ...] = (
    _view(
        "photo",
        1,
        QT_TRANSLATE_NOOP("actions", "Photo"),
        QT_TRANSLATE_NOOP("actions", "&Photo"),
        QT_TRANSLATE_NOOP("actions", "The photo as it was taken"),
    ),
    _view(
        "sharp",
        2,
        QT_TRANSLATE_NOOP("actions", "Sharp"),
        QT_TRANSLATE_NOOP("actions", "&Sharp"),
        QT_TRANSLATE_NOOP("actions", "The sharp picture at mid-exposure"),
    ),
    _view(
        "frame",
        3,
        QT_TRANSLATE_NOOP("actions", "Video"),
        QT_TRANSLATE_NOOP("actions", "&Video"),
        QT_TRANSLATE_NOOP("actions", "The frame at the timeline's moment"),
    ),
    _view(
        "flow",
        4,
        QT_TRANSLATE_NOOP("actions", "Flow"),
        QT_TRANSLATE_NOOP("actions", "F&low"),
        QT_TRANSLATE_NOOP("actions", "Motion from first to last moment, as colours"),
    ),
    _view(
        "residual",
        5,
        QT_TRANSLATE_NOOP("actions", "Residual"),
        QT_TRANSLATE_NOOP("actions", "&Residual"),
        QT_TRANSLATE_NOOP("actions", "What the reblurred result leaves unexplained"),
    ),
    _view(
        "direction",
        6,
        QT_TRANSLATE_NOOP("actions", "Direction"),
        QT_TRANSLATE_NOOP("actions", "&Direction"),
        QT_TRANSLATE_NOOP("actions", "Which way things went, as colours"),
    ),
    _view(
        "blur",
        7,
        QT_TRANSLATE_NOOP("actions", "Blur length"),
        QT_TRANSLATE_NOOP("actions", "&Blur length"),
        QT_TRANSLATE_NOOP("actions", "How long the path of every pixel is, as heat"),
    ),
)
