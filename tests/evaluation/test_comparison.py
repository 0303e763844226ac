"""Figures of our result beside another: what they are when the answer is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from blurstudio.engine.others.references import Kind, Reference, of_flow, of_result
from blurstudio.evaluation import comparison
from blurstudio.evaluation.comparison import compare
from blurstudio.evaluation.metrics import psnr, ssim
from blurstudio.exposure.trajectory import Trajectory

SIZE = (48, 64)


@pytest.fixture
def sharp():
    return np.random.default_rng(5).integers(0, 256, (*SIZE, 3), np.uint8)


def moving(dx):
    flow = torch.zeros(2, *SIZE)
    flow[0] = dx
    return Trajectory.from_flow(flow)


def as_tensor(picture):
    return torch.from_numpy(picture).permute(2, 0, 1).float() / 255


def test_equal_answers_differ_in_nothing(sharp):
    ours = of_result(moving(8.0), sharp, SIZE)
    found = compare(ours, ours)
    assert math.isinf(found.psnr)
    assert found.ssim == pytest.approx(1.0)
    assert found.flow.mean == pytest.approx(0.0, abs=1e-4)
    assert found.paths.mean_error == pytest.approx(0.0, abs=1e-4)
    assert not found.turned


def test_pictures_are_measured_as_the_house_measures_them(sharp, monkeypatch):
    theirs = np.clip(sharp.astype(int) + 7, 0, 255).astype(np.uint8)
    found = compare(of_result(moving(8.0), sharp, SIZE), Reference(Kind.PICTURE, SIZE, theirs))
    assert found.psnr == pytest.approx(psnr(as_tensor(sharp), as_tensor(theirs)), abs=1e-4)
    assert found.ssim == pytest.approx(ssim(as_tensor(sharp), as_tensor(theirs)), abs=1e-6)
    assert found.flow is None
    monkeypatch.setattr(comparison, "_BAND_PIXELS", 20 * SIZE[1])
    banded = compare(of_result(moving(8.0), sharp, SIZE), Reference(Kind.PICTURE, SIZE, theirs))
    assert banded.psnr == pytest.approx(found.psnr, abs=1e-4)
    assert banded.ssim == pytest.approx(found.ssim, abs=2e-3)


def test_outliers_are_off_by_more_than_3_px_and_5_percent(sharp):
    flow = np.full((*SIZE, 2), (8.0, 0.0), np.float32)
    flow[:12, :, 0] = 8.0 - 3.5
    flow[12:24, :, 0] = 8.0 - 2.0
    flow[24:36] = np.nan
    found = compare(of_result(moving(8.0), sharp, SIZE), of_flow(flow))
    assert found.flow.known == pytest.approx(0.75)
    assert found.flow.outliers == pytest.approx(1 / 3)
    assert found.flow.mean == pytest.approx((3.5 + 2.0) / 3, abs=1e-3)
    assert found.flow.median == pytest.approx(2.0, abs=1e-3)
    assert found.paths is None, "a flow tells no path"


def test_paths_are_judged_in_the_better_direction(sharp):
    theirs = of_result(moving(-6.0), sharp, SIZE)
    found = compare(of_result(moving(8.0), sharp, SIZE), theirs)
    assert found.turned
    assert found.flow.mean == pytest.approx(2.0, abs=1e-3)
    assert found.paths.mean_error == pytest.approx(0.5 + 1 / 18, abs=0.02)
    assert found.paths.percent == pytest.approx(100 / 3, abs=0.1)


@pytest.mark.parametrize("turned", [False, True])
def test_frames_are_compared_in_both_orders(sharp, turned):
    from blurstudio.engine.drawing.warping import Warper

    smooth = np.ascontiguousarray(
        np.broadcast_to((np.sin(np.arange(64) / 5) * 90 + 128)[None, :, None], (*SIZE, 3))
    ).astype(np.uint8)
    warper = Warper(smooth.astype(np.float32) / 255, moving(8.0))
    frames = [np.rint(warper.frame(t) * 255).astype(np.uint8) for t in np.linspace(-0.5, 0.5, 5)]
    theirs = Reference(Kind.FRAMES, SIZE, smooth, frames=tuple(frames[::-1] if turned else frames))
    found = compare(of_result(moving(8.0), smooth, SIZE), theirs)
    assert found.turned is turned
    assert found.frames_psnr > 50
    assert found.frames_ssim > 0.99
