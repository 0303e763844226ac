"""Untrained networks of the smallest size, for benchmarks that run on the real engine."""

from __future__ import annotations

import pytest

from blurstudio.engine.options import AnalysisOptions
from tests.tiny_networks import save_tiny_networks


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory):
    """Choose two of them, saved as models are."""
    made = save_tiny_networks(tmp_path_factory.mktemp("models"))
    return AnalysisOptions(device="cpu", motion_model=made["motion"], deblur_model=made["deblur"])
