"""``blurstudio process``: photos in; sharp pictures, paths, flows and videos out.

What a result is made of is the engine's business; here several photos are worked on one after
another, so that a bad one spoils none of the others.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from blurstudio.cli import output
from blurstudio.cli.each import each_photo
from blurstudio.cli.options import (
    Amount,
    DeblurModel,
    Deblurrer,
    Device,
    Flips,
    Json,
    MaxSide,
    Memory,
    MotionModel,
    PathShape,
    Photos,
    Precision,
    Refine,
    RefineWhat,
    Reverse,
    SharpBy,
    Strength,
    place_from,
)
from blurstudio.cli.photos import gather_photos
from blurstudio.engine.export.request import ExportRequest, Part, parts_from
from blurstudio.engine.interval import WHOLE, Interval, interval_from
from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blurstudio.engine.analysis import Analysis

ANALYSIS_SHARE = 0.75
"""Part of a photo's progress bar that goes to the analysis; writing gets the rest."""


class Video(StrEnum):
    """Kinds of video that a result can hold."""

    MP4 = "mp4"
    MKV = "mkv"
    MOV = "mov"
    GIF = "gif"
    WEBP = "webp"


@dataclass(frozen=True)
class Settings:
    """How photos are processed; the values without a word on the command line.

    Attributes
    ----------
    frames
        Number of frames of the video and of single pictures.
    video
        Kind of video.
    interval
        Part of the exposure that frames and video cover: first and last moment, [-1/2, 1/2].
    options
        How the photo is analysed.
    parts
        What is written; None writes the usual files.
    amount
        How much of the result is used, per cent.
    """

    frames: int = 15
    video: Video = Video.MP4
    interval: Interval = WHOLE
    options: AnalysisOptions = field(default_factory=AnalysisOptions)
    parts: frozenset[Part] | None = None
    amount: float = 100.0


_DEFAULT = Settings()


def process(
    photos: Photos,
    folder: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Results go to DIR/<photo file name>/."),
    ] = Path("out"),
    frames: Annotated[
        int, typer.Option(min=2, max=999, help="Frames of the exposure to write.")
    ] = _DEFAULT.frames,
    video: Annotated[Video, typer.Option(help="Kind of video.")] = _DEFAULT.video,
    device: Device = _DEFAULT.options.device,
    precision: Precision = _DEFAULT.options.precision,
    memory: Memory = None,
    model_motion: MotionModel = None,
    model_deblur: DeblurModel = None,
    max_side: MaxSide = None,
    constraint: PathShape = None,
    refine: RefineWhat = Refine.OFF,
    deblurrer: SharpBy = Deblurrer.NETWORK,
    strength: Strength = _DEFAULT.options.strength,
    amount: Amount = _DEFAULT.amount,
    reverse: Reverse = False,
    flip: Flips = None,
    part: Annotated[
        str,
        typer.Option(
            metavar="A:B",
            help="Part of the exposure for frames and video, 0:1 is all of it; also exposes "
            "a picture for only so long.",
        ),
    ] = "0:1",
    parts: Annotated[
        str | None,
        typer.Option(
            metavar="A,B",
            help=f"Write only these, such as sharp,video,report. There are: {', '.join(Part)}.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Write the sharp picture, the motion, the residual and a video of each photo."""
    options = AnalysisOptions(
        device=device,
        precision=precision,
        memory_limit=None if memory is None else round(memory * 1e9),
        motion_model=model_motion,
        deblur_model=model_deblur,
        max_side=max_side,
        constraint=None if constraint is None else constraint.value,
        refine=refine.value,
        deblurrer=deblurrer.value,
        strength=strength,
        reverse=reverse,
        flips=tuple(place_from(text) for text in flip or ()),
    )
    chosen = None if parts is None else parts_from(parts)
    settings = Settings(frames, video, interval_from(part), options, chosen, amount)
    raise typer.Exit(process_photos(gather_photos(photos), folder, settings, as_json=as_json))


def process_photos(
    photos: Sequence[Path], folder: Path, settings: Settings, *, as_json: bool
) -> int:
    """Process photos one after another and say what came of each.

    Parameters
    ----------
    photos
        Files; those with the same name can't share a folder of results.
    folder
        Results go to a folder below it, named like the photo.
    settings
        See `Settings`.
    as_json
        One JSON document at the end instead of paths as they are written.

    Returns
    -------
    int
        Exit code: 0, or 1 if a photo failed; the others are done all the same.

    Raises
    ------
    ExportError
        If two photos would be written over each other, or nothing can be written there.
    """
    _refuse_equal_names(photos)
    _refuse_unwritable(folder)
    done: list[dict[str, Any]] = []
    failed: list[dict[str, str]] = []

    def work(photo: Path, move: Callable[[float, str], None]) -> tuple[Analysis, list[Path]]:
        return _process_one(photo, folder, settings, move)

    for photo, (analysis, files) in each_photo(photos, work, failed):
        done.append(_described(photo, analysis, files))
        if not as_json:
            for file in files:
                output.answer(str(file))
            refined = analysis.refinement
            about = [] if refined is None else [refined.sentence]
            for sentence in (_in_words(analysis), *about, *analysis.notes):
                output.say(f"{photo.name}: {sentence}")
    if as_json:
        output.answer_json({"results": done, "errors": failed})
    elif failed and len(photos) > 1:
        output.say(f"{len(failed)} of {len(photos)} photos could not be processed.")
    return int(bool(failed))


def _process_one(
    photo: Path, folder: Path, settings: Settings, move: Callable[[float, str], None]
) -> tuple[Analysis, list[Path]]:
    from blurstudio.engine.analysis import analyze
    from blurstudio.engine.blending import Blending

    analysis = analyze(
        photo,
        settings.options,
        progress=lambda fraction, text: move(fraction * ANALYSIS_SHARE, text),
    )
    if settings.amount < 100:
        analysis = analysis.blended(Blending(settings.amount / 100))
    files = _write(
        analysis,
        photo,
        folder,
        settings,
        lambda fraction, text: move(ANALYSIS_SHARE + fraction * (1 - ANALYSIS_SHARE), text),
    )
    move(1.0, "done")
    return analysis, files


def _write(
    analysis: Analysis,
    photo: Path,
    folder: Path,
    settings: Settings,
    move: Callable[[float, str], None],
) -> list[Path]:
    """Write the usual files, or the parts that were asked for."""
    if settings.parts is None:
        from blurstudio.engine.results import write_results

        return write_results(
            analysis,
            folder,
            frames=settings.frames,
            video=settings.video.value,
            interval=settings.interval,
            on_step=move,
        )
    from blurstudio.engine.export.write import write_export
    from blurstudio.session.document import Choices
    from blurstudio.session.exporting import extras_of

    request = ExportRequest(
        folder,
        settings.parts,
        still="png",
        video=settings.video.value,
        frames=settings.frames,
        interval=settings.interval,
    )
    extras = extras_of(photo, analysis.photo.size, Choices(settings.options), request)
    return write_export(analysis, request, move, extras=extras)


def _described(photo: Path, analysis: Analysis, files: Sequence[Path]) -> dict[str, Any]:
    return {
        "photo": str(photo),
        "files": [str(file) for file in files],
        "report": asdict(analysis.report),
        "refinement": None if analysis.refinement is None else analysis.refinement.as_dict(),
        "notes": list(analysis.notes),
    }


def _in_words(analysis: Analysis) -> str:
    """Say how well the result explains the photo; never the figure without its companions."""
    report = analysis.report
    if not report.motion_found:
        return "no motion found."
    return (
        f"the reblurred result matches the photo to {report.psnr:.1f} dB, with "
        f"{report.gradient_gain:.2f} times its gradient energy and paths of "
        f"{report.mean_length:.1f} px on average."
    )


def _refuse_equal_names(photos: Sequence[Path]) -> None:
    names = Counter(photo.name.casefold() for photo in photos)
    twice = next((photo.name for photo in photos if names[photo.name.casefold()] > 1), None)
    if twice is not None:
        raise ExportError(
            f"Several of the photos are called {twice} and would be written over each other; "
            "process them one by one, with another -o for each."
        )


def _refuse_unwritable(folder: Path) -> None:
    """Say it now rather than after minutes of work; nothing is made before there is a result."""
    existing = next(
        place for place in (folder.absolute(), *folder.absolute().parents) if place.exists()
    )
    if not existing.is_dir():
        raise ExportError(f"{existing} is a file, not a folder; choose another folder with -o.")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise ExportError(
            f"The folder {existing} can't be written to; choose another folder with -o."
        )
