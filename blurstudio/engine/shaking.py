"""One shake for a whole photo: followed where a network believes it, or because a person asks.

Reading it is `exposure.shake`, judging it `shake_picture`; here it is brought to a photo's paths.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from blurstudio.engine.shake_picture import BELIEVED, judge_shake
from blurstudio.exposure.basis import evaluate_maps, times
from blurstudio.exposure.beside import beside_each_other
from blurstudio.exposure.kernel_curve import path_likeness
from blurstudio.exposure.one_path import one_path, parabola
from blurstudio.exposure.patching import moved_to
from blurstudio.exposure.shake import trace_shakes
from blurstudio.exposure.shake_reading import LONGEST
from blurstudio.exposure.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.engine.device import ComputeDevice
    from blurstudio.engine.shake_picture import Judgement
    from blurstudio.exposure.reblur import ReblurReport
    from blurstudio.exposure.shake import Shake
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.networks import KeepingNet

_KNOWN = 0.85
"""Likeness of a shake and the paths that are known from which these need no correction: they say it
better, place by place, and know where in it the middle of the exposure lies."""

_LIKELY = 1.07
"""Worth of a reading below which it is not followed by itself. A path that hardly draws its kernel,
or reaches less far than what is known, explains a little of the blur and may look right in that."""

_WORTH_A_LOOK = 0.4
"""Belief from which a person is told of a reading that isn't followed: of real photos as many are
right as wrong there, and who looks sees which."""

_SAME = 0.45
"""Belief that is enough where a shake says what is known, for only the picture follows it then."""

_SURE, _BORNE_OUT = 0.75, 0.25
"""Belief below which a reading that says something new is doubted, and belief in another reading of
the same photo from which that one bears it out. Wrong ones look right by half now and then, but
other windows and sizes of the photo then don't tell of them (decision 42)."""

_MOMENTS = 65

_READING, _JUDGING = 0.6, 0.85
"""Time, as a share, by which a shake is read, and is judged; what is left bears it out."""

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
        As `exposure.shake.Shake` has them.
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
        if not self.is_news:
            return self.judgement.belief >= _SAME
        if self.is_doubted and self.borne_out < _BORNE_OUT:
            return False
        return self.judgement.believed and _is_likely(self.worth, self.known)

    @property
    def worth_a_look(self) -> bool:
        """Whether a person may want to see what follows from it, though it is not followed."""
        likely = self.is_news and _is_likely(self.worth, self.known)
        return likely and not self.believed and self.judgement.belief >= _WORTH_A_LOOK

    @property
    def is_doubted(self) -> bool:
        """Whether it is believed only where another reading of the photo bears it out."""
        return self.is_news and BELIEVED <= self.judgement.belief < _SURE


def read_shake(
    srgb: Tensor,
    sharp: Tensor,
    paths: Trajectory,
    network: KeepingNet,
    compute: ComputeDevice,
    on_step: Callable[[float], None] | None = None,
    focus: Window | None = None,
    *,
    asked: bool = True,
) -> Read | None:
    """Trace one shake for the whole photo, and ask a network whether it moved as one.

    Parameters
    ----------
    srgb, sharp
        `(3, H, W)` on the CPU, sRGB-encoded, `[0, 1]`: the photo and its sharp picture.
    paths
        Those of the sharp picture.
    network, compute
        Who is asked, and where.
    on_step
        Called with the fraction done. What it raises ends the work.
    focus
        Part of the photo that it is about, if not all of it.
    asked
        Whether a person asked for a shake. Without that, readings that would not be followed
        whatever the network says are shown to it only where they may bear another one out.

    Returns
    -------
    Read or None
        Of several readings, of those that may be followed if there are such, the one that is
        believed most; None where there is none.
    """

    def told(done: float) -> None:
        if on_step is not None:
            on_step(done)

    seen, here = _looked_at(srgb, paths, focus)
    known = sharp if focus is None else sharp[:, focus.rows, focus.columns]
    traced = trace_shakes(seen, here, lambda done: told(_READING * done))
    likened = [(shake, _likeness(shake.trajectory, here)) for shake in traced]

    def judged(which: list[tuple[Shake, float]], start: float, end: float) -> list[Read]:
        judging = [
            partial(judge_shake, seen, known, shake.trajectory, here, network, compute)
            for shake, _ in which
        ]
        said = beside_each_other(judging, lambda done: told(start + (end - start) * done))
        return [
            Read(_everywhere(shake, paths), shake.likeness, shake.worth, each, same)
            for (shake, same), each in zip(which, said, strict=True)
        ]

    may = [asked or _is_likely(shake.worth, same) for shake, same in likened]
    found = judged(list(compress(likened, may)), _READING, _JUDGING)
    if any(read.is_doubted for read in found):
        found += judged(list(compress(likened, [not each for each in may])), _JUDGING, 1.0)
    told(1.0)
    return max(
        _with_others(found), key=lambda read: (read.believed, read.judgement.belief), default=None
    )


def _with_others(found: list[Read]) -> list[Read]:
    """Tell each reading how far the others of the photo bear it out."""
    beliefs = [read.judgement.belief for read in found]
    others = [max(beliefs[:at] + beliefs[at + 1 :], default=0.0) for at in range(len(beliefs))]
    return [read._replace(borne_out=other) for read, other in zip(found, others, strict=True)]


def _is_likely(worth: float, known: float) -> bool:
    """Whether a reading may be followed at all, if it is believed."""
    return known >= _KNOWN or worth >= _LIKELY


def _looked_at(srgb: Tensor, paths: Trajectory, focus: Window | None) -> tuple[Tensor, Trajectory]:
    """Part of a photo that a shake is read from, and its paths."""
    if focus is None:
        return srgb, paths
    here = moved_to(paths, Window(0, 0, *paths.size), paths.size, focus, paths.size)
    return srgb[:, focus.rows, focus.columns], here


def _likeness(shake: Trajectory, paths: Trajectory) -> float:
    """Likeness of what a shake and the paths that are known draw, if these are taken for one."""
    moments = times(_MOMENTS)
    ours = evaluate_maps(shake.maps[..., :1, :1], shake.constraint, moments)[..., 0, 0]
    theirs = parabola(one_path(paths))
    longest = max(float(each.abs().max()) for each in (ours, theirs))
    # Kernels of long paths are drawn as small as those that are read.
    scale = min(1.0, LONGEST / max(2 * longest, 1.0))
    return path_likeness(ours * scale, theirs * scale)


def _everywhere(shake: Shake, paths: Trajectory) -> Trajectory:
    """Give a shake to all that was analysed: it is the same everywhere, and grids are alike."""
    traced = shake.trajectory
    return replace(
        paths, maps=traced.maps, constraint=traced.constraint, confidence=traced.confidence
    )


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
