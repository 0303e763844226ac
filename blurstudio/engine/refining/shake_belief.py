"""Whether a shake that was read is followed: what is known of it, and what it takes.

How it is read is `shaking`'s business; its words for a person are `refinement`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from blurstudio.engine.refining.shake_picture import Judgement
    from blurstudio.exposure.report import ReblurReport
    from blurstudio.exposure.trajectory import Trajectory

_KNOWN = 0.85
"""Likeness of a shake and the paths that are known from which these need no correction: they say it
better, place by place, and know where in it the middle of the exposure lies."""

_LIKELY, _LIKELIER, _SURELY = 1.07, 1.12, 0.95
"""Worth of a reading below which it is not followed by itself, and below which not where it is
believed by less than the last. A path that hardly draws its kernel, or reaches less far than what
is known, explains a little of the blur and may look right in that (decisions 45 and 47)."""

_WORTH_A_LOOK = 0.4
"""Belief from which a person is told of a reading that isn't followed: of real photos as many are
right as wrong there, and who looks sees which."""

_NEWS, _SAME = 0.6, 0.45
"""Belief from which a shake is followed that says something new, and one that says what is known:
only the picture follows that."""

_SURE, _BORNE_OUT = 0.7, 0.45
"""Belief below which a reading is doubted, and belief in another reading of the same photo from
which that one bears it out. Where a photo moved as one, most readings look right; where only a part
of it did, one does now and then (decisions 42, 44 and 47)."""

_FAR_LONGER, _FAR_WORSE, _CLEAR = 3.0, 6.0, 0.94
"""Times as long as the paths given, dB of reblur below theirs, and likeness of kernel and traced
path: a shake that is both, and no clear curve, was read where there was none to read. Recorded
shakes whose straight part was read too short are both as well (up to 5 times, 17 dB), at a likeness
of 0.95 and more; of 21 real photos those that read something else stay below (0.78 to 0.92)."""


class Read(NamedTuple):
    """A shake of a whole photo.

    Parameters
    ----------
    path
        The same everywhere, of all that was analysed.
    likeness, worth
        As `exposure.shaking.shake.Shake` has them.
    judgement
        What a network says of it.
    known
        Likeness of what the path and those that are known draw, [0, 1].
    borne_out
        Belief in another reading of the same photo, in the one that is believed most, [0, 1]; 0
        where there is none.
    """

    path: Trajectory
    likeness: float
    worth: float
    judgement: Judgement
    known: float
    borne_out: float = 0.0

    @property
    def is_news(self) -> bool:
        """Whether it says something else than the paths that are known."""
        return self.known < _KNOWN

    @property
    def believed(self) -> bool:
        """Whether it may be followed without a person asking for it."""
        if self.judgement.belief < (_NEWS if self.is_news else _SAME):
            return False
        if self.is_doubted and self.borne_out < _BORNE_OUT:
            return False
        wanted = _LIKELY if self.judgement.belief >= _SURELY else _LIKELIER
        return self.worth >= wanted or not self.is_news

    @property
    def worth_a_look(self) -> bool:
        """Whether a person may want to see what follows from it, though it is not followed."""
        likely = self.is_news and is_likely(self.worth, self.known)
        return likely and not self.believed and self.judgement.belief >= _WORTH_A_LOOK

    @property
    def is_sure(self) -> bool:
        """Whether no other reading of the photo is wanted."""
        return self.believed and not self.is_doubted

    @property
    def is_doubted(self) -> bool:
        """Whether it is believed only where another reading of the photo bears it out."""
        return _SAME <= self.judgement.belief < _SURE


def is_likely(worth: float, known: float) -> bool:
    """Whether a reading may be followed at all, if it is believed."""
    return known >= _KNOWN or worth >= _LIKELY


def is_unlikely(before: ReblurReport, after: ReblurReport, likeness: float) -> bool:
    """Whether a traced shake is no explanation of a photo, from its figures and those before it.

    Parameters
    ----------
    before, after
        Figures along the paths given and along the shake.
    likeness
        Of the kernel that was read and the path that was traced.
    """
    longer = after.mean_length > _FAR_LONGER * max(before.mean_length, 1.0)
    return longer and after.psnr < before.psnr - _FAR_WORSE and likeness < _CLEAR
