"""``blurstudio inspect``: how blurred each photo is, which way and why, the most blurred first.

Only the motion is read, so that a folder can be culled quickly; what is said of it is the
business of `engine.findings.verdict`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from blurstudio.cli import output
from blurstudio.cli.each import check_machine, each_photo
from blurstudio.cli.options import Device, Json, MaxSide, MotionModel, Photos
from blurstudio.cli.photos import gather_photos
from blurstudio.engine.findings.shutter import exposure_time_text
from blurstudio.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.engine.findings.verdict import Verdict

_HEAD = ("photo", "blur", "strongest", "exposure for 1 px", "verdict")
_MOVING = frozenset(("Cc", "Zl", "Zp"))
"""Kinds of characters that leave the line, as Unicode calls them."""


def inspect(
    photos: Photos,
    device: Device = "auto",
    model_motion: MotionModel = None,
    max_side: MaxSide = None,
    as_json: Json = False,
) -> None:
    """Say how blurred photos are, which way, and whether camera or subject moved."""
    from blurstudio.engine.options import AnalysisOptions

    options = AnalysisOptions(device=device, motion_model=model_motion, max_side=max_side)

    def judge(photo: Path, move: Callable[[float, str], None]) -> Verdict:
        from blurstudio.engine.analysis import Analysis
        from blurstudio.media.photo import open_photo

        verdict = Analysis(open_photo(photo), options).verdict
        move(1.0, "done")
        return verdict

    failed: list[dict[str, str]] = []
    gathered = gather_photos(photos, failed=failed)
    check_machine(options)
    found: list[tuple[Path, Verdict]] = []
    try:
        found.extend(each_photo(gathered, judge, failed))
    except (KeyboardInterrupt, Cancelled):
        _answer(found, failed, as_json=as_json, stopped=True)
        raise
    _answer(found, failed, as_json=as_json, stopped=False)
    raise typer.Exit(int(bool(failed)))


def _answer(
    found: list[tuple[Path, Verdict]],
    failed: list[dict[str, str]],
    *,
    as_json: bool,
    stopped: bool,
) -> None:
    found = sorted(found, key=lambda pair: -pair[1].strongest)
    if as_json:
        document = {"photos": [_described(*pair) for pair in found], "errors": failed}
        output.answer_json(document | ({"stopped": True} if stopped else {}))
    elif found:
        for line in _table([_HEAD, *(_row(*pair) for pair in found)]):
            output.answer(line)


def _described(photo: Path, verdict: Verdict) -> dict[str, Any]:
    return {
        "photo": str(photo),
        **asdict(verdict),
        "sharp": verdict.sharp,
        "sentence": verdict.sentence,
    }


def _row(photo: Path, verdict: Verdict) -> tuple[str, ...]:
    return (
        str(photo),
        f"{verdict.blur_length:.0f} px",
        f"{verdict.strongest:.0f} px",
        "" if verdict.longest_exposure is None else exposure_time_text(verdict.longest_exposure),
        verdict.sentence,
    )


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    """Columns as wide as their widest cell, the last one as long as it is."""
    shown = [[_in_one_line(cell) for cell in row] for row in rows]
    widths = [max(_columns(row[column]) for row in shown) for column in range(len(rows[0]) - 1)]
    return ["  ".join([*map(_filled, row, widths), row[-1]]) for row in shown]


def _in_one_line(cell: str) -> str:
    """Write what would move the cursor, such as a newline in a name, as an escape."""
    return "".join(
        repr(letter)[1:-1] if unicodedata.category(letter) in _MOVING else letter for letter in cell
    )


def _filled(cell: str, width: int) -> str:
    return cell + " " * (width - _columns(cell))


def _columns(cell: str) -> int:
    """Count the columns of a terminal that a cell takes: two for letters of East Asia, say."""
    return sum(_width(letter) for letter in cell)


def _width(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1
