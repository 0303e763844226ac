"""The part of the table of actions about playing: which part, how fast, how often.

The table itself, and what it is for, is in `actions.py`.
"""

from __future__ import annotations

from blurstudio.app.action_spec import ActionSpec, Group, Needs, Reach


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


MARKS: tuple[ActionSpec, ...] = (
    _play("in", "Part &begins here", "Play from this moment on", "I", divider=True),
    _play("out", "Part &ends here", "Play up to this moment", "O"),
    _play("whole", "&Whole exposure", "Unmark the part: play the whole exposure", "Alt+X"),
    _play("loop", "&Loop", "Cycle between once, loop and ping-pong", "Ctrl+L", divider=True),
    _play("slower", "Slower", "Play more slowly from now on", "Shift+Down"),
    _play("faster", "Faster", "Play faster from now on", "Shift+Up"),
    _play("normal", "&Normal speed", "Play one pass of the exposure in about a second"),
)
