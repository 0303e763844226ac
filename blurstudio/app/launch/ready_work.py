"""What the lanes do right after the start: they load torch and the networks, before they are asked.

Most of the time until the first result goes there; a photo can be read and looked at meanwhile.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from blurstudio.app.launch.interpreter import kept_for_good
from blurstudio.errors import BlurStudioError
from blurstudio.libraries import load_torch_libraries

if TYPE_CHECKING:
    from blurstudio.engine.lanes.jobs import JobContext
    from blurstudio.engine.options import AnalysisOptions


def load_libraries(context: JobContext) -> None:
    """Load torch's libraries, in the lane in which photos are read.

    Never beside the reading of a photo: it imports modules, each of which would wait for torch's
    libraries, and keep Python's lock meanwhile.
    """
    context.cancel.raise_if_cancelled()
    load_torch_libraries()


def get_ready(options: AnalysisOptions, context: JobContext) -> None:
    """Load what an analysis with these options needs.

    What can't be loaded is nothing to complain about yet: the analysis that wants it will.
    """
    try:
        load_engine()
        context.cancel.raise_if_cancelled()
        _load_networks(options, context)
    except (BlurStudioError, ImportError, OSError):
        return


def load_engine() -> None:
    """Import torch and what computes with it, unless that was done."""
    # numpy loads this by itself at its first median or `unique`, which would be the window's.
    from numpy import ma  # noqa: F401

    if "torch" in sys.modules:
        return
    load_torch_libraries()
    # What is garbage by now would be kept as well.
    gc.collect()
    with kept_for_good():
        # Stands for everything that it imports.
        from blurstudio.engine import analysis  # noqa: F401


def _load_networks(options: AnalysisOptions, context: JobContext) -> None:
    from blurstudio.engine.compute.device import choose_device
    from blurstudio.engine.models import chosen_models, loaded_network

    device = choose_device(options.device).device
    for card in chosen_models(options).values():
        loaded_network(card, device)
        context.cancel.raise_if_cancelled()
