"""Small pictures and paths for hypothesis; the tests of this room draw from here."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from hypothesis import settings
from hypothesis import strategies as st

from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.trajectory import Trajectory

# The same examples in every run: a red suite stays red until the code changes.
small = settings(derandomize=True, deadline=None, max_examples=25)

seeds = st.integers(0, 2**20)
constraints = st.sampled_from(Constraint)
sizes = st.tuples(st.integers(4, 20), st.integers(4, 20))


def random(seed, *shape, low=0.0, high=1.0):
    """Uniform numbers of their own seed."""
    source = torch.Generator().manual_seed(seed)
    return low + (high - low) * torch.rand(shape, generator=source)


def smooth(seed, *shape):
    """A smooth field, about -1 to 1, of shape (..., h, w)."""
    knots = random(seed, 1, torch.Size(shape[:-2]).numel(), 3, 4, low=-1, high=1)
    return F.interpolate(knots, shape[-2:], mode="bicubic").view(shape)


@st.composite
def trajectories(draw, flips=True):
    """Any trajectory: every family, its own grid, perhaps flipped in places already."""
    constraint, size, seed = draw(constraints), draw(sizes), draw(seeds)
    count = {"linear": 1, "bilinear": 2, "quadratic": 2}.get(constraint)
    count = count or draw(st.sampled_from((1, 3, 5)))
    grid = draw(st.tuples(st.integers(1, 6), st.integers(1, 6)))
    maps = random(seed, count, 2, *grid, low=-8, high=8)
    trajectory = Trajectory(maps, constraint, size, confidence=random(seed + 1, *grid))
    return trajectory.reversed(draw(masks())) if flips and draw(st.booleans()) else trajectory


@st.composite
def masks(draw):
    """A hard mask of any resolution."""
    shape = draw(st.tuples(st.integers(1, 9), st.integers(1, 9)))
    return random(draw(seeds), *shape) > 0.5
