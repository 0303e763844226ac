"""What the lane does right after the start: it loads torch and the networks, before they are asked.

Most of the time until the first result goes there; a photo can be read and looked at meanwhile.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from blurstudio.errors import BlurStudioError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blurstudio.engine.jobs import JobContext
    from blurstudio.engine.options import AnalysisOptions


def get_ready(options: AnalysisOptions, context: JobContext) -> None:
    """Load what an analysis with these options needs.

    What can't be loaded is nothing to complain about yet: the analysis that wants it will.
    """
    try:
        with _nothing_collected():
            # Stands for everything that it imports.
            from blurstudio.engine import analysis  # noqa: F401
        context.cancel.raise_if_cancelled()
        _load_networks(options, context)
    except (BlurStudioError, ImportError, OSError):
        return


def _load_networks(options: AnalysisOptions, context: JobContext) -> None:
    from blurstudio.engine.device import choose_device
    from blurstudio.engine.models import choose_model, loaded_network

    device = choose_device(options.device).device
    for task, name in (("motion", options.motion_model), ("deblur", options.deblur_model)):
        loaded_network(choose_model(task, name), device)
        context.cancel.raise_if_cancelled()


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Keep Python from looking for garbage: what modules are made of stays for good."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
