"""Reading someone else's answer about a photo from files: a picture, flow, paths, true frames.

What a file is, is told by its content; whatever doesn't fit the photo is refused in a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from blurstudio.engine.others.references import Kind, Reference, of_flow
from blurstudio.engine.pictures import resized_levels
from blurstudio.errors import DataError, PhotoError
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.media.colour import display_image
from blurstudio.media.endings import OPENED, is_named, natural_order
from blurstudio.media.flow_files import holds_flow, read_flow
from blurstudio.media.paths import read_paths
from blurstudio.media.photo import open_photo
from blurstudio.sizes import bounded_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Size = tuple[int, int]

MOST_FRAMES = 100
"""Frames of one exposure that are read at most."""

_FRAME_PIXELS = 1_000_000


def read_reference(
    paths: Sequence[Path], size: Size, check: Callable[[], None] = lambda: None
) -> Reference:
    """Read an answer about a photo of (H, W) px.

    Parameters
    ----------
    paths
        One file, or a folder of frames or several files of them, which are the exposure's frames
        in the order of their names.
    size
        (H, W) px of the photo.
    check
        Called between frames; may raise to stop.

    Raises
    ------
    DataError
        If nothing of the kind is there, or it is damaged or of another size.
    """
    if not paths:
        raise ValueError("there must be at least one path")
    if len(paths) == 1 and paths[0].is_dir():
        return _read_frames(_pictures_in(paths[0]), size, check)
    if len(paths) > 1:
        return _read_frames(sorted(paths, key=natural_order), size, check)
    path = paths[0]
    if path.suffix.lower() == ".npz":
        return _read_paths(path, size)
    if holds_flow(path):
        flow = read_flow(path)
        _check_size(path, (flow.shape[0], flow.shape[1]), size)
        return of_flow(flow)
    return Reference(Kind.PICTURE, size, _read_picture(path, size))


def _read_paths(path: Path, size: Size) -> Reference:
    found = read_paths(path)
    _check_size(path, found.size, size)
    if not np.isfinite(found.maps).all():
        raise DataError("{file} holds paths that are no numbers; write it again.", file=path.name)
    confidence = found.confidence
    trajectory = Trajectory(
        torch.from_numpy(found.maps),
        Constraint(found.constraint),
        found.size,
        None if confidence is None else torch.from_numpy(np.nan_to_num(confidence)).clamp(0, 1),
        None if found.flipped is None else torch.from_numpy(found.flipped),
    )
    return Reference(Kind.PATHS, size, trajectory=trajectory)


def _read_picture(path: Path, size: Size) -> Bytes:
    try:
        photo = open_photo(path)
    except PhotoError as error:
        raise DataError(
            "{file} can't be compared: name a picture, a flow (.flo, .pfm, KITTI's .png), paths "
            "(.npz) or a folder of frames.",
            file=path.name,
        ) from error
    _check_size(path, photo.size, size)
    return display_image(photo.pixels, photo.icc_profile)


def _read_frames(paths: Sequence[Path], size: Size, check: Callable[[], None]) -> Reference:
    if len(paths) > MOST_FRAMES:
        raise DataError(
            "These are {count} frames; choose at most {most} of them.",
            count=len(paths),
            most=MOST_FRAMES,
        )
    wanted = bounded_size(size, _FRAME_PIXELS)
    middle = (len(paths) - 1) / 2
    sharp = None
    frames = []
    for index, path in enumerate(paths):
        check()
        picture = _read_picture(path, size)
        if index == middle:
            sharp = picture
        frames.append(resized_levels(picture, wanted))
    return Reference(Kind.FRAMES, size, sharp, frames=tuple(frames))


def _pictures_in(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if is_named(path, OPENED)]
    except OSError as error:
        raise DataError(
            "{folder} can't be read ({why}); check the name.", folder=folder, why=error.strerror
        ) from error
    if len(found) < 2:
        raise DataError(
            "{folder} holds {count} pictures; name a folder of two frames or more.",
            folder=folder.name,
            count=len(found),
        )
    return sorted(found, key=natural_order)


def _check_size(path: Path, found: Size, size: Size) -> None:
    if found != size:
        raise DataError(
            "{file} is {width} × {height} px and the photo {photo_width} × {photo_height} px; name "
            "one of the photo's size.",
            file=path.name,
            width=found[1],
            height=found[0],
            photo_width=size[1],
            photo_height=size[0],
        )
