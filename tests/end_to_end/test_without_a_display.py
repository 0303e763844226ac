"""On a machine without a display the same words do the same job, into a folder."""

from __future__ import annotations

import json

import cv2
import pytest

from blurstudio.locations import resource
from tests.end_to_end.conftest import ROOT

RESULTS = {
    "sharp.png", "path.npz", "flow.flo", "flow.png", "overlay.png", "residual.png",
    "kernels.png", "video.mp4", "analysis.json",
}  # fmt: skip


@pytest.mark.parametrize("program", [(str(ROOT / "main.py"),), ("-m", "blurstudio")])
def test_a_photo_becomes_a_folder_of_results(person, photo, tmp_path, program):
    run = person(photo, program=program)
    assert run.returncode == 0, run.stderr
    assert run.stderr.startswith("No window can be opened, since there is no display;")
    folder = tmp_path / "out" / "my photo.png"
    printed = {line.removeprefix(f"out/{photo.name}/") for line in run.stdout.splitlines()}
    assert printed >= RESULTS
    assert all((folder / name).stat().st_size for name in RESULTS)
    assert cv2.imread(str(folder / "sharp.png")).shape == (96, 128, 3)


def test_no_photo_means_the_sample(person, tmp_path):
    run = person("--json")
    assert run.returncode == 0, run.stderr
    [result] = json.loads(run.stdout)["results"]
    sample = cv2.imread(result["photo"])
    sharp = cv2.imread(str(tmp_path / next(f for f in result["files"] if f.endswith("sharp.png"))))
    assert str(resource("samples")) in result["photo"]
    assert sharp.shape == sample.shape


def test_a_picture_of_the_window_needs_a_display(person, photo, tmp_path):
    run = person("--screenshot", tmp_path / "window.png", photo)
    assert run.returncode == 1
    assert "QT_QPA_PLATFORM" in run.stderr
    assert not (tmp_path / "out").exists()
