"""Changing paths as a photo shows it: what was surveyed of it is weighed by a network.

The survey is `exposure.survey.path_survey`'s, the weighing `networks.survey`'s; here both meet a
photo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.engine.paths.spreading import estimate_spread
from blurstudio.exposure.refining.path_change import changed_paths, even_pattern
from blurstudio.exposure.survey.path_survey import CELL, survey_paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.exposure.trajectory import Trajectory
    from blurstudio.networks import MotionNet, SurveyNet

_LONGER_SIDE = 768
"""Px that a photo is reduced to before it is surveyed."""

_LEAST_SIDE = 64
"""Px of a side below which there is too little to read."""


def surveyed_paths(
    srgb: Tensor,
    paths: Trajectory,
    reader: MotionNet | None,
    network: SurveyNet,
    compute: ComputeDevice,
    on_step: Callable[[float], None] | None = None,
) -> Trajectory:
    """Bend paths, and turn and stretch them a little, as windows of their photo show it.

    Parameters
    ----------
    srgb
        `(3, H, W)` on the CPU, sRGB-encoded, `[0, 1]`.
    paths
        Its paths, of any family, on the CPU.
    reader
        The motion network that tells how far they spread. Without, they spread as they are.
    network
        A refining network; all on `compute`'s device.
    compute
        Where to work.
    on_step
        Called with the fraction done. What it raises ends the work.

    Returns
    -------
    Trajectory
        Of the same family. Straight ones come back as they are, and so do paths of photos that are
        too small or hold still.
    """
    size = (srgb.shape[-2], srgb.shape[-1])
    scale = min(1.0, _LONGER_SIDE / max(size))
    rows, columns = (max(CELL, round(side * scale / CELL) * CELL) for side in size)
    given = paths.resized((rows, columns)).to(compute.device)
    can_bend = bool(even_pattern(paths).abs().max() > 0)
    if not can_bend or min(size) < _LEAST_SIDE or float(given.grid_length().max()) < 1:
        return paths
    small = F.interpolate(srgb[None], (rows, columns), mode="area")[0]
    spread = None if reader is None else estimate_spread(small, reader, compute)
    with torch.no_grad():
        found = survey_paths(small.mean(0).to(compute.device), given, spread, on_step)
        said = network(found.evidence[None], found.straight[None], found.about[None])
        bent = changed_paths(given, found.straight[0], *(each[0] for each in said))
        return bent.to("cpu").resized(paths.size)
