"""The networks of an analysis: which ones, loaded once and kept for the next photo.

Files and hashes are `weights.registry`'s; here is only what the engine adds: a memory.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

import torch

from blurstudio.errors import WeightsError
from blurstudio.weights import registry

if TYPE_CHECKING:
    from torch import nn

    from blurstudio.engine.options import AnalysisOptions
    from blurstudio.weights.registry import ModelCard

_KEPT = 5
_LOCK = threading.Lock()
_NETWORKS: OrderedDict[tuple[str, str, str], nn.Module] = OrderedDict()


def choose_model(task: str, name: str | None) -> ModelCard:
    """Card of the model that was named for a task, or of the default one.

    Raises
    ------
    WeightsError
        If there is no such model, or it is for another task.
    """
    if name is None:
        return registry.default_for(task)
    card = registry.find(name)
    if card.task != task:
        raise WeightsError(
            'The model {model} does the task "{its_task}", not "{task}"; choose one that does.',
            model=card.name,
            its_task=card.task,
            task=task,
        )
    return card


def chosen_models(options: AnalysisOptions) -> dict[str, ModelCard]:
    """Cards of the networks that an analysis asks, by task.

    Motion and deblur always; shake, refine and keep if they are wanted.

    Raises
    ------
    WeightsError
        As `choose_model` does.
    """
    cards = {
        "motion": choose_model("motion", options.motion_model),
        "deblur": choose_model("deblur", options.deblur_model),
    }
    if options.refine != "off":
        cards["shake"] = choose_model("shake", None)
    if options.refine in ("path", "both"):
        cards["refine"] = choose_model("refine", None)
    if options.refine == "both":
        cards["keep"] = choose_model("keep", None)
    return cards


def loaded_network(card: ModelCard, device: torch.device) -> nn.Module:
    """Network of a card on a device, in float32 and channels-last, from memory if it is there.

    Raises
    ------
    WeightsError
        As `registry.load_network` does.
    """
    key = (str(card.weights), card.sha256, str(device))
    with _LOCK:
        network = _NETWORKS.pop(key, None)
        if network is None:
            network = registry.load_network(card, device)
            # Convolutions on CPUs and on recent GPUs run twice as fast in this order.
            network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        _NETWORKS[key] = network
        while len(_NETWORKS) > _KEPT:
            _NETWORKS.popitem(last=False)
    return network
