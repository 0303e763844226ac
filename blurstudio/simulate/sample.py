"""The sample photo that ships with the app: a shaken camera and a subject pushed aside.

``python -m blurstudio.simulate.sample SOURCE DEST`` makes it again from its public source.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
from PIL import Image

from blurstudio.exposure.light import srgb_to_linear
from blurstudio.levels import as_picture
from blurstudio.simulate.compositing import Plate, Scene, top_layer
from blurstudio.simulate.exposures import subframe_count
from blurstudio.simulate.paths import SceneMotion, draw_camera, draw_object
from blurstudio.simulate.photos import load_sharp
from blurstudio.simulate.scenes import with_strength
from blurstudio.simulate.sensor import Sensor, boost_highlights
from blurstudio.simulate.settings import ExposureSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

SEED = 6
STRENGTH = 14.0
MARGIN = 20

# Cup, saucer and spoon in scikit-image's coffee.png, px.
COFFEE = (
    (155, 80), (178, 66), (200, 40), (230, 24), (270, 18), (310, 19), (350, 30), (380, 47),
    (398, 67), (410, 67), (420, 70), (424, 77), (418, 105), (440, 122), (460, 152), (474, 190),
    (479, 225), (474, 265), (462, 298), (442, 327), (415, 350), (380, 370), (340, 383), (300, 389),
    (260, 388), (220, 381), (180, 367), (150, 348), (125, 325), (105, 298), (90, 265), (80, 230),
    (77, 200), (80, 175), (88, 150), (100, 128), (115, 110), (135, 92),
)  # fmt: skip

_SETTINGS = ExposureSettings(
    curviness=(0.3, 0.6),
    shake_share=1.0,
    shake=(0.03, 0.05),
    layer_speed=(0.9, 1.3),
    tracked_share=0.0,
    parallax_share=0.0,
    focal=(1.0, 1.5),
)
_SENSOR = Sensor(photons=8_000.0, read_noise=1e-3, smooth=True)
# What the sample's EXIF says; the simulator's clock has no unit.
_EXPOSURE_TIME = (1, 8)
_EXIF_EXPOSURE_TIME, _EXIF_SOFTWARE, _EXIF_IFD = 0x829A, 0x0131, 0x8769


def blur_with_subject(
    photo: Tensor,
    outline: Sequence[tuple[int, int]],
    seed: int = SEED,
    strength: float = STRENGTH,
    margin: int = MARGIN,
) -> tuple[Tensor, Tensor]:
    """Expose a photo with a shaken camera while the subject moves by itself.

    Parameters
    ----------
    photo
        Sharp sRGB picture ``(3, h, w)`` in [0, 1].
    outline
        Corners (x, y) of the subject in px of the photo. What it uncovers is filled in from
        around it.
    seed
        Decides motion and noise.
    strength
        Mean path length, px.
    margin
        Border in px that is only used as content that moves in.

    Returns
    -------
    tuple
        Blurred and sharp sRGB pictures ``(3, h - 2 margin, w - 2 margin)``.
    """
    rng = np.random.default_rng(seed)
    size = (photo.shape[1] - 2 * margin, photo.shape[2] - 2 * margin)
    opacity = _opacity(outline, (photo.shape[1], photo.shape[2]))
    behind = boost_highlights(srgb_to_linear(_filled_in(photo, opacity)), 2.0, 1.0)
    subject = boost_highlights(srgb_to_linear(photo), 2.0, 1.0)
    layer = Plate(torch.cat([subject * opacity, opacity]), -margin, -margin)

    corners = np.array(outline) - margin
    centre = corners.mean(axis=0)
    motion = SceneMotion(
        draw_camera(rng, size, _SETTINGS),
        (draw_object(rng, (float(centre[0]), float(centre[1])), 200.0, _SETTINGS),),
    )
    inner = opacity[0, margin : margin + size[0], margin : margin + size[1]]
    ids = top_layer(torch.stack([torch.ones_like(inner), inner]))
    motion = with_strength(motion, ids, strength, longest=3 * strength)
    scene = Scene(size, Plate(behind, -margin, -margin), (layer,), motion)

    weights = np.ones(subframe_count(scene, 1.0))
    weights[[0, -1]] = 0.5
    noise = torch.Generator().manual_seed(seed)
    blurred = _SENSOR.record(scene.mean(weights / weights.sum()), noise)
    return blurred, _SENSOR.develop(scene.frame(0.0))


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the sample from its source picture."""
    parser = argparse.ArgumentParser(description="Make the sample photo from its source.")
    parser.add_argument("source", type=Path, help="scikit-image's coffee.png")
    parser.add_argument("destination", type=Path, help="JPEG file to write")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    blurred, _ = blur_with_subject(load_sharp(options.source), COFFEE, options.seed)
    exif = Image.Exif()
    exif[_EXIF_SOFTWARE] = "Blur Studio simulator"
    exif.get_ifd(_EXIF_IFD)[_EXIF_EXPOSURE_TIME] = _EXPOSURE_TIME[0] / _EXPOSURE_TIME[1]
    picture = Image.fromarray(as_picture(blurred))
    picture.save(options.destination, quality=95, subsampling=0, exif=exif)


def _opacity(outline: Sequence[tuple[int, int]], size: tuple[int, int]) -> Tensor:
    """Soft-edged inside ``(1, h, w)`` of an outline."""
    mask = np.zeros(size, np.float32)
    cv2.fillPoly(mask, [np.array(outline, np.int32)], 1.0)
    return torch.from_numpy(cv2.GaussianBlur(mask, (0, 0), 1.2))[None]


def _filled_in(photo: Tensor, opacity: Tensor) -> Tensor:
    """Photo with the subject painted over from its surroundings."""
    hidden = cv2.dilate((opacity[0].numpy() > 0.01).astype(np.uint8), np.ones((5, 5), np.uint8))
    filled = np.asarray(cv2.inpaint(as_picture(photo), hidden, 5, cv2.INPAINT_TELEA))
    return torch.from_numpy(filled).permute(2, 0, 1).float() / 255


if __name__ == "__main__":
    main()
