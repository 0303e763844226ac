"""What a refining network is asked for: what brings paths nearer to the true ones.

A true path read backwards is as good: no photo tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from blurstudio.exposure.basis import times
from blurstudio.exposure.confidence import STILL, confidence_for, doubted, expected_error_share
from blurstudio.exposure.flow import colour_wheel
from blurstudio.exposure.refining.path_change import straight_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import Tensor, nn

    from blurstudio.training.survey_batches import SurveyBatch

_EVERY = 4
"""One label in so many along each side is learned from: paths vary slowly."""

_MOMENTS = 5
_BEND = 0.3
"""What a bend's error counts besides its share of the paths'."""

_SHORT = 2.0
"""Px that are added to an exposure's mean distance: short paths then don't count for most."""

_SMOOTH = 1e-4

_LEAST = 1e-3

_EXACT = 0.05
"""Px of an error that counts as none: labels are no better."""

_WORST = 1.5
"""Share of no motion's error beyond which an error counts for no more."""


class SurveyTask:
    """Survey to paths."""

    def loss(self, network: nn.Module, batch: SurveyBatch) -> Tensor:
        """Distance of the paths, each exposure's set against no motion's, and of the bends."""
        some = slice(1, None, _EVERY)
        true, valid = batch.true[..., some, some], batch.valid[..., some, some]
        maps, share = _answer(network, batch, batch.maps[..., some, some])
        error, motion = path_distances(maps, true)
        amount = valid.sum((1, 2), keepdim=True).clamp(min=1)
        weight = valid / ((motion * valid).sum((1, 2), keepdim=True) / amount + _SHORT)
        bend = ((maps[:, 1] - true[:, 1]).square().sum(1) + _SMOOTH).sqrt()
        bent = bend - true[:, 1].norm(dim=1)
        # The deviance of shares that scatter as widely as they are large: right in the mean, and
        # as keen on small ones as on large ones.
        found = ((error.detach() + _EXACT) / (motion + STILL)).clamp(max=_WORST)
        doubt = (share.log() + found / share) * (motion + STILL)
        return ((error + _BEND * bent + doubt) * weight).sum() / valid.sum().clamp(min=1)

    def measure(self, network: nn.Module, batches: Iterable[SurveyBatch]) -> dict[str, float]:
        """Path error as a share of no motion, before and after, and of the surer half after."""
        columns = []
        for batch in batches:
            given, motion = path_distances(batch.maps, batch.true)
            maps, share = _answer(network, batch, batch.maps)
            bent, _ = path_distances(maps, batch.true)
            all_four = torch.stack([share, given, bent, motion], -1)
            columns.append(all_four[batch.valid > 0].cpu())
        found = torch.cat(columns)
        surer = found[found[:, 0].argsort()[: len(found) // 2]]
        _, before, after, still = found.sum(0, dtype=torch.float64).tolist()
        _, _, sure, moved = surer.sum(0, dtype=torch.float64).tolist()
        still, moved = max(still, _LEAST), max(moved, _LEAST)
        return {
            "path_error_before": before / still,
            "path_error": after / still,
            "path_error_surer_half": sure / moved,
        }

    def preview(self, network: nn.Module, batch: SurveyBatch) -> list[Tensor]:
        """Blurred; bends before, after and true as colours."""
        changed, _ = _answer(network, batch, batch.maps)
        size = batch.blurred.shape[-2:]
        rows = [
            torch.stack([colour_wheel(bend, maximum=20.0) for bend in maps[:, 1]])
            for maps in (batch.maps, changed, batch.true)
        ]
        return [batch.blurred / 255, *(F.interpolate(row, size) for row in rows)]


def path_distances(maps: Tensor, true: Tensor) -> tuple[Tensor, Tensor]:
    """Mean distance of quadratic paths (N, 2, 2, h, w), and of no motion, (N, h, w) px each."""
    (a, b), (true_a, true_b) = maps.unbind(1), true.unbind(1)
    forward = backward = still = torch.zeros_like(a[:, 0])
    for moment in times(_MOMENTS).tolist():
        path, odd, even = a * moment + b * moment**2, true_a * moment, true_b * moment**2
        forward = forward + _length(path - even - odd)
        backward = backward + _length(path - even + odd)
        still = still + (odd + even).norm(dim=1)
    return torch.minimum(forward, backward) / _MOMENTS, still / _MOMENTS


def _length(vector: Tensor) -> Tensor:
    return (vector.square().sum(1) + _SMOOTH).sqrt()


def _answer(network: nn.Module, batch: SurveyBatch, maps: Tensor) -> tuple[Tensor, Tensor]:
    """Paths as they are said to be, and the share of no motion's error `(N, h, w)` to expect."""
    grid = (maps.shape[-2], maps.shape[-1])
    said = network(batch.evidence, batch.straight, batch.about)
    given, about = batch.straight[:, 0], batch.about[:, 0]
    straight = straight_field(maps[:, 0], given, said.straight.float())
    bends = F.interpolate(said.bends.float(), grid, mode="bilinear")
    length = given.norm(dim=1, keepdim=True)
    sure = doubted(confidence_for(length, about[:, :1]), said.doubt.float())
    share = F.interpolate(expected_error_share(sure), grid, mode="bilinear")[:, 0]
    return torch.stack([straight, bends], 1), share.clamp(min=_LEAST)
