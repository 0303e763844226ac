"""Flow between the first and the last moment of an exposure, and its colours.

Flow says where content goes; offsets say where pixels were read. Files of flow are not known here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from blurstudio.exposure.warp import gather

if TYPE_CHECKING:
    from blurstudio.exposure.trajectory import Trajectory

_MOST_STEPS = 20
_STILL = 1e-3
"""Px by which a flow that is found no longer changes."""

# A picture is coloured a band at a time: the wheel's look-ups take 100 bytes a pixel.
_BAND_PIXELS = 1 << 20

# Anchor colours of the wheel and the share of the turn from each to the next, after the
# perceptual spacing of Baker et al. 2011 (55 steps: 15, 6, 4, 11, 13, 6).
_ANCHORS = ((1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1), (1, 0, 0))
_TURNS = (0, 15 / 55, 21 / 55, 25 / 55, 36 / 55, 49 / 55, 1)


def flow_first_to_last(trajectory: Trajectory, size: tuple[int, int] | None = None) -> Tensor:
    """Where the content of the first frame is in the last one.

    Both frames read the same place of the sharp picture, x + u(x, -1/2) = y + u(y, 1/2) with
    y = x + f(x), so f(x) = u(x, -1/2) - u(x + f(x), 1/2), found by fixed point.

    Parameters
    ----------
    trajectory
        Paths.
    size
        (H, W) of the picture wanted. Default: the trajectory's own.

    Returns
    -------
    Tensor
        (2, H, W), px, on the first frame's grid.
    """
    first, last = trajectory.endpoints(size)
    return _meet(first, last)


def flow_last_to_first(trajectory: Trajectory, size: tuple[int, int] | None = None) -> Tensor:
    """Where the content of the last frame was in the first one; see `flow_first_to_last`.

    Returns
    -------
    Tensor
        (2, H, W), px, on the last frame's grid.
    """
    first, last = trajectory.endpoints(size)
    return _meet(last, first)


def colour_wheel(flow: Tensor, maximum: float | None = None) -> Tensor:
    """Picture of a flow: direction as hue, length as saturation, stillness white.

    Right is red, down yellow to green, left cyan to blue, up blue to magenta.

    Parameters
    ----------
    flow
        (2, H, W), content motion, px. Where it is not finite the picture is black.
    maximum
        Length drawn at full saturation, px; longer ones are drawn darker. Default: the longest.

    Returns
    -------
    Tensor
        (3, H, W), [0, 1], sRGB-encoded.

    Raises
    ------
    ValueError
        If the shape is another.

    Notes
    -----
    Source: Baker et al. 2011, A Database and Evaluation Methodology for Optical Flow, appendix.
    """
    if flow.dim() != 3 or flow.shape[0] != 2:
        raise ValueError(f"flow must be (2, H, W), got {tuple(flow.shape)}")
    if maximum is None:
        length = torch.hypot(flow[0], flow[1])
        maximum = float(torch.where(length.isfinite(), length, 0).max())
    picture = flow.new_empty(3, *flow.shape[-2:])
    rows = max(1, _BAND_PIXELS // flow.shape[-1])
    for top in range(0, flow.shape[-2], rows):
        band = slice(top, top + rows)
        picture[:, band] = _colours(flow[:, band] / max(maximum, 1e-6))
    return picture


def _colours(flow: Tensor) -> Tensor:
    """Colours of a flow in units of the longest length drawn true, (2, h, w) to (3, h, w)."""
    known = flow.isfinite().all(dim=0)
    flow = torch.where(known, flow, 0)
    length = torch.hypot(flow[0], flow[1])
    turn = torch.atan2(flow[1], flow[0]) / (2 * math.pi) % 1
    turns, anchors = flow.new_tensor(_TURNS), flow.new_tensor(_ANCHORS)
    after = torch.searchsorted(turns, turn.contiguous(), right=True).clamp(1, len(_TURNS) - 1)
    share = (turn - turns[after - 1]) / (turns[after] - turns[after - 1])
    hue = torch.lerp(anchors[after - 1], anchors[after], share[..., None]).permute(2, 0, 1)
    # Lengths beyond the longest are darkened rather than clipped, as Baker et al. do.
    # The longest itself is not beyond, whatever rounding makes of it.
    drawn_true = 1 - length.clamp(max=1) * (1 - hue)
    return torch.where(length <= 1 + 1e-6, drawn_true, 0.75 * hue) * known


def _meet(start: Tensor, end: Tensor) -> Tensor:
    """Solve f(x) = start(x) - end(x + f(x)), all (2, H, W) px."""
    flow = start - end
    for _ in range(_MOST_STEPS):
        following = start - gather(end[None], flow[None])[0]
        moved = float((following - flow).abs().max())
        flow = following
        # Where paths part, at the edge of an object, the step may never end: hence the limit.
        if moved < _STILL:
            break
    return flow
