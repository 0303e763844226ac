"""An analysis: lazy, kept, stoppable, honest; on photos of every kind and size."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace

import numpy as np
import pytest
import torch

from blurstudio.engine import making
from blurstudio.engine.analysis import Analysis, AnalysisOptions, analyze, frame_times
from blurstudio.engine.lanes.jobs import CancelToken
from blurstudio.errors import (
    BlurStudioError,
    Cancelled,
    ExportError,
    MemoryBudgetError,
    WeightsError,
)
from blurstudio.exposure.basis import Constraint
from blurstudio.exposure.report import ReblurReport
from blurstudio.exposure.trajectory import Trajectory
from blurstudio.media.colour import linear_profile
from blurstudio.media.stills import write_still
from tests.engine.conftest import photo_of, waves


@pytest.fixture
def counted(monkeypatch):
    """How often each part was really computed."""
    calls = {"estimate_motion": 0, "restore": 0, "reblur_along": 0}
    for name in calls:
        original = getattr(making, name)

        def wrapper(*args, original=original, name=name, **kwargs):
            calls[name] += 1
            return original(*args, **kwargs)

        monkeypatch.setattr(making, name, wrapper)
    return calls


def test_nothing_is_computed_until_it_is_asked_for_and_then_once(photo, options, counted):
    analysis = Analysis(photo, options)
    assert set(counted.values()) == {0}
    _ = analysis.trajectory, analysis.flow, analysis.confidence, analysis.overlay_picture
    assert counted == {"estimate_motion": 1, "restore": 0, "reblur_along": 0}
    _ = analysis.frame(0.25), analysis.frame(-0.25), analysis.sharp
    assert counted == {"estimate_motion": 1, "restore": 1, "reblur_along": 0}
    _ = analysis.report, analysis.residual, analysis.reblurred, analysis.residual_picture
    assert set(counted.values()) == {1}


def test_every_part_has_its_shape_type_and_range(photo, options):
    analysis = analyze(photo, options)
    height, width = photo.size
    for picture in (analysis.sharp, analysis.reblurred, analysis.frame(0.5)):
        assert picture.shape == (height, width, 3)
        assert picture.dtype == np.float32
        assert picture.min() >= -1e-3
        assert picture.max() <= 1 + 1e-3
    assert analysis.flow.shape == (height, width, 2)
    assert analysis.flow.dtype == np.float32
    assert analysis.confidence.shape == (height, width)
    assert analysis.trajectory.size == photo.size
    for shown in (analysis.flow_picture, analysis.overlay_picture, analysis.residual_picture):
        assert shown.shape == (height, width, 3)
        assert shown.dtype == np.uint8


def test_the_parts_fit_each_other(photo, options):
    analysis = analyze(photo, options)
    np.testing.assert_array_equal(analysis.frame(0.0), analysis.sharp)
    np.testing.assert_allclose(
        analysis.residual, photo.pixels - analysis.reblurred, rtol=0, atol=1e-3
    )
    mse = float(np.square(analysis.residual).mean())
    assert analysis.report.psnr == pytest.approx(-10 * np.log10(mse), abs=0.05)
    first, last = (o.permute(1, 2, 0).numpy() for o in analysis.trajectory.endpoints())
    assert np.abs(analysis.flow).max() > 0
    assert np.abs(analysis.flow - (first - last)).mean() < np.abs(first - last).mean()


def test_frames_come_evenly_spaced_and_one_by_one(photo, options):
    analysis = analyze(photo, options)
    frames = analysis.frames(3, (-0.5, 0.0))
    np.testing.assert_array_equal(next(frames), analysis.frame(-0.5))
    np.testing.assert_array_equal(next(frames), analysis.frame(-0.25))
    np.testing.assert_array_equal(next(frames), analysis.sharp)
    assert frame_times(1, (0.0, 0.5)) == [0.25]
    assert [f.shape for f in analysis.frames(2, size=(20, 30))] == [(20, 30, 3)] * 2
    with pytest.raises(ValueError, match="at least 1"):
        next(analysis.frames(0))
    with pytest.raises(ValueError, match="1/2"):
        analysis.frame(0.51)


def test_without_motion_it_says_so_and_invents_nothing(photo, options, monkeypatch):
    still = Trajectory.zero(photo.size)
    monkeypatch.setattr(making, "estimate_motion", lambda *args: still)
    monkeypatch.setattr(making, "restore", lambda seen, *args, **kwargs: seen)
    analysis = analyze(photo, options)
    assert not analysis.report.motion_found
    assert any(note.startswith("No motion was found in this photo") for note in analysis.notes)
    np.testing.assert_array_equal(analysis.sharp, photo.pixels)
    np.testing.assert_allclose(analysis.frame(0.5), analysis.sharp, atol=1e-5)


def test_with_motion_the_note_is_absent(photo, options):
    analysis = analyze(photo, options)
    assert analysis.report.motion_found
    assert analysis.notes == ()
    assert isinstance(analysis.report, ReblurReport)


def test_progress_never_falls_and_ends_at_one(photo, options):
    told = []
    tight = replace(options, memory_limit=1)
    big = photo_of(waves(300, 420))
    analyze(big, tight, progress=lambda fraction, text: told.append((fraction, text)))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert fractions[0] == 0
    assert fractions[-1] == pytest.approx(1)
    texts = [text for _, text in told]
    assert texts[0] == "Reading the motion"
    assert sum(text.startswith("Sharpening, tile") for text in texts) > 1
    assert texts[-1] == "Exposing again"


@pytest.mark.parametrize("stop_at", ["Reading the motion", "Sharpening", "Exposing again"])
def test_cancelling_stops_at_the_next_step_and_going_on_keeps_what_was_done(
    photo, options, counted, stop_at
):
    token = CancelToken()

    def progress(fraction, text):
        if text == stop_at:
            token.cancel()

    analysis = Analysis(photo, options)
    with pytest.raises(Cancelled):
        analysis.compute(progress, token)
    done = sum(counted.values())
    analysis.compute()
    assert counted["estimate_motion"] == 1
    assert sum(counted.values()) - done <= 3
    assert analysis.report is analysis.report


def test_a_cancelled_token_computes_nothing(photo, options, counted):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        analyze(photo, options, cancel=token)
    assert set(counted.values()) == {0}


def test_threads_that_ask_at_once_wait_for_one_computation(photo, options, counted):
    analysis = Analysis(photo, options)
    seen = []
    threads = [threading.Thread(target=lambda: seen.append(analysis.sharp)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted["restore"] == 1
    assert all(each is seen[0] for each in seen)


def test_a_preview_is_a_quick_pass_at_its_own_size(options, counted):
    analysis = Analysis(photo_of(waves(120, 200)), options)
    preview = analysis.preview(64)
    assert set(counted.values()) == {0}
    assert preview.photo.size == (38, 64)
    assert preview.sharp.shape == (38, 64, 3)
    assert preview.trajectory.size == (38, 64)
    assert preview.preview(500).photo.size == (38, 64)


def test_max_side_reduces_everything(options):
    analysis = analyze(photo_of(waves(120, 200)), replace(options, max_side=50))
    assert analysis.sharp.shape == analysis.residual.shape == (30, 50, 3)
    assert analysis.flow.shape == (30, 50, 2)
    with pytest.raises(ValueError, match="at least 1 px"):
        AnalysisOptions(max_side=0)


def test_other_paths_keep_the_sharp_picture_and_start_the_rest_anew(photo, options, counted):
    analysis = analyze(photo, options)
    flow = torch.zeros(2, 45, 65)
    flow[0] = 3
    other = analysis.replaced(Trajectory.from_flow(flow))
    assert other.sharp is analysis.sharp
    assert other.trajectory.constraint is Constraint.LINEAR
    assert other.trajectory.size == photo.size
    np.testing.assert_allclose(other.flow[..., 0], 6, atol=1e-3)
    assert other.report.mean_length == pytest.approx(6, abs=1e-3)
    assert other.report != analysis.report
    assert counted["estimate_motion"] == counted["restore"] == 1


@pytest.mark.parametrize("size", [(1, 1), (1, 20000), (3, 2), (31, 40), (2000, 7)])
def test_tiny_and_narrow_photos_are_worked_on_with_a_note(options, size):
    analysis = analyze(photo_of(waves(*size)), options)
    assert analysis.sharp.shape == (*size, 3)
    assert analysis.flow.shape == (*size, 2)
    assert analysis.overlay_picture.shape == (*size, 3)
    assert np.isfinite(analysis.reblurred).all()
    assert any("too small to tell motion" in note for note in analysis.notes)


def test_a_photo_with_a_profile_alpha_and_highlights_keeps_its_kind(options):
    pixels = waves(48, 64) * 0.9
    pixels[20:22, 20:22] = 8.0
    photo = photo_of(
        pixels / 8,
        scale=8.0,
        bit_depth=32,
        icc_profile=linear_profile(),
        alpha=np.full((48, 64), 0.5, np.float32),
    )
    analysis = analyze(photo, options)
    assert analysis.photo.alpha is photo.alpha
    assert analysis.sharp[20, 20, 0] > 0.8
    usual = np.abs(analysis.sharp - photo.pixels).mean() * 8
    assert usual < 0.3


def test_bfloat16_says_about_the_same_as_float32(photo, options):
    exact = analyze(photo, options)
    rough = analyze(photo, replace(options, precision="bfloat16"))
    assert np.abs(exact.sharp - rough.sharp).mean() < 0.01
    assert rough.provenance["precision"] == "bfloat16"


def test_tiles_agree_with_the_whole_on_a_real_network(options):
    photo = photo_of(waves(300, 420))
    whole = Analysis(photo, options).sharp
    tiled = Analysis(photo, replace(options, memory_limit=1)).sharp
    np.testing.assert_allclose(tiled, whole, atol=1e-3)


def test_the_quick_way_in_takes_a_path(tmp_path, options):
    path = tmp_path / "ein Foto – 写真.png"
    write_still(path, waves(40, 50))
    analysis = analyze(path, options)
    assert analysis.photo.path == path
    assert analysis.photo.bit_depth == 16
    assert analysis.sharp.shape == (40, 50, 3)


def test_provenance_names_models_choices_and_program(photo, options):
    provenance = Analysis(photo, options).provenance
    assert provenance["photo"] == "a photo.jpg"
    assert provenance["software"].startswith("Blur Studio ")
    assert provenance["models"]["motion"]["name"] == "tiny-motion"
    assert len(provenance["models"]["deblur"]["sha256"]) == 64
    assert provenance["options"]["device"] == "cpu"


def test_a_model_for_the_other_task_is_refused(photo, options):
    wrong = replace(options, deblur_model=options.motion_model)
    with pytest.raises(WeightsError, match='does the task "motion", not "deblur"'):
        _ = Analysis(photo, wrong).sharp


@pytest.mark.parametrize(
    ("fault", "kind", "sentence"),
    [
        (MemoryError(), MemoryBudgetError, "not enough memory"),
        (RuntimeError("CUDA error: an illegal access"), BlurStudioError, "processor failed"),
    ],
)
def test_faults_of_the_machine_arrive_as_sentences(
    photo, options, monkeypatch, fault, kind, sentence
):
    def broken(*args, **kwargs):
        raise fault

    monkeypatch.setattr(making, "reblur_along", broken)
    with pytest.raises(kind, match=sentence) as caught:
        _ = Analysis(photo, options).report
    assert caught.value.__cause__ is fault


def test_a_mistake_of_ours_is_not_disguised(photo, options, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("a mistake")

    monkeypatch.setattr(making, "reblur_along", broken)
    with pytest.raises(RuntimeError, match="a mistake"):
        _ = Analysis(photo, options).report


def test_times_are_kept_for_the_parts_that_were_computed(photo, options):
    analysis = Analysis(photo, options)
    assert analysis.seconds == {}
    _ = analysis.trajectory
    assert list(analysis.seconds) == ["motion"]
    analysis.compute()
    assert sorted(analysis.seconds) == ["motion", "reblur", "sharp"]


def test_the_engine_needs_no_qt():
    code = (
        "import sys, blurstudio, blurstudio.engine.export.write\n"
        "blurstudio.analyze\n"
        "print([m for m in sys.modules if m.startswith(('PySide6', 'pyqtgraph'))])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.strip() == "[]"


def test_exposed_for_the_whole_time_is_the_reblurred_photo(photo, options):
    analysis = Analysis(photo, options)
    np.testing.assert_allclose(analysis.exposed(), analysis.reblurred, atol=2e-3)


def test_the_shorter_the_exposure_the_nearer_to_the_sharp_picture(photo, options):
    analysis = Analysis(photo, options)
    far, near = (
        np.abs(analysis.exposed((-half, half)) - analysis.sharp).mean() for half in (0.5, 0.02)
    )
    assert near < 0.2 * far


def test_a_short_exposure_at_one_end_is_the_frame_there(photo, options):
    analysis = Analysis(photo, options)
    # Frames are interpolated as they are shown, exposures in linear light: hence a mean.
    assert np.abs(analysis.exposed((0.499, 0.5)) - analysis.frame(0.5)).mean() < 0.01


def test_no_part_of_the_exposure_is_a_sentence(photo, options):
    with pytest.raises(ExportError, match="lies outside"):
        Analysis(photo, options).exposed((-0.5, 0.7))
