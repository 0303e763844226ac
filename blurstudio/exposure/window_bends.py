"""How paths bend, read from windows of a blurred picture without a network and without a sharp one.

A network reads direction and length of a path from power spectra, which are the same for a bend
and its mirror image. What tells them apart is that only the true kernel leaves a window with
few edges. Here a window's path is varied until that is so; `bending` brings bends to trajectories.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from blurstudio.exposure.basis import times, trapezoid_weights
from blurstudio.exposure.kernels import splat_paths
from blurstudio.exposure.sparse_latent import (
    EDGE_WEIGHT,
    Windows,
    correlated,
    differences,
    sparse_latent,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_RATIO = math.sqrt(0.5)
_COARSEST, _FINEST = 6.0, 20.0
"""Px of the longest path at the coarsest and at the finest size that is worked at."""

_ROUNDS, _STEPS, _RATE = 3, 15, 0.25
_ANCHOR, _BEND_ANCHOR = 0.03, 0.006
"""What a change of the straight part by its expected error costs, and a bend as long as the path,
as shares of the window's gradient energy."""

_LEAST_LENGTH = 2.0

_BENDS = (-0.8, 0.0, 0.8)
"""Bends that are tried first, as shares of the path: to the side and along it."""

_MOMENTS = 33
_SPARE = 8


def window_bends(
    grey: Tensor,
    straight: Tensor,
    expected: Tensor,
    on_step: Callable[[float], None] | None = None,
) -> tuple[Tensor, Tensor]:
    """Vary the path of each window until it has few edges before the blur.

    Parameters
    ----------
    grey : Tensor
        (N, h, w), encoded, [0, 1]; each window is taken to have moved as one.
    straight : Tensor
        (N, 2), a of u = a t + b t^2 to begin with, px.
    expected : Tensor
        (N,), its expected error, px.
    on_step : callable, optional
        Called with the fraction done. What it raises ends the work.

    Returns
    -------
    a, b : Tensor
        (N, 2) each, px.
    """
    lengths = straight.norm(dim=1)
    longest = max(float(lengths.max()), 1.0)
    finest = max(0, math.ceil(math.log(_FINEST / longest, _RATIO)))
    coarsest = max(finest, math.floor(math.log(_COARSEST / longest, _RATIO)))
    levels = range(coarsest, finest - 1, -1)
    guesses = _guesses(straight)
    weight = EDGE_WEIGHT
    for number, level in enumerate(levels):
        scale = _RATIO**level
        size = [max(1, round(side * scale)) for side in grey.shape[-2:]]
        part = grey
        if level:
            part = F.interpolate(grey[:, None], size, mode="bilinear", antialias=True)[:, 0]
        problem = _Problem(part, 0.9 * longest * scale + _SPARE, straight * scale, expected * scale)
        for turn in range(_ROUNDS):
            guesses, cost = problem.improved(guesses * scale, weight)
            guesses = guesses / scale
            weight = max(weight / 1.1, 1e-4)
            if on_step is not None:
                on_step((number + (turn + 1) / _ROUNDS) / len(levels))
        left = max(1, guesses.shape[1] // 2) if level > finest else 1
        best = cost.argsort(dim=1)[:, :left, None, None]
        guesses = guesses.gather(1, best.expand(-1, -1, 2, 2))
    return guesses[:, 0, 0], guesses[:, 0, 1]


def _guesses(straight: Tensor) -> Tensor:
    """Bends to begin with, (N, M, 2, 2): a and b."""
    aside = torch.stack([-straight[:, 1], straight[:, 0]], dim=1)
    guesses = [
        torch.stack([straight, side * aside + along * straight], dim=1)
        for side in _BENDS
        for along in _BENDS
    ]
    return torch.stack(guesses, dim=1)


class _Problem:
    """Windows at one size, and how well guessed paths explain them."""

    def __init__(self, grey: Tensor, reach: float, straight: Tensor, expected: Tensor) -> None:
        self._reach = min(math.ceil(reach), min(grey.shape[-2:]) - 1)
        self._windows = Windows(grey, self._reach)
        self._straight, self._expected = straight, expected[:, None, None]
        self._length = straight.norm(dim=1)[:, None, None] + _LEAST_LENGTH
        self._faded = self._windows.faded()
        gradients = torch.stack(differences(self._windows.periodic), dim=1) * self._faded
        self._energy = gradients.square().sum((1, 2, 3)).clamp(min=1e-9)
        self._blurred = torch.fft.rfft2(gradients)
        moments = times(_MOMENTS).to(grey)
        self._powers = torch.stack([moments, moments.square() - 1 / 12], dim=1)
        self._shares = trapezoid_weights(_MOMENTS).to(grey)

    def improved(self, guesses: Tensor, weight: float) -> tuple[Tensor, Tensor]:
        """Take sharp windows for guesses (N, M, 2, 2), then guesses for them; and their cost."""
        kernels = self._kernels(guesses)
        latent = sparse_latent(self._windows, kernels, weight)
        gradients = torch.stack(differences(latent), dim=2) * self._faded
        sharp = torch.fft.rfft2(gradients)
        size, reach = self._windows.size, self._reach
        own = _smoothed(correlated(sharp, sharp, size, 2 * reach))
        both = _smoothed(correlated(sharp, self._blurred[:, None], size, reach))
        guesses = guesses.detach().clone().requires_grad_(True)
        optimiser = torch.optim.Adam([guesses], lr=_RATE, betas=(0.9, 0.95))
        for _ in range(_STEPS):
            optimiser.zero_grad()
            cost = self._cost(guesses, own, both)
            cost.sum().backward()  # type: ignore[no-untyped-call]
            optimiser.step()
        return guesses.detach(), cost.detach()

    def _cost(self, guesses: Tensor, own: Tensor, both: Tensor) -> Tensor:
        """Squared error of the gradients but for a constant, and the anchors, (N, M)."""
        paths = self._paths(guesses)
        # |k * S - B|^2 asks the correlations of S at every pair of places of the path only.
        apart = (paths[..., :, None, :] - paths[..., None, :, :]).flatten(-3, -2)
        shares = self._shares[:, None] * self._shares
        within = (_sampled(own, apart) * shares.flatten()).sum(-1)
        across = (_sampled(both, paths) * self._shares).sum(-1)
        a, b = guesses.unbind(2)
        held = _ANCHOR * ((a - self._straight[:, None]) / self._expected).square().sum(-1)
        bent = _BEND_ANCHOR * (b / self._length).square().sum(-1)
        return (within - 2 * across) / self._energy[:, None] + held + bent

    def _paths(self, guesses: Tensor) -> Tensor:
        """Content's way (N, M, T, 2) about its own middle: where it lies, windows can't tell."""
        return -(self._powers @ guesses)

    def _kernels(self, guesses: Tensor) -> Tensor:
        paths = self._paths(guesses).flatten(0, 1)
        side = 2 * self._reach + 1
        return splat_paths(paths, side).view(*guesses.shape[:2], side, side)


def _smoothed(correlation: Tensor) -> Tensor:
    """Binomial means over 3 x 3 shifts: a descent needs slopes that reach a px."""
    row = correlation.new_tensor([0.25, 0.5, 0.25])
    kernel = (row[:, None] * row)[None, None]
    flat = correlation.reshape(-1, 1, *correlation.shape[-2:])
    return F.conv2d(flat, kernel, padding=1).view(correlation.shape)


def _sampled(table: Tensor, places: Tensor) -> Tensor:
    """Values of (N, M, s, s), whose middle is no shift, at (N, M, P, 2) px, as (N, M, P)."""
    half = table.shape[-1] // 2
    grid = (places / half).flatten(0, 1)[:, :, None]
    flat = table.reshape(-1, 1, *table.shape[-2:])
    return F.grid_sample(flat, grid, align_corners=True)[:, 0, :, 0].view(places.shape[:-1])
