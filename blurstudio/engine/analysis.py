"""`Analysis`: everything that can be read from one photo, computed when asked and kept.

What is read is `engine.reading`'s; here it is played and exposed again, and analyses with other
choices are made of one. Writing results is `engine.export.write`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from blurstudio.engine.held import Held
from blurstudio.engine.interval import WHOLE, check_interval, frame_times
from blurstudio.engine.options import AnalysisOptions
from blurstudio.engine.parts import Part, read_around
from blurstudio.engine.reading import Reading
from blurstudio.engine.recording import Recording
from blurstudio.media.photo import Photo, open_photo

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    import numpy.typing as npt
    from torch import Tensor

    from blurstudio.engine.lanes.job import CancelToken, ProgressCallback
    from blurstudio.engine.part_wish import PartWish
    from blurstudio.engine.patches import FrameLayer, Patch
    from blurstudio.engine.sharp.blending import Blending
    from blurstudio.exposure.edits import MaskedEdit
    from blurstudio.exposure.trajectory import Trajectory

    Bytes = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.float32]
    Size = tuple[int, int]

__all__ = ["Analysis", "AnalysisOptions", "analyze", "frame_times"]


class Analysis(Reading):
    """A photo read as a recording: its parts are computed when first asked for, then kept.

    Pictures are float32 ``(H, W, 3)`` in the photo's own encoding, ``[0, 1]``. Any thread may
    ask; whoever asks for what another one computes waits for it.

    Parameters
    ----------
    photo
        From `blurstudio.open_photo`.
    options
        Device, precision, models, size; see `AnalysisOptions`.
    progress
        Called with a fraction of the whole (motion, sharp picture, reblur) and a text.
    cancel
        Asked between steps; what was finished before stays.

    Attributes
    ----------
    photo, options
        The photo, reduced if `options.max_side` says so, and the choices as given.
    edits, patches, blending, parts
        What a person mends of the estimate, how far the result is laid over the photo, and the
        parts of it that were analysed by themselves.
    on_paths
        Called with the paths after every step of a refinement.
    """

    def __init__(
        self,
        photo: Photo,
        options: AnalysisOptions | None = None,
        *,
        progress: ProgressCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> None:
        super().__init__(Held.of(photo, options or AnalysisOptions()), progress, cancel)

    def frame(self, t: float, size: Size | None = None) -> Floats:
        """Picture at moment `t` of the exposure.

        Parameters
        ----------
        t
            From -1/2, when the shutter opened, to 1/2.
        size
            (H, W) px; the photo's if None.

        Raises
        ------
        ValueError
            For a moment outside the exposure.
        """
        if not -0.5 <= t <= 0.5:
            raise ValueError(f"t must lie in [-1/2, 1/2], got {t}")
        return next(self._recording(size).frames([t]))

    def frames(
        self, count: int, interval: tuple[float, float] = WHOLE, size: Size | None = None
    ) -> Iterator[Floats]:
        """Evenly spaced frames of a part of the exposure, one at a time, as `frame` makes them."""
        yield from self._recording(size).frames(frame_times(count, interval))

    def exposed(self, interval: tuple[float, float] = WHOLE) -> Floats:
        """Expose the sharp picture again over a part of the exposure: a shorter shutter time.

        Parameters
        ----------
        interval
            First and last moment, [-1/2, 1/2]; shorter parts are sharper.

        Raises
        ------
        ExportError
            For what is no part of the exposure.
        """
        check_interval(interval)
        return self._recording().exposed(interval)

    def layers(
        self, size: Size, sharp: Bytes, shown: Callable[[Floats, Part], Bytes]
    ) -> list[FrameLayer]:
        """Prepare what patches add to frames for the screen; see `engine.patches.frame_layers`."""
        return self._held.mending.layers(self.directed, size, sharp, shown)

    def preview(self, max_side: int) -> Self:
        """Analysis of the photo reduced to `max_side` px, for a quick pass; not computed yet."""
        limit = min(max_side, self.options.max_side or max_side)
        return self.changed(replace(self.options, max_side=limit))

    def changed(self, options: AnalysisOptions) -> Self:
        """Analysis of the same photo with other choices; what these leave alone is not redone.

        Parameters
        ----------
        options
            All choices, the old ones among them. Another `max_side` starts from the photo as it
            is here, so it can only reduce it further.
        """
        return self._other(self._held.changed(options), self._held.unrefined(options))

    def edited(self, edits: Iterable[MaskedEdit]) -> Self:
        """Analysis with the same estimate and these edits of its paths instead of its own.

        Parameters
        ----------
        edits
            Applied in this order, after time's direction. Reversals leave the reblur as it is;
            figures, residual and verdict speak of the estimate, whatever the edits.
        """
        return self._other(self._held.edited(edits))

    def blended(self, blending: Blending | None) -> Self:
        """Analysis of which less is seen: sharp picture and frames are laid over the photo.

        Parameters
        ----------
        blending
            How; None is everything, as deblurred. Figures, residual and paths speak of what was
            deblurred, whatever of it is seen. In frames the photo stands still.
        """
        return self._other(self._held.blended(blending))

    def replaced(self, trajectory: Trajectory) -> Self:
        """Analysis with the same sharp picture and other paths, which may be of another size.

        What depends on paths starts anew.
        """
        return self._other(self._held.replaced(trajectory))

    def patched(self, patches: Iterable[Patch], remarks: Iterable[str] = ()) -> Self:
        """Analysis of which parts are as they were analysed by themselves.

        Parameters
        ----------
        patches
            Each is laid over those before. Outside their masks nothing changes; report and verdict
            stay those of the whole.
        remarks
            Sentences for the person.
        """
        return self._other(self._held.patched(patches, remarks))

    def part(
        self,
        wish: PartWish,
        progress: ProgressCallback | None = None,
        cancel: CancelToken | None = None,
    ) -> Part:
        """Analyse a part of the photo by itself, with enough around it; the last few are kept.

        Parameters
        ----------
        wish
            Which part, and how.
        progress, cancel
            Told a fraction in [0, 1] and a text; asked between steps, and nothing is kept then.

        Raises
        ------
        BlurStudioError, Cancelled
            As `compute` does.
        """
        if (known := self.parts.get(wish)) is not None:
            return known
        read = read_around(wish.window, self)
        own = self._other(self._held.part(wish, read)).compute(progress, cancel)
        part = Part(wish.window, read, own)
        self.parts.keep(wish, part)
        return part

    def _recording(self, size: Size | None = None) -> Recording:
        mending, paths, size = self._held.mending, self.directed, size or self.photo.size
        sharp = mending.unpatched.picture(self.sharpened)
        layers = mending.layers(paths, size, sharp, lambda own, _part: own)
        below = mending.unpatched.paths(paths)
        return Recording(self._held.subject, size, sharp, below, layers, self.blending)

    def _other(self, held: Held, unrefined: Tensor | None = None) -> Self:
        other = type(self).__new__(type(self))
        Reading.__init__(other, held, self._work.progress, self._work.cancel, unrefined)
        return other


def analyze(
    photo: Photo | str | os.PathLike[str],
    options: AnalysisOptions | None = None,
    progress: ProgressCallback | None = None,
    cancel: CancelToken | None = None,
) -> Analysis:
    """Read a blurred photo as a recording: motion, sharp picture and reblur, computed now.

    Parameters
    ----------
    photo
        A photo, or the path of one.
    options
        Device, precision, models, size; see `AnalysisOptions`.
    progress, cancel
        Called with a fraction in [0, 1] and a text; asked between steps.

    Raises
    ------
    PhotoError, WeightsError, MemoryBudgetError, Cancelled
        If the photo can't be read, a network is missing or damaged, memory is too small, or
        `cancel` says so.
    """
    opened = photo if isinstance(photo, Photo) else open_photo(photo)
    return Analysis(opened, options).compute(progress, cancel)
