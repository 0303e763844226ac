"""A motion network that goes on learning without labels: its paths have to explain the photo.

A sharp picture is exposed again along the network's paths and compared with the photo. Where no
true one is at hand, a frozen deblurring network makes it; no motion at all would then explain any
photo, so lengths and confidence are held to what the network said at the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import torch

from blurstudio.exposure.basis import Constraint, evaluate_maps, times
from blurstudio.exposure.flow import colour_wheel
from blurstudio.exposure.light import clip, linear_to_srgb, srgb_to_linear
from blurstudio.exposure.reblur import reblur
from blurstudio.exposure.resample import resample
from blurstudio.exposure.signfree import decode_sign_free
from blurstudio.networks import MotionPrediction, confidence
from blurstudio.training import losses
from blurstudio.training.similarity import ms_ssim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import Tensor, nn

    from blurstudio.exposure.warp import Border
    from blurstudio.training.batches import Batch
    from blurstudio.training.recipe import LossRecipe

_MOMENTS = 17
_SHORT = 2.0
"""Px below which a change of length counts by itself rather than as a share of the length."""


class _Exposed(NamedTuple):
    """What a network's paths make of a batch."""

    answer: MotionPrediction
    sharp: Tensor
    reblurred: Tensor


class ReblurTask:
    """Blurred picture to sign-free path, told by the reblur alone.

    Parameters
    ----------
    wanted
        Light, border and weights; `magnitude` is not used, `anchor` is.
    start
        The motion network as it was at the start, frozen.
    deblurrer
        A frozen deblurring network; None exposes the true sharp pictures again.

    Notes
    -----
    Source: Zhang et al. 2020 (loss); holding on to the lengths is ours. A guided deblurring
    network is told the path that the motion network has just found, but no gradient goes there:
    the picture could otherwise make up for a wrong path.
    """

    def __init__(self, wanted: LossRecipe, start: nn.Module, deblurrer: nn.Module | None) -> None:
        self.wanted, self.start, self.deblurrer = wanted, start, deblurrer

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Unlikeness of the reblur, roughness of the paths, and distance from the start."""
        done, wanted = self._exposed(network, batch), self.wanted
        total = wanted.mse * _least_error(done.reblurred, batch.blurred).mean()
        if wanted.structure:
            nearest = _nearest(done.reblurred, batch.blurred)
            total = total + wanted.structure * (1 - ms_ssim(nearest, batch.blurred).mean())
        code = done.answer.code
        rough = code.diff(dim=-1).abs().mean() + code.diff(dim=-2).abs().mean()
        total = total + wanted.smoothness * rough
        return total + wanted.anchor * self._distance(done.answer, batch)

    def measure(self, network: nn.Module, batches: Iterable[Batch]) -> dict[str, float]:
        """PSNR in dB of the sharp picture as it is and of its reblur; length against the start.

        `length_kept` is the mean length over that of the start network: a gain in PSNR is worth
        nothing where it falls. Where labels are known, `path_error_share` tells whether paths that
        explain better are also truer.
        """
        before, after, shares, lengths = [], [], [], []
        for batch in batches:
            done = self._exposed(network, batch)
            before.append(losses.psnr(done.sharp, batch.blurred))
            after.append(losses.psnr(_nearest(done.reblurred, batch.blurred), batch.blurred))
            if batch.valid.any():
                shares.append(losses.path_error_share(done.answer, batch.code, batch.valid))
            own, first = (_length(a).mean() for a in (done.answer, self._start(batch)))
            lengths.append(torch.stack([own, first]))
        identity, explained = float(torch.cat(before).mean()), float(torch.cat(after).mean())
        own, first = torch.stack(lengths).mean(0).tolist()
        figures = {
            "psnr_identity": identity,
            "psnr_reblur": explained,
            "gain": explained - identity,
            "length_kept": own / max(first, 1e-6),
        }
        return figures | losses.mean_share(shares)

    def preview(self, network: nn.Module, batch: Batch) -> list[Tensor]:
        """Blurred, sharp, reblurred, and double angles as colours: now and at the start."""
        done = self._exposed(network, batch)
        rows = [batch.blurred, done.sharp, _nearest(done.reblurred, batch.blurred)]
        size = (batch.blurred.shape[-2], batch.blurred.shape[-1])
        for code in (done.answer.code, self._start(batch).code):
            wheels = [colour_wheel(each[:2].float(), maximum=40.0) for each in code]
            rows.append(resample(torch.stack(wheels), size))
        return rows

    def _exposed(self, network: nn.Module, batch: Batch) -> _Exposed:
        answer = _in_float32(network(batch.blurred))
        sharp = batch.sharp
        if self.deblurrer is not None:
            seen = [batch.blurred]
            if self.deblurrer.guided:
                told = torch.cat([answer.code, confidence(answer)], 1)
                seen.append(told.detach())
            with torch.no_grad():
                sharp = self.deblurrer(*seen).float().clamp(0, 1)
        size = (batch.blurred.shape[-2], batch.blurred.shape[-1])
        # The code is interpolated, not the path: neighbours that run opposite ways would cancel.
        maps = decode_sign_free(resample(answer.code, size))
        moments = times(_MOMENTS, maps.device)
        offsets = evaluate_maps(maps, Constraint.QUADRATIC, moments)
        border = cast("Border", self.wanted.border)
        lights = []
        if self.wanted.light != "linear":
            lights.append(reblur(sharp, offsets, border=border))
        if self.wanted.light != "display":
            mean = reblur(srgb_to_linear(sharp), offsets, border=border)
            lights.append(linear_to_srgb(clip(mean)))
        return _Exposed(answer, sharp, torch.stack(lights))

    def _start(self, batch: Batch) -> MotionPrediction:
        with torch.no_grad():
            return _in_float32(self.start(batch.blurred))

    def _distance(self, answer: MotionPrediction, batch: Batch) -> Tensor:
        """Change of lengths as a share, and of the expected error's logarithm."""
        first = self._start(batch)
        own, held = _length(answer), _length(first)
        change = ((own - held).abs() / (held + _SHORT)).mean()
        return change + (answer.log_scale - first.log_scale).abs().mean()


def _length(answer: MotionPrediction) -> Tensor:
    return (answer.code[:, :2].square().sum(1) + 1e-6).sqrt()


def _least_error(reblurred: Tensor, blurred: Tensor) -> Tensor:
    """Squared error `(N,)` in whichever light `(L, N, 3, H, W)` explains a picture better."""
    return (reblurred - blurred).square().mean((2, 3, 4)).amin(0)


def _nearest(reblurred: Tensor, blurred: Tensor) -> Tensor:
    """Reblur `(N, 3, H, W)` of each picture in the light that explains it better."""
    best = (reblurred - blurred).square().mean((2, 3, 4)).argmin(0)
    return torch.stack([reblurred[light, n] for n, light in enumerate(best.tolist())])


def _in_float32(said: MotionPrediction) -> MotionPrediction:
    """Widen what is said of a picture alone."""
    return MotionPrediction(said.code.float(), said.log_scale.float())
