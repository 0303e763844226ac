"""Pictures that are plain numbers: NumPy arrays, taken as sRGB, and Radiance HDR, linear light."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np

from blurstudio.media.decoded import (
    Decoded,
    Unreadable,
    check_size,
    depth_of,
    in_linear_light,
    split_alpha,
)

if TYPE_CHECKING:
    from pathlib import Path

_RADIANCE_SIZE = re.compile(rb"\n[-+]Y (\d+) [-+]X (\d+)\n")
_RADIANCE_HEADER = 4096


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
        return in_linear_light(imagecodecs.rgbe_decode(data))
    except (imagecodecs.RgbeError, ValueError) as error:
        raise Unreadable("is cut off or damaged (Radiance HDR); copy it again") from error
