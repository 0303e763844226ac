"""`evaluate`: run the protocols on the benchmarks of a data folder and renew the results page.

What each protocol needs and says is in `protocols`; here it is decided which of them run, and what
they say is written down as soon as it is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.engine.options import AnalysisOptions
from blurstudio.errors import DataError
from blurstudio.evaluation.callables import silent
from blurstudio.evaluation.pipeline import engine_pipeline
from blurstudio.evaluation.protocols import PROTOCOLS, SLOW
from blurstudio.evaluation.results_page import renew_page
from blurstudio.evaluation.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from blurstudio.evaluation.callables import ProgressCallback
    from blurstudio.evaluation.pipeline import Pipeline
    from blurstudio.evaluation.tables import Section

__all__ = ["PROTOCOLS", "SLOW", "evaluate"]


def evaluate(
    data_folder: Path,
    only: Iterable[str] = (),
    output: Path | None = None,
    limit: int | None = None,
    progress: ProgressCallback = silent,
    *,
    options: AnalysisOptions | None = None,
    pipeline: Pipeline | None = None,
) -> tuple[Section, ...]:
    """Measure the networks at hand and renew their sections of the results page.

    Parameters
    ----------
    data_folder
        Holds ``benchmark/kodak``, ``benchmark/gopro_pairs``, ``benchmark/camera_rotation``,
        ``benchmark/levin`` and ``real``.
    only
        Protocols to run, of `PROTOCOLS`; all but the `SLOW` ones when empty. The sections of the
        others stay on the page as they are, with their own dates and networks.
    output
        The page, e.g. ``docs/results.md``; each section is written as soon as it is measured.
        By default nothing is written.
    limit
        Measure only so many pictures of each protocol; the page then says so.
    progress
        Called with the fraction of all the work and a few words.
    options
        Device, precision and networks.
    pipeline
        What to measure; by default what the engine runs on a photo under `options`.

    Returns
    -------
    tuple of Section
        What was measured, in the order of `PROTOCOLS`.

    Raises
    ------
    DataError
        If a protocol is not known, its data is not there, or the page is damaged.
    WeightsError
        If a network is missing or damaged.
    """
    chosen = _chosen(only)
    if limit is not None and limit < 1:
        raise DataError("There is nothing to measure with a limit below 1; give a larger one.")
    pipeline = pipeline or engine_pipeline(options or AnalysisOptions())
    sections = []
    for number, name in enumerate(chosen):

        def forward(fraction: float, text: str, done: int = number, name: str = name) -> None:
            progress((done + fraction) / len(chosen), f"{name}: {text}")

        section = PROTOCOLS[name](Task(name, data_folder, pipeline, limit, forward))
        sections.append(section)
        if output is not None:
            renew_page(output, [section])
    return tuple(sections)


def _chosen(only: Iterable[str]) -> list[str]:
    wanted = set(only)
    if unknown := sorted(wanted - set(PROTOCOLS)):
        raise DataError(
            "There is no measurement named {unknown}; choose from {known}.",
            unknown=", ".join(unknown),
            known=", ".join(PROTOCOLS),
        )
    return [name for name in PROTOCOLS if name in (wanted or set(PROTOCOLS) - SLOW)]
