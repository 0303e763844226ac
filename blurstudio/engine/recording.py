"""A sharp picture and its paths, from which the photo can be played and exposed again.

Parts that are laid over have pictures and paths of their own; laying them over each other is
`engine.patches`'. What the pictures were made by is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blurstudio.engine import pictures
from blurstudio.engine.drawing.warping import Warper
from blurstudio.engine.patches import LayeredFrames, lay
from blurstudio.engine.sharp.blending import lay_over
from blurstudio.exposure.reblur import reblur_along

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    import numpy.typing as npt

    from blurstudio.engine.patches import FrameLayer
    from blurstudio.engine.sharp.blending import Blending
    from blurstudio.engine.subject import Subject
    from blurstudio.exposure.trajectory import Trajectory

    Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Recording:
    """What was in front of the camera while the shutter was open.

    Attributes
    ----------
    subject
        The photo.
    size
        (H, W) px of frames; exposures are of the photo's size.
    sharp, paths
        Sharp picture ``(H, W, 3)`` in the photo's encoding, without the parts, and its paths.
    layers
        What parts add, for frames of that size.
    blending
        How far all of it is laid over the photo, which stands still.
    """

    subject: Subject
    size: tuple[int, int]
    sharp: Floats
    paths: Trajectory
    layers: Sequence[FrameLayer]
    blending: Blending | None

    def frames(self, times: Iterable[float]) -> Iterator[Floats]:
        """Frames at some moments in [-1/2, 1/2], one at a time."""
        below = Warper(pictures.resize_picture(self.sharp, self.size), self.paths)
        over = [(layer, Warper(layer.picture, layer.trajectory)) for layer in self.layers]
        warper = LayeredFrames(below, over, self.size)
        if self.blending is None:
            yield from map(warper.frame, times)
            return
        blending = self.blending.fitted(self.size)
        photo = pictures.resize_picture(self.subject.photo.pixels, self.size)
        for t in times:
            yield lay_over(warper.frame(t), photo, blending)

    def exposed(self, interval: tuple[float, float]) -> Floats:
        """Expose it again over a part of the exposure."""
        light = reblur_along(self.subject.seen(self.sharp), self.paths, interval=interval)
        exposed = self.subject.unseen(light)
        for layer in self.layers:
            own = layer.patch.part.analysis
            light = reblur_along(own.as_seen(layer.picture), layer.trajectory, interval=interval)
            over = pictures.from_network(own.photo, light, self.subject.white)
            lay(exposed, layer.window, over, layer.share)
        return lay_over(exposed, self.subject.photo.pixels, self.blending)
