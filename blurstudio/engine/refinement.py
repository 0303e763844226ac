"""What refining a photo did, in figures and in words for a person.

How it is done is the business of `refine`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from blurstudio.exposure.quadratic import as_quadratic
from blurstudio.sentences import sentence

if TYPE_CHECKING:
    from blurstudio.engine.shake_picture import Judgement
    from blurstudio.exposure.fit import Fit
    from blurstudio.exposure.reblur import ReblurReport
    from blurstudio.sentences import Sentence


@dataclass(frozen=True, eq=False)
class Refinement:
    """What a refinement did.

    Attributes
    ----------
    before
        How the unrefined result explains the photo; the analysis' own report is the one after.
    fit
        Of the paths, with figures on pixels that were held out.
    likeness
        Of a shake that was traced: how well its path draws the kernel that was read, [0, 1].
    judgement
        Of a shake that was traced: how far it is believed.
    asked
        Whether a person asked for that shake.
    """

    before: ReblurReport
    fit: Fit
    likeness: float | None = None
    judgement: Judgement | None = None
    asked: bool = False

    @property
    def sentence(self) -> Sentence:
        """What happened, in words for a person."""
        fit = self.fit
        if self.likeness is not None and self.judgement is not None:
            length = float(fit.trajectory.grid_length().mean())
            belief = 100 * self.judgement.belief
            if not self.asked:
                return sentence(
                    "The whole photo moved as one, along a path of {length:.1f} px: what follows "
                    "from it looks right to {belief:.0f} %. {before}",
                    length=length,
                    belief=belief,
                    before=self._before,
                )
            return sentence(
                "The shake of the whole photo was traced as one path of {length:.1f} px; it draws "
                "{share:.0f} % of the kernel that was read, and what follows from it looks right "
                "to {belief:.0f} %. {before}",
                length=length,
                share=100 * self.likeness,
                belief=belief,
                before=self._before,
            )
        if not fit.before:
            return sentence("The paths stay as they were: {why}.", why=fit.stop.value)
        share = 100 * (1 - fit.after / fit.before)
        return sentence(
            "The paths now end {bend:.1f} px beside straight ones; the sharp picture from before "
            "explains pixels held out {share:.1f} % better along them. {before}"
            if share >= 0
            else "The paths now end {bend:.1f} px beside straight ones; the sharp picture from "
            "before explains pixels held out {share:.1f} % worse along them. {before}",
            bend=self.bend,
            share=abs(share),
            before=self._before,
        )

    @property
    def bend(self) -> float:
        """How far the paths' ends lie beside those of straight paths, mean, px."""
        return float(as_quadratic(self.fit.trajectory)[1].norm(dim=0).mean()) / 4

    @property
    def _before(self) -> Sentence:
        return sentence(
            "Before: reblur {psnr:.1f} dB, gradient energy ×{gain:.2f}, path {length:.1f} px.",
            psnr=self.before.psnr,
            gain=self.before.gradient_gain,
            length=self.before.mean_length,
        )

    def as_dict(self) -> dict[str, Any]:
        """Figures by name, ready for JSON."""
        return {
            "before": asdict(self.before),
            "held_out_residual": [self.fit.before, self.fit.after],
            "steps": self.fit.steps,
            "stop": self.fit.stop.name.lower(),
            "likeness": self.likeness,
            "belief": None if self.judgement is None else self.judgement.belief,
        }


def words_on_picture(*, followed: bool) -> Sentence:
    """Say what the sharp picture is where the whole photo's shake was followed by its paths."""
    return sentence(
        "The sharp picture follows the whole photo's shake."
        if followed
        else "The network made the sharp picture and follows no such shake; refining paths and "
        "picture does, and so does deconvolution."
    )
