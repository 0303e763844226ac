"""Protocol: pairs of real video averages and one of their frames.

Averages of 240 fps video stand for blurred photos; the figures are plain, without alignment. How
they are written down is in `sections`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blurstudio.errors import DataError
from blurstudio.evaluation import metrics
from blurstudio.evaluation.callables import silent
from blurstudio.evaluation.pictures import read_picture
from blurstudio.evaluation.quality import Gain, Quality

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blurstudio.evaluation.callables import ProgressCallback, Restore

_TRUTH = "_gt"


@dataclass(frozen=True)
class Pair:
    """Files of one blurred picture and its true frame."""

    blurred: Path
    truth: Path

    @property
    def name(self) -> str:
        """What to call it in tables."""
        return self.blurred.stem


@dataclass(frozen=True)
class GoproResult:
    """Gains of all pairs.

    Parameters
    ----------
    gains
        In the order of the files' names.
    """

    gains: tuple[Gain, ...]

    @property
    def mean(self) -> float:
        """Mean PSNR gained, dB."""
        return metrics.mean(gain.psnr for gain in self.gains)

    @property
    def worst(self) -> Gain:
        """The pair that gained least."""
        return min(self.gains, key=lambda gain: gain.psnr)

    @property
    def blurred(self) -> Quality:
        """Mean quality of the blurred pictures."""
        return Quality.mean([gain.blurred for gain in self.gains])

    @property
    def restored(self) -> Quality:
        """Mean quality of the restored pictures."""
        return Quality.mean([gain.restored for gain in self.gains])


def gopro_pairs(folder: Path) -> list[Pair]:
    """List the pairs of a folder: ``name.png`` and ``name_gt.png``, by name.

    Raises
    ------
    DataError
        If there is no pair, or a picture has lost its partner.
    """
    files = {path.stem: path for path in sorted(folder.glob("*.png"))}
    pairs = []
    for stem, path in files.items():
        if stem.endswith(_TRUTH):
            if stem.removesuffix(_TRUTH) not in files:
                raise DataError(
                    "{path} has no blurred picture beside it; restore or remove it.", path=path
                )
        elif stem + _TRUTH not in files:
            raise DataError(
                "{path} has no true frame {stem}{ending}.png beside it; restore it.",
                path=path,
                stem=stem,
                ending=_TRUTH,
            )
        else:
            pairs.append(Pair(path, files[stem + _TRUTH]))
    if not pairs:
        raise DataError(
            "{folder} holds no pairs; put pictures there as name.png and name{ending}.png.",
            folder=folder,
            ending=_TRUTH,
        )
    return pairs


def measure_gopro(
    pairs: Sequence[Pair],
    restore: Restore,
    *,
    limit: int | None = None,
    progress: ProgressCallback = silent,
) -> GoproResult:
    """Restore every blurred picture and compare it with its true frame.

    Parameters
    ----------
    pairs
        Usually from `gopro_pairs`.
    restore
        Blurred picture (3, H, W) to sharp picture (3, H, W), [0, 1].
    limit
        Only the first so many.
    progress
        Called with fraction and text after each pair.

    Returns
    -------
    GoproResult
        Figures of every pair.

    Raises
    ------
    DataError
        If a pair's pictures differ in size, or there is no pair.
    PhotoError
        If a picture can't be read.

    Notes
    -----
    The true frame is not always the one at mid-exposure: a perfect restoration may be some pixels
    away from it, which plain PSNR counts as error.
    """
    wanted = pairs[:limit]
    gains: list[Gain] = []
    for pair in wanted:
        blurred, truth = read_picture(pair.blurred), read_picture(pair.truth)
        if blurred.shape != truth.shape:
            raise DataError(
                "{file} and its true frame differ in size; restore the pair.", file=pair.blurred
            )
        gains.append(Gain.of(pair.name, blurred, restore(blurred), truth))
        progress(len(gains) / len(wanted), f"pair {len(gains)} of {len(wanted)}, {pair.name}")
    if not gains:
        raise DataError("There is no pair to measure; ask for at least one.")
    return GoproResult(tuple(gains))
