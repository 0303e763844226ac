"""The papers' networks and their building blocks: plain modules that know no files, no devices.

`build` makes one by the name of its architecture, as model cards and recipes give it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blurstudio.networks.bent import BentDeblurNet
from blurstudio.networks.deblur import DeblurNet
from blurstudio.networks.keeping import KeepingNet
from blurstudio.networks.motion import MotionNet, MotionPrediction, confidence
from blurstudio.networks.offsets import OffsetNet
from blurstudio.networks.spread import SpreadNet
from blurstudio.networks.survey import SurveyNet

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import nn

ARCHITECTURES: dict[str, Callable[..., nn.Module]] = {
    "deblur-bent": BentDeblurNet,
    "deblur-unet": DeblurNet,
    "keeping": KeepingNet,
    "motion-spectral": MotionNet,
    "offsets": OffsetNet,
    "survey": SurveyNet,
}

__all__ = [
    "ARCHITECTURES",
    "BentDeblurNet",
    "DeblurNet",
    "KeepingNet",
    "MotionNet",
    "MotionPrediction",
    "OffsetNet",
    "SpreadNet",
    "SurveyNet",
    "build",
    "confidence",
]


def build(architecture: str, **config: Any) -> nn.Module:  # noqa: ANN401 - a card's own values
    """Make a network by name.

    Parameters
    ----------
    architecture
        A key of `ARCHITECTURES`.
    **config
        Arguments of that architecture's constructor.

    Raises
    ------
    ValueError
        If no such architecture exists.
    """
    if architecture not in ARCHITECTURES:
        known = ", ".join(sorted(ARCHITECTURES))
        raise ValueError(f"unknown architecture {architecture!r}; known are {known}")
    return ARCHITECTURES[architecture](**config)
