"""The part of the table of actions about playing: which part, how fast, how often.

The table itself, and what it is for, is in `table.py`.
"""

from __future__ import annotations

from blurstudio.app.actions.action_spec import QT_TRANSLATE_NOOP, ActionSpec, Group, Needs, Reach


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


TRANSPORT: tuple[ActionSpec, ...] = (
    _play(
        "toggle",
        QT_TRANSLATE_NOOP("actions", "&Play or pause"),
        QT_TRANSLATE_NOOP("actions", "Play the exposure as a video, or pause it"),
        "Space",
    ),
    _play(
        "reverse",
        QT_TRANSLATE_NOOP("actions", "Play &backwards"),
        QT_TRANSLATE_NOOP("actions", "Play backwards; again plays faster"),
        "J",
        divider=True,
    ),
    _play(
        "stop",
        QT_TRANSLATE_NOOP("actions", "&Stop"),
        QT_TRANSLATE_NOOP("actions", "Stop at this moment"),
        "K",
    ),
    _play(
        "forward",
        QT_TRANSLATE_NOOP("actions", "Play &forwards"),
        QT_TRANSLATE_NOOP("actions", "Play forwards; again plays faster"),
        "L",
    ),
    _play(
        "previous",
        QT_TRANSLATE_NOOP("actions", "Previous frame"),
        QT_TRANSLATE_NOOP("actions", "One frame back"),
        "Left",
        ",",
        divider=True,
    ),
    _play(
        "next",
        QT_TRANSLATE_NOOP("actions", "Next frame"),
        QT_TRANSLATE_NOOP("actions", "One frame on"),
        "Right",
        ".",
    ),
    _play(
        "back",
        QT_TRANSLATE_NOOP("actions", "Ten frames back"),
        QT_TRANSLATE_NOOP("actions", "Ten frames back"),
        "Shift+Left",
    ),
    _play(
        "on",
        QT_TRANSLATE_NOOP("actions", "Ten frames on"),
        QT_TRANSLATE_NOOP("actions", "Ten frames on"),
        "Shift+Right",
    ),
    _play(
        "start",
        QT_TRANSLATE_NOOP("actions", "Shutter &opens"),
        QT_TRANSLATE_NOOP("actions", "To the first moment, or the part's"),
        "Home",
        divider=True,
    ),
    _play(
        "end",
        QT_TRANSLATE_NOOP("actions", "Shutter &closes"),
        QT_TRANSLATE_NOOP("actions", "To the last moment, or the part's"),
        "End",
    ),
)

MARKS: tuple[ActionSpec, ...] = (
    _play(
        "in",
        QT_TRANSLATE_NOOP("actions", "Part &begins here"),
        QT_TRANSLATE_NOOP("actions", "Play from this moment on"),
        "I",
        divider=True,
    ),
    _play(
        "out",
        QT_TRANSLATE_NOOP("actions", "Part &ends here"),
        QT_TRANSLATE_NOOP("actions", "Play up to this moment"),
        "O",
    ),
    _play(
        "whole",
        QT_TRANSLATE_NOOP("actions", "&Whole exposure"),
        QT_TRANSLATE_NOOP("actions", "Unmark the part: play the whole exposure"),
        "Alt+X",
    ),
    _play(
        "loop",
        QT_TRANSLATE_NOOP("actions", "&Loop"),
        QT_TRANSLATE_NOOP("actions", "Cycle between once, loop and ping-pong"),
        "Ctrl+L",
        divider=True,
    ),
    _play(
        "slower",
        QT_TRANSLATE_NOOP("actions", "Slower"),
        QT_TRANSLATE_NOOP("actions", "Play more slowly from now on"),
        "Shift+Down",
    ),
    _play(
        "faster",
        QT_TRANSLATE_NOOP("actions", "Faster"),
        QT_TRANSLATE_NOOP("actions", "Play faster from now on"),
        "Shift+Up",
    ),
    _play(
        "normal",
        QT_TRANSLATE_NOOP("actions", "&Normal speed"),
        QT_TRANSLATE_NOOP("actions", "Play one pass of the exposure in about a second"),
    ),
)
