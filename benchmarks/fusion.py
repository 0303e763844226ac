"""Fit what depends on how a motion network errs: `python -m benchmarks.fusion --data DIR`.

Simulated exposures of the photos that networks learn from are read at every scale. Descent on the
path error gives the constants of `exposure.fusion`, least squares those of `exposure.confidence`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import torch

from benchmarks.exposures import exposures_of_training_photos
from blurstudio.engine.compute.device import choose_device
from blurstudio.engine.models import choose_model, loaded_network
from blurstudio.engine.paths.motion import read_scales
from blurstudio.errors import BlurStudioError, DataError
from blurstudio.exposure.confidence import expected_error_share
from blurstudio.exposure.fusion import PREFERENCE, SCALES, MotionReading, fuse
from blurstudio.exposure.resample import resample
from blurstudio.exposure.signfree import decode_sign_free
from blurstudio.networks import MotionPrediction, confidence
from blurstudio.simulate.labels import labels
from blurstudio.training.survey_task import path_distances

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from blurstudio.networks import MotionNet
    from blurstudio.simulate.labels import Labels

_STRENGTHS = (3.0, 8.0, 14.0, 20.0, 30.0, 40.0, 60.0, 80.0)
_EVERY = 3
"""One cell in so many along each side is learned from: paths vary slowly."""

_STEPS = 400
_LEVELS = 50


class Read(NamedTuple):
    """Cells of exposures, `(..., 1, n)`: what was read of them, and true paths."""

    readings: list[MotionReading]
    true: Tensor

    def distances(self, preference: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Error, that of no motion (both px) and confidence of every cell."""
        code, error = fuse(self.readings, preference)
        found, still = path_distances(decode_sign_free(code)[None], self.true[None])
        sure = confidence(MotionPrediction(code[None], error.log()[None, None]))
        return found.flatten(), still.flatten(), sure.flatten()


def read_exposures(data: Path, count: int) -> Read:
    """Read simulated exposures at every scale with the chosen motion network."""
    compute = choose_device("cpu")
    network = cast("MotionNet", loaded_network(choose_model("motion", None), compute.device))
    found = []
    for exposure in exposures_of_training_photos(data, count, _STRENGTHS, multiple=32):
        with torch.inference_mode():
            readings = read_scales(exposure.blurred[0], network)
        if len(readings) == len(SCALES):
            found.append(_cells(readings, labels(exposure)))
        print(f"{len(found)} of {count}", end="\r", file=sys.stderr)
    if not found:
        raise DataError("The photos are all too small; name a folder of photos of 256 px and more.")
    return joined(found)


def joined(parts: Sequence[Read]) -> Read:
    """Put the cells of several exposures into one row."""
    readings = [
        MotionReading(
            each[0].scale,
            torch.cat([reading.code for reading in each], -1),
            torch.cat([reading.error for reading in each], -1),
        )
        for each in zip(*(part.readings for part in parts), strict=True)
    ]
    return Read(readings, torch.cat([part.true for part in parts], -1))


def fitted_preference(read: Read) -> Tensor:
    """Descend on the path error, from the constants there are."""
    preference = torch.tensor(PREFERENCE, requires_grad=True)
    optimiser = torch.optim.Adam([preference], lr=0.03)
    rate = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, _STEPS)
    for _ in range(_STEPS):
        optimiser.zero_grad()
        share = path_error(read, preference)
        share.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        rate.step()
    return preference.detach()


def path_error(read: Read, preference: Tensor) -> Tensor:
    """Path error as a share of that of no motion, all cells added up."""
    found, still, _ = read.distances(preference)
    return found.sum() / still.sum()


def fitted_worth(read: Read, preference: Tensor) -> Tensor:
    """Fit the error to expect to the errors found, by levels of confidence, by how much moved."""
    with torch.no_grad():
        found, still, sure = read.distances(preference)
    level = (sure * _LEVELS).long().clamp(0, _LEVELS - 1)
    motion, error, weighed = (
        torch.zeros(_LEVELS).index_add(0, level, each) for each in (still, found, sure * still)
    )
    seen = motion > 0
    motion, error, weighed = motion[seen], error[seen], weighed[seen]
    logs = torch.tensor([1.4, 0.3], requires_grad=True)
    optimiser = torch.optim.LBFGS([logs], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> float:
        optimiser.zero_grad()
        expected = expected_error_share(weighed / motion, logs.exp())
        total: Tensor = (motion * (expected - error / motion).square()).sum() / motion.sum()
        total.backward()  # type: ignore[no-untyped-call]
        return float(total.detach())

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return logs.detach().exp()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the constants and the path error with them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds photos/")
    parser.add_argument("--count", type=int, default=96, help="exposures")
    chosen = parser.parse_args(arguments)
    if chosen.count < 1:
        parser.error("--count must be at least 1")
    try:
        read = read_exposures(chosen.data, chosen.count)
    except BlurStudioError as error:
        print(error, file=sys.stderr)
        return 1
    preference = fitted_preference(read)
    for name, values in (("before", torch.tensor(PREFERENCE)), ("fitted", preference)):
        print(f"path error {name}: {float(path_error(read, values)):.1%}")
    print(f"PREFERENCE = ({', '.join(f'{value:.2f}' for value in preference.tolist())})")
    worth = fitted_worth(read, preference)
    print(f"WORTH = ({', '.join(f'{value:.2f}' for value in worth.tolist())})")
    return 0


def _cells(readings: Sequence[MotionReading], label: Labels) -> Read:
    """Pick one cell in so many, of those whose path is known, in one row."""
    rows, columns = label.validity.shape[-2:]
    chosen = torch.zeros(rows, columns, dtype=torch.bool)
    chosen[1::_EVERY, 1::_EVERY] = True
    chosen &= label.validity[0] > 0

    def picked(maps: Tensor) -> Tensor:
        return maps[..., chosen].clone()[..., None, :]

    return Read(
        [
            MotionReading(
                each.scale,
                picked(resample(each.code, (rows, columns))),
                picked(resample(each.error.log()[None], (rows, columns))[0]).exp(),
            )
            for each in readings
        ],
        picked(label.maps[0]),
    )


if __name__ == "__main__":
    sys.exit(main())
