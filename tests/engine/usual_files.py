"""The files that the command line writes without a word about them, or what else is asked for."""

from __future__ import annotations

from dataclasses import replace

from blurstudio.cli.writing import USUAL_PARTS
from blurstudio.engine.export.write import write_export
from blurstudio.session.command_line import USUAL


def write_usual(analysis, folder, progress=None, cancel=None, **choices):
    """Write them, with other choices where these are named."""
    request = replace(USUAL, **{"folder": folder, "parts": USUAL_PARTS, **choices})
    return write_export(analysis, request, progress, cancel)
