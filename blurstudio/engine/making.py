"""How each stage of an analysis is made from the ones before it, by the networks or without.

Nothing is kept here but the networks' cards and the device; what was made is `engine.reading`'s.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np
import torch

from blurstudio.engine import pictures
from blurstudio.engine.compute.device import ComputeDevice, choose_device
from blurstudio.engine.models import chosen_models, loaded_network
from blurstudio.engine.paths.motion import estimate_motion
from blurstudio.engine.paths.shape import shaped
from blurstudio.engine.refining.refined_paths import Known, refined
from blurstudio.engine.refining.refined_picture import Answer, refined_picture
from blurstudio.engine.refining.refinement import words_on_picture
from blurstudio.engine.sharp.deconvolve import deconvolve_photo
from blurstudio.engine.sharp.detail import shows_detail
from blurstudio.engine.sharp.restore import restore
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.report import ReblurReport, report
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from torch import Tensor, nn

    from blurstudio.engine.lanes.job import ProgressCallback
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.engine.refining.refinement import Refinement
    from blurstudio.engine.work import Work
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.exposure.window import Window
    from blurstudio.media.photo import Photo
    from blurstudio.networks import DeblurNet, MotionNet
    from blurstudio.weights.registry import ModelCard

    Floats = npt.NDArray[np.float32]
    Halves = npt.NDArray[np.float16]

_NO_DETAIL = sentence(
    "This photo shows next to no detail, so nothing can be read of its motion; open one with edges "
    "or texture in it."
)


class Maker:
    """The steps of an analysis of one photo.

    Parameters
    ----------
    photo, options
        What is analysed, and how.
    work
        Is told how far things are, and asked whether to go on.

    Attributes
    ----------
    focus
        Part of the photo that it is about, if the rest is only there as context: a shake is read
        from that part alone, and measured there.
    """

    def __init__(self, photo: Photo, options: AnalysisOptions, work: Work) -> None:
        self._photo = photo
        self._options = options
        self._work = work
        self.focus: Window | None = None

    @cached_property
    def models(self) -> dict[str, ModelCard]:
        """Cards of the networks by task, see `engine.models.chosen_models`."""
        return chosen_models(self._options)

    @cached_property
    def compute_device(self) -> ComputeDevice:
        """Where the networks run."""
        options = self._options
        return choose_device(options.device, options.precision, options.memory_limit)

    def estimate(self) -> Trajectory:
        """Paths as the motion network answers; none where there is nothing to read them from."""
        with self._work.part("motion", sentence("Reading the motion")):
            network = cast("MotionNet", self._network("motion"))
            seen = self.seen(self._photo.pixels)
            paths = estimate_motion(seen, network, self.compute_device)
            if shows_detail(seen):
                return paths
            self._work.notes.append(_NO_DETAIL)
            nothing = torch.zeros(paths.maps.shape[-2:])
            return replace(paths, maps=torch.zeros_like(paths.maps), confidence=nothing)

    def refine(
        self,
        paths: Trajectory,
        unrefined: Tensor | None,
        on_paths: Callable[[Trajectory], None] | None,
    ) -> tuple[Refinement, Tensor]:
        """Refine paths; the network's sharp picture that served for it comes along.

        Parameters
        ----------
        paths
            As estimated and shaped.
        unrefined
            The network's sharp picture along them, if it is known already.
        on_paths
            Called with the paths after every step.
        """

        def sharpening(fraction: float, text: str) -> None:
            self._work.step("refine", 0.5 * fraction, sentence("Sharpening {what}", what=text))

        def told(fraction: float) -> None:
            self._work.step("refine", 0.5 + 0.5 * fraction, sentence("Refining the paths"))

        with self._work.part("refine", sentence("Refining")):
            seen = self.seen(self._photo.pixels)
            sharp = self._restored(paths, sharpening) if unrefined is None else unrefined
            known = Known(seen, sharp, paths, self.focus)
            return refined(
                known, self._options, self._network, self.compute_device, told, on_paths
            ), sharp

    def sharpen(
        self,
        paths: Trajectory,
        estimated: Trajectory,
        unrefined: Tensor | None,
        refinement: Refinement | None,
    ) -> Floats:
        """Sharp picture ``(H, W, 3)`` in the photo's encoding.

        Parameters
        ----------
        paths, estimated
            Settled, that is shaped and refined; and as the motion network answered.
        unrefined
            The network's sharp picture along unrefined paths, if it is known already.
        refinement
            Of the paths, if there was one.
        """
        with self._work.part("sharp", sentence("Sharpening")):
            if self._options.deblurrer == "deconvolution":
                blur = paths if refinement is None else refinement.sure_of_kernel(paths)
                answer = self._deconvolved(blur, self._options.strength)
            else:
                answer = self._by_network(paths, estimated, unrefined, refinement)
            return pictures.from_network(self._photo, answer, self.white)

    def expose_again(self, sharp: Floats, paths: Trajectory) -> tuple[Halves, ReblurReport]:
        """Residual in half precision (it is small, so that loses nothing) and the report."""

        def told(fraction: float) -> None:
            self._work.step("reblur", fraction, sentence("Exposing again"))

        with self._work.part("reblur", sentence("Exposing again")):
            seen = self.seen(sharp)
            reblurred = reblur_along(seen, paths, on_step=told)
            figures = report(self.seen(self._photo.pixels), seen, reblurred, paths)
            del seen
            again = pictures.from_network(self._photo, reblurred, self.white)
            return (self._photo.pixels - again).astype(np.float16), figures

    def _deconvolved(self, paths: Trajectory, strength: float) -> Tensor:
        return deconvolve_photo(
            self.seen(self._photo.pixels),
            paths,
            strength,
            progress=self._sharpening,
            cancel=self._work.cancel,
            on_note=self._work.notes.append,
        )

    def _by_network(
        self,
        paths: Trajectory,
        estimated: Trajectory,
        unrefined: Tensor | None,
        refinement: Refinement | None,
    ) -> Tensor:
        options = self._options
        if options.refine == "off":
            return self._restored(paths, self._sharpening)
        # The network was taught with paths as the motion network says them: bends confuse it.
        known, sharp = shaped(estimated, options.constraint), unrefined
        if sharp is None:
            sharp = self._restored(known, self._sharpening)
        shake = None if refinement is None else refinement.shake
        follows = options.refine in ("both", "shake")
        if shake is not None:
            self._work.notes.append(words_on_picture(followed=follows))
        if not follows or (shake is None and options.refine == "shake"):
            return sharp

        def told(done: float) -> None:
            self._sharpening(done, "")

        answer = Answer(self.seen(self._photo.pixels), sharp, known)
        how = (refinement, self._network, self.compute_device)
        return refined_picture(answer, paths, *how, told)

    def _network(self, task: str) -> nn.Module:
        return loaded_network(self.models[task], self.compute_device.device)

    def _restored(self, paths: Trajectory, told: ProgressCallback) -> Tensor:
        """Sharp picture by the network, as networks see pictures."""
        deblur = cast("DeblurNet", self._network("deblur"))
        return restore(
            self.seen(self._photo.pixels),
            deblur,
            self.compute_device,
            paths if deblur.guided else None,
            progress=told,
            on_note=self._work.notes.append,
        )

    def _sharpening(self, fraction: float, text: str) -> None:
        words = sentence("Sharpening, {what}" if text else "Sharpening", what=text)
        self._work.step("sharp", fraction, words)

    @cached_property
    def white(self) -> float:
        """Value of the photo's pixels that networks see as white."""
        return pictures.white_level(self._photo)

    def seen(self, pixels: Floats) -> Tensor:
        """Pixels in the photo's encoding as networks see them, `(3, H, W)`."""
        return pictures.to_network(self._photo, pixels, self.white)
