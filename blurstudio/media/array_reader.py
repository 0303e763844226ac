"""Pictures that are plain numbers: NumPy arrays, Radiance HDR and OpenEXR.

The last two hold linear light, so they are given a linear profile; arrays are taken as sRGB.
"""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np

from blurstudio.media import colour
from blurstudio.media.decoded import Decoded, Unreadable, check_size, depth_of, split_alpha
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

_RADIANCE_SIZE = re.compile(rb"\n[-+]Y (\d+) [-+]X (\d+)\n")
_RADIANCE_HEADER = 4096
_LINEAR_NOTE = sentence("The file holds linear light; it was given a profile that says so.")


def decode_npy(path: Path) -> Decoded:
    """Decode an array saved by NumPy: ``(H, W)`` or ``(H, W, 1..4)``, sRGB-encoded.

    Raises
    ------
    Unreadable
        For arrays of other shapes and types, Python objects, and files that are cut off.
    """
    try:
        stored = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, MemoryError):
        raise
    except Exception as error:
        # A damaged header fails in NumPy's parser, in Python's tokenizer or in mmap.
        raise Unreadable(
            "is cut off or holds something other than plain numbers; save it again with numpy.save"
        ) from error
    if stored.ndim not in (2, 3) or (stored.ndim == 3 and stored.shape[2] not in (1, 2, 3, 4)):
        raise Unreadable(
            "holds an array of shape {shape}; save it as (height, width, 3) or (height, width)",
            shape=stored.shape,
        )
    check_size((stored.shape[0], stored.shape[1]))
    pixels, alpha = split_alpha(np.array(stored))
    peak, depth = depth_of(pixels.dtype)
    return Decoded(pixels, peak, depth, alpha)


def decode_radiance(path: Path) -> Decoded:
    """Decode a Radiance HDR picture.

    Raises
    ------
    Unreadable
        If it is cut off or damaged.
    """
    data = path.read_bytes()
    if size := _RADIANCE_SIZE.search(data[:_RADIANCE_HEADER]):
        check_size((int(size[1]), int(size[2])))
    try:
        return _linear(imagecodecs.rgbe_decode(data), None)
    except (imagecodecs.RgbeError, ValueError) as error:
        raise Unreadable("is cut off or damaged (Radiance HDR); copy it again") from error


def decode_exr(path: Path) -> Decoded:
    """Decode an OpenEXR picture, where the OpenEXR package is installed.

    Raises
    ------
    Unreadable
        If the package isn't there, or the file is damaged or has no colours.
    """
    try:
        library = importlib.import_module("OpenEXR")
    except ImportError as error:
        raise Unreadable(
            "is an OpenEXR picture, and the package that reads those isn't installed; "
            "run pip install OpenEXR, or save the picture as a 32-bit TIFF"
        ) from error
    try:
        with library.File(str(path), separate_channels=True, header_only=True) as file:
            low, high = file.header()["dataWindow"]
        check_size((int(high[1] - low[1]) + 1, int(high[0] - low[0]) + 1))
        with library.File(str(path), separate_channels=True) as file:
            channels = {name: np.array(item.pixels) for name, item in file.channels().items()}
    except (RuntimeError, ValueError, TypeError, KeyError) as error:
        raise Unreadable("is cut off or damaged (OpenEXR); copy it again") from error
    return _from_channels(channels)


def _from_channels(channels: dict[str, npt.NDArray[Any]]) -> Decoded:
    names = next((names for names in ("RGB", "Y") if set(names) <= set(channels)), None)
    if names is None:
        raise Unreadable(
            "holds the channels {channels} and no R, G, B; save its colours under those names",
            channels=", ".join(sorted(channels)),
        )
    pixels = np.stack([channels[name] for name in names], axis=-1).astype(np.float32)
    alpha = channels.get("A")
    if alpha is None:
        return _linear(pixels, None)
    # OpenEXR stores colours multiplied by alpha, by its own definition.
    share = np.clip(alpha.astype(np.float32), 0, 1)[..., None]
    pixels = np.divide(pixels, share, out=pixels.copy(), where=share > 0)
    return _linear(pixels, share[..., 0])


def _linear(pixels: npt.NDArray[Any], alpha: npt.NDArray[Any] | None) -> Decoded:
    profile = colour.linear_profile() if pixels.shape[2] == 3 else colour.linear_grey_profile()
    return Decoded(pixels, 1.0, 32, alpha, icc_profile=profile, notes=(_LINEAR_NOTE,))
