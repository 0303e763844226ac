"""OpenEXR pictures, read and written: floats in linear light, with the primaries of sRGB."""

from __future__ import annotations

import mmap
import struct
from typing import TYPE_CHECKING, Any

import numpy as np
import OpenEXR

from blurstudio.media import colour
from blurstudio.media.decoded import Unreadable, check_size, in_linear_light
from blurstudio.media.shaper import through_lcms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt

    from blurstudio.media.decoded import Decoded

    Floats = npt.NDArray[np.float32]

_LARGEST_HALF = float(np.finfo(np.float16).max)

_VERSION_BYTES, _MULTIPART, _TABLE_ENTRY = 8, 1 << 12, 8


def decode_exr(path: Path) -> Decoded:
    """Decode an OpenEXR picture.

    Raises
    ------
    Unreadable
        If the file is cut off, damaged or has no colours.
    """
    try:
        with OpenEXR.File(str(path), separate_channels=True, header_only=True) as file:
            header = dict(file.header())
        low, high = header["dataWindow"]
        check_size((int(high[1] - low[1]) + 1, int(high[0] - low[0]) + 1))
        in_order = header["lineOrder"] == OpenEXR.INCREASING_Y
        if in_order and header["type"] == OpenEXR.scanlineimage and _is_cut_off(path):
            # The library would say so too, once for every line that is missing.
            raise ValueError(path)
        with OpenEXR.File(str(path), separate_channels=True) as file:
            channels = {name: np.array(item.pixels) for name, item in file.channels().items()}
    except (RuntimeError, ValueError, TypeError, LookupError, struct.error) as error:
        raise Unreadable("is cut off or damaged (OpenEXR); copy it again") from error
    packet = header.get("xmp")
    return _from_channels(channels, packet.encode() if isinstance(packet, str) else None)


def write_exr(
    path: Path,
    pixels: Floats,
    profile: bytes | None,
    alpha: Floats | None,
    bit_depth: int,
    attributes: Mapping[str, object],
) -> None:
    """Write a picture in linear light, compressed without loss.

    Parameters
    ----------
    pixels
        ``(H, W, 1)`` or ``(H, W, 3)``, encoded as `profile` says; not clipped.
    profile
        ICC profile; None is sRGB. Colours that sRGB's primaries can't mix come out below 0.
    alpha
        ``(H, W)``, [0, 1], or None.
    bit_depth
        32, or anything less for halves of 16 bit.
    attributes
        Texts and numbers for the header.
    """
    light = _linear_light(pixels, profile)
    name = "Y" if light.shape[2] == 1 else "RGB"
    if alpha is not None:
        # OpenEXR stores colours multiplied by alpha, by its own definition.
        light = np.concatenate([light * alpha[..., None], alpha[..., None]], axis=2)
    if bit_depth < 32:
        light = np.clip(light, -_LARGEST_HALF, _LARGEST_HALF).astype(np.float16)
    planes = np.moveaxis(light, 2, 0)
    channels = dict(zip((*name, "A"), map(np.ascontiguousarray, planes), strict=False))
    header = {
        "compression": OpenEXR.ZIP_COMPRESSION,
        "type": OpenEXR.scanlineimage,
        **attributes,
    }
    OpenEXR.File(header, channels).write(str(path))


def _linear_light(pixels: Floats, profile: bytes | None) -> Floats:
    """Bring pixels into linear light with sRGB's primaries, unclipped."""
    linear = colour.linear_profile()
    if profile in (linear, colour.linear_grey_profile()):
        return pixels
    three = np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels
    source = colour.srgb_profile()
    kind = colour.profile_kind(profile)
    if kind is colour.ProfileKind.RGB and profile is not None:
        source = profile
    elif kind is colour.ProfileKind.GREY:
        three = colour.to_srgb(three, profile)
    light = through_lcms(three, source, linear).astype(np.float32, copy=False)
    return light[..., : pixels.shape[2]]


def _is_cut_off(path: Path) -> bool:
    """Whether a file ends before the last of the pieces that its table tells of.

    They have to lie in order. Files of several parts, whose tables lie elsewhere, count as whole.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        (flags,) = struct.unpack_from("<I", data, 4)
        if flags & _MULTIPART:
            return False
        place = _VERSION_BYTES
        while data[place] != 0:
            # An attribute: its name and its type end with a nought each, then come size and value.
            value = data.find(b"\0", data.find(b"\0", place) + 1) + 1
            (size,) = struct.unpack_from("<I", data, value)
            place = value + 4 + size
        # Pieces follow their table at once, so the first one's place tells how long that is.
        (first,) = struct.unpack_from("<Q", data, place + 1)
        pieces = (first - place - 1) // _TABLE_ENTRY
        if not 0 < pieces <= len(data) // _TABLE_ENTRY:
            return True
        (last,) = struct.unpack_from("<Q", data, first - _TABLE_ENTRY)
        return bool(last >= len(data))


def _from_channels(channels: dict[str, npt.NDArray[Any]], packet: bytes | None) -> Decoded:
    names = next((names for names in ("RGB", "Y") if set(names) <= set(channels)), None)
    if names is None:
        raise Unreadable(
            "holds the channels {channels} and no R, G, B; save its colours under those names",
            channels=", ".join(sorted(channels)),
        )
    pixels = np.stack([channels[name] for name in names], axis=-1).astype(np.float32)
    alpha = channels.get("A")
    if alpha is None:
        return in_linear_light(pixels, xmp=packet)
    share = np.clip(alpha.astype(np.float32), 0, 1)
    over = share[..., None]
    np.divide(pixels, over, out=pixels, where=over > 0)
    return in_linear_light(pixels, share, packet)
