"""Refining the paths of one photo: the bend with which its sharp picture exposes best again.

The deblurring network is not known here: its sharp picture is given and stays as it is. What is
refined, and why lengths and directions are not, is told in decision 15.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.basis import times, trapezoid_weights
from blurstudio.exposure.confidence import expected_error
from blurstudio.exposure.light import clip, linear_to_srgb, srgb_to_linear
from blurstudio.exposure.reblur import reblur
from blurstudio.exposure.refining.fit import Fit, Stop
from blurstudio.exposure.refining.path_change import even_pattern
from blurstudio.exposure.resample import resample
from blurstudio.exposure.warp import validity
from blurstudio.sizes import reduced_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from blurstudio.exposure.trajectory import Trajectory

# Longer side of the picture worked on, px, and steps at most: display size first, then finer.
_LEVELS = ((384, 30), (768, 8))
_CELL = 64
"""Pixels of the photo's display size (768 px) per cell of the residual bend."""

_CELLS_ALONG = 768 // _CELL
_MOMENTS = 13
_RATE = 0.1
"""Step of the descent, in expected errors."""

_ANCHOR = 0.1
"""What a change by the expected error costs everywhere, as a share of the first residual."""

_EXPECTED = (0.3, 20.0)
"""Bounds of the expected error of a path, px at display size."""

_HELD_OUT = 0.1
"""Share of the pixels that are held out."""

_PATIENCE = 6
"""Steps without a gain on held-out pixels after which a level has settled."""

_WORTH = 0.003
"""Share of the residual on held-out pixels that a refinement has to explain to be believed."""

_LEAST_SIDE = 32
"""Px of the photo's shorter side below which paths are not told apart."""

_CLIPPED = 0.98
"""Encoded value from which light may have been cut off."""

_SMOOTH = 1e-5
"""Added below the root of squared errors, whose slope then stays finite at zero."""


def refine_paths(
    blurred_srgb: Tensor,
    sharp_srgb: Tensor,
    trajectory: Trajectory,
    on_step: Callable[[float, Trajectory], None] | None = None,
    start: Trajectory | None = None,
) -> Fit:
    """Bend paths so that a sharp picture, exposed again along them, meets its photo.

    A smooth residual on a coarse grid is added to the part of the paths that is even in time,
    u(t) + u(-t); it is anchored to the paths given by the error that their confidence lets expect.
    A tenth of the pixels is held out: when they gain no more, what would follow is noise.

    Parameters
    ----------
    blurred_srgb, sharp_srgb
        (3, H, W), sRGB-encoded, [0, 1].
    trajectory
        Paths of a picture of that size; any family.
    on_step
        Called with the fraction done and the paths so far. What it raises ends the work.
    start
        Paths to begin with and to be anchored to, where something is known already; those given
        are only what the figures compare with.

    Returns
    -------
    Fit
        Paths and figures.

    Raises
    ------
    ValueError
        If the pictures' shapes differ.

    Notes
    -----
    Source: Zhang et al. 2020, the reblur loss on one photo; which part may move is ours.
    """
    if blurred_srgb.dim() != 3 or blurred_srgb.shape != sharp_srgb.shape:
        raise ValueError(
            f"pictures must both be (3, H, W), got {tuple(blurred_srgb.shape)} and "
            f"{tuple(sharp_srgb.shape)}"
        )
    size = (blurred_srgb.shape[-2], blurred_srgb.shape[-1])
    if min(size) < _LEAST_SIDE:
        return Fit(trajectory, 0.0, 0.0, 0, Stop.SMALL)
    given = (start or trajectory).resized(size)
    pattern = even_pattern(given)
    if not bool(pattern.abs().max() > 0):
        return Fit(trajectory, 0.0, 0.0, 0, Stop.STRAIGHT)
    if float(given.grid_length().max()) < 1:
        return Fit(trajectory, 0.0, 0.0, 0, Stop.STILL)
    unit = _expected_error(given)
    bent = partial(_bent, given, pattern, unit)
    kept = given.maps.new_zeros(1, 2, *unit.shape[-2:])
    steps, stop = 0, Stop.LIMIT
    total = sum(most for _, most in _LEVELS)

    def told(kept: Tensor) -> None:
        nonlocal steps
        steps += 1
        if on_step is not None:
            on_step(steps / total, bent(kept))

    before = began = after = 0.0
    for level, (side, most) in enumerate(_LEVELS):
        problem = _Problem(blurred_srgb, sharp_srgb, given, side)
        first = problem.held_out(bent(kept))
        if not first > 0:
            # All is clipped: dividing by nothing would send the paths nowhere.
            break
        if level == 0:
            before = began = first
            if start is not None:
                before = problem.held_out(trajectory.resized(size))
        kept, best, stop = _descend(problem, bent, kept, first, most, told)
        # The finer level's residual holds more noise: each level is judged by its own.
        after = best if level == 0 else after * best / first
    if not began:
        return Fit(trajectory, 0.0, 0.0, 0, Stop.NO_GAIN)
    if after > (1 - _WORTH) * began:
        return Fit(start or trajectory, before, began, steps, Stop.NO_GAIN)
    return Fit(bent(kept), before, after, steps, stop)


def _descend(
    problem: _Problem,
    bent: Callable[[Tensor], Trajectory],
    start: Tensor,
    first: float,
    most: int,
    told: Callable[[Tensor], None],
) -> tuple[Tensor, float, Stop]:
    """Bend paths step by step until the pixels held out gain no more, or `most` steps are taken.

    It begins at `start`, with a residual of `first` on held-out pixels. After each step `told` is
    called with the bend that explains these best so far. Returns that bend, their residual along
    it, and why it ended.
    """
    bend = start.clone().requires_grad_(True)
    kept, best, since = start, first, 0
    optimiser = torch.optim.Adam([bend], lr=_RATE, betas=(0.9, 0.95))
    for _ in range(most):
        optimiser.zero_grad()
        seen, unseen = problem.residuals(bent(bend))
        loss: Tensor = seen / first + _ANCHOR * bend.square().mean()
        loss.backward()  # type: ignore[no-untyped-call]
        since += 1
        if float(unseen) < best:
            kept, best, since = bend.detach().clone(), float(unseen), 0
        optimiser.step()
        told(kept)
        if since >= _PATIENCE:
            return kept, best, Stop.SETTLED
    return kept, best, Stop.LIMIT


class _Problem:
    """The photo and its sharp picture at one size, and how well paths explain it."""

    def __init__(self, blurred: Tensor, sharp: Tensor, given: Trajectory, side: int) -> None:
        self._size = reduced_size(given.size, side)
        self._blurred = F.interpolate(blurred[None], self._size, mode="area")
        reduced = F.interpolate(sharp[None], self._size, mode="area")
        self._light = srgb_to_linear(reduced)
        self._moments = times(_MOMENTS, blurred.device)
        self._weights = trapezoid_weights(_MOMENTS, blurred.device)
        ends = given.offsets((-0.5, 0.5), self._size)
        inside = validity(ends).prod(dim=0, keepdim=True)
        # What a sensor or the frame's edge cut off says nothing about paths.
        counts = inside * (self._blurred.amax(1, keepdim=True) < _CLIPPED)
        draw = torch.rand(counts.shape, generator=torch.Generator().manual_seed(0))
        held = (draw < _HELD_OUT).to(counts)
        self._seen, self._held = counts * (1 - held), counts * held

    def residuals(self, paths: Trajectory) -> tuple[Tensor, Tensor]:
        """Mean residual over the pixels that are fitted, and over those held out."""
        offsets = paths.offsets(self._moments, self._size)
        again = linear_to_srgb(clip(reblur(self._light, offsets[None], self._weights)))
        error = ((again - self._blurred).square().sum(1, keepdim=True) + _SMOOTH).sqrt()
        seen = (error * self._seen).sum() / self._seen.sum().clamp(min=1)
        unseen = (error.detach() * self._held).sum() / self._held.sum().clamp(min=1)
        return seen, unseen

    def held_out(self, paths: Trajectory) -> float:
        with torch.no_grad():
            return float(self.residuals(paths)[1])


def _bent(given: Trajectory, pattern: Tensor, unit: Tensor, bend: Tensor) -> Trajectory:
    """Paths with `bend`, in expected errors at the exposure's ends, added to their even part."""
    residual = resample((bend[0] * unit), (given.maps.shape[-2], given.maps.shape[-1]))
    return replace(given, maps=given.maps + pattern.view(-1, 1, 1, 1) * residual)


def _expected_error(given: Trajectory) -> Tensor:
    """Error to be expected of a path, px, on the coarse grid of the residual, (1, ch, cw).

    A quarter of it: an error of `a` as large as expected puts the ends half of it off, and a bend
    is the smaller part of it.
    """
    height, width = given.size
    longer = max(height, width)
    cells = (
        max(2, round(_CELLS_ALONG * height / longer)),
        max(2, round(_CELLS_ALONG * width / longer)),
    )
    length = given.grid_length()
    sure = given.confidence
    if sure is None:
        sure = torch.full_like(length, 0.5)
    expected = expected_error(length, sure)
    scale = longer / 768
    bounded = expected.clamp(_EXPECTED[0] * scale, _EXPECTED[1] * scale) * sure
    return F.adaptive_avg_pool2d(bounded[None], cells) / 4
