"""A screen with two device pixels for each logical one: seen in a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

SCRIPT = """
import json, sys
import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from blurstudio.app.canvas import CanvasView
from blurstudio.app.canvas.picture import memory_of

app = QApplication([])
canvas = CanvasView()
canvas.resize(300, 200)
canvas.show()


def seen():
    shot = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return memory_of(shot)[..., 2::-1].astype(int)


noise = np.random.default_rng(1).integers(0, 256, (90, 120, 3), dtype=np.uint8)
canvas.set_picture("photo", noise)
canvas.actual_size()
shot = seen()
ratio = canvas.devicePixelRatioF()
corner = canvas.from_picture(QPointF(0, 0)) * ratio
left, top = round(corner.x()), round(corner.y())
same = np.array_equal(shot[top : top + 90, left : left + 120], noise)

canvas.set_picture("photo", np.full((90, 120, 3), 128, np.uint8))
ways = np.array([[[20.0, 45.0], [60.0, 45.0], [100.0, 45.0]]])
canvas.motion.set_trajectories(np.array([[60.0, 45.0]]), ways, (90, 120))
canvas.motion.set_trajectories_visible(True)
x = round((canvas.from_picture(QPointF(40, 0)) * ratio).x())
y = round((canvas.from_picture(QPointF(0, 45.5)) * ratio).y())
across = seen()[y - 12 : y + 12, x].sum(axis=1)
steps = np.abs(np.diff(across))
share = float(steps.max() / (across.max() - across.min()))
print(json.dumps({"ratio": ratio, "shape": shot.shape, "same": bool(same), "edge": share}))
"""


@pytest.fixture(scope="module")
def report():
    """What a canvas of 300 x 200 logical px says of itself on such a screen."""
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


def test_the_canvas_is_drawn_with_twice_the_pixels(report):
    assert report["ratio"] == 2.0
    assert report["shape"] == [400, 600, 3]


def test_at_actual_size_each_pixel_of_the_picture_has_one_of_the_screens(report):
    assert report["same"]


def test_overlays_are_as_sharp_as_the_screen(report):
    # Drawn at half the size and enlarged, an edge would take two steps or more of the screen.
    assert report["edge"] > 0.6
