"""What a refinement of paths comes to: one shake of the whole photo, or each place by itself.

Shakes are `shaking`'s, fitting each place is `refine`'s; here it is chosen between them, and
measured what was before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

import torch

from blurstudio.engine.refining.refine import fit_paths
from blurstudio.engine.refining.refinement import Refinement
from blurstudio.engine.refining.shake_belief import is_unlikely
from blurstudio.engine.refining.shaking import read_shake
from blurstudio.exposure.reblur import reblur_along
from blurstudio.exposure.refining.fit import Fit, Stop
from blurstudio.exposure.report import report
from blurstudio.networks import MotionNet

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor, nn

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.engine.refining.shake_belief import Read
    from blurstudio.exposure.report import ReblurReport
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.exposure.window import Window
    from blurstudio.networks import KeepingNet, SurveyNet

_SHAKE = 0.35
"""Share of a refinement's time that goes into looking for one shake of the whole photo."""


class Known(NamedTuple):
    """What is known of a photo before it is refined.

    Parameters
    ----------
    seen, sharp
        `(3, H, W)` on the CPU, sRGB-encoded, `[0, 1]`: the photo, and its sharp picture by the
        network.
    paths
        Those of the sharp picture.
    focus
        Part of the photo that it is about, if the rest is only there as context.
    """

    seen: Tensor
    sharp: Tensor
    paths: Trajectory
    focus: Window | None

    def figures(self, paths: Trajectory) -> ReblurReport:
        """Measure how the sharp picture explains the photo along some paths."""
        counted = None
        if self.focus is not None:
            # What lies around may move otherwise, and has no say in what is believed here.
            counted = torch.zeros(self.seen.shape[-2:], dtype=torch.bool)
            counted[self.focus.rows, self.focus.columns] = True
        return report(self.seen, self.sharp, reblur_along(self.sharp, paths), paths, counted)


def refined(
    known: Known,
    options: AnalysisOptions,
    network: Callable[[str], nn.Module],
    compute: ComputeDevice,
    told: Callable[[float], None],
    on_paths: Callable[[Trajectory], None] | None,
) -> Refinement:
    """Refine the paths of a photo.

    Parameters
    ----------
    known
        What is refined.
    options
        Which refinement is asked for, and of which family paths are to be.
    network
        Gives the network of a task.
    compute
        Where it runs.
    told
        Called with the fraction done. What it raises ends the work.
    on_paths
        Called with the paths after every step.
    """
    before = known.figures(known.paths)
    asked = options.refine == "shake"

    def read(share: float) -> Read | None:
        def told_of_it(done: float) -> None:
            told(share * done)

        judge = cast("KeepingNet", network("shake"))
        how = (judge, compute, told_of_it, known.focus)
        return read_shake(known.seen, known.sharp, known.paths, *how, asked=asked)

    if asked:
        return _asked(known, before, read(1.0))
    # A family that a person chose holds no shake.
    found = read(_SHAKE) if options.constraint is None else None
    doubted = None
    if found is not None and not found.believed:
        doubted, found = (found if found.worth_a_look else None), None
    if found is not None and found.is_news:
        return Refinement(before, _along(found, known.paths), found)
    survey = cast("SurveyNet", network("refine"))

    def rest(done: float) -> None:
        told(_SHAKE + (1 - _SHAKE) * done)

    motion = network("motion")
    who = (motion if isinstance(motion, MotionNet) else None, survey, compute)
    bent = fit_paths(known.seen, known.sharp, known.paths, *who, rest, on_paths)
    # Paths that say the same say it place by place; the sharp picture may follow the one path.
    return Refinement(before, bent, found, doubted=doubted)


def _asked(known: Known, before: ReblurReport, found: Read | None) -> Refinement:
    """Follow a shake because a person asked for one; the paths stay where it explains nothing."""
    stay = Fit(known.paths, 0.0, 0.0, 0, Stop.NO_SHAKE)
    if found is None:
        return Refinement(before, stay)
    after = known.figures(found.path)
    # The sharp picture from before knows nothing of a shake that looks right.
    if not found.judgement.believed and is_unlikely(before, after, found.likeness):
        return Refinement(before, Fit(known.paths, 0.0, 0.0, 0, Stop.UNLIKELY))
    return Refinement(before, _along(found, known.paths), found, asked=True)


def _along(found: Read, known: Trajectory) -> Fit:
    """Paths that follow a shake; without figures, for no sharp picture took part.

    They are as sure as those that were known: one kernel is drawn by paths in several orders of
    time, so how like it is promises nothing.
    """
    return Fit(replace(found.path, confidence=known.confidence), 0.0, 0.0, 0, Stop.TRACED)
