"""Fit how much of a refined picture is kept: `python -m benchmarks.keeping --data DIR`.

Simulated exposures of the photos that networks learn from (never of those they are measured on) are
analysed and refined; the truth says for every cell which share of the change would have been best.
A logistic regression of that share on `keeping.evidence` gives the constants of
`exposure.keeping`, and six-fold cross-validation, whole exposures left out, what to expect of them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import torch
import torch.nn.functional as F

from benchmarks.exposures import exposures_of_training_photos
from blurstudio.engine.deconvolve import estimate_noise
from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import BlurStudioError
from blurstudio.evaluation.pipeline import engine_pipeline
from blurstudio.exposure.consistency import explain_more
from blurstudio.exposure.keeping import evidence
from blurstudio.exposure.light import srgb_to_linear
from blurstudio.exposure.resample import resample
from blurstudio.simulate.evaluation_set import STRENGTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from blurstudio.evaluation.pipeline import Pipeline

_FOLDS = 6
_RIDGE = 0.02


class Judged(NamedTuple):
    """Cells of one exposure: what was seen of them, and what keeping a share of a change is worth.

    With a share s the squared error becomes `error - 2 s gain + s^2 change`; all as shares of the
    exposure's whole error, so that exposures count alike.
    """

    evidence: Tensor
    gain: Tensor
    change: Tensor

    def decibels(self, share: Tensor) -> float:
        """PSNR gained with these shares, dB."""
        left = 1 - (2 * share * self.gain - share.square() * self.change).sum()
        return float(-10 * left.log10())


def judge(pipeline: Pipeline, blurred: Tensor, true: Tensor) -> Judged | None:
    """Refine an exposure and compare with the truth; None where nothing was to refine."""
    size = (blurred.shape[-2], blurred.shape[-1])
    paths = pipeline.estimate_refined(blurred)
    sharp = pipeline.sharpen(blurred, pipeline.estimate(blurred))
    sure = torch.full(size, 0.5)
    if paths.confidence is not None:
        sure = resample(paths.confidence[None], size)[0]
    with torch.inference_mode():
        light = srgb_to_linear(blurred), srgb_to_linear(sharp)
        course = explain_more(*light, paths, sure, estimate_noise(blurred))
        if not course.residuals:
            return None
        seen = evidence(course, sure, paths.length(size))
        rows, columns = seen.shape[-2:]
        change, error = course.end - course.start, true - course.start
        whole = error.square().sum()
        cells = [
            F.adaptive_avg_pool2d(part.sum(0)[None, None], (rows, columns)).flatten()
            * (part[0].numel() / (seen[0].numel() * whole))
            for part in (error * change, change.square())
        ]
    return Judged(seen.flatten(1).T, *cells)


def fitted(exposures: Sequence[Judged]) -> tuple[Tensor, Tensor]:
    """Weights and bias of the regression."""
    seen = torch.cat([each.evidence for each in exposures])
    gain = torch.cat([each.gain for each in exposures])
    change = torch.cat([each.change for each in exposures])
    mean, spread = seen.mean(0), seen.std(0).clamp(min=1e-6)
    parameters = torch.zeros(seen.shape[1] + 1, requires_grad=True)
    optimiser = torch.optim.LBFGS([parameters], max_iter=80, line_search_fn="strong_wolfe")

    def loss() -> float:
        optimiser.zero_grad()
        share = ((seen - mean) / spread @ parameters[:-1] + parameters[-1]).sigmoid()
        error = (change * share.square() - 2 * gain * share).sum() * (10 / len(exposures))
        total: Tensor = error + _RIDGE * parameters[:-1].square().sum()
        total.backward()  # type: ignore[no-untyped-call]
        return float(total.detach())

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    weights = parameters.detach()[:-1] / spread
    return weights, parameters.detach()[-1] - weights @ mean


def expected(exposures: Sequence[Judged]) -> list[float]:
    """PSNR gained, dB, of every exposure by what was fitted to others."""
    gains = [0.0] * len(exposures)
    for fold in range(_FOLDS):
        others = [each for n, each in enumerate(exposures) if n % _FOLDS != fold]
        weights, bias = fitted(others)
        for n in range(fold, len(exposures), _FOLDS):
            gains[n] = exposures[n].decibels((exposures[n].evidence @ weights + bias).sigmoid())
    return gains


def _described(gains: Sequence[float]) -> str:
    better = sum(gain > 0 for gain in gains) / len(gains)
    return (
        f"mean {sum(gains) / len(gains):+.3f} dB, least {min(gains):+.3f} dB, {better:.0%} improved"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the constants and what to expect of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds photos/")
    parser.add_argument("--count", type=int, default=60, help="exposures, at least 12")
    chosen = parser.parse_args(arguments)
    if chosen.count < 2 * _FOLDS:
        parser.error(f"--count must be at least {2 * _FOLDS}")
    try:
        pipeline = engine_pipeline(AnalysisOptions(device="cpu"))
        judged = []
        for exposure in exposures_of_training_photos(chosen.data, chosen.count, STRENGTHS):
            found = judge(pipeline, exposure.blurred[0], exposure.sharp[0])
            judged += [] if found is None else [found]
            print(f"{len(judged)} of {chosen.count}", end="\r", file=sys.stderr)
    except BlurStudioError as error:
        print(error, file=sys.stderr)
        return 1
    weights, bias = fitted(judged)
    print(f"_WEIGHTS = ({', '.join(f'{weight:.3f}' for weight in weights.tolist())})")
    print(f"_BIAS = {float(bias):.3f}")
    for share in (0.0, 0.5, 1.0):
        whole = [each.decibels(torch.full_like(each.gain, share)) for each in judged]
        print(f"{share:.0%} kept everywhere: {_described(whole)}")
    print(f"fitted, cross-validated on {len(judged)} exposures: {_described(expected(judged))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
