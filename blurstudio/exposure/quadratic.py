"""Any exposure trajectory in its shortest form: the parabola through its ends, blind to time.

What the two maps are good for is told where they are used (guides, camera fits).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from blurstudio.exposure.basis import evaluate_maps

if TYPE_CHECKING:
    from torch import Tensor

    from blurstudio.exposure.trajectory import Trajectory


def as_quadratic(trajectory: Trajectory) -> Tensor:
    """Reduce a trajectory to u(t) = a t + b t^2 with the same ends.

    Flipped places are not looked at: reading a path backwards turns `a` round and leaves `b`.

    Returns
    -------
    Tensor
        (2, 2, h, w): a and b on the trajectory's own grid, px of the picture of its `size`.
        Exact for linear and quadratic paths; of others the ends are kept and the bend is rounded.
    """
    ends = trajectory.maps.new_tensor((-0.5, 0.5))
    first, last = evaluate_maps(trajectory.maps, trajectory.constraint, ends)
    return torch.stack([last - first, 2 * (first + last)])
