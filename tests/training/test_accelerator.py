"""What Lightning Fabric is asked for, and what it may say."""

from __future__ import annotations

import logging

import lightning_fabric  # noqa: F401 - it sets its own level when it is first imported
import pytest

from blurstudio.training import accelerator


class Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@pytest.fixture
def said():
    """What Lightning Fabric says, which speaks up as after its first import."""
    logger, kept = logging.getLogger("lightning_fabric"), Kept()
    before = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(kept)
    yield kept.said
    logger.removeHandler(kept)
    logger.setLevel(before)


@pytest.mark.parametrize(
    ("computes", "precision"), [(True, "bf16-mixed"), (False, "32-true")], ids=["has", "emulates"]
)
def test_bfloat16_is_used_where_the_processor_has_it_without_a_word_of_lightning(
    monkeypatch, said, computes, precision
):
    monkeypatch.setattr(accelerator, "cpu_computes_bfloat16", lambda: computes)
    fabric = accelerator.make_fabric("cpu", "bf16-mixed")
    assert fabric._precision.precision == precision
    assert not said
