"""The speed benchmark runs on the real engine and writes ratios before seconds."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch

from benchmarks import photos, speed
from benchmarks.nafnet import NAFNet
from benchmarks.report import Times, speed_section
from benchmarks.window import WindowUp, measure_window
from blurstudio.errors import BlurStudioError
from blurstudio.evaluation.pipeline import engine_pipeline

SMALL = speed.Sizes(picture=(64, 96), photo=(48, 64), repeats=1)
TIMES = Times(
    paths=0.2, sharp=0.7, nafnet=4.5, nafnet_float32=6.0, frame=0.0042, precision="bfloat16"
)


@pytest.fixture
def section(tiny_models):
    pipeline = engine_pipeline(tiny_models)
    return speed_section(
        TIMES, 3 << 30, WindowUp(0.61, ()), 7.25, pipeline, what="made-up pictures"
    )


def test_every_contestant_is_timed_on_the_real_engine(tiny_models):
    told = []
    times = speed.measure_times(
        engine_pipeline(tiny_models),
        SMALL,
        lambda fraction, text: told.append(text),
        NAFNet(width=4, encoder=(1,), decoder=(1,)),
    )
    assert min(times.paths, times.sharp, times.nafnet, times.nafnet_float32, times.frame) > 0
    assert times.ours == times.paths + times.sharp
    assert times.precision in ("bfloat16", "float32")
    assert {"paths", "sharp picture", "NAFNet-32"} <= set(told)


def test_a_refinement_is_timed_on_the_real_engine(tiny_models):
    assert speed.measure_refinement(tiny_models, SMALL) > 0


def test_the_networks_time_is_a_share_of_nafnets(section):
    ratio, ratio_float32, *_ = section.figures
    assert ratio.reached == "0.20 times"
    assert ratio.verdict == "reached"
    assert ratio_float32.reached == "0.15 times"


def test_every_target_of_speed_and_memory_is_judged(section):
    assert [(figure.reached, figure.verdict) for figure in section.figures[2:]] == [
        ("4.2 ms", "reached"),
        ("7.2 s", "reached"),
        ("3.00 GiB", "reached"),
        ("0.61 s", "reached"),
    ]


def test_the_table_shows_ratios_before_seconds(section):
    assert "| Ours: sharp picture and paths | 0.20 | 0.15 | 0.90 |" in section.body
    assert "torch had not been imported by then." in section.body


def test_a_torch_that_came_before_the_window_is_told(tiny_models):
    pipeline = engine_pipeline(tiny_models)
    early = speed_section(
        TIMES, 5 << 30, WindowUp(2.0, ("torch",)), 21.0, pipeline, what="pictures"
    )
    assert "torch had been imported" in early.body
    assert {figure.verdict for figure in early.figures[3:]} == {"not reached"}


def test_the_section_states_how_to_measure_it_again(section):
    text = section.markdown()
    assert "`python -m benchmarks.speed -o docs/results.md`" in text
    assert "tiny-motion" in text
    assert f"torch {torch.__version__}" in text


def test_a_program_that_did_not_finish_has_no_peak(tmp_path, monkeypatch):
    failed = SimpleNamespace(exit_code=1, memory=1)
    monkeypatch.setattr(speed, "peak_memory", lambda command: failed)
    with pytest.raises(BlurStudioError, match="exit code 1"):
        speed.measure_memory(SMALL, tmp_path)


def test_the_window_is_seen_painted_before_torch_is_there(tmp_path):
    photo = photos.write_photo(tmp_path / "photo.jpg", 48, 64)
    up = measure_window(photo, tmp_path / "home", 1, lambda fraction, text: None)
    assert up.seconds > 0
    assert up.loaded == ()
