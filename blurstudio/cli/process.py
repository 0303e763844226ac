"""``blurstudio process``: photos in; sharp pictures, paths, flows and videos out.

Here are its words; what is done with the photos is in `processing.py`.
"""

from __future__ import annotations

from typing import Annotated

import typer

from blurstudio.cli import export_options as export
from blurstudio.cli.one_photo import AMOUNT
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
from blurstudio.cli.processing import Settings, process_photos
from blurstudio.cli.words import taken_from_words
from blurstudio.engine.export.request import (
    DEPTH_OF_PHOTO,
    ExportRequest,
    fit_from,
    flows_from,
    parts_from,
)
from blurstudio.engine.interval import interval_from
from blurstudio.engine.options import AnalysisOptions
from blurstudio.session.command_line import USUAL

_DEFAULT = Settings()
_FIELDS = {
    "model_motion": "motion_model",
    "model_deblur": "deblur_model",
    "max_side": "max_side",
    "constraint": "constraint",
    "refine": "refine",
    "deblurrer": "deblurrer",
    "strength": "strength",
    "reverse": "reverse",
    "flip": "flips",
    AMOUNT: AMOUNT,
}
"""Options about a photo by the names of their words; a document has them as well."""


def process(
    context: typer.Context,
    photos: Photos,
    folder: export.Output = USUAL.folder,
    parts: export.Parts = None,
    still: export.Stills = export.Still.PNG,
    depth: export.StillDepth = export.Depth.SIXTEEN,
    quality: export.Quality = USUAL.quality,
    names: export.Names = USUAL.pattern,
    frames: export.Frames = USUAL.frames,
    part: export.PartOfExposure = "0:1",
    frame_still: export.FrameStills = export.Still.PNG,
    frame_depth: export.FrameDepth = None,
    frame_names: export.FrameNames = USUAL.frame_pattern,
    video: export.VideoKind = export.Video.MP4,
    fps: export.Fps = USUAL.fps,
    video_size: export.VideoSize = "full",
    ping_pong: export.PingPong = USUAL.pingpong,
    loops: export.Loops = USUAL.loops,
    flows: export.Flows = "flo",
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
    recursive: Annotated[
        bool,
        typer.Option(
            "--recursive", "-r", help="Take photos in the folders below a folder as well."
        ),
    ] = False,
    on_conflict: export.OnConflict = None,
    document: Annotated[
        bool,
        typer.Option(
            "--document/--no-document",
            help="Use the choices and regions in the document beside a photo; options on the "
            "command line count before it.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the sharp picture, the motion, the residual and a video of each photo.

    A run that was stopped goes on when the same command is given again.
    """
    with taken_from_words():
        places = tuple(place_from(text) for text in flip or ())
        chosen = frozenset() if parts is None else parts_from(parts)
        interval, video_fit, kinds = interval_from(part), fit_from(video_size), flows_from(flows)
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
        flips=places,
    )
    request = ExportRequest(
        folder,
        chosen,
        still=still.value,
        video=video.value,
        frames=frames,
        interval=interval,
        fps=fps,
        depth=int(depth),
        quality=quality,
        frame_still=frame_still.value,
        frame_depth=DEPTH_OF_PHOTO if frame_depth is None else int(frame_depth),
        pattern=names,
        frame_pattern=frame_names,
        video_fit=video_fit,
        pingpong=ping_pong,
        loops=loops,
        flows=kinds,
    )
    settings = Settings(
        request,
        options,
        amount,
        conflict=on_conflict,
        document=document,
        spoken=_spoken(context),
        roots=tuple(path for path in photos if path.is_dir()) if recursive else (),
    )
    failed: list[dict[str, str]] = []
    found = gather_photos(photos, below=recursive, failed=failed)
    raise typer.Exit(process_photos(found, settings, failed, as_json=as_json))


def _spoken(context: typer.Context) -> frozenset[str]:
    """Fields of the options that were chosen by a word of the command line."""
    return frozenset(
        name
        for word, name in _FIELDS.items()
        if (source := context.get_parameter_source(word)) is not None
        and source.name == "COMMANDLINE"
    )
