"""One shake for a whole photo: found where halves of it agree, or traced because a person asked.

Reading it is `exposure.shake` and `exposure.moved_as_one`; here it is brought to a photo's paths.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blurstudio.exposure.fit import Fit, Stop
from blurstudio.exposure.moved_as_one import Believed, believed_shake
from blurstudio.exposure.patching import moved_to
from blurstudio.exposure.shake import trace_shake
from blurstudio.exposure.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.exposure.reblur import ReblurReport
    from blurstudio.exposure.shake import Shake
    from blurstudio.exposure.trajectory import Trajectory

_FAR_LONGER, _FAR_WORSE, _CLEAR = 3.0, 6.0, 0.94
"""Times as long as the paths given, dB of reblur below theirs, and likeness of kernel and traced
path: a shake that is both, and no clear curve, was read where there was none to read. Recorded
shakes whose straight part was read too short are both as well (up to 5 times, 17 dB), at a likeness
of 0.95 and more; of 21 real photos those that read something else stay below (0.78 to 0.92)."""


def shake_of_all(
    srgb: Tensor,
    paths: Trajectory,
    on_step: Callable[[float], None] | None = None,
    focus: Window | None = None,
) -> tuple[Fit, Believed] | None:
    """Trace one shake for the whole photo if halves of it agree upon one.

    Parameters
    ----------
    srgb, paths, on_step
        As for `believed_shake`.
    focus
        Part of the photo that it is read from, if not from all of it.

    Returns
    -------
    fit
        Without figures: no sharp picture takes part.
    shake
        What was read.
    """
    shake = believed_shake(*_looked_at(srgb, paths, focus), on_step)
    if shake is None:
        return None
    return Fit(_everywhere(shake, paths), 0.0, 0.0, 0, Stop.TRACED), shake


def traced_or_kept(
    srgb: Tensor,
    paths: Trajectory,
    on_step: Callable[[float], None] | None = None,
    focus: Window | None = None,
) -> tuple[Fit, float | None]:
    """Trace one shake for the whole photo; where there is none, the paths stay.

    Parameters
    ----------
    srgb, paths, on_step, focus
        As for `shake_of_all`.

    Returns
    -------
    fit
        Without figures: no sharp picture takes part.
    likeness
        Of the kernel that was read and the path that was traced.
    """
    shake = trace_shake(*_looked_at(srgb, paths, focus), on_step)
    if shake is None:
        return Fit(paths, 0.0, 0.0, 0, Stop.NO_SHAKE), None
    return Fit(_everywhere(shake, paths), 0.0, 0.0, 0, Stop.TRACED), shake.likeness


def _looked_at(srgb: Tensor, paths: Trajectory, focus: Window | None) -> tuple[Tensor, Trajectory]:
    """Part of a photo that a shake is read from, and its paths."""
    if focus is None:
        return srgb, paths
    here = moved_to(paths, Window(0, 0, *paths.size), paths.size, focus, paths.size)
    return srgb[:, focus.rows, focus.columns], here


def _everywhere(shake: Shake, paths: Trajectory) -> Trajectory:
    """Give a shake to all that was analysed: it is the same everywhere, and grids are alike."""
    traced = shake.trajectory
    return replace(
        paths, maps=traced.maps, constraint=traced.constraint, confidence=traced.confidence
    )


def believed_or_kept(
    traced: Fit, likeness: float, paths: Trajectory, before: ReblurReport, after: ReblurReport
) -> tuple[Fit, float | None]:
    """Keep what was traced, or the paths as they were where it is no explanation of the photo.

    Parameters
    ----------
    traced, likeness
        As `traced_or_kept` gave them.
    paths
        Those before.
    before, after
        Figures along the paths given and along the shake.
    """
    if is_unlikely(before, after, likeness):
        return Fit(paths, 0.0, 0.0, 0, Stop.UNLIKELY), None
    return traced, likeness


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
