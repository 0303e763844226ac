"""What networks say about every exposure of a set: asked by shards, once, and kept in files.

What is asked is the business of `surveys` and `courses`.
"""

from __future__ import annotations

from contextlib import closing
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from blurstudio.engine.compute.device import choose_device
from blurstudio.errors import Cancelled
from blurstudio.simulate.dataset import Dataset, read_dataset
from blurstudio.simulate.workers import each_done
from blurstudio.training.batches import in_order
from blurstudio.weights import registry
from blurstudio.whole_files import whole_file

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from numpy.typing import NDArray
    from torch import nn

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.training.batches import Exposures

    Answers = dict[str, NDArray[Any]]
    Ask = Callable[[Exposures, range], Answers]

_SHARD = 100


def kept_answers(
    ask: Ask,
    exposures: Exposures,
    folder: Path,
    stopped: threading.Event,
    progress: Callable[[int, int], None],
    workers: int = 1,
) -> Answers:
    """Ask about every exposure, or read what was said before.

    Parameters
    ----------
    ask
        Given the exposures and which of them it is about, returns arrays by name, a row for each.
        With several workers it must be picklable.
    exposures
        The set.
    folder
        Where answers are kept; what they depend on has to be in its name.
    stopped
        Ends the work at the next hundred of exposures; called again it goes on there.
    progress
        Called with exposures done and all of them.
    workers
        Processes that ask beside each other, if the exposures lie in a folder.

    Raises
    ------
    Cancelled
        If it was stopped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = len(exposures)
    spans = list(in_order(0, count, _SHARD))
    missing = [(span,) for span in spans if not _file(folder, span).is_file()]
    done = count - sum(len(span) for (span,) in missing)

    def check() -> None:
        if stopped.is_set():
            raise Cancelled(
                "The run was stopped while networks were asked about its exposures; run it again "
                "to go on there."
            )

    source: Exposures | Path = exposures
    if workers > 1 and isinstance(exposures, Dataset):
        source = exposures.folder
    else:
        workers = 1
    check()
    with closing(each_done(partial(_make, ask, source, folder), missing, workers)) as sizes:
        for size in sizes:
            done += size
            progress(done, count)
            check()
    shards = [read_answers(folder, span) for span in spans]
    return {key: np.concatenate([shard[key] for shard in shards]) for key in shards[0]}


def networks_asked(names: tuple[str, ...]) -> tuple[list[nn.Module], ComputeDevice]:
    """Load the networks that are asked, once for as long as their weights stay, and say where."""
    return _loaded(names, tuple(registry.find(name).sha256 for name in names))


def weights_key(names: tuple[str, ...]) -> str:
    """Tell the weights of some networks, by name or path, apart from others in a folder's name."""
    return "-".join(registry.find(name).sha256[:8] for name in names)


@lru_cache(maxsize=1)
def _loaded(
    names: tuple[str, ...], hashes: tuple[str, ...]
) -> tuple[list[nn.Module], ComputeDevice]:
    del hashes  # other weights, other networks
    compute = choose_device(precision="float32")
    return [registry.load_network(registry.find(name), compute.device) for name in names], compute


def read_answers(folder: Path, span: range) -> Answers:
    """Read what was said about the exposures of a shard."""
    with np.load(_file(folder, span)) as shard:
        return dict(shard)


def _make(ask: Ask, exposures: Exposures | Path, folder: Path, span: range) -> int:
    """Ask about some exposures of a set, or of the set in a folder; return how many."""
    if isinstance(exposures, Path):
        exposures = read_dataset(exposures)
    answers = ask(exposures, span)
    with whole_file(_file(folder, span)) as temporary:
        np.savez(temporary, **answers)  # type: ignore[arg-type]
    return len(span)


def _file(folder: Path, span: range) -> Path:
    return folder / f"{span.start:06d}-{span.stop:06d}.npz"
