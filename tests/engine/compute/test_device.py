"""Choosing a device, its precision and its memory; threads left to others."""

from __future__ import annotations

import pytest
import torch

from blurstudio.engine.compute import device as device_module
from blurstudio.engine.compute import memory
from blurstudio.engine.compute.device import (
    choose_device,
    cpu_computes_bfloat16,
    use_threads,
)
from blurstudio.errors import BlurStudioError


def test_the_cpu_is_always_there_with_a_name_and_memory():
    chosen = choose_device("cpu")
    assert chosen.device.type == "cpu"
    assert chosen.name.startswith("CPU")
    assert chosen.memory_bytes > 0


def test_auto_precision_on_the_cpu_follows_the_processor(monkeypatch):
    monkeypatch.setattr(device_module, "cpu_computes_bfloat16", lambda: True)
    assert choose_device("cpu").dtype is torch.bfloat16
    monkeypatch.setattr(device_module, "cpu_computes_bfloat16", lambda: False)
    assert choose_device("cpu").dtype is torch.float32
    assert isinstance(cpu_computes_bfloat16(), bool)


def test_a_chosen_precision_holds_inside_inference_only():
    layer = torch.nn.Linear(2, 2)
    chosen = choose_device("cpu", "bfloat16")
    with chosen.inference():
        inside = layer(torch.ones(1, 2))
    assert inside.dtype is torch.bfloat16
    assert inside.is_inference()
    with choose_device("cpu", "float32").inference():
        assert layer(torch.ones(1, 2)).dtype is torch.float32
    assert layer(torch.ones(1, 2)).requires_grad


@pytest.mark.parametrize("name", ["cuda:99", "toaster", "meta"])
def test_a_device_that_is_not_there_gets_a_sentence(name):
    with pytest.raises(BlurStudioError, match=r"choose auto"):
        choose_device(name)


def test_an_unknown_precision_gets_a_sentence():
    with pytest.raises(BlurStudioError, match="choose auto, float32 or bfloat16"):
        choose_device("cpu", "float7")


def test_a_memory_limit_wins_over_what_the_machine_has():
    assert choose_device("cpu", memory_limit=12345).memory_bytes == 12345


def test_the_budget_is_a_share_of_what_is_free(monkeypatch):
    monkeypatch.setattr(memory, "available_memory", lambda: 1000)
    assert memory.memory_budget() == 400
    monkeypatch.setattr(memory, "available_memory", lambda: 2**50)
    assert memory.memory_budget() < 2 * 2**30


def test_a_container_may_have_less_than_its_machine(monkeypatch, tmp_path):
    (tmp_path / "memory.max").write_text("5000\n")
    (tmp_path / "memory.current").write_text("2000\n")
    monkeypatch.setattr(memory, "_CGROUP", tmp_path)
    assert memory.available_memory() == 3000
    (tmp_path / "memory.max").write_text("max\n")
    assert memory.available_memory() > 3000


def test_a_person_may_choose_the_threads_and_take_that_back(monkeypatch):
    monkeypatch.setattr(device_module, "_cores", lambda: 4)
    monkeypatch.setattr(device_module, "_USUAL_THREADS", 2)
    before = torch.get_num_threads()
    try:
        assert use_threads(3) == torch.get_num_threads() == 3
        assert use_threads(64) == 4, "more than there are processors only wait for each other"
        assert use_threads(None) == torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
