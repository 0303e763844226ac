"""The things that are trained: what each compares, measures and shows.

The loop knows none of it; adding a task is adding a class here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

import torch
import torch.nn.functional as F

from blurstudio.exposure.basis import evaluate_maps
from blurstudio.exposure.flow import colour_wheel
from blurstudio.exposure.signfree import encode_sign_free
from blurstudio.networks import MotionPrediction
from blurstudio.networks.constraints import path_maps, path_samples
from blurstudio.training import losses
from blurstudio.training.course_task import SHAKE_HARM, CourseTask
from blurstudio.training.motion_task import MotionTask
from blurstudio.training.reblurring import expose_again, offset_loss
from blurstudio.training.self_supervised import ReblurTask
from blurstudio.training.survey_task import SurveyTask
from blurstudio.training.turns import LABEL_STRIDE
from blurstudio.weights import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from torch import Tensor, nn

    from blurstudio.exposure.basis import Constraint
    from blurstudio.training.batches import Batch
    from blurstudio.training.recipe import LossRecipe, Recipe


class Task(Protocol):
    """What the loop asks of a task; what a batch holds is between it and the feed."""

    def loss(self, network: nn.Module, batch: Any) -> Tensor:  # noqa: ANN401 - the feed's
        """Loss of a batch, one number."""

    def measure(self, network: nn.Module, batches: Iterable[Any]) -> dict[str, float]:
        """Figures on held-out batches, by name."""

    def preview(self, network: nn.Module, batch: Any) -> list[Tensor]:  # noqa: ANN401 - the feed's
        """Rows of pictures `(N, 3, h, w)` in `[0, 1]`."""


class DeblurTask:
    """Blurred picture to sharp frame; a guided network sees its guide as well.

    Parameters
    ----------
    wanted
        Which loss.
    """

    def __init__(self, wanted: LossRecipe) -> None:
        self.wanted = wanted

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Negative PSNR in dB, or the mean squared error."""
        answer = self._restored(network, batch)
        if self.wanted.sharp == "mse":
            return F.mse_loss(answer, batch.sharp)
        return losses.deblur_loss(answer, batch.sharp)

    def measure(self, network: nn.Module, batches: Iterable[Batch]) -> dict[str, float]:
        """PSNR of the blurred picture and of the answer, and the gain, in dB."""
        before, after = [], []
        for batch in batches:
            before.append(losses.psnr(batch.blurred, batch.sharp))
            after.append(losses.psnr(self._restored(network, batch), batch.sharp))
        blurred, sharp = float(torch.cat(before).mean()), float(torch.cat(after).mean())
        return {"psnr_blurred": blurred, "psnr": sharp, "gain": sharp - blurred}

    def preview(self, network: nn.Module, batch: Batch) -> list[Tensor]:
        """Blurred, answer, truth."""
        return [batch.blurred, self._restored(network, batch), batch.sharp]

    def _restored(self, network: nn.Module, batch: Batch) -> Tensor:
        seen = [batch.blurred] if batch.guide is None else [batch.blurred, batch.guide]
        return cast("Tensor", network(*seen)).float()


class OffsetTask:
    """Blurred picture to motion offsets, told by the sharp picture alone: no labels of motion.

    Parameters
    ----------
    wanted
        Weights of the loss, light and border.

    Notes
    -----
    Source: Zhang et al. 2020 (blur creation module, loss).
    """

    def __init__(self, wanted: LossRecipe) -> None:
        self.wanted = wanted

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Unlikeness of the reblur, and roughness and size of the offsets."""
        offsets = self._offsets(network, batch)
        reblurred = expose_again(batch.sharp, offsets, self.wanted)
        return offset_loss(reblurred, batch.blurred, offsets, self.wanted)

    def measure(self, network: nn.Module, batches: Iterable[Batch]) -> dict[str, float]:
        """PSNR in dB of the true sharp picture and of its reblur, the gain, and path lengths.

        `length` is the mean distance in px that the offsets span along x and y together. Where
        labels are known, `path_error_share` is the error of the straight part as a share of no
        motion: a network that gives every picture the same path gains decibels, but stays at 1.
        """
        before, after, lengths, shares = [], [], [], []
        for batch in batches:
            answer = network(batch.blurred).float()
            if batch.valid.any():
                straight = _sign_free(answer, cast("Constraint", network.constraint))
                shares.append(losses.path_error_share(straight, batch.code, batch.valid))
            offsets = self._samples(network, answer)
            before.append(losses.psnr(batch.sharp, batch.blurred))
            reblurred = expose_again(batch.sharp, offsets, self.wanted)
            after.append(losses.psnr(reblurred, batch.blurred))
            span = offsets.amax(1) - offsets.amin(1)
            lengths.append(span.norm(dim=1).mean((1, 2)))
        identity, reblur = float(torch.cat(before).mean()), float(torch.cat(after).mean())
        figures = {
            "psnr_identity": identity,
            "psnr_reblur": reblur,
            "gain": reblur - identity,
            "length": float(torch.cat(lengths).mean()),
        }
        return figures | losses.mean_share(shares)

    def preview(self, network: nn.Module, batch: Batch) -> list[Tensor]:
        """Blurred, reblurred, lengths as grey (white: 40 px), first-to-last vectors as colours."""
        offsets = self._offsets(network, batch)
        reblurred = expose_again(batch.sharp, offsets, self.wanted)
        ends = offsets[:, -1] - offsets[:, 0]
        span = (offsets.amax(1) - offsets.amin(1)).norm(dim=1, keepdim=True)
        wheel = torch.stack([colour_wheel(each, maximum=40.0) for each in ends])
        return [batch.blurred, reblurred, (span / 40).expand(-1, 3, -1, -1), wheel]

    def _offsets(self, network: nn.Module, batch: Batch) -> Tensor:
        return self._samples(network, network(batch.blurred).float())

    def _samples(self, network: nn.Module, answer: Tensor) -> Tensor:
        return path_samples(answer, network.constraint, network.samples)  # type: ignore[arg-type]


def _sign_free(answer: Tensor, constraint: Constraint) -> MotionPrediction:
    """Read an offset network's answer as straight paths on the labels' grid."""
    middles = slice(LABEL_STRIDE // 2, None, LABEL_STRIDE)
    maps = path_maps(answer[..., middles, middles], constraint)
    first, last = evaluate_maps(maps, constraint, maps.new_tensor((-0.5, 0.5))).unbind(1)
    code = encode_sign_free(torch.stack([last - first, torch.zeros_like(first)], 1))
    return MotionPrediction(code, torch.zeros_like(code[:, :1]))


def make_task(recipe: Recipe, prepare: Callable[[nn.Module], nn.Module]) -> Task:
    """Return what a recipe trains.

    Parameters
    ----------
    recipe
        Whose task, loss and helping networks.
    prepare
        Brings a network that is only asked to where and how it is to run.

    Raises
    ------
    WeightsError
        If a helping network is not there.
    """
    if recipe.task == "offsets":
        return OffsetTask(recipe.loss)
    if recipe.task == "reblur":
        frozen = [_frozen(name) if name else None for name in (recipe.start_from, recipe.deblurrer)]
        start, deblurrer = (None if each is None else prepare(each) for each in frozen)
        assert start is not None
        return ReblurTask(recipe.loss, start, deblurrer)
    if recipe.task == "refine":
        return SurveyTask()
    if recipe.task == "keep":
        return CourseTask()
    if recipe.task == "shake":
        return CourseTask(SHAKE_HARM)
    if recipe.task == "deblur":
        return DeblurTask(recipe.loss)
    return MotionTask(spreads=recipe.shows_half)


def _frozen(name: str) -> nn.Module:
    return registry.load_network(registry.find(name), torch.device("cpu"), torch.float32)
