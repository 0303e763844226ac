"""What `doctor` looks at: one small function for each part of the machine and the installation.

Every check answers with findings and never raises; how they are shown lives in `doctor`.
"""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from blurstudio import __version__, locations
from blurstudio.cli import faults
from blurstudio.errors import BlurStudioError

if TYPE_CHECKING:
    from collections.abc import Iterator

_REQUIRED = (
    "torch", "numpy", "opencv-python-headless", "Pillow", "tifffile", "imagecodecs", "OpenEXR",
    "imageio", "av", "safetensors", "PySide6-Essentials", "pyqtgraph", "superqt", "typer", "rich",
    "platformdirs",
)  # fmt: skip
_FOR_TRAINING = ("lightning-fabric",)
_FOR_PHOTOS = {"rawpy": "camera RAW", "pillow-heif": "HEIC"}
_ENCODERS = {"libx264": "MP4 video (H.264)"}
_PILLOW_FEATURES = {"webp": "WebP", "avif": "AVIF", "libtiff": "TIFF", "jpg": "JPEG"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    topic, name, value
        Where it belongs, what it is, what was found.
    ok
        False when Blur Studio lacks something that it needs.
    advice
        What to do about it, or what follows from it; may be empty.
    """

    topic: str
    name: str
    value: str
    ok: bool = True
    advice: str = ""


def all_findings() -> Iterator[Finding]:
    """Run every check, the quick ones first."""
    yield from program()
    yield from packages()
    yield from window()  # before torch: the question about the display forks
    yield from codecs()
    yield from device()
    yield from weights()
    yield from folders()


def program() -> Iterator[Finding]:
    """Versions of Blur Studio, Python and the system."""
    yield Finding("Program", "Blur Studio", __version__)
    old = sys.version_info < (3, 11)
    yield Finding(
        "Program",
        "Python",
        platform.python_version(),
        ok=not old,
        advice="Install Python 3.11 or newer." if old else "",
    )
    yield Finding("Program", "System", platform.platform())


def packages() -> Iterator[Finding]:
    """Versions of the packages that Blur Studio is made with."""
    for name in (*_REQUIRED, *_FOR_TRAINING, *_FOR_PHOTOS):
        try:
            yield Finding("Packages", name, metadata.version(name))
        except metadata.PackageNotFoundError:
            required = name in _REQUIRED
            advice = f"Install it: pip install {name}."
            if name in _FOR_PHOTOS:
                advice = f"Needed for {_FOR_PHOTOS[name]} photos only: pip install {name}."
            elif not required:
                advice = "Needed for training only: pip install 'blurstudio[training]'."
            yield Finding("Packages", name, "missing", ok=not required, advice=advice)


def device() -> Iterator[Finding]:
    """Where networks would run, how precisely, and in how much memory."""
    try:
        import torch

        from blurstudio.engine.compute.device import choose_device
        from blurstudio.engine.compute.memory import available_memory

        chosen = choose_device()
    except (ImportError, OSError, BlurStudioError) as error:
        yield Finding(
            "Compute", "PyTorch", f"unusable ({error})", ok=False, advice="Install PyTorch again."
        )
        return
    yield Finding("Compute", "Device", f"{chosen.name} ({chosen.device})")
    yield Finding("Compute", "Precision", str(chosen.dtype).removeprefix("torch."))
    yield Finding("Compute", "Threads", f"{torch.get_num_threads()} of {os.cpu_count()} processors")
    yield Finding("Compute", "Free main memory", _gigabytes(available_memory()))
    yield Finding("Compute", "Working memory of networks", _gigabytes(chosen.memory_bytes))


def codecs() -> Iterator[Finding]:
    """Kinds of photo and video that can be read and written."""
    try:
        import av.codec
    except ImportError as error:
        yield Finding("Codecs", "PyAV", f"unusable ({error})", ok=False, advice=_reinstall("av"))
    else:
        for name, meaning in _ENCODERS.items():
            there = name in av.codec.codecs_available
            advice = "" if there else "Write GIF or WebP instead, or install PyAV's own wheel."
            yield Finding("Codecs", meaning, _there(there), ok=there, advice=advice)
    try:
        from PIL import features
    except ImportError as error:
        yield Finding(
            "Codecs", "Pillow", f"unusable ({error})", ok=False, advice=_reinstall("Pillow")
        )
    else:
        for name, meaning in _PILLOW_FEATURES.items():
            there = bool(features.check(name))
            advice = "" if there else f"{meaning} photos can't be read; install Pillow's own wheel."
            yield Finding("Codecs", meaning, _there(there), ok=there, advice=advice)


def window() -> Iterator[Finding]:
    """Whether the window can be opened, and on which platform of Qt."""
    from blurstudio.app.launch.display import why_no_window

    reason = why_no_window()
    if reason is not None:
        advice = "Photos are worked on without a window, into a folder."
        yield Finding("Window", "Display", f"none: {reason}", advice=advice)
        return
    platform_name = os.environ.get("QT_QPA_PLATFORM") or (
        "wayland" if os.environ.get("WAYLAND_DISPLAY") else "chosen by Qt"
    )
    yield Finding("Window", "Display", f"there is one (Qt platform: {platform_name})")


def weights() -> Iterator[Finding]:
    """Whether the networks are there and undamaged."""
    try:
        from blurstudio.weights import registry
        from blurstudio.weights.cards import TASKS
    except (ImportError, OSError) as error:
        yield Finding("Networks", "Weights", f"unreadable ({error})", ok=False)
        return
    for task in TASKS:
        try:
            card = registry.default_for(task)
            registry.load_network(card)
        except BlurStudioError as error:
            yield Finding("Networks", task, "missing or damaged", ok=False, advice=str(error))
        else:
            yield Finding("Networks", task, f"{card.name}, verified")


def folders() -> Iterator[Finding]:
    """Where resources, weights of one's own, settings and the log of faults are."""
    try:
        yield Finding("Folders", "Resources", str(locations.resource()))
    except BlurStudioError as error:
        yield Finding("Folders", "Resources", "missing", ok=False, advice=str(error))
    yield Finding("Folders", "Your weights", str(locations.user_data_dir() / "weights"))
    yield Finding("Folders", "Settings", str(locations.user_config_dir()))
    yield Finding("Folders", "Log of faults", str(locations.user_cache_dir() / faults.LOG_NAME))


def _gigabytes(count: int) -> str:
    return f"{count / 2**30:.1f} GiB"


def _there(there: bool) -> str:
    return "there" if there else "missing"


def _reinstall(package: str) -> str:
    return f"Install it again: pip install --force-reinstall {package}."
