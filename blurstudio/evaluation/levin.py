"""Protocol: our path of a whole picture, drawn as a kernel, beside the kernel that was recorded.

Every pixel of these pictures was blurred alike, so the paths of the surer half are brought to one.
How figures are written down is in `path_sections`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.errors import DataError
from blurstudio.evaluation import metrics
from blurstudio.evaluation.callables import silent
from blurstudio.evaluation.pictures import read_picture
from blurstudio.exposure.basis import times, trapezoid_weights
from blurstudio.exposure.direction import decode_sign_free, encode_sign_free
from blurstudio.exposure.kernels import content_paths
from blurstudio.exposure.quadratic import as_quadratic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blurstudio.evaluation.callables import Estimate, ProgressCallback
    from blurstudio.evaluation.recorded import Recorded
    from blurstudio.exposure.trajectory import Trajectory

_MOMENTS = 257
_SIDE = 96
"""Side of the pictures that kernels are drawn into, px: paths beyond it are cut off."""

_PARTS = 2
"""Shifts are tried in steps of this part of a px."""

_LONGEST_LINE = 40
"""px."""

_PEAKS, _TRIED = 4, (-1, 0, 1)

_AGREEING_STEPS = 30


@dataclass(frozen=True)
class KernelScore:
    """Likeness of kernels to the recorded one, 0 to 1.

    Parameters
    ----------
    name : str
        Of the picture.
    kernel : str
        Of the recorded kernel.
    dot : float
        Of no motion at all.
    linear, path : float
        Of our path without its bend, and of all of it.
    line : float
        Of the straight line that is most like the recorded kernel.
    traced : float, optional
        Of the shake traced for the whole picture.
    """

    name: str
    kernel: str
    dot: float
    linear: float
    path: float
    line: float
    traced: float | None = None

    @property
    def final(self) -> float:
        """Likeness of the best we do: traced, if shakes were traced."""
        return self.path if self.traced is None else self.traced


@dataclass(frozen=True)
class KernelResult:
    """Figures of all pictures, in their order."""

    scores: tuple[KernelScore, ...]

    @property
    def ahead(self) -> int:
        """How many of our final paths are more like the kernel than our linear ones."""
        return sum(score.final > score.linear for score in self.scores)

    def mean(self, part: str) -> float:
        """Mean of one column; not a number where it was not measured."""
        values = [getattr(score, part) for score in self.scores]
        return math.nan if None in values else metrics.mean(values)


def measure_kernels(
    pictures: Sequence[Recorded],
    estimate: Estimate,
    trace: Estimate | None = None,
    *,
    limit: int | None = None,
    progress: ProgressCallback = silent,
) -> KernelResult:
    """Draw our path of every picture and compare it with the recorded kernel.

    Parameters
    ----------
    pictures : sequence of Recorded
        Usually from `recorded_kernels`.
    estimate : callable
        Blurred picture (3, H, W) to `Trajectory`.
    trace : callable, optional
        Blurred picture to the shake traced for it.
    limit : int, optional
        Only the first so many.
    progress : callable
        Called with fraction and text after each picture.

    Returns
    -------
    KernelResult
        Figures of every picture.

    Raises
    ------
    DataError
        If there is no picture.
    PhotoError
        If one can't be read.
    """
    wanted = pictures[:limit]
    scores: list[KernelScore] = []
    for number, recorded in enumerate(wanted, start=1):
        picture = read_picture(recorded.picture)
        kernel = recorded.read_kernel()
        maps = one_path(estimate(picture))
        traced = None if trace is None else draw_path(_content(trace(picture)))
        straight = torch.stack((maps[0], torch.zeros(2)))
        scores.append(
            KernelScore(
                recorded.picture.stem.removesuffix("_img"),
                recorded.kernel.stem,
                dot=likeness(drawn(torch.zeros(2, 2)), kernel),
                linear=likeness(drawn(straight), kernel),
                path=likeness(drawn(maps), kernel),
                line=_best_line(recorded.kernel),
                traced=None if traced is None else likeness(traced, kernel),
            )
        )
        progress(number / len(wanted), f"picture {number} of {len(wanted)}, {scores[-1].name}")
    if not scores:
        raise DataError("There is no picture to measure; ask for at least one.")
    return KernelResult(tuple(scores))


def one_path(trajectory: Trajectory) -> Tensor:
    """Bring the paths of a picture whose pixels all moved alike to one.

    Parameters
    ----------
    trajectory : Trajectory
        Paths of any family.

    Returns
    -------
    Tensor
        (2, 2), a and b of the quadratic path, px: the geometric median over the surer half, in
        which the direction of time plays no part.
    """
    code = encode_sign_free(as_quadratic(trajectory)).flatten(1)
    if trajectory.confidence is not None:
        sure = trajectory.confidence.flatten()
        code = code[:, sure >= sure.median()]
    median = code.mean(1, keepdim=True)
    for _ in range(_AGREEING_STEPS):
        weight = 1 / (code - median).norm(dim=0).clamp(min=1e-3)
        median = (code * weight).sum(1, keepdim=True) / weight.sum()
    return decode_sign_free(median.view(-1, 1, 1))[..., 0, 0]


def drawn(maps: Tensor) -> Tensor:
    """Draw the kernel of a quadratic path at all parts of a pixel.

    Parameters
    ----------
    maps : Tensor
        (2, 2), a and b, px.

    Returns
    -------
    Tensor
        (shifts, side, side), each at least 0.
    """
    t = times(_MOMENTS)[:, None]
    return draw_path(-(t * maps[0] + t * t * maps[1]))


def draw_path(path: Tensor) -> Tensor:
    """Draw the kernel of a path at all parts of a pixel.

    Parameters
    ----------
    path : Tensor
        (257, 2), (x, y) of the content, px, evenly spaced in time.

    Returns
    -------
    Tensor
        (shifts, side, side), each at least 0.
    """
    path = path + _SIDE // 2
    shifts = torch.arange(_PARTS) / _PARTS
    kernels = []
    for shift in torch.cartesian_prod(shifts, shifts):
        hats = [
            (1 - (place[:, None] - torch.arange(_SIDE)).abs()).clamp(min=0)
            for place in (path + shift).unbind(1)
        ]
        across, down = hats
        kernels.append((down * trapezoid_weights(_MOMENTS)[:, None]).T @ across)
    return torch.stack(kernels)


def _content(trajectory: Trajectory) -> Tensor:
    """Way of the content in the middle of a picture that moved as one, (257, 2) px."""
    height, width = trajectory.size
    middle = torch.tensor([[width / 2, height / 2]])
    return content_paths(trajectory, middle, _MOMENTS)[0]


def likeness(ours: Tensor, recorded: Tensor) -> float:
    """Compare kernels by their normalised cross-correlation, best over all shifts.

    Parameters
    ----------
    ours : Tensor
        (shifts, h, w), drawings of one kernel.
    recorded : Tensor
        (h', w').

    Returns
    -------
    float
        0 to 1, which means equal but for brightness and place.
    """
    # Sides that are powers of two times small numbers: such transforms are the fast ones.
    size = [
        32 * -(-(a + b - 1) // 32) for a, b in zip(ours.shape[-2:], recorded.shape, strict=True)
    ]
    product = torch.fft.rfft2(ours, s=size) * torch.fft.rfft2(recorded.flip(0, 1), s=size)
    correlation = torch.fft.irfft2(product, s=size).flatten(1).amax(1)
    norms = ours.flatten(1).norm(dim=1) * recorded.norm()
    return float((correlation / norms).max())


@lru_cache(maxsize=64)
def _best_line(kernel: Path) -> float:
    """Likeness of the straight line most like a recorded kernel, searched coarse to fine."""
    recorded = read_picture(kernel).mean(0)

    def like(line: tuple[float, float]) -> float:
        turn, length = math.radians(line[0]), line[1]
        a = length * torch.tensor((math.cos(turn), math.sin(turn)))
        return likeness(drawn(torch.stack((a, torch.zeros(2)))), recorded)

    coarse = [(7.5 * turn, float(px)) for turn in range(24) for px in range(1, _LONGEST_LINE, 2)]
    found = []
    # Likeness has several peaks: the highest of a coarse look need not be the highest of all.
    for line in sorted(coarse, key=like, reverse=True)[:_PEAKS]:
        best = line
        for turn, more in ((2.5, 1.0), (1.0, 0.5)):
            around = [(best[0] + i * turn, best[1] + j * more) for i in _TRIED for j in _TRIED]
            best = max(around, key=like)
        found.append(like(best))
    return max(found)
