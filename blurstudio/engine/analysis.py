"""`Analysis`: everything that can be read from one photo, computed when asked and kept.

Frames, flow and pictures follow from the motion and the sharp picture, which `engine.reading` has
from the networks; `engine.sharing` makes analyses with other choices from one. Writing results is
`engine.export.results`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blurstudio.engine import pictures
from blurstudio.engine.drawing import views
from blurstudio.engine.drawing.warping import Warper
from blurstudio.engine.findings.verdict import verdict_on
from blurstudio.engine.interval import WHOLE, check_interval, frame_times
from blurstudio.engine.options import AnalysisOptions
from blurstudio.engine.patched_reading import PatchedReading
from blurstudio.engine.patches import LayeredFrames, lay
from blurstudio.engine.sharp.blending import lay_over
from blurstudio.exposure.reblur import reblur_along
from blurstudio.media.photo import Photo, open_photo

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    import numpy as np
    import numpy.typing as npt

    from blurstudio.engine.findings.verdict import Verdict
    from blurstudio.engine.lanes.job import CancelToken, ProgressCallback

    Floats = npt.NDArray[np.float32]
    Bytes = npt.NDArray[np.uint8]

__all__ = ["Analysis", "AnalysisOptions", "analyze", "frame_times"]


class Analysis(PatchedReading):
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
