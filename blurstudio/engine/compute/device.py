"""Where networks run and in which precision: asked of the machine, or of the person.

Nothing here is decided at import; threads are limited only when the app or command line asks.
"""

from __future__ import annotations

import contextlib
import os
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from blurstudio.engine.compute.memory import memory_budget
from blurstudio.errors import BlurStudioError

if TYPE_CHECKING:
    from collections.abc import Iterator

# What torch, the machine and the environment agreed on.
_USUAL_THREADS = torch.get_num_threads()


@dataclass(frozen=True)
class ComputeDevice:
    """A place to run networks.

    Attributes
    ----------
    device
        As torch names it.
    dtype
        Precision of the networks' inner layers: bfloat16 or float32.
    name
        As people name it.
    memory_bytes
        Working memory that may be used there.
    """

    device: torch.device
    dtype: torch.dtype
    name: str
    memory_bytes: int

    @contextlib.contextmanager
    def inference(self) -> Iterator[None]:
        """Run what is inside without gradients, in this device's precision.

        Both are states of the current thread, so every job enters this for itself.
        """
        mixed = self.dtype is not torch.float32
        with torch.inference_mode(), torch.autocast(self.device.type, self.dtype, enabled=mixed):
            yield


def choose_device(
    preference: str = "auto",
    precision: str = "auto",
    memory_limit: int | None = None,
) -> ComputeDevice:
    """Pick where networks run.

    Parameters
    ----------
    preference
        ``"auto"`` (CUDA, then Apple's GPU, then the CPU) or a torch device name.
    precision
        ``"auto"`` (bfloat16 where the hardware computes in it), ``"bfloat16"`` or ``"float32"``.
    memory_limit
        Bytes of working memory allowed; None asks the device.

    Raises
    ------
    BlurStudioError
        If the device is not there or the name means nothing.
    """
    device = _resolve(preference)
    return ComputeDevice(
        device=device,
        dtype=_precision(device, precision),
        name=_device_name(device),
        memory_bytes=_device_memory(device, memory_limit),
    )


def use_threads(threads: int | None) -> int:
    """Let torch compute with so many threads, for the whole process.

    Parameters
    ----------
    threads
        None for as many as it had at first; more than there are processors only wait for each
        other, so they are not used.

    Returns
    -------
    int
        Threads that torch uses from now on.
    """
    wanted = _USUAL_THREADS if threads is None else max(1, min(threads, _cores()))
    torch.set_num_threads(wanted)
    return wanted


def cpu_computes_bfloat16() -> bool:
    """Whether the processor has instructions for bfloat16; without them it is only slower."""
    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return False
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return _says_yes(torch.ops.mkldnn, "_is_mkldnn_bf16_supported")
    # On x86 oneDNN says yes from AVX-512 on and then emulates; only these two really compute.
    return any(
        _says_yes(torch.cpu, name)
        for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    )


def _says_yes(module: object, name: str) -> bool:
    """Ask one of torch's unofficial queries, which other releases may not have."""
    try:
        return bool(getattr(module, name)())
    except (AttributeError, RuntimeError):
        return False


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _resolve(preference: str) -> torch.device:
    if preference == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    try:
        device = torch.device(preference)
    except RuntimeError as error:
        raise BlurStudioError(
            '"{device}" is no device; choose auto, cpu, cuda or mps.', device=preference
        ) from error
    there = {
        "cpu": True,
        "cuda": torch.cuda.is_available() and (device.index or 0) < torch.cuda.device_count(),
        "mps": torch.backends.mps.is_available(),
    }
    if not there.get(device.type, False):
        raise BlurStudioError(
            'This machine has no device "{device}"; choose auto or cpu.', device=preference
        )
    return device


def _precision(device: torch.device, precision: str) -> torch.dtype:
    named = {"float32": torch.float32, "bfloat16": torch.bfloat16}
    if precision in named:
        return named[precision]
    if precision != "auto":
        raise BlurStudioError(
            '"{precision}" is no precision; choose auto, float32 or bfloat16.', precision=precision
        )
    if device.type == "cuda":
        fast = torch.cuda.is_bf16_supported(including_emulation=False)
    else:
        fast = device.type == "cpu" and cpu_computes_bfloat16()
    return torch.bfloat16 if fast else torch.float32


def _device_name(device: torch.device) -> str:
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type == "mps":
        return "Apple GPU"
    threads = torch.get_num_threads()
    return f"CPU ({threads} thread{'s' if threads > 1 else ''})"


def _device_memory(device: torch.device, limit: int | None) -> int:
    if limit is not None or device.type != "cuda":
        return memory_budget(limit)
    free, _ = torch.cuda.mem_get_info(device)
    return int(free * 0.6)
