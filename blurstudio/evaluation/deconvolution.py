"""Protocol: deconvolution along paths, beside the deblurring network, on simulated exposures.

True paths show what the method can do, the networks' paths what a person gets. The deconvolution
itself is the engine's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blurstudio.engine.options import AnalysisOptions
from blurstudio.engine.sharp.deconvolve_preview import DeconvolutionPreview
from blurstudio.errors import DataError
from blurstudio.evaluation import metrics
from blurstudio.evaluation.callables import silent
from blurstudio.evaluation.tables import Figure, Section, table
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from blurstudio.evaluation.callables import Estimate, ProgressCallback, Sharpen
    from blurstudio.evaluation.circumstances import Circumstances
    from blurstudio.simulate.evaluation_set import Take

SLIDER = (0.25, AnalysisOptions.strength, 0.75, 1.0)
"""Strengths of the slider that are measured; the second is what a person gets unasked."""


@dataclass(frozen=True)
class DeconvolutionScore:
    """Figures of one exposure.

    Parameters
    ----------
    name
        Of the exposure.
    length
        Mean path length that was asked for, px.
    blurred
        PSNR of the blurred picture, dB.
    network
        PSNR that the deblurring network gains, dB.
    estimated, true
        PSNR gained by deconvolution at each strength of `SLIDER`, dB: along the motion network's
        paths, and along the true ones.
    """

    name: str
    length: float
    blurred: float
    network: float
    estimated: tuple[float, ...]
    true: tuple[float, ...]


@dataclass(frozen=True)
class DeconvolutionResult:
    """Figures of all exposures, in their order."""

    scores: tuple[DeconvolutionScore, ...]

    @property
    def lengths(self) -> tuple[float, ...]:
        """The path lengths in the set, px, rising."""
        return tuple(sorted({score.length for score in self.scores}))

    def of_length(self, length: float) -> DeconvolutionResult:
        """Keep only the exposures of one path length, px."""
        return DeconvolutionResult(tuple(s for s in self.scores if s.length == length))

    @property
    def blurred(self) -> float:
        """Mean PSNR of the blurred pictures, dB."""
        return metrics.mean(score.blurred for score in self.scores)

    @property
    def network(self) -> float:
        """Mean gain of the deblurring network, dB."""
        return metrics.mean(score.network for score in self.scores)

    @property
    def estimated(self) -> tuple[float, ...]:
        """Mean gains along the motion network's paths, dB."""
        return _means([score.estimated for score in self.scores])

    @property
    def true(self) -> tuple[float, ...]:
        """Mean gains along true paths, dB."""
        return _means([score.true for score in self.scores])


def measure_deconvolution(
    takes: Sequence[Take],
    estimate: Estimate,
    sharpen: Sharpen,
    *,
    limit: int | None = None,
    progress: ProgressCallback = silent,
) -> DeconvolutionResult:
    """Deconvolve every exposure along estimated and along true paths.

    Parameters
    ----------
    takes
        Simulated exposures, usually some of `simulate.evaluation_set.evaluation_takes`.
    estimate
        Blurred picture (3, H, W) to `Trajectory`.
    sharpen
        Blurred picture (3, H, W) and its paths to sharp picture (3, H, W), [0, 1].
    limit
        Only the first so many.
    progress
        Called with fraction and text after each exposure.

    Returns
    -------
    DeconvolutionResult
        Figures of every exposure.

    Raises
    ------
    DataError
        If there is no exposure.
    """
    wanted = takes[:limit]
    if not wanted:
        raise DataError("There is no exposure to deconvolve; ask for at least one.")
    scores: list[DeconvolutionScore] = []
    for number, take in enumerate(wanted, start=1):
        exposure = take.render()
        photo, sharp = exposure.blurred, exposure.sharp
        paths = estimate(photo)
        true = Trajectory(exposure.offsets, Constraint.FREE, (sharp.shape[-2], sharp.shape[-1]))
        before = metrics.psnr(photo, sharp)
        scores.append(
            DeconvolutionScore(
                take.name,
                take.strength,
                before,
                metrics.psnr(sharpen(photo, paths), sharp) - before,
                _gains(photo, paths, sharp, before),
                _gains(photo, true, sharp, before),
            )
        )
        progress(number / len(wanted), f"exposure {number} of {len(wanted)}, {take.name}")
    return DeconvolutionResult(tuple(scores))


def deconvolution_section(
    result: DeconvolutionResult, circumstances: Circumstances, partial: str = ""
) -> Section:
    """Write down the figures of deconvolution."""
    parts = [("all", result)]
    parts += [(f"{length:g} px", result.of_length(length)) for length in result.lengths]
    head = (
        "Paths",
        "Exposures",
        "PSNR blurred",
        "network",
        *(f"our paths, {strength:g}" for strength in SLIDER),
        *(f"true paths, {strength:g}" for strength in SLIDER),
    )
    rows = [
        (
            name,
            f"{len(part.scores)}",
            f"{part.blurred:.2f}",
            *(f"{gain:+.2f}" for gain in (part.network, *part.estimated, *part.true)),
        )
        for name, part in parts
    ]
    body = "\n".join(
        [
            "PSNR gained over the blurred picture (dB) by deconvolution along paths, "
            "Richardson-Lucy with total variation and without a network, at strengths of the "
            f"slider; {SLIDER[1]:g} is what a person gets unasked. *Our paths* are the motion "
            "network's, with its confidence. *True paths* say what the method could do; at "
            "borders of moving things they too explain the picture only nearly. *Network* is the "
            "deblurring network guided by our paths.",
            "",
            table(head, rows, numbers=True),
        ]
    )
    usual, bound = result.estimated[1], result.true[-1]
    figures = (
        Figure.reported(
            "Deconvolution along our paths, PSNR over the blurred picture",
            usual,
            f"{usual:+.2f} dB beside {result.network:+.2f} dB of the network",
        ),
        Figure.reported("The same along true paths, full strength", bound, f"{bound:+.2f} dB"),
    )
    title = "Deconvolution along paths"
    return Section("deconvolution", title, figures, body, circumstances, partial)


def _gains(
    photo: Tensor, trajectory: Trajectory, sharp: Tensor, before: float
) -> tuple[float, ...]:
    # It keeps its iterates, and at full size it shows what the engine makes of the photo.
    shown = DeconvolutionPreview(photo, trajectory, max_side=max(photo.shape[-2:]))
    return tuple(metrics.psnr(shown.picture(strength), sharp) - before for strength in SLIDER)


def _means(gains: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(metrics.mean(column) for column in zip(*gains, strict=True))
