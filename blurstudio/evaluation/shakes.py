"""Protocol: photos that a hand shook as a whole, and what a refinement makes of them.

Their path is known, of any shape and the same everywhere. It is asked how often a refinement finds
that they moved as one, how like the path then is to the true one, and what the picture gains.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.errors import DataError
from blurstudio.evaluation import metrics
from blurstudio.evaluation.callables import silent
from blurstudio.evaluation.refinement import OnePath
from blurstudio.evaluation.tables import Figure, Section, table
from blurstudio.exposure.kernels import content_paths
from blurstudio.exposure.shaking.kernel_curve import path_likeness
from blurstudio.exposure.shaking.one_path import one_path, parabola

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blurstudio.evaluation.callables import ProgressCallback
    from blurstudio.evaluation.circumstances import Circumstances
    from blurstudio.evaluation.refinement import Explanation, Refine
    from blurstudio.simulate.shaken import ShakenTake

_SHIFT, _INSIDE = 6, 24
"""Shifts that are tried, and the border that is left out, px."""


@dataclass(frozen=True)
class ShakeScore:
    """Figures of one exposure.

    Parameters
    ----------
    name
        Of the exposure.
    shaken
        What of it follows one path when it is refined.
    like_before, like_after
        Likeness of what our path and the true one draw, [0, 1], without and with refinement.
    psnr_blurred, psnr_before, psnr_after
        dB, best over shifts.
    """

    name: str
    shaken: OnePath
    like_before: float
    like_after: float
    psnr_blurred: float
    psnr_before: float
    psnr_after: float

    @property
    def gain(self) -> float:
        """PSNR gained by refining, dB."""
        return self.psnr_after - self.psnr_before


def measure_shakes(
    takes: Sequence[ShakenTake],
    refine: Refine,
    *,
    limit: int | None = None,
    progress: ProgressCallback = silent,
) -> tuple[ShakeScore, ...]:
    """Explain every exposure without and with refinement.

    Parameters
    ----------
    takes
        Usually from `shaken_takes`.
    refine
        A picture (3, H, W) to its explanations before and after.
    limit
        Only the first so many.
    progress
        Called with fraction and text after each exposure.

    Raises
    ------
    DataError
        If there is no exposure.
    """
    wanted, scores = takes[:limit], []
    for number, take in enumerate(wanted, start=1):
        blurred, sharp, path = take.render()
        before, after = refine(blurred)
        scores.append(
            ShakeScore(
                take.name,
                after.shaken,
                path_likeness(_one(before), path),
                path_likeness(_one(after), path),
                *(shifted_psnr(each, sharp) for each in (blurred, before.sharp, after.sharp)),
            )
        )
        progress(number / len(wanted), f"exposure {number} of {len(wanted)}, {take.name}")
    if not scores:
        raise DataError("There is no picture to measure; ask for at least one.")
    return tuple(scores)


def shifted_psnr(picture: Tensor, truth: Tensor) -> float:
    """PSNR (dB) inside two pictures (3, H, W), best over shifts: one path has no place of its own.

    Rounded to 8 bits.
    """
    height, width = truth.shape[-2:]
    inner = truth[:, _INSIDE : height - _INSIDE, _INSIDE : width - _INSIDE]
    return max(
        metrics.psnr(
            picture[
                :,
                _INSIDE + down : height - _INSIDE + down,
                _INSIDE + right : width - _INSIDE + right,
            ],
            inner,
        )
        for down in range(-_SHIFT, _SHIFT + 1)
        for right in range(-_SHIFT, _SHIFT + 1)
    )


def _one(said: Explanation) -> Tensor:
    """One path of a picture, (T, 2) px: that of the shake, or what its paths come to."""
    if said.shaken is OnePath.ALL:
        height, width = said.trajectory.size
        # The same everywhere; content runs against its offsets.
        return -content_paths(said.trajectory, torch.tensor([[width / 2, height / 2]]), 65)[0]
    return parabola(one_path(said.trajectory))


def shakes_section(
    scores: Sequence[ShakeScore], circumstances: Circumstances, partial: str = ""
) -> Section:
    """Write down what a refinement makes of photos that moved as one."""
    found = [score for score in scores if score.shaken]
    rows = [
        (
            score.name,
            score.shaken,
            f"{score.like_before:.2f}",
            f"{score.like_after:.2f}",
            f"{score.psnr_blurred:.2f}",
            f"{score.psnr_before:.2f}",
            f"{score.psnr_after:.2f}",
            f"{score.gain:+.2f}",
        )
        for score in scores
    ]
    head = (
        *("Exposure", "follows one path", "likeness before", "after"),
        *("PSNR blurred", "before", "after", "gain"),
    )
    body = "\n".join(
        [
            "Photos of which every pixel was blurred along the same path, of any shape, as by a "
            "hand that shook; in linear light, with noise and JPEG. *Before* is the analysis "
            "without refinement, *after* with refined paths and picture. What *follows one path* "
            "is where a shake was believed: the picture alone where the paths say much the same. "
            "Likeness: correlation of what our path and the true one draw, best over shifts. PSNR "
            "(dB): best over shifts by whole px up to 6, 24 px from the border, rounded to 8 bits; "
            "a path that is right but for its middle shifts the picture.",
            "",
            table(head, rows, numbers=True),
        ]
    )
    count = len(scores)
    alone = sum(score.shaken is OnePath.PICTURE for score in found)
    figures = [
        Figure.reported(
            "Exposures found to have moved as one",
            len(found),
            f"{len(found)} of {count}, {alone} by the picture alone",
        ),
        _reported("PSNR gained by refining, all", [score.gain for score in scores]),
    ]
    if found:
        before, after = (
            metrics.mean(values)
            for values in zip(*((s.like_before, s.like_after) for s in found), strict=True)
        )
        figures += [
            _reported("The same, those that moved as one", [score.gain for score in found]),
            Figure.reported(
                "Their likeness to the true path", after, f"{after:.2f}, before {before:.2f}"
            ),
        ]
    title = "Photos that moved as one"
    return Section("shakes", title, tuple(figures), body, circumstances, partial)


def _reported(name: str, gains: Sequence[float]) -> Figure:
    mean = float(torch.tensor(gains).mean())
    return Figure.reported(name, mean, f"{mean:+.2f} dB, the least {min(gains):+.2f} dB")
