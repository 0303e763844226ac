"""Everything the window shows of one analysis, as one value; how it is made is in `showable.py`.

Pictures are QImages, which any thread may make; no QObject comes in here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from blurstudio.session.blend import Blend

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from blurstudio.engine.options import AnalysisOptions

    Bytes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Paths:
    """Trajectories as the canvas wants them.

    Attributes
    ----------
    points
        (M, 2) where they start in the picture at mid-exposure, px.
    ways
        (M, T, 2) px.
    size
        (H, W) of the picture that they are of.
    """

    points: NDArray[np.floating]
    ways: NDArray[np.floating]
    size: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Results:
    """Everything the window shows of one analysis.

    Attributes
    ----------
    analysis
        The engine's analysis, for export and for other choices.
    options
        The choices it was made with, but for the size of a quick pass.
    quick
        Whether it is the quick pass on a reduced photo.
    pictures
        "sharp", "residual", "direction"; of a quick pass also "flow", which takes long for a whole
        photo and comes afterwards.
    sharp
        The sharp picture for the screen, (H, W, 3).
    paths
        Trajectories for the canvas.
    player
        Makes frames at the display's size.
    thumbnails
        Small frames at times linspace(-1/2, 1/2, N).
    report, verdict, refinement
        The engine's reblur report, what it says of the motion, and what refining did, if it was
        asked for.
    notes
        Sentences about the photo and the result.
    meter
        Measures parts of the photo, for the figures of its regions.
    edits
        What of the regions made them, as `acting_on_motion` says; empty without an edit.
    parts
        Which parts of their own were laid in, as `session.parts.laid_key` says.
    plain
        The same without any edit, part or blend; None if there are none.
    underlay
        What they are blended with, see `blend_work.Underlay`.
    blend
        How they are blended with the photo, as `Blend.acting` says.
    unblended
        The same with its edits, but as deblurred; None if nothing is blended.
    """

    analysis: Any
    options: AnalysisOptions
    quick: bool
    pictures: dict[str, QImage]
    sharp: Bytes
    paths: Paths
    player: Any
    thumbnails: list[Bytes]
    report: Any
    verdict: Any
    refinement: Any
    notes: tuple[str, ...]
    meter: Any = None
    edits: tuple[object, ...] = ()
    parts: tuple[object, ...] = ()
    plain: Results | None = None
    underlay: Any = None
    blend: Blend = field(default_factory=Blend)
    unblended: Results | None = None

    @property
    def unedited(self) -> Results:
        """The same without the edits of regions, and as deblurred."""
        return self.plain or self

    @property
    def whole(self) -> Results:
        """The same as deblurred, whatever of it is used."""
        return self.unblended or self
