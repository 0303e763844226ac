"""What a person mends of an estimate: parts with an analysis of their own, and edits of paths.

How parts are laid in is `engine.patches`', what edits do to paths is `exposure.edits`'; here is
what both come to together, kept. How far the result is seen is no concern of this module.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from blurstudio.engine.drawing import views
from blurstudio.engine.made import Once
from blurstudio.engine.patches import frame_layers, patched_paths, patched_picture
from blurstudio.engine.sharp.photo_left import leaves_photo, with_photo_left
from blurstudio.exposure.edits import edited

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import numpy as np
    import numpy.typing as npt

    from blurstudio.engine.parts import Part
    from blurstudio.engine.patches import FrameLayer, Patch
    from blurstudio.exposure.edits import MaskedEdit
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.media.photo import Photo

    Floats = npt.NDArray[np.float32]
    Halves = npt.NDArray[np.float16]
    Picture = npt.NDArray[Any]


class Mending:
    """Patches and edits of one estimate; what they make of it is kept, so it serves no other.

    Parameters
    ----------
    photo
        What shows where an edit leaves the photo as it is.
    edits
        Of the paths, in the order they are applied.
    patches
        Each is laid over those before.
    remarks
        Sentences for the person about the patches.
    """

    def __init__(
        self,
        photo: Photo,
        edits: tuple[MaskedEdit, ...] = (),
        patches: tuple[Patch, ...] = (),
        remarks: tuple[str, ...] = (),
    ) -> None:
        self.edits = edits
        self.patches = patches
        self.remarks = remarks
        self._photo = photo
        self._paths: Once[Trajectory] = Once()
        self._flow: Once[Floats] = Once()
        self._picture: Once[Floats] = Once()
        self._residual: Once[Halves] = Once()

    @cached_property
    def unpatched(self) -> Mending:
        """The same edits without patches."""
        return Mending(self._photo, self.edits) if self.patches else self

    def paths(self, directed: Trajectory) -> Trajectory:
        """Return the paths over those of the estimate, time's direction chosen."""
        return self._paths.get(lambda: edited(patched_paths(directed, self.patches), self.edits))

    def flow(self, directed: Trajectory) -> Floats:
        """Return the flow along these paths, see `engine.drawing.views.small_flow`."""
        paths = self.paths(directed)
        return self._flow.get(lambda: views.small_flow(paths))

    def picture(self, sharpened: Floats) -> Floats:
        """Return the sharp picture over that of the estimate; that one itself if nothing differs.

        Parameters
        ----------
        sharpened
            ``(H, W, 3)`` in the photo's encoding.
        """
        if not (self.patches or leaves_photo(self.edits)):
            return sharpened
        return self._picture.get(lambda: self._mended(sharpened))

    def residual(self, estimated: Halves) -> Halves:
        """Return the residual ``(H, W, 3)`` over that of the estimate; patches have their own."""
        if not self.patches:
            return estimated
        return self._residual.get(
            lambda: patched_picture(estimated, self.patches, lambda part: part.analysis.residual)
        )

    def layers(
        self,
        directed: Trajectory,
        size: tuple[int, int],
        sharp: Picture,
        shown: Callable[[Floats, Part], Picture],
    ) -> list[FrameLayer]:
        """Prepare what patches add to frames; see `engine.patches.frame_layers`."""
        return frame_layers(self.patches, directed, self.edits, size, sharp, shown)

    def _mended(self, picture: Floats) -> Floats:
        if self.patches:
            picture = patched_picture(picture, self.patches, lambda part: part.analysis.sharpened)
        if leaves_photo(self.edits):
            picture = with_photo_left(picture, self._photo, self.edits)
        return picture
