"""Where a run trains and in which precision, asked of Lightning Fabric once both are checked."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import torch

from blurstudio.engine.compute.device import cpu_computes_bfloat16
from blurstudio.errors import BlurStudioError

if TYPE_CHECKING:
    from lightning_fabric import Fabric


def check_accelerator(name: str) -> None:
    """Refuse a place to train that means nothing or isn't there.

    Parameters
    ----------
    name
        `auto`, `cpu`, `cuda`, `mps`, or `gpu` for either of the last two.

    Raises
    ------
    BlurStudioError
        Saying which.
    """
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    there = {"auto": True, "cpu": True, "cuda": cuda, "mps": mps, "gpu": cuda or mps}
    if name not in there:
        raise BlurStudioError(
            '"{name}" is no accelerator; choose auto, cpu, cuda or mps.', name=name
        )
    if not there[name]:
        raise BlurStudioError(
            'This machine has no accelerator "{name}"; choose auto or cpu.', name=name
        )


def make_fabric(accelerator: str, precision: str) -> Fabric:
    """Launch what brings networks and batches to their place.

    Parameters
    ----------
    accelerator
        A name that `check_accelerator` lets pass.
    precision
        As the recipe has it.
    """
    from lightning_fabric import Fabric

    # It tells the precision of every run, which is in the recipe and in the records already.
    logging.getLogger("lightning_fabric").setLevel(logging.WARNING)
    there = _precision(precision, accelerator)
    fabric = Fabric(accelerator=accelerator, devices=1, precision=there)  # type: ignore[arg-type]
    fabric.launch()
    return fabric


def _precision(wanted: str, accelerator: str) -> str:
    """Return the recipe's precision, or float32 on a processor that only emulates bfloat16."""
    on_cpu = accelerator == "cpu"
    if accelerator == "auto":
        on_cpu = not torch.accelerator.is_available()
    emulated = wanted == "bf16-mixed" and on_cpu and not cpu_computes_bfloat16()
    return "32-true" if emulated else wanted
