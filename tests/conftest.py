"""What every test stands on: no window on the screen, no trace in the person's own folders."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Test pictures are tiny: more threads only wait for each other. Before anything imports torch.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# No deadline: tests assert what is done, not how fast a busy machine does it.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _own_user_folders(tmp_path_factory, monkeypatch):
    """Give every test its own data, settings and cache folders."""
    home = tmp_path_factory.mktemp("user")
    for kind in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    monkeypatch.delenv("BLURSTUDIO_DATA", raising=False)


@pytest.fixture
def another_process():
    """Return the number of another process, which is at work."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process.pid
        process.communicate(b"\n")
