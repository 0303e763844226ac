"""What the networks make of one photo's motion: its paths, from the first reading to the last edit.

The order of things: photo -> motion, once -> paths of the chosen family, refined if asked -> time's
direction -> a person's edits. What is made of them is `engine.reading`'s.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from blurstudio.engine import pictures
from blurstudio.engine.making import Maker
from blurstudio.engine.options import AnalysisOptions
from blurstudio.engine.patches import Patch, patched_paths
from blurstudio.engine.paths.shape import directed, shaped
from blurstudio.engine.work import Work
from blurstudio.exposure.edits import edited
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.engine.lanes.job import CancelToken, ProgressCallback
    from blurstudio.engine.refining.refinement import Refinement
    from blurstudio.exposure.edits import MaskedEdit
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.media.photo import Photo
    from blurstudio.weights.registry import ModelCard

_SMALL_SIDE = 32
"""Sides below this, in px, are too short to tell the blur of a path from detail."""

_SHARES = {"motion": 0.2, "sharp": 0.5, "reblur": 0.3}
_SHARES_REFINED = {"motion": 0.1, "refine": 0.6, "sharp": 0.15, "reblur": 0.15}


class PathReading:
    """A photo's motion: computed when first asked for, then kept.

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
        self.options = options or AnalysisOptions()
        limit = self.options.max_side
        self.photo = photo if limit is None else pictures.reduced_photo(photo, limit)
        self._lock = threading.RLock()
        shares = _SHARES if self.options.refine == "off" else _SHARES_REFINED
        self._work = Work(shares, progress, cancel)
        self._maker = Maker(self.photo, self.options, self._work)
        self._work.notes += photo.notes
        if min(photo.size) < _SMALL_SIDE:
            self._work.notes.append(
                sentence(
                    "The photo is only {width} x {height} px, too small to tell motion from "
                    "detail; take this as a guess.",
                    width=photo.size[1],
                    height=photo.size[0],
                )
            )
        self._estimated: Trajectory | None = None
        self._settled: Trajectory | None = None
        self._refinement: Refinement | None = None
        self._unrefined: Tensor | None = None
        self.on_paths: Callable[[Trajectory], None] | None = None
        self.edits: tuple[MaskedEdit, ...] = ()
        self.patches: tuple[Patch, ...] = ()
        self._directed: Trajectory | None = None
        self._trajectory: Trajectory | None = None

    @property
    def estimated(self) -> Trajectory:
        """Paths as the motion network answers, before anything is done to them."""
        with self._lock:
            if self._estimated is None:
                self._estimated = self._maker.estimate()
            return self._estimated

    @property
    def settled(self) -> Trajectory:
        """Paths of the chosen family, refined if that was asked for; time's direction still open.

        Sharp picture and reblur depend on these: turning time round changes neither.
        """
        with self._lock:
            if self._settled is None:
                paths = shaped(self.estimated, self.options.constraint)
                if self.options.refine != "off":
                    self._refinement, self._unrefined = self._maker.refine(
                        paths, self._unrefined, self.on_paths
                    )
                    paths = self._refinement.fit.trajectory
                self._settled = paths
            return self._settled

    @property
    def directed(self) -> Trajectory:
        """Settled paths with time's direction as it was chosen, before any region's edit."""
        with self._lock:
            if self._directed is None:
                self._directed = directed(self.settled, self.options.reverse, self.options.flips)
            return self._directed

    @property
    def trajectory(self) -> Trajectory:
        """Paths along which the sharp picture is read, edits included; on their own coarse grid."""
        with self._lock:
            if self._trajectory is None:
                paths = patched_paths(self.directed, self.patches)
                self._trajectory = edited(paths, self.edits)
            return self._trajectory

    @property
    def refinement(self) -> Refinement | None:
        """What refining the paths did to them; None where that was not asked for."""
        with self._lock:
            _ = self.settled
            return self._refinement

    @property
    def models(self) -> dict[str, ModelCard]:
        """Cards of the networks by task, see `engine.models.chosen_models`."""
        return self._maker.models

    @property
    def compute_device(self) -> ComputeDevice:
        """Where the networks run."""
        return self._maker.compute_device
