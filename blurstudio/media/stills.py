"""Pictures out: PNG, TIFF, JPEG and OpenEXR, with the photo's profile and metadata.

Animations live in `video`; numbers that are no pictures in `flow` and `paths`.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
import tifffile
from PIL import Image

from blurstudio import __version__
from blurstudio.errors import ExportError
from blurstudio.levels import quantise
from blurstudio.media import containers, exif, exr, ifd, xmp
from blurstudio.media.atomic import atomic_path
from blurstudio.media.colour import ProfileKind, profile_kind

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    import numpy.typing as npt

    from blurstudio.media.photo import Photo

SOFTWARE = f"Blur Studio {__version__}"
_FORMATS = {
    ".png": "png", ".tif": "tiff", ".tiff": "tiff", ".jpg": "jpeg", ".jpeg": "jpeg", ".exr": "exr",
}  # fmt: skip
JPEG_QUALITY = 95
"""Quality of JPEG files where nobody asked for another."""

_JPEG_MAX_SIDE = 65500
# Compression 3 of 9 is half as slow as the usual 6 and 1-2 % larger on photos.
_PNG_LEVEL = 3
# Channels this near to each other are one channel; a network leaves a grey photo this grey.
_GREY_TOLERANCE = 0.02


def write_still(
    path: str | os.PathLike[str],
    pixels: npt.NDArray[np.float32] | npt.NDArray[np.uint8],
    photo: Photo | None = None,
    bit_depth: int = 16,
    provenance: Mapping[str, object] | None = None,
    quality: int = JPEG_QUALITY,
) -> None:
    """Write a picture atomically.

    Parameters
    ----------
    path
        Ends in .png, .tif, .tiff, .jpg, .jpeg or .exr; JPEG is always 8 bit, 4:4:4.
    pixels
        ``(H, W, 3)``: float32 ``[0, 1]`` in the photo's encoding (others are clipped), or uint8.
    photo
        The photo the picture was made from: its ICC profile, EXIF and XMP go along, its alpha
        where the sizes agree and the format has one, and a grey photo gives a grey file. None
        writes an untagged sRGB picture.
    bit_depth
        8, 16, or 32 for floats, which TIFF and OpenEXR hold; they are not clipped. OpenEXR holds
        nothing but floats, those of 16 bit instead of anything less.
    provenance
        How the picture was made, for its XMP; see `xmp.with_provenance`.
    quality
        Of a JPEG, 1 to 100.

    Raises
    ------
    ExportError
        If the format is unknown, can't hold floats, or the place can't be written to.
    ValueError
        For pixels of another shape or type, or a bit depth or quality of another value.
    """
    path = Path(path)
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise ExportError("{path} has no known ending; use .png, .tif, .jpg or .exr.", path=path)
    if pixels.ndim != 3 or pixels.shape[2] != 3:
        raise ValueError(f"pixels must be (H, W, 3), got {pixels.shape}")
    if bit_depth not in (8, 16, 32):
        raise ValueError(f"bit_depth must be 8, 16 or 32, got {bit_depth}")
    if not 1 <= quality <= 100:
        raise ValueError(f"quality must be 1 to 100, got {quality}")
    if bit_depth == 32 and kind == "png":
        raise ExportError("{path} can't hold floats; use .tif or .exr, or 16 bit.", path=path)
    if kind == "jpeg" and max(pixels.shape) > _JPEG_MAX_SIDE:
        raise ExportError(
            "{path} is too large for JPEG ({limit} px); use .png or .tif.",
            path=path,
            limit=_JPEG_MAX_SIDE,
        )
    profile = photo.icc_profile if photo else None
    stored = _stored(pixels, {"jpeg": 8, "exr": 32}.get(kind, bit_depth))
    if photo is not None and photo.grey and _is_grey(stored):
        stored = _one_channel(stored)
    elif profile_kind(profile) is ProfileKind.GREY:
        profile = None
    if kind != "jpeg" and photo is not None and photo.alpha is not None:
        stored = _with_alpha(stored, photo.alpha)
    metadata = _metadata(photo, profile, provenance or {})
    with atomic_path(path) as temporary:
        if kind == "jpeg":
            _write_jpeg(temporary, stored, metadata, quality)
        elif kind == "exr":
            _write_exr(temporary, stored, metadata, photo, bit_depth)
        else:
            _WRITERS[kind](temporary, stored, metadata)


def _stored(pixels: npt.NDArray[Any], bit_depth: int) -> npt.NDArray[Any]:
    if bit_depth == 32:
        floats = pixels / np.float32(255) if pixels.dtype == np.uint8 else pixels
        return np.nan_to_num(floats, nan=0.0, posinf=1.0, neginf=0.0).astype(np.float32)
    if pixels.dtype == np.uint8:
        return pixels if bit_depth == 8 else pixels.astype(np.uint16) * np.uint16(257)
    if not np.issubdtype(pixels.dtype, np.floating):
        raise ValueError(f"pixels must be floats or uint8, got {pixels.dtype}")
    return quantise(pixels, np.uint8) if bit_depth == 8 else quantise(pixels, np.uint16)


def _is_grey(stored: npt.NDArray[Any]) -> bool:
    spread = stored.max(axis=2) - stored.min(axis=2)
    most = 1.0 if stored.dtype.kind == "f" else np.iinfo(stored.dtype).max
    return float(spread.max()) <= _GREY_TOLERANCE * most


def _one_channel(stored: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if stored.dtype.kind == "f":
        return stored.mean(axis=2, keepdims=True, dtype=np.float32)
    total = stored.sum(axis=2, keepdims=True, dtype=np.uint32)
    return ((total + 1) // 3).astype(stored.dtype)


def _with_alpha(stored: npt.NDArray[Any], alpha: npt.NDArray[np.float32]) -> npt.NDArray[Any]:
    if alpha.shape != stored.shape[:2]:
        return stored
    if stored.dtype.kind == "f":
        return np.concatenate([stored, alpha[..., None]], axis=2)
    return np.concatenate([stored, quantise(alpha, stored.dtype.type)[..., None]], axis=2)


def _metadata(
    photo: Photo | None, profile: bytes | None, provenance: Mapping[str, object]
) -> containers.Metadata:
    block = photo.exif if photo else None
    try:
        block = exif.with_software(block, SOFTWARE)
    except ifd.DirectoryError:
        block = exif.with_software(None, SOFTWARE)
    packet = photo.xmp if photo else None
    record = xmp.with_provenance(packet, {"Software": SOFTWARE, **provenance})
    return containers.Metadata(SOFTWARE, block, record, profile)


def _write_png(path: Path, stored: npt.NDArray[Any], metadata: containers.Metadata) -> None:
    squeezed = stored[..., 0] if stored.shape[2] == 1 else stored
    # The library's own guess of the file's size is too small for tall pictures a few px wide.
    room = stored.nbytes + stored.nbytes // 8 + 16 * stored.shape[0] + 4096
    data = imagecodecs.png_encode(np.ascontiguousarray(squeezed), level=_PNG_LEVEL, out=room)
    path.write_bytes(containers.into_png(bytes(data), metadata))


def _write_jpeg(
    path: Path, stored: npt.NDArray[Any], metadata: containers.Metadata, quality: int
) -> None:
    squeezed = stored[..., 0] if stored.shape[2] == 1 else stored
    buffer = io.BytesIO()
    image = Image.fromarray(np.ascontiguousarray(squeezed))
    image.save(buffer, "JPEG", quality=quality, subsampling=0)
    path.write_bytes(containers.into_jpeg(buffer.getvalue(), metadata))


def _write_tiff(path: Path, stored: npt.NDArray[Any], metadata: containers.Metadata) -> None:
    channels = stored.shape[2]
    tifffile.imwrite(
        path,
        stored[..., 0] if channels == 1 else stored,
        photometric="minisblack" if channels < 3 else "rgb",
        planarconfig="contig" if channels > 1 else None,
        extrasamples=["unassalpha"] if channels in (2, 4) else None,
        compression="zlib",
        predictor=True,
        byteorder="<",
        bigtiff=False,
        metadata=None,
        software=SOFTWARE,
    )
    containers.into_tiff(path, metadata)


def _write_exr(
    path: Path,
    stored: npt.NDArray[Any],
    metadata: containers.Metadata,
    photo: Photo | None,
    bit_depth: int,
) -> None:
    """Write floats in linear light, as bright as the photo's file had them."""
    colours = 1 if stored.shape[2] < 3 else 3
    alpha = stored[..., colours] if stored.shape[2] > colours else None
    attributes: dict[str, object] = {"software": SOFTWARE, "xmp": metadata.xmp.decode()}
    if photo is not None and photo.exposure_time:
        attributes["expTime"] = photo.exposure_time
    scale = np.float32(1 if photo is None else photo.scale)
    exr.write_exr(
        path, stored[..., :colours] * scale, metadata.icc_profile, alpha, bit_depth, attributes
    )


_WRITERS = {"png": _write_png, "tiff": _write_tiff}
