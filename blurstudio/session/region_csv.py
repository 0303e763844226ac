"""Figures of regions as a table that spreadsheets and programs read (CSV).

Measuring is the engine's; `docs/formats.md` describes the columns.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from blurstudio.media.atomic import write_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blurstudio.engine.findings.region_figures import RegionFigures
    from blurstudio.session.regions import Region, Regions

COLUMNS = (
    "number",
    "name",
    "shape",
    "edit",
    "factor",
    "visible",
    "area_share",
    "length_px",
    "length_spread_px",
    "direction_deg",
    "direction_spread_deg",
    "curvature",
    "confidence",
    "reblur_error",
)


def write_table(path: Path, regions: Regions, figures: Mapping[int, RegionFigures]) -> Path:
    """Write the figures of regions, one a line, the topmost first.

    Parameters
    ----------
    path
        The file.
    regions
        From the bottom to the top.
    figures
        By number; cells of a region without any stay empty, as do figures that don't exist.

    Raises
    ------
    ExportError
        If it can't be written.
    """
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for region in reversed(regions):
        lines.writerow(_line(region, figures.get(region.number)))
    # With its mark, spreadsheets read the names right.
    write_bytes(path, text.getvalue().encode("utf-8-sig"))
    return path


def _line(region: Region, figures: RegionFigures | None) -> list[object]:
    about: list[object] = [
        region.number,
        region.name,
        region.shape.kind.value,
        region.edit.value,
        f"{region.factor:g}" if region.edit.value == "scale" else "",
        int(region.visible),
    ]
    if figures is None:
        return about + [""] * (len(COLUMNS) - len(about))
    paths = figures.paths
    numbers = (
        figures.share,
        paths.length,
        paths.length_spread,
        paths.direction,
        paths.direction_spread,
        paths.curvature,
        paths.confidence,
        figures.reblur_error,
    )
    return about + ["" if number is None else f"{number:.5g}" for number in numbers]
