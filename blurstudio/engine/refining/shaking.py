"""One shake for a whole photo: read, shown to its judge, and brought to the photo's paths.

Reading it is `exposure.shaking.shake`, judging it `shake_picture`; what it takes to be followed is
said in `shake_belief`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import filterfalse
from typing import TYPE_CHECKING, NamedTuple

from blurstudio.beside import beside_each_other
from blurstudio.engine.refining.shake_belief import Read, is_likely
from blurstudio.engine.refining.shake_picture import judge_shake
from blurstudio.exposure.basis import evaluate_maps, times
from blurstudio.exposure.patching import moved_to
from blurstudio.exposure.shaking.kernel_curve import path_likeness
from blurstudio.exposure.shaking.one_path import one_path, parabola
from blurstudio.exposure.shaking.shake import ENCODED, IN_LIGHT, trace_shakes
from blurstudio.exposure.shaking.shake_reading import LONGEST
from blurstudio.exposure.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.exposure.shaking.shake import Shake, Way
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.networks import KeepingNet

_MOMENTS = 65

_TRACED, _JUDGED, _TRACED_AGAIN, _JUDGED_AGAIN = 0.4, 0.6, 0.75, 0.85
"""Time, as a share, by which a shake is read in light, judged, and as it is encoded; what is left
bears it out."""


class _Likened(NamedTuple):
    """A reading, and how like what it and the paths that are known draw is, [0, 1]."""

    shake: Shake
    known: float


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

    The photo is read as it is encoded only where no reading in light is believed surely.

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

    def traced(ways: Sequence[Way], start: float, end: float) -> list[_Likened]:
        shakes = trace_shakes(seen, here, lambda done: told(start + (end - start) * done), ways)
        return [_Likened(shake, _likeness(shake.trajectory, here)) for shake in shakes]

    def judged(which: list[_Likened], start: float, end: float) -> list[Read]:
        judging = [
            partial(judge_shake, seen, known, shake.trajectory, here, network, compute)
            for shake, _ in which
        ]
        said = beside_each_other(judging, lambda done: told(start + (end - start) * done))
        return [
            Read(_everywhere(shake, paths), shake.likeness, shake.worth, each, same)
            for (shake, same), each in zip(which, said, strict=True)
        ]

    def may_be_followed(each: _Likened) -> bool:
        return asked or is_likely(each.shake.worth, each.known)

    likened = traced(IN_LIGHT, 0.0, _TRACED)
    found = judged([*filter(may_be_followed, likened)], _TRACED, _JUDGED)
    if not any(read.is_sure for read in found):
        encoded = traced(ENCODED, _JUDGED, _TRACED_AGAIN)
        found += judged([*filter(may_be_followed, encoded)], _TRACED_AGAIN, _JUDGED_AGAIN)
        likened += encoded
    if any(read.is_doubted for read in found):
        found += judged([*filterfalse(may_be_followed, likened)], _JUDGED_AGAIN, 1.0)
    told(1.0)

    def order(read: Read) -> tuple[bool, bool, float]:
        # Who didn't ask is told of what may be followed, not of what never would be.
        return read.believed, not asked and read.worth_a_look, read.judgement.belief

    return max(_with_others(found), key=order, default=None)


def _with_others(found: list[Read]) -> list[Read]:
    """Tell each reading how far the others of the photo bear it out."""
    beliefs = [read.judgement.belief for read in found]
    others = [max(beliefs[:at] + beliefs[at + 1 :], default=0.0) for at in range(len(beliefs))]
    return [read._replace(borne_out=other) for read, other in zip(found, others, strict=True)]


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
