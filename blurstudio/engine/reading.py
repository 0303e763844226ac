"""What the networks make of one photo: motion, sharp picture and how well they explain it.

The order of things: photo -> what networks see -> motion, once -> the sharp picture, in tiles ->
reblur and residual from those two. What follows from these without a network is `engine.analysis`.
"""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, cast

import numpy as np

from blurstudio import __version__
from blurstudio.engine import pictures
from blurstudio.engine.device import ComputeDevice, choose_device
from blurstudio.engine.models import choose_model, loaded_network
from blurstudio.engine.motion import estimate_motion
from blurstudio.engine.options import AnalysisOptions
from blurstudio.engine.restore import restore
from blurstudio.engine.shape import directed, shaped
from blurstudio.engine.work import Work
from blurstudio.exposure.reblur import ReblurReport, reblur_along, report

if TYPE_CHECKING:
    import numpy.typing as npt
    from torch import Tensor

    from blurstudio.engine.job import CancelToken, ProgressCallback
    from blurstudio.engine.refine import Refinement
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.media.photo import Photo
    from blurstudio.networks import DeblurNet, MotionNet
    from blurstudio.weights.registry import ModelCard

    Floats = npt.NDArray[np.float32]
    Halves = npt.NDArray[np.float16]

SMALL_SIDE = 32
"""Sides below this, in px, are too short to tell the blur of a path from detail."""

_SHARES = {"motion": 0.2, "sharp": 0.5, "reblur": 0.3}
_SMALL = "The photo is only {} x {} px, too small to tell motion from detail; take this as a guess."
_STILL = "No motion was found in this photo, so its sharp picture and its frames hardly differ."


class Reading:
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
        self.options = options or AnalysisOptions()
        limit = self.options.max_side
        self.photo = photo if limit is None else pictures.reduced_photo(photo, limit)
        self._lock = threading.RLock()
        self._work = Work(_SHARES, progress, cancel)
        self._work.notes += photo.notes
        if min(photo.size) < SMALL_SIDE:
            self._work.notes.append(_SMALL.format(photo.size[1], photo.size[0]))
        self._estimated: Trajectory | None = None
        self._settled: Trajectory | None = None
        self._refinement: Refinement | None = None
        self._trajectory: Trajectory | None = None
        self._sharp: Floats | None = None
        self._reblur: tuple[Halves, ReblurReport] | None = None

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
    def estimated(self) -> Trajectory:
        """Paths as the motion network answers, before anything is done to them."""
        with self._lock:
            if self._estimated is None:
                with self._work.part("motion", "Reading the motion"):
                    network = loaded_network(self.models["motion"], self.compute_device.device)
                    self._estimated = estimate_motion(
                        self._seen(self.photo.pixels),
                        cast("MotionNet", network),
                        self.compute_device,
                    )
            return self._estimated

    @property
    def settled(self) -> Trajectory:
        """Paths of the chosen family, refined if that was asked for; time's direction still open.

        Sharp picture and reblur depend on these: turning time round changes neither.
        """
        with self._lock:
            if self._settled is None:
                paths = shaped(self.estimated, self.options.constraint)
                if self.options.refine == "off":
                    self._settled = paths
                else:
                    self._settled = self._refine(paths)
            return self._settled

    @property
    def trajectory(self) -> Trajectory:
        """Paths along which the sharp picture was read; on their own coarse grid."""
        with self._lock:
            if self._trajectory is None:
                self._trajectory = directed(self.settled, self.options.reverse, self.options.flips)
            return self._trajectory

    @property
    def refinement(self) -> Refinement | None:
        """What refining the paths did to them; None where that was not asked for."""
        with self._lock:
            _ = self.settled
            return self._refinement

    @property
    def sharp(self) -> Floats:
        """Sharp picture at mid-exposure, ``(H, W, 3)`` in the photo's encoding."""
        with self._lock:
            if self._sharp is None:
                # Asked for first: their time is not the sharp picture's.
                paths = self.settled
                with self._work.part("sharp", "Sharpening"):
                    if self.options.deblurrer == "deconvolution":
                        from blurstudio.engine.deconvolve import deconvolve_photo

                        answer = deconvolve_photo(
                            self._seen(self.photo.pixels),
                            paths,
                            self.options.strength,
                            progress=self._sharpening,
                            cancel=self._work.cancel,
                            on_note=self._work.notes.append,
                        )
                    else:
                        answer = self._restored(paths)
                    self._sharp = pictures.from_network(self.photo, answer, self._white)
            return self._sharp

    @property
    def report(self) -> ReblurReport:
        """How well sharp picture and paths explain the photo, with the companions of the figure."""
        return self._reblurred()[1]

    @property
    def residual(self) -> Floats:
        """Photo minus reblurred photo, ``(H, W, 3)`` float32, signed."""
        return self._reblurred()[0].astype(np.float32)

    @property
    def reblurred(self) -> Floats:
        """The sharp picture exposed again along the paths, ``(H, W, 3)``."""
        return self.photo.pixels - self._reblurred()[0]

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
            "device": self.compute_device.name,
            "precision": str(self.compute_device.dtype).removeprefix("torch."),
        }

    @cached_property
    def models(self) -> dict[str, ModelCard]:
        """Cards of the networks by task, ``"motion"`` and ``"deblur"``."""
        return {
            "motion": choose_model("motion", self.options.motion_model),
            "deblur": choose_model("deblur", self.options.deblur_model),
        }

    @cached_property
    def compute_device(self) -> ComputeDevice:
        """Where the networks run."""
        options = self.options
        return choose_device(options.device, options.precision, options.memory_limit)

    @cached_property
    def _white(self) -> float:
        return pictures.white_level(self.photo)

    def _seen(self, pixels: Floats) -> Tensor:
        return pictures.to_network(self.photo, pixels, self._white)

    def _restored(self, paths: Trajectory) -> Tensor:
        """Sharp picture by the network, as networks see pictures."""
        network = cast(
            "DeblurNet", loaded_network(self.models["deblur"], self.compute_device.device)
        )
        return restore(
            self._seen(self.photo.pixels),
            network,
            self.compute_device,
            paths if network.guided else None,
            progress=self._sharpening,
            on_note=self._work.notes.append,
        )

    def _sharpening(self, fraction: float, text: str) -> None:
        self._work.step("sharp", fraction, f"Sharpening, {text}" if text else "Sharpening")

    def _reblurred(self) -> tuple[Halves, ReblurReport]:
        """Residual in half precision (it is small, so that loses nothing) and the report."""
        with self._lock:
            if self._reblur is None:
                # Asked for first: their time is not the reblur's.
                trajectory, sharp = self.settled, self.sharp
                with self._work.part("reblur", "Exposing again"):
                    self._reblur = self._expose_again(sharp, trajectory)
            return self._reblur

    def _expose_again(self, sharp: Floats, trajectory: Trajectory) -> tuple[Halves, ReblurReport]:
        def told(fraction: float) -> None:
            self._work.step("reblur", fraction, "Exposing again")

        seen = self._seen(sharp)
        reblurred = reblur_along(seen, trajectory, on_step=told)
        figures = report(self._seen(self.photo.pixels), seen, reblurred, trajectory)
        del seen
        residual = self.photo.pixels - pictures.from_network(self.photo, reblurred, self._white)
        return residual.astype(np.float16), figures
