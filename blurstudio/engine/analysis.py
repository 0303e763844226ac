"""`Analysis`: everything that can be read from one photo, computed when asked and kept.

Frames, flow and pictures follow from the motion and the sharp picture, which `engine.reading` has
from the networks. Writing results is `engine.results`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blurstudio.engine import pictures, views
from blurstudio.engine.blending import lay_over
from blurstudio.engine.interval import WHOLE, check_interval
from blurstudio.engine.options import AnalysisOptions
from blurstudio.engine.parts import Part, cut, read_around
from blurstudio.engine.patches import LayeredFrames, frame_layers, lay
from blurstudio.engine.reading import Reading
from blurstudio.engine.stages import shared_stages
from blurstudio.engine.verdict import verdict_on
from blurstudio.engine.warping import Warper
from blurstudio.exposure.reblur import reblur_along
from blurstudio.media.photo import Photo, open_photo

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    import numpy.typing as npt

    from blurstudio.engine.blending import Blending
    from blurstudio.engine.job import CancelToken, ProgressCallback
    from blurstudio.engine.part_wish import PartWish
    from blurstudio.engine.patches import FrameLayer, Patch
    from blurstudio.engine.verdict import Verdict
    from blurstudio.exposure.edits import MaskedEdit
    from blurstudio.exposure.trajectory import Trajectory

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]

__all__ = ["Analysis", "AnalysisOptions", "analyze", "frame_times"]


class Analysis(Reading):
    """A photo read as a recording: its parts are computed when first asked for, then kept.

    Pictures are float32 ``(H, W, 3)`` in the photo's own encoding, ``[0, 1]``. Any thread may
    ask; one at a time computes, the others wait for it.

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
    photo
        The photo, reduced if `options.max_side` says so.
    options
        As given.
    """

    _flow: Floats | None = None
    _verdict: Verdict | None = None

    @property
    def confidence(self) -> Floats:
        """How far the paths can be trusted, ``(H, W)`` in ``[0, 1]``."""
        return views.dense_confidence(self.trajectory)

    @property
    def flow(self) -> Floats:
        """Motion of the content from the first to the last moment, ``(H, W, 2)`` px."""
        return views.enlarged_flow(self._small_flow(), self.photo.size)

    @property
    def longest_flow(self) -> float:
        """Length of the flow's longest vector, px: what `flow_picture` draws at full colour."""
        flow = self._small_flow()
        return views.longest(flow) * max(self.photo.size) / max(flow.shape[:2])

    @property
    def verdict(self) -> Verdict:
        """How blurred the photo is, which way, and whether camera or subject moved."""
        with self._lock:
            if self._verdict is None:
                self._verdict = verdict_on(self.photo, self.directed)
            return self._verdict

    def frame(self, t: float, size: tuple[int, int] | None = None) -> Floats:
        """Picture at moment `t` of the exposure.

        Parameters
        ----------
        t
            From -1/2, when the shutter opened, to 1/2.
        size
            (H, W) px; the photo's if None.

        Returns
        -------
        ndarray
            ``(H, W, 3)`` float32 in the photo's encoding.

        Raises
        ------
        ValueError
            For a moment outside the exposure.
        """
        if not -0.5 <= t <= 0.5:
            raise ValueError(f"t must lie in [-1/2, 1/2], got {t}")
        return next(self._seen([t], size))

    def frames(
        self,
        count: int,
        interval: tuple[float, float] = WHOLE,
        size: tuple[int, int] | None = None,
    ) -> Iterator[Floats]:
        """Evenly spaced frames of a part of the exposure, one at a time, as `frame` makes them."""
        yield from self._seen(frame_times(count, interval), size)

    def exposed(self, interval: tuple[float, float] = WHOLE) -> Floats:
        """Expose the sharp picture again over a part of the exposure: a shorter shutter time.

        Parameters
        ----------
        interval
            First and last moment, [-1/2, 1/2]; shorter parts are sharper.

        Returns
        -------
        ndarray
            ``(H, W, 3)`` float32 in the photo's encoding.

        Raises
        ------
        ExportError
            For what is no part of the exposure.
        """
        check_interval(interval)
        whole = self._unpatched()
        light = reblur_along(self.as_seen(whole.mended), whole.trajectory, interval=interval)
        exposed = pictures.from_network(self.photo, light, self._maker.white)
        for layer in self._layers(self.photo.size):
            own = layer.patch.part.analysis
            light = reblur_along(own.as_seen(layer.picture), layer.trajectory, interval=interval)
            over = pictures.from_network(own.photo, light, self._maker.white)
            lay(exposed, layer.window, over, layer.share)
        return lay_over(exposed, self.photo.pixels, self.blending)

    @property
    def flow_picture(self) -> Bytes:
        """The flow in the colours of the wheel, sRGB ``(H, W, 3)``."""
        return views.flow_picture(self._small_flow(), self.photo.size)

    @property
    def overlay_picture(self) -> Bytes:
        """The photo with the paths of its content over it, coloured by time, sRGB."""
        return views.overlay_picture(self.photo, self.trajectory)

    @property
    def residual_picture(self) -> Bytes:
        """What the explanation leaves over, around middle grey."""
        return views.residual_picture(self._residue())

    def preview(self, max_side: int) -> Analysis:
        """Analysis of the photo reduced to `max_side` px, for a quick pass; not computed yet."""
        limit = min(max_side, self.options.max_side or max_side)
        return self._sibling(replace(self.options, max_side=limit))

    def changed(self, options: AnalysisOptions) -> Analysis:
        """Analysis of the same photo with other choices; what these leave alone is not redone.

        Parameters
        ----------
        options
            All choices, the old ones among them. Another `max_side` starts from the photo as it
            is here, so it can only reduce it further.
        """
        with self._lock:
            other = self._sibling(options)
            shared = shared_stages(self.options, options)
            if "estimated" in shared:
                other._estimated = self._estimated
            if "settled" in shared:
                other._settled, other._refinement = self._settled, self._refinement
                other.parts = self.parts
            if "sharp" in shared:
                other._sharp = self._sharp
            if "reblur" in shared:
                other._reblur = self._reblur
            if "sharp" in shared:
                other._work.notes = list(self._work.notes)
            parts = {"motion": "estimated", "sharp": "sharp", "reblur": "reblur"}
            other._work.seconds |= {
                part: self._work.seconds[part]
                for part, stage in parts.items()
                if stage in shared and part in self._work.seconds
            }
        return other

    def edited(self, edits: Iterable[MaskedEdit]) -> Analysis:
        """Analysis with the same estimate and these edits of its paths instead of its own.

        Parameters
        ----------
        edits
            Applied in this order, after time's direction. Reversals leave the reblur as it is;
            figures, residual and verdict speak of the estimate, whatever the edits.
        """
        with self._lock:
            other = self.changed(self.options)
            other.edits = tuple(edits)
            other._directed, other._verdict = self._directed, self._verdict
            other._left_over = self._left_over
        return other

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
        progress
            Called with a fraction in [0, 1] and a text.
        cancel
            Asked between steps; nothing is kept then.

        Raises
        ------
        BlurStudioError
            If weights are missing or memory is too small.
        Cancelled
            If `cancel` says so.
        """
        known = self.parts.get(wish)
        if known is not None:
            return known
        read = read_around(wish.window, self)
        own = Analysis(cut(self.photo, read), wish.options)
        # White is a matter of the whole photo: a dark part must not be brightened.
        own._maker.white = self._maker.white
        own._maker.focus = wish.window.within(read)
        part = Part(wish.window, read, own.compute(progress, cancel))
        self.parts.keep(wish, part)
        return part

    def patched(self, patches: Iterable[Patch], remarks: Iterable[str] = ()) -> Analysis:
        """Analysis of which parts are as they were analysed by themselves.

        Parameters
        ----------
        patches
            Each is laid over those before. Outside their masks nothing changes; report and verdict
            stay those of the whole.
        remarks
            Sentences for the person.
        """
        with self._lock:
            other = self.changed(self.options)
            other.patches = tuple(patches)
            other._work.notes += remarks
            other._directed, other._verdict = self._directed, self._verdict
        return other

    def layers(
        self, size: tuple[int, int], sharp: Bytes, shown: Callable[[Floats, Part], Bytes]
    ) -> list[FrameLayer]:
        """Prepare what patches add to frames for the screen; see `engine.patches.frame_layers`."""
        return frame_layers(self.patches, self.directed, self.edits, size, sharp, shown)

    def blended(self, blending: Blending | None) -> Analysis:
        """Analysis of which less is seen: sharp picture and frames are laid over the photo.

        Parameters
        ----------
        blending
            How; None is everything, as deblurred. Figures, residual and paths speak of what was
            deblurred, whatever of it is seen. In frames the photo stands still.
        """
        with self._lock:
            other = self.changed(self.options)
            other.blending = blending
            other._directed, other._verdict = self._directed, self._verdict
            other._mended, other._flow = self._mended, self._flow
            other._trajectory, other._left_over = self._trajectory, self._left_over
        return other

    def replaced(self, trajectory: Trajectory) -> Analysis:
        """Analysis with the same sharp picture and other paths; what depends on these starts anew.

        Parameters
        ----------
        trajectory
            Paths of a picture of any size; brought to the photo's.
        """
        with self._lock:
            other = self._sibling(self.options)
            other.edits, other.patches = (), ()
            other._directed = other._settled = trajectory.resized(self.photo.size)
            other._sharp = self._sharp
            other._work.notes = list(self._work.notes)
            if "sharp" in self._work.seconds:
                other._work.seconds["sharp"] = self._work.seconds["sharp"]
        return other

    def _sibling(self, options: AnalysisOptions) -> Analysis:
        work = self._work
        other = Analysis(self.photo, options, progress=work.progress, cancel=work.cancel)
        other.edits, other.blending = self.edits, self.blending
        if options == self.options:
            # Parts were analysed with what was chosen for the whole as well.
            other.patches = self.patches
        return other

    def _unpatched(self) -> Analysis:
        return self.patched(()) if self.patches else self

    def _layers(self, size: tuple[int, int]) -> list[FrameLayer]:
        if not self.patches:
            return []
        sharp = self._unpatched().mended
        return frame_layers(
            *(self.patches, self.directed, self.edits, size, sharp), lambda own, _part: own
        )

    def _seen(self, times: Iterable[float], size: tuple[int, int] | None) -> Iterator[Floats]:
        """Frames at some moments, each laid over the photo if that was asked for."""
        size = size or self.photo.size
        whole = self._unpatched()
        below = Warper(pictures.resize_picture(whole.mended, size), whole.trajectory)
        over = [(layer, Warper(layer.picture, layer.trajectory)) for layer in self._layers(size)]
        warper = LayeredFrames(below, over, size)
        if self.blending is None:
            yield from map(warper.frame, times)
            return
        blending = self.blending.fitted(size)
        photo = pictures.resize_picture(self.photo.pixels, size)
        for t in times:
            yield lay_over(warper.frame(t), photo, blending)

    def _small_flow(self) -> Floats:
        # Not under the lock: a flow takes long, and whoever asks for paths meanwhile need not wait.
        if self._flow is None:
            self._flow = views.small_flow(self.trajectory)
        return self._flow


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
    progress
        Called with a fraction in [0, 1] and a text.
    cancel
        Asked between steps.

    Raises
    ------
    PhotoError
        If the photo can't be read.
    WeightsError
        If a network is missing or damaged.
    MemoryBudgetError
        If memory is too small.
    Cancelled
        If `cancel` says so.
    """
    opened = photo if isinstance(photo, Photo) else open_photo(photo)
    return Analysis(opened, options).compute(progress, cancel)


def frame_times(count: int, interval: tuple[float, float] = (-0.5, 0.5)) -> list[float]:
    """Evenly spaced moments of an interval, both ends included; a single one is the middle.

    Raises
    ------
    ValueError
        For a count below 1.
    """
    if count < 1:
        raise ValueError(f"count must be at least 1, got {count}")
    first, last = interval
    if count == 1:
        return [(first + last) / 2]
    return [first + (last - first) * index / (count - 1) for index in range(count)]
