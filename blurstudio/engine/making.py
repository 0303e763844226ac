"""How each stage of an analysis is made from the ones before it, by the networks or without.

What was made is kept by `engine.held`; here only what passes from one step to the next.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
import torch

from blurstudio.engine.compute.device import ComputeDevice, choose_device
from blurstudio.engine.made import Made
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
    from blurstudio.engine.made import Log
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.engine.refining.refinement import Refinement
    from blurstudio.engine.subject import Subject
    from blurstudio.engine.work import Work
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.networks import DeblurNet, MotionNet
    from blurstudio.weights.registry import ModelCard

    Floats = npt.NDArray[np.float32]
    Reblur: TypeAlias = tuple[npt.NDArray[np.float16], ReblurReport]
    """Residual ``(H, W, 3)``, photo minus reblurred photo, and how well the photo is explained."""

_NO_DETAIL = sentence(
    "This photo shows next to no detail beyond noise, so nothing can be read of its motion; open "
    "one with edges or texture in it."
)
_STILL = sentence(
    "No motion was found in this photo, so its sharp picture and its frames hardly differ."
)


@dataclass(frozen=True, eq=False)
class Settled:
    """Paths of the chosen family, refined if that was asked for, and what refining did to them."""

    paths: Trajectory
    refinement: Refinement | None = None


class Maker:
    """The steps of an analysis of one photo.

    Parameters
    ----------
    subject, options
        What is analysed, and how.
    work
        Is told how far things are, and asked whether to go on.
    unrefined
        The network's sharp picture along unrefined paths, `(3, H, W)`, if it is known already. It
        serves a refinement and the sharp picture after it, and is forgotten then.
    """

    def __init__(
        self,
        subject: Subject,
        options: AnalysisOptions,
        work: Work,
        unrefined: Tensor | None = None,
    ) -> None:
        self._subject = subject
        self._options = options
        self._work = work
        self._unrefined = unrefined

    @cached_property
    def models(self) -> dict[str, ModelCard]:
        """Cards of the networks by task, see `engine.models.chosen_models`."""
        return chosen_models(self._options)

    @cached_property
    def compute_device(self) -> ComputeDevice:
        """Where the networks run."""
        options = self._options
        return choose_device(options.device, options.precision, options.memory_limit)

    def estimate(self) -> Made[Trajectory]:
        """Paths as the motion network answers; none where there is nothing to read them from."""
        with self._work.part("motion", sentence("Reading the motion")) as log:
            network = cast("MotionNet", self._network("motion"))
            seen = self._seen()
            paths = estimate_motion(seen, network, self.compute_device)
            if not shows_detail(seen):
                log.notes.append(_NO_DETAIL)
                nothing = torch.zeros(paths.maps.shape[-2:])
                paths = replace(paths, maps=torch.zeros_like(paths.maps), confidence=nothing)
        return Made(paths, log)

    def settle(
        self, estimated: Trajectory, on_paths: Callable[[Trajectory], None] | None
    ) -> Made[Settled]:
        """Bring paths into the chosen family, and refine them if that was asked for.

        Parameters
        ----------
        estimated
            As the motion network answered.
        on_paths
            Called with the paths after every step of a refinement.
        """
        paths = shaped(estimated, self._options.constraint)
        if self._options.refine == "off":
            return Made(Settled(paths))

        def sharpening(fraction: float, text: str) -> None:
            self._work.step("refine", 0.5 * fraction, sentence("Sharpening {what}", what=text))

        def told(fraction: float) -> None:
            self._work.step("refine", 0.5 + 0.5 * fraction, sentence("Refining the paths"))

        with self._work.part("refine", sentence("Refining")) as log:
            if self._unrefined is None:
                self._unrefined = self._restored(paths, sharpening, log)
            known = Known(self._seen(), self._unrefined, paths, self._subject.focus)
            how = (self._options, self._network, self.compute_device)
            found = refined(known, *how, told, on_paths)
        return Made(Settled(found.fit.trajectory, found), log)

    def sharpen(self, settled: Settled, estimated: Trajectory) -> Made[Floats]:
        """Sharp picture ``(H, W, 3)`` in the photo's encoding.

        Parameters
        ----------
        settled, estimated
            Paths that are shaped and refined; and as the motion network answered.
        """
        with self._work.part("sharp", sentence("Sharpening")) as log:
            if _is_unread(estimated):
                # What a network makes of it would be made up.
                return Made(self._subject.photo.pixels.copy(), log)
            if self._options.deblurrer == "deconvolution":
                answer = self._deconvolved(settled, log)
            else:
                answer = self._by_network(settled, estimated, log)
            sharp = self._subject.unseen(answer)
        self._unrefined = None
        return Made(sharp, log)

    def expose_again(self, sharp: Floats, paths: Trajectory) -> Made[Reblur]:
        """Residual in half precision (it is small, so that loses nothing) and the report."""

        def told(fraction: float) -> None:
            self._work.step("reblur", fraction, sentence("Exposing again"))

        with self._work.part("reblur", sentence("Exposing again")) as log:
            seen = self._subject.seen(sharp)
            reblurred = reblur_along(seen, paths, on_step=told)
            figures = report(self._seen(), seen, reblurred, paths)
            del seen
            again = self._subject.unseen(reblurred)
            residual = (self._subject.photo.pixels - again).astype(np.float16)
            if not figures.motion_found:
                log.notes.append(_STILL)
        return Made((residual, figures), log)

    def _deconvolved(self, settled: Settled, log: Log) -> Tensor:
        paths, refinement = settled.paths, settled.refinement
        return deconvolve_photo(
            self._seen(),
            paths if refinement is None else refinement.sure_of_kernel(paths),
            self._options.strength,
            progress=self._sharpening,
            cancel=self._work.cancel,
            on_note=log.notes.append,
        )

    def _by_network(self, settled: Settled, estimated: Trajectory, log: Log) -> Tensor:
        options, refinement = self._options, settled.refinement
        if options.refine == "off":
            return self._restored(settled.paths, self._sharpening, log)
        # The network was taught with paths as the motion network says them: bends confuse it.
        known, sharp = shaped(estimated, options.constraint), self._unrefined
        if sharp is None:
            sharp = self._restored(known, self._sharpening, log)
        shake = None if refinement is None else refinement.shake
        follows = options.refine in ("both", "shake")
        if shake is not None:
            log.notes.append(words_on_picture(followed=follows))
        if not follows or (shake is None and options.refine == "shake"):
            return sharp

        def told(done: float) -> None:
            self._sharpening(done, "")

        answer = Answer(self._seen(), sharp, known)
        how = (refinement, self._network, self.compute_device)
        return refined_picture(answer, settled.paths, *how, told)

    def _network(self, task: str) -> nn.Module:
        return loaded_network(self.models[task], self.compute_device.device)

    def _restored(self, paths: Trajectory, told: ProgressCallback, log: Log) -> Tensor:
        """Sharp picture by the network, as networks see pictures."""
        deblur = cast("DeblurNet", self._network("deblur"))
        return restore(
            self._seen(),
            deblur,
            self.compute_device,
            paths if deblur.guided else None,
            progress=told,
            on_note=log.notes.append,
        )

    def _sharpening(self, fraction: float, text: str) -> None:
        words = sentence("Sharpening, {what}" if text else "Sharpening", what=text)
        self._work.step("sharp", fraction, words)

    def _seen(self) -> Tensor:
        """Return the photo as networks see it, `(3, H, W)`; a new copy."""
        return self._subject.seen(self._subject.photo.pixels)


def _is_unread(paths: Trajectory) -> bool:
    """Whether no motion could be read from the photo, at no place of it."""
    return paths.confidence is not None and not bool(paths.confidence.any())
