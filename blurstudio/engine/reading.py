"""What the networks make of one photo: motion, sharp picture and how well they explain it.

The order of things: paths (`engine.path_reading`) -> the sharp picture -> reblur and residual from
those two. How each is made is `engine.making`; what follows from them without a network is
`engine.analysis`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np

from blurstudio import __version__
from blurstudio.engine.parts import PartStore
from blurstudio.engine.patches import patched_picture
from blurstudio.engine.path_reading import PathReading
from blurstudio.engine.sharp.blending import lay_over
from blurstudio.engine.sharp.photo_left import leaves_photo, with_photo_left
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    import numpy.typing as npt
    from torch import Tensor

    from blurstudio.engine.lanes.job import CancelToken, ProgressCallback
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.engine.sharp.blending import Blending
    from blurstudio.exposure.report import ReblurReport
    from blurstudio.media.photo import Photo

    Floats = npt.NDArray[np.float32]
    Halves = npt.NDArray[np.float16]

_STILL = sentence(
    "No motion was found in this photo, so its sharp picture and its frames hardly differ."
)


class Reading(PathReading):
    """A photo's motion and sharp picture: computed when first asked for, then kept.

    Any thread may ask; one at a time computes, the others wait for it. Parameters and attributes
    are those of `blurstudio.engine.analysis.Analysis`.
    """

    def __init__(
        self,
        photo: Photo,
        options: AnalysisOptions | None = None,
        *,
        progress: ProgressCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> None:
        super().__init__(photo, options, progress=progress, cancel=cancel)
        self.parts = PartStore()
        self.blending: Blending | None = None
        self._sharp: Floats | None = None
        self._mended: Floats | None = None
        self._blended: Floats | None = None
        self._reblur: tuple[Halves, ReblurReport] | None = None
        self._left_over: Halves | None = None

    def compute(
        self,
        progress: ProgressCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> Self:
        """Compute motion, sharp picture and reblur now, for listeners of this call only.

        Raises
        ------
        BlurStudioError
            If weights are missing or memory is too small.
        Cancelled
            If `cancel` says so; calling again goes on where it stopped.
        """
        with self._lock, self._work.heard_by(progress, cancel):
            _ = self.trajectory, self.sharp, self.report
        return self

    @property
    def sharp(self) -> Floats:
        """Sharp picture at mid-exposure, ``(H, W, 3)`` in the photo's encoding.

        Where an edit leaves the photo as it is, the photo shows, and so it does as far as the
        blending says.
        """
        with self._lock:
            if self.blending is None:
                return self.mended
            if self._blended is None:
                self._blended = lay_over(self.mended, self.photo.pixels, self.blending)
            return self._blended

    @property
    def mended(self) -> Floats:
        """Sharp picture with patches and the photo where an edit leaves it, before blending."""
        with self._lock:
            if not (self.patches or leaves_photo(self.edits)):
                return self.sharpened
            if self._mended is None:
                mended = self.sharpened
                if self.patches:
                    mended = patched_picture(
                        mended, self.patches, lambda part: part.analysis.sharpened
                    )
                if leaves_photo(self.edits):
                    mended = with_photo_left(mended, self.photo, self.edits)
                self._mended = mended
            return self._mended

    @property
    def sharpened(self) -> Floats:
        """Sharp picture as it was made, before any region's edit; ``(H, W, 3)``."""
        with self._lock:
            if self._sharp is None:
                paths = self.settled
                self._sharp = self._maker.sharpen(
                    paths, self.estimated, self._unrefined, self._refinement
                )
                self._unrefined = None
            return self._sharp

    @property
    def report(self) -> ReblurReport:
        """How well sharp picture and paths explain the photo, with the companions of the figure.

        It is about what was estimated for the whole photo: edits of regions are a person's wish
        and explain nothing, and patches have figures of their own.
        """
        return self._reblurred()[1]

    @property
    def residual(self) -> Floats:
        """Photo minus reblurred photo, ``(H, W, 3)`` float32, signed; patches have their own."""
        return self._residue().astype(np.float32)

    @property
    def reblurred(self) -> Floats:
        """The sharp picture exposed again along the paths, ``(H, W, 3)``."""
        return self.photo.pixels - self._residue()

    def reblurred_part(self, rows: slice, columns: slice) -> Floats:
        """Return a part of `reblurred` without making all of it."""
        return self.photo.pixels[rows, columns] - self._residue()[rows, columns]

    def estimate_reblurred(self, rows: slice, columns: slice) -> Floats:
        """Return a part of it as it is without patches."""
        return self.photo.pixels[rows, columns] - self._reblurred()[0][rows, columns]

    def as_seen(self, pixels: Floats) -> Tensor:
        """Show pixels in the photo's encoding as networks see them, `(3, H, W)`."""
        return self._maker.seen(pixels)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the person: what was done on reading and on the way."""
        with self._lock:
            still = self._reblur is not None and not self._reblur[1].motion_found
            return tuple(dict.fromkeys([*self._work.notes, *([_STILL] if still else [])]))

    @property
    def seconds(self) -> dict[str, float]:
        """Time that each part took: motion, sharp, reblur."""
        with self._lock:
            return dict(self._work.seconds)

    @property
    def provenance(self) -> dict[str, Any]:
        """Which program, networks and choices made this; goes into the results' metadata."""
        return {
            "software": f"Blur Studio {__version__}",
            "photo": "" if self.photo.path is None else self.photo.path.name,
            "models": {
                task: {"name": c.name, "architecture": c.architecture, "sha256": c.sha256}
                for task, c in self.models.items()
            },
            "options": self.options.as_dict(),
            **({"edits": [edit.words for edit in self.edits]} if self.edits else {}),
            **({"patches": [patch.words for patch in self.patches]} if self.patches else {}),
            **({"blend": self.blending.as_dict()} if self.blending else {}),
            "device": self.compute_device.name,
            "precision": str(self.compute_device.dtype).removeprefix("torch."),
        }

    def _reblurred(self) -> tuple[Halves, ReblurReport]:
        with self._lock:
            if self._reblur is None:
                self._reblur = self._maker.expose_again(self.sharpened, self.settled)
            return self._reblur

    def _residue(self) -> Halves:
        with self._lock:
            if not self.patches:
                return self._reblurred()[0]
            if self._left_over is None:
                self._left_over = patched_picture(
                    self._reblurred()[0], self.patches, lambda part: part.analysis.residual
                )
            return self._left_over
