"""``blurstudio process``: every choice of the window has an option, and its results say so."""

from __future__ import annotations

import json

import cv2
import numpy as np
import pytest


def test_the_settings_are_written_beside_the_figures(process, photo, tmp_path):
    process(photo)
    written = json.loads((tmp_path / "out" / "photo.png" / "analysis.json").read_text("utf-8"))
    assert written["models"]["motion"]["name"] == "tiny-motion"
    assert written["options"]["deblur_model"] == "tiny-deblur"


def test_every_choice_of_the_motion_panel_has_its_option(process, photo, tmp_path):
    outcome = process(
        photo, "--constraint", "linear", "--refine", "path", "--deblurrer", "deconvolution",
        "--strength", 0.8, "--reverse", "--flip", "0.2,0.3", "--flip", "0.7,0.5",
    )  # fmt: skip
    assert outcome.code == 0
    figures = json.loads((tmp_path / "out" / "photo.png" / "analysis.json").read_text())
    chosen = {
        "constraint": "linear",
        "refine": "path",
        "deblurrer": "deconvolution",
        "strength": 0.8,
        "reverse": True,
        "flips": [[0.2, 0.3], [0.7, 0.5]],
    }
    assert chosen.items() <= figures["options"].items()
    assert figures["refinement"]["stop"] == "straight"
    assert any("straight paths have no bend" in line for line in outcome.sentences)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--flip", "middle"), "no place"),
        (("--flip", "0.5"), "no place"),
        (("--flip", "0.5,7"), "outside the picture"),
        (("--strength", "2"), "--strength"),
        (("--constraint", "cubic"), "--constraint"),
        (("--refine", "all"), "--refine"),
    ],
)
def test_choices_that_make_no_sense_are_said(process, photo, words, what):
    outcome = process(photo, *words)
    assert outcome.code == 2
    assert what in outcome.err


def test_an_amount_of_nothing_is_the_photo_in_picture_and_frames(process, photo, tmp_path):
    assert process(photo, "--amount", 0).code == 0
    home = tmp_path / "out" / "photo.png"
    taken = cv2.imread(str(photo))
    sharp = cv2.imread(str(home / "sharp.png"), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(np.rint(sharp / 257).astype(np.uint8), taken)
    assert np.array_equal(cv2.imread(str(home / "frames" / "0001.png")), taken)


def test_an_amount_is_told_in_per_cent(process, photo):
    assert process(photo, "--amount", 101).code == 2
    assert process(photo, "--amount", 60).code == 0
