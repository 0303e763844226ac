"""What refining a photo did, in figures and in words for a person.

How it is done is the business of `refine`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.exposure.refining.fit import Stop
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from blurstudio.engine.refining.shake_belief import Read
    from blurstudio.exposure.refining.fit import Fit
    from blurstudio.exposure.report import ReblurReport
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.sentences import Sentence

_NIL_SHARE = 0.05
"""%, of which a sentence with one digit says 0.0: no worse than before."""


@dataclass(frozen=True, eq=False)
class Refinement:
    """What a refinement did.

    Attributes
    ----------
    before
        How the unrefined result explains the photo; the analysis' own report is the one after.
    fit
        Of the paths, with figures on pixels that were held out.
    shake
        One path for the whole photo, along which its sharp picture is to be made.
    asked
        Whether a person asked for that shake.
    doubted
        One that was read and is not followed, but may be worth a look.
    """

    before: ReblurReport
    fit: Fit
    shake: Read | None = None
    asked: bool = False
    doubted: Read | None = None

    @property
    def moved_as_one(self) -> bool:
        """Whether the paths are one shake."""
        return self.shake is not None and self.fit.stop is Stop.TRACED

    def sure_of_kernel(self, paths: Trajectory) -> Trajectory:
        """Make paths as sure as the kernel that they draw, whatever its order of time.

        Parameters
        ----------
        paths
            As refined.
        """
        if self.shake is None or not self.moved_as_one:
            return paths
        return replace(paths, confidence=self.shake.path.confidence)

    @property
    def sentence(self) -> Sentence:
        """What happened, in words for a person."""
        first, *others = self.points
        for point in others:
            first = sentence("{so_far} {more}", so_far=first, more=point)
        return first

    @property
    def points(self) -> tuple[Sentence, ...]:
        """The same, a sentence or two for each thing that there is to say."""
        if self.shake is None:
            doubted = () if self.doubted is None else (self._of_doubted(self.doubted),)
            return (*self._of_paths, *doubted, *self._before)
        if not self.moved_as_one:
            return (*self._of_paths, self._of_picture(self.shake), *self._before)
        return (self._of_shake(self.shake), *self._before)

    @property
    def _of_paths(self) -> tuple[Sentence, ...]:
        """What happened to paths that were refined place by place."""
        fit = self.fit
        if not fit.before:
            return (sentence("The paths stay as they were: {why}.", why=fit.stop.value),)
        share = 100 * (1 - fit.after / fit.before)
        return (
            sentence(
                "The paths now bend by {bend:.1f} px and explain pixels held out {share:.1f} % "
                "better."
                if share > -_NIL_SHARE
                else "The paths now bend by {bend:.1f} px. The sharp picture from before explains "
                "pixels held out {share:.1f} % worse along them, as it was made along others: "
                "compare both results.",
                bend=self.bend,
                share=abs(share),
            ),
        )

    def _of_shake(self, shake: Read) -> Sentence:
        """Tell of a shake that all paths follow."""
        if self.asked:
            return sentence(
                "The shake of the whole photo was traced as one path of {length:.1f} px; it draws "
                "{share:.0f} % of the kernel that was read, and what follows from it looks right "
                "to {belief:.0f} %.",
                length=_length(shake),
                share=100 * shake.likeness,
                belief=100 * shake.judgement.belief,
            )
        return sentence(
            "The whole photo moved as one, along a path of {length:.1f} px: what follows "
            "from it looks right to {belief:.0f} %.",
            length=_length(shake),
            belief=100 * shake.judgement.belief,
        )

    @staticmethod
    def _of_picture(shake: Read) -> Sentence:
        """Tell of a shake that the sharp picture alone follows."""
        return sentence(
            "For the whole photo one path of {length:.1f} px draws much what they draw, and what "
            "follows from it looks right to {belief:.0f} %.",
            length=_length(shake),
            belief=100 * shake.judgement.belief,
        )

    @staticmethod
    def _of_doubted(shake: Read) -> Sentence:
        """Tell of a shake that is not followed."""
        return sentence(
            "The photo may have moved as one instead, along a path of {length:.1f} px: that looks "
            "right to {belief:.0f} %. Refine it as one shake to see.",
            length=_length(shake),
            belief=100 * shake.judgement.belief,
        )

    @property
    def bend(self) -> float:
        """How far the paths' ends lie beside those of straight paths, mean, px."""
        return float(as_quadratic(self.fit.trajectory)[1].norm(dim=0).mean()) / 4

    @property
    def _before(self) -> tuple[Sentence, ...]:
        """How the unrefined result explained the photo; nothing where the paths stayed."""
        if not (self.fit.before or self.moved_as_one):
            return ()
        return (
            sentence(
                "Before: reblur {psnr:.1f} dB, gradient energy ×{gain:.2f}, path {length:.1f} px.",
                psnr=self.before.psnr,
                gain=self.before.gradient_gain,
                length=self.before.mean_length,
            ),
        )

    def as_dict(self) -> dict[str, Any]:
        """Figures by name, ready for JSON."""
        return {
            "before": asdict(self.before),
            "held_out_residual": [self.fit.before, self.fit.after],
            "steps": self.fit.steps,
            "stop": self.fit.stop.name.lower(),
            "likeness": None if self.shake is None else self.shake.likeness,
            "belief": None if self.shake is None else self.shake.judgement.belief,
            "doubted": None if self.doubted is None else self.doubted.judgement.belief,
        }


def _length(shake: Read) -> float:
    """Mean length of a shake, px: the same everywhere."""
    return float(shake.path.grid_length().mean())


def words_on_picture(*, followed: bool) -> Sentence:
    """Say what the sharp picture is where a shake of the whole photo was believed or asked for."""
    return sentence(
        "The sharp picture follows the whole photo's shake."
        if followed
        else "The network made the sharp picture and follows no such shake; refining paths and "
        "picture does, and so does deconvolution."
    )
