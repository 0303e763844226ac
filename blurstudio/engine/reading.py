"""`Reading`: what one analysis holds, asked for and told about; what is shown of it is `Analysis`'.

The order of things: photo -> motion, once -> paths of the chosen family, refined if asked -> sharp
picture -> reblur; settled paths -> time's direction -> what a person mends. What is held, and
shared with others, is `engine.held`'s; how it is made is `engine.making`'s.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Self, TypeVar

import numpy as np

from blurstudio.engine.drawing import views
from blurstudio.engine.findings.provenance import provenance_of
from blurstudio.engine.findings.verdict import verdict_on
from blurstudio.engine.made import Made, Once
from blurstudio.engine.making import Maker
from blurstudio.engine.paths.shape import directed
from blurstudio.engine.sharp.blending import lay_over
from blurstudio.engine.work import Work, shares_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.engine.findings.verdict import Verdict
    from blurstudio.engine.held import Held
    from blurstudio.engine.lanes.job import CancelToken, ProgressCallback
    from blurstudio.engine.making import Reblur, Settled
    from blurstudio.engine.refining.refinement import Refinement
    from blurstudio.exposure.report import ReblurReport
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.weights.registry import ModelCard

    Bytes = npt.NDArray[np.uint8]
    Floats = npt.NDArray[np.float32]
    Halves = npt.NDArray[np.float16]

T = TypeVar("T")


class Reading:
    """A photo's motion and sharp picture: computed when first asked for, then kept.

    Pictures are float32 ``(H, W, 3)`` in the photo's own encoding.

    Parameters
    ----------
    held
        Photo, choices, and the stages.
    progress, cancel
        Told how far a computation is, and asked between steps whether to go on.
    unrefined
        The network's sharp picture along unrefined paths, if it is known; see `engine.making`.
    """

    def __init__(
        self,
        held: Held,
        progress: ProgressCallback | None = None,
        cancel: CancelToken | None = None,
        unrefined: Tensor | None = None,
    ) -> None:
        self.photo, self.options, self.parts = held.subject.photo, held.options, held.parts
        self.edits, self.patches = held.mending.edits, held.mending.patches
        self.blending = held.blending
        self.on_paths: Callable[[Trajectory], None] | None = None
        self._held = held
        self._lock = threading.RLock()
        self._work = Work(shares_of(held.options), progress, cancel)
        self._maker = Maker(held.subject, held.options, self._work, unrefined)
        self._blended: Once[Floats] = Once()

    def compute(
        self, progress: ProgressCallback | None = None, cancel: CancelToken | None = None
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
    def estimated(self) -> Trajectory:
        """Paths as the motion network answers, before anything is done to them."""
        return self._made(self._held.estimated, self._maker.estimate)

    @property
    def settled(self) -> Trajectory:
        """Paths of the chosen family, refined if that was asked for; time's direction still open.

        Sharp picture and reblur depend on these: turning time round changes neither.
        """
        return self._settled().paths

    @property
    def refinement(self) -> Refinement | None:
        """What refining the paths did to them; None where that was not asked for."""
        return self._settled().refinement

    @property
    def directed(self) -> Trajectory:
        """Settled paths with time's direction as it was chosen, before any region's edit."""
        settled, options = self.settled, self.options
        return self._held.directed.get(lambda: directed(settled, options.reverse, options.flips))

    @property
    def trajectory(self) -> Trajectory:
        """Paths along which the sharp picture is read, edits included; on their own coarse grid."""
        return self._held.mending.paths(self.directed)

    @property
    def sharpened(self) -> Floats:
        """Sharp picture as it was made, before any region's edit."""
        make = self._maker.sharpen
        return self._made(self._held.sharp, lambda: make(self._settled(), self.estimated))

    @property
    def mended(self) -> Floats:
        """Sharp picture with patches and the photo where an edit leaves it, before blending."""
        return self._held.mending.picture(self.sharpened)

    @property
    def sharp(self) -> Floats:
        """Sharp picture at mid-exposure; the photo shows as far as edits and blending leave it."""
        mended = self.mended
        return self._blended.get(lambda: lay_over(mended, self.photo.pixels, self.blending))

    @property
    def report(self) -> ReblurReport:
        """How well sharp picture and paths explain the photo, with the companions of the figure.

        It is about what was estimated for the whole photo: edits of regions are a person's wish
        and explain nothing, and patches have figures of their own.
        """
        return self._reblur()[1]

    @property
    def residual(self) -> Floats:
        """Photo minus reblurred photo, signed; patches have their own."""
        return self._residue().astype(np.float32)

    @property
    def reblurred(self) -> Floats:
        """The sharp picture exposed again along the paths."""
        return self.photo.pixels - self._residue()

    def reblurred_part(self, rows: slice, columns: slice) -> Floats:
        """Return a part of `reblurred` without making all of it."""
        return self.photo.pixels[rows, columns] - self._residue()[rows, columns]

    def estimate_reblurred(self, rows: slice, columns: slice) -> Floats:
        """Return a part of it as it is without patches."""
        return self.photo.pixels[rows, columns] - self._reblur()[0][rows, columns]

    @property
    def verdict(self) -> Verdict:
        """How blurred the photo is, which way, and whether camera or subject moved."""
        paths = self.directed
        return self._held.verdict.get(lambda: verdict_on(self.photo, paths))

    @property
    def confidence(self) -> Floats:
        """How far the paths can be trusted, ``(H, W)`` in ``[0, 1]``."""
        return views.dense_confidence(self.trajectory)

    @property
    def flow(self) -> Floats:
        """Motion of the content from the first to the last moment, ``(H, W, 2)`` px."""
        return views.enlarged_flow(self._held.mending.flow(self.directed), self.photo.size)

    @property
    def longest_flow(self) -> float:
        """Length of the flow's longest vector, px: what `flow_picture` draws at full colour."""
        flow = self._held.mending.flow(self.directed)
        return views.longest(flow) * max(self.photo.size) / max(flow.shape[:2])

    @property
    def flow_picture(self) -> Bytes:
        """The flow in the colours of the wheel, sRGB ``(H, W, 3)``."""
        return views.flow_picture(self._held.mending.flow(self.directed), self.photo.size)

    @property
    def overlay_picture(self) -> Bytes:
        """The photo with the paths of its content over it, coloured by time, sRGB."""
        return views.overlay_picture(self.photo, self.trajectory)

    @property
    def residual_picture(self) -> Bytes:
        """What the explanation leaves over, around middle grey."""
        return views.residual_picture(self._residue())

    def as_seen(self, pixels: Floats) -> Tensor:
        """Show pixels in the photo's encoding as networks see them, `(3, H, W)`."""
        return self._held.subject.seen(pixels)

    @property
    def models(self) -> dict[str, ModelCard]:
        """Cards of the networks by task, see `engine.models.chosen_models`."""
        return self._maker.models

    @property
    def compute_device(self) -> ComputeDevice:
        """Where the networks run."""
        return self._maker.compute_device

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the person: what was done on reading and on the way."""
        return self._held.notes

    @property
    def seconds(self) -> dict[str, float]:
        """Time that each part took: motion, refinement, sharp picture, reblur."""
        return self._held.seconds

    @property
    def provenance(self) -> dict[str, Any]:
        """Which program, networks and choices made this; goes into the results' metadata."""
        return provenance_of(self)

    def _made(self, stage: Once[Made[T]], make: Callable[[], Made[T]]) -> T:
        """Return what a stage came to, made now if need be; one thread at a time makes stages."""
        if stage.known is not None:
            return stage.known.value
        with self._lock:
            return stage.get(make).value

    def _settled(self) -> Settled:
        make = self._maker.settle
        return self._made(self._held.settled, lambda: make(self.estimated, self.on_paths))

    def _reblur(self) -> Reblur:
        make = self._maker.expose_again
        return self._made(self._held.reblur, lambda: make(self.sharpened, self.settled))

    def _residue(self) -> Halves:
        return self._held.mending.residual(self._reblur()[0])
