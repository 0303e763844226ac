"""Under which circumstances figures were measured: all that is needed to measure them again.

Machines are described in words; what was measured is not known here.
"""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from blurstudio.engine.compute.device import ComputeDevice
    from blurstudio.weights.registry import ModelCard


@dataclass(frozen=True)
class Circumstances:
    """What a section of the results page states besides its figures.

    Parameters
    ----------
    command
        That measures them again.
    data
        What they were measured on.
    seed
        What chance was fixed by, in words.
    models
        One description for each network.
    machine
        In words.
    date
        ISO date.
    """

    command: str
    data: str
    seed: str
    models: tuple[str, ...]
    machine: str
    date: str

    def lines(self) -> list[str]:
        """Write them down as a Markdown list."""
        return [
            f"- Command: `{self.command}`",
            f"- Date: {self.date}",
            f"- Data: {self.data}",
            f"- Seed: {self.seed}",
            *(f"- Network: {model}" for model in self.models),
            f"- Machine: {self.machine}",
        ]


def today() -> str:
    """Date of today, ISO."""
    return date.today().isoformat()


def describe_model(card: ModelCard) -> str:
    """Name a network so that nobody can mistake it for another."""
    made = f", trained for {card.steps} steps on {card.hardware}" if card.hardware else ""
    return f"`{card.name}` for {card.task}{made}; sha256 `{card.sha256}`"


def describe_machine(compute: ComputeDevice | None = None) -> str:
    """Describe this machine, the versions that matter, and how networks run on it.

    Parameters
    ----------
    compute
        Where they run; by default only the processor is described.
    """
    parts = [f"{os.cpu_count()} processor cores ({_processor()})"]
    if (memory := _memory()) is not None:
        parts[0] += f", {memory / 2**30:.0f} GiB of memory"
    parts.append(
        f"{platform.system()}, Python {platform.python_version()}, torch {torch.__version__}"
    )
    if compute is not None:
        precision = str(compute.dtype).removeprefix("torch.")
        where = compute.name if compute.device.type != "cpu" else "the processor"
        threads = torch.get_num_threads()
        many = "" if threads == 1 else "s"
        parts.append(f"networks in {precision} on {where}, {threads} thread{many}")
    return "; ".join(parts)


def _processor() -> str:
    """Name of the processor as the system gives it."""
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text(encoding="utf-8", errors="replace").splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()


def _memory() -> int | None:
    """Bytes of the machine's memory, where the system says."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None
