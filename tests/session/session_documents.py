"""A document with a bit of everything, and what another program may do to its file."""

from __future__ import annotations

import json
from dataclasses import replace

from session_shapes import ellipse, rectangle, triangle

from blurstudio.engine.options import AnalysisOptions
from blurstudio.session import files
from blurstudio.session.document import ViewState
from blurstudio.session.regions import Edit, Region
from blurstudio.session.shapes import Shape, ShapeKind

DEFAULTS = AnalysisOptions(device="cpu", memory_limit=10**9)
LASSO = Shape(ShapeKind.LASSO, ((1.5, 2.0), (30.0, 4.25), (12.0, 40.0), (2.0, 20.0)))
REGIONS = (
    Region(1, "Café “left”", rectangle(0, 0, 40, 60), "#112233", edit=Edit.FREEZE, feather=6.5),
    Region(4, "Wheel", ellipse(1, 2, 30, 40), visible=False, edit=Edit.SCALE, factor=1.25),
    Region(2, "Sky", triangle(), edit=Edit.REVERSE),
    Region(3, "Hand", LASSO, edit=Edit.EXCLUDE),
)
OPTIONS = replace(
    DEFAULTS, constraint="linear", reverse=True, flips=((0.25, 0.5), (1.0, 0.0)), strength=0.75
)
VIEW = ViewState("frame", True, False, -0.25, "split", 0.3, (-0.125, 0.4))


def changed(photo, change):
    """Change what is written beside a photo, as another program might."""
    path = files.beside(photo)
    table = json.loads(path.read_text(encoding="utf-8"))
    change(table)
    path.write_text(json.dumps(table), encoding="utf-8")
    return path
