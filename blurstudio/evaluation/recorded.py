"""Pictures blurred by real camera shake whose kernels were recorded: finding and reading them.

How like them ours are is measured in `levin`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.errors import DataError
from blurstudio.evaluation.pictures import read_picture
from blurstudio.exposure.shaking.sparse_latent import differences

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"(im\d+)_kernel(\d+)_img$")

_DAMPING = 0.5
"""Gradient energy of encoded grey at which a frequency counts for half."""


@dataclass(frozen=True)
class Recorded:
    """A blurred picture and what was recorded with it.

    Parameters
    ----------
    picture, kernel, sharp
        Files of the blurred picture, its kernel, and the sharp picture.
    """

    picture: Path
    kernel: Path
    sharp: Path

    def read_kernel(self) -> Tensor:
        """Read the kernel as it smears content, (h, w).

        Such files are kept either way round: some as content is smeared, others turned by half a
        turn, as a picture is read. The sharp picture tells which: the kernel between the two
        pictures, by least squares, is more like one than like the other.
        """
        kernel = read_picture(self.kernel).mean(0)
        seen, known = (read_picture(path).mean(0) for path in (self.picture, self.sharp))
        if seen.shape != known.shape:
            raise DataError(
                "{file} is not of the size of {picture}; restore it.",
                file=self.sharp,
                picture=self.picture,
            )
        between = _kernel_between(known, seen)
        turned = kernel.flip(0, 1)
        return turned if _agreement(between, turned) > _agreement(between, kernel) else kernel


def recorded_kernels(folder: Path) -> list[Recorded]:
    """List ``im1_kernel1_img.png`` and the like, by name, with what lies in ``gt``.

    Raises
    ------
    DataError
        If there are none, or a kernel (``gt/kernel1.png``) or a sharp picture (``gt/im1.png``)
        is missing.
    """
    found = []
    for path in sorted(folder.glob("*.png")):
        if named := _NAME.match(path.stem):
            recorded = Recorded(
                path, folder / "gt" / f"kernel{named[2]}.png", folder / "gt" / f"{named[1]}.png"
            )
            for need in (recorded.kernel, recorded.sharp):
                if not need.is_file():
                    raise DataError(
                        "{path} was recorded with {need}; restore it.", path=path, need=need
                    )
            found.append(recorded)
    if not found:
        raise DataError(
            "{folder} holds no pictures named like im1_kernel1_img.png; put pictures blurred by "
            "recorded kernels there.",
            folder=folder,
        )
    return found


def _kernel_between(sharp: Tensor, blurred: Tensor) -> Tensor:
    """Kernel that takes one picture to the other, as large as they are, no shift in the middle."""
    height, width = sharp.shape
    window = torch.hann_window(height)[:, None] * torch.hann_window(width)
    known, seen = (
        torch.fft.rfft2(torch.stack(differences(each)) * window) for each in (sharp, blurred)
    )
    energy = (known.real.square() + known.imag.square()).sum(0) + _DAMPING
    kernel = torch.fft.irfft2((known.conj() * seen).sum(0) / energy, s=(height, width))
    return kernel.roll((height // 2, width // 2), (0, 1)).clamp(min=0)


def _agreement(found: Tensor, kernel: Tensor) -> float:
    """Correlation with a kernel, best over all shifts; the scale plays no part."""
    size = [a + b for a, b in zip(found.shape, kernel.shape, strict=True)]
    product = torch.fft.rfft2(found, s=size) * torch.fft.rfft2(kernel.flip(0, 1), s=size)
    return float(torch.fft.irfft2(product, s=size).max())
