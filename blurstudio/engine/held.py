"""`Held`: all that one analysis holds, and what of it another with a changed choice holds as well.

It is a value: a change makes another one, in which all that the change leaves alone is the same
object. Which choices a stage depends on is `engine.stages`'; how it is made, `engine.making`'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from blurstudio.engine.made import Log, Made, Once
from blurstudio.engine.making import Settled
from blurstudio.engine.mending import Mending
from blurstudio.engine.parts import PartStore
from blurstudio.engine.stages import serves_refinement, shared_stages
from blurstudio.engine.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import numpy.typing as npt
    from torch import Tensor

    from blurstudio.engine.findings.verdict import Verdict
    from blurstudio.engine.making import Reblur
    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.engine.part_wish import PartWish
    from blurstudio.engine.patches import Patch
    from blurstudio.engine.sharp.blending import Blending
    from blurstudio.exposure.edits import MaskedEdit
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.exposure.window import Window
    from blurstudio.media.photo import Photo

    Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Held:
    """What an analysis stands on, and the stages of it that were made or will be.

    Attributes
    ----------
    subject, options
        What is analysed, and how.
    mending, blending
        What a person mends of the estimate, and how far the result is laid over the photo.
    estimated, settled, sharp, reblur
        The stages that networks make, named as in `engine.stages`.
    directed, verdict
        Settled paths with time's direction as it was chosen, and what they say of the photo.
    parts
        Parts of the photo that were analysed by themselves.
    """

    subject: Subject
    options: AnalysisOptions
    mending: Mending
    blending: Blending | None = None
    estimated: Once[Made[Trajectory]] = field(default_factory=Once)
    settled: Once[Made[Settled]] = field(default_factory=Once)
    sharp: Once[Made[Floats]] = field(default_factory=Once)
    reblur: Once[Made[Reblur]] = field(default_factory=Once)
    directed: Once[Trajectory] = field(default_factory=Once)
    verdict: Once[Verdict] = field(default_factory=Once)
    parts: PartStore = field(default_factory=PartStore)

    @classmethod
    def of(cls, photo: Photo, options: AnalysisOptions) -> Held:
        """Return what an analysis of a photo begins with: nothing is made yet."""
        subject = Subject(photo).reduced(options.max_side)
        return cls(subject, options, Mending(subject.photo))

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about the photo, the stages that are made so far, and the patches."""
        *networks, reblur = (log.notes for log in self._logs())
        told = (note for notes in networks for note in notes)
        return tuple(dict.fromkeys([*self.subject.notes, *told, *self.mending.remarks, *reblur]))

    @property
    def seconds(self) -> dict[str, float]:
        """Time that each part of the work took, of the stages that are made so far."""
        return {part: spent for log in self._logs() for part, spent in log.seconds.items()}

    def part(self, wish: PartWish, read: Window) -> Held:
        """Return what the analysis of a part begins with, of which `read` is looked at."""
        subject = self.subject.part(read, wish.window)
        return Held(subject, wish.options, Mending(subject.photo))

    def changed(self, options: AnalysisOptions) -> Held:
        """Change the choices; stages that depend on none of the changed ones are the same.

        Edits and blending stay. Parts were analysed with what was chosen for the whole as well, so
        patches do not.
        """
        if options == self.options:
            return self
        kept: dict[str, Any] = {
            stage: getattr(self, stage) for stage in shared_stages(self.options, options)
        }
        if "settled" in kept:
            # How much is read around a part depends on the paths, and on nothing else.
            kept["parts"] = self.parts
        subject = self.subject.reduced(options.max_side)
        mending = Mending(subject.photo, self.mending.edits)
        return Held(subject, options, mending, self.blending, **kept)

    def edited(self, edits: Iterable[MaskedEdit]) -> Held:
        """Change the edits; patches and all stages are the same."""
        before = self.mending
        mending = Mending(self.subject.photo, tuple(edits), before.patches, before.remarks)
        return replace(self, mending=mending)

    def patched(self, patches: Iterable[Patch], remarks: Iterable[str]) -> Held:
        """Change the patches; edits and all stages are the same. Remarks join those before."""
        before = self.mending
        told = (*before.remarks, *remarks)
        mending = Mending(self.subject.photo, before.edits, tuple(patches), told)
        return replace(self, mending=mending)

    def blended(self, blending: Blending | None) -> Held:
        """Change how far the result is laid over the photo; all else is the same."""
        return replace(self, blending=blending)

    def replaced(self, trajectory: Trajectory) -> Held:
        """Put other paths in place of the estimate's; a sharp picture that was made is the same."""
        paths = trajectory.resized(self.subject.photo.size)
        held = Held(
            *(self.subject, self.options, Mending(self.subject.photo), self.blending),
            settled=Once(Made(Settled(paths))),
            directed=Once(paths),
        )
        # One that is still to be made is made along the paths of whoever asks first: not shared.
        return replace(held, sharp=self.sharp) if self.sharp.known else held

    def unrefined(self, options: AnalysisOptions) -> Tensor | None:
        """Return the network's sharp picture if a refinement under other choices looks at it.

        Returns
        -------
        Tensor or None
            `(3, H, W)` as networks see it; None if it is not known, or of no use.
        """
        sharp = self.sharp.known
        if sharp is None or "sharp" in shared_stages(self.options, options):
            return None
        if not serves_refinement(self.options, options):
            return None
        return self.subject.seen(sharp.value)

    def _logs(self) -> list[Log]:
        """Return what is to be said of each stage, in their order; nothing of one not made."""
        stages: list[Once[Made[Any]]] = [self.estimated, self.settled, self.sharp, self.reblur]
        return [Log() if stage.known is None else stage.known.log for stage in stages]
