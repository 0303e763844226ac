"""``blurstudio inspect``: how blurred each photo is, which way and why, the most blurred first.

Only the motion is read, so that a folder can be culled quickly; what is said of it is the
business of `engine.findings.verdict`.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from blurstudio.cli import output
from blurstudio.cli.each import each_photo
from blurstudio.cli.options import Device, Json, MaxSide, MotionModel, Photos
from blurstudio.cli.photos import gather_photos
from blurstudio.engine.findings.shutter import exposure_time_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.engine.findings.verdict import Verdict

_HEAD = ("photo", "blur", "strongest", "exposure for 1 px", "verdict")


def inspect(
    photos: Photos,
    device: Device = "auto",
    model_motion: MotionModel = None,
    max_side: MaxSide = None,
    as_json: Json = False,
) -> None:
    """Say how blurred photos are, which way, and whether camera or subject moved."""

    def judge(photo: Path, move: Callable[[float, str], None]) -> Verdict:
        from blurstudio.engine.analysis import Analysis, AnalysisOptions
        from blurstudio.media.photo import open_photo

        options = AnalysisOptions(device=device, motion_model=model_motion, max_side=max_side)
        verdict = Analysis(open_photo(photo), options).verdict
        move(1.0, "done")
        return verdict

    failed: list[dict[str, str]] = []
    found = list(each_photo(gather_photos(photos), judge, failed))
    found.sort(key=lambda pair: -pair[1].strongest)
    if as_json:
        output.answer_json({"photos": [_described(*pair) for pair in found], "errors": failed})
    elif found:
        for line in _table([_HEAD, *(_row(*pair) for pair in found)]):
            output.answer(line)
    raise typer.Exit(int(bool(failed)))


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
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return [
        "  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    ]
