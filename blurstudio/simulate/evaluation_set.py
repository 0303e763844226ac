"""The fixed set of simulated exposures that every network of the project is measured on.

24 Kodak photos, four exposures each, a third of them at each of three strengths; the scores are
computed elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blurstudio.errors import DataError
from blurstudio.simulate.exposures import render
from blurstudio.simulate.photos import load_sharp
from blurstudio.simulate.settings import ExposureSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from torch import Tensor

STRENGTHS = (8.0, 20.0, 40.0)
PHOTOS = 24
EXPOSURES_PER_PHOTO = 4
SEED = 7_700

# Whole photos, the wanted strength exactly, a sensor and a file of everyday quality.
SETTINGS = ExposureSettings(
    size=None,
    longest=400.0,
    sharp_share=0.0,
    layer_speed=(0.3, 1.5),
    still_camera_share=0.0,
    shrink=(1.0, 1.0),
    turn=False,
    gain=(0.8, 1.1),
    photons=(2_000.0, 60_000.0),
    read_noise=(2e-4, 2e-3),
    curve_share=0.0,
    jpeg_quality=(85, 100),
)


@dataclass(frozen=True)
class Take:
    """What one exposure of the set is rendered from.

    Parameters
    ----------
    name
        Photo and number, e.g. ``"kodim05-2"``.
    photo, textures
        The background, and the photos that layers may take their texture from besides.
    strength
        Mean path length, px.
    seed
        Decides everything else.
    """

    name: str
    photo: Path
    textures: tuple[Path, ...]
    strength: float
    seed: int

    def render(self) -> EvaluationExposure:
        """Render the exposure, always the same."""
        settings = replace(SETTINGS, strength=(self.strength, self.strength))
        others = [load_sharp(path) for path in self.textures]
        exposure = render([load_sharp(self.photo)], settings, self.seed, textures=others)
        return EvaluationExposure(
            self.name,
            self.strength,
            exposure.blurred[0],
            exposure.sharp[0],
            exposure.offsets[0],
            exposure.layers[0],
            exposure.validity[0],
        )


@dataclass(frozen=True, eq=False)
class EvaluationExposure:
    """One exposure of the evaluation set with its truth, on the CPU.

    Parameters
    ----------
    name
        Photo and number, e.g. ``"kodim05-2"``.
    strength
        8, 20 or 40 px: the mean over pixels of the path's arc length.
    blurred, sharp
        ``(3, H, W)`` sRGB [0, 1]; 768 x 512 px or upright.
    offsets
        ``(17, 2, H, W)`` px at ``linspace(-1/2, 1/2, 17)``.
    layers
        ``(H, W)`` uint8, top layer at mid-exposure.
    validity
        ``(1, H, W)`` 1 where the path stays inside the picture.
    """

    name: str
    strength: float
    blurred: Tensor
    sharp: Tensor
    offsets: Tensor
    layers: Tensor
    validity: Tensor


def kodak_exposures(folder: Path) -> Iterator[EvaluationExposure]:
    """Render the evaluation set, one exposure at a time.

    Parameters
    ----------
    folder
        The 24 Kodak photos as PNG files with their number in the name (``kodim01.png`` or
        ``1.png``).

    Yields
    ------
    EvaluationExposure
        96 exposures, always the same, 32 of each strength.

    Raises
    ------
    DataError
        If the folder does not hold exactly the 24 photos.
    """
    for take in evaluation_takes(folder):
        yield take.render()


def evaluation_takes(folder: Path) -> list[Take]:
    """List the 96 exposures of the set, without rendering them.

    Raises
    ------
    DataError
        If the folder does not hold exactly the 24 photos.
    """
    paths = kodak_photos(folder)
    takes = []
    for serial in range(PHOTOS * EXPOSURES_PER_PHOTO):
        number, repeat = divmod(serial, EXPOSURES_PER_PHOTO)
        takes.append(
            Take(
                f"{paths[number].stem}-{repeat + 1}",
                paths[number],
                tuple(paths[(number + step) % PHOTOS] for step in (5, 11)),
                STRENGTHS[serial % len(STRENGTHS)],
                SEED + serial,
            )
        )
    return takes


def kodak_photos(folder: Path) -> list[Path]:
    """List the 24 Kodak photos in the order of their numbers.

    Raises
    ------
    DataError
        If the folder does not hold exactly the 24 photos.
    """
    numbered = {
        int(digits): path
        for path in sorted(folder.glob("*.png"))
        if (digits := "".join(letter for letter in path.stem if letter.isdigit()))
    }
    if sorted(numbered) != list(range(1, PHOTOS + 1)):
        raise DataError(
            "{folder} does not hold the 24 Kodak photos as PNG files numbered 1 to 24; put "
            "kodim01.png to kodim24.png there.",
            folder=folder,
        )
    return [numbered[number] for number in sorted(numbered)]
