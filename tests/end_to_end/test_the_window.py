"""The window, started as a person starts it, shows the result of a photo."""

from __future__ import annotations

import cv2


def test_it_shows_the_result_and_closes(person, photo, tmp_path):
    picture = tmp_path / "window.png"
    run = person("--screenshot", picture, photo, QT_QPA_PLATFORM="offscreen")
    assert run.returncode == 0, run.stderr
    window = cv2.imread(str(picture))
    assert window.shape[0] > 300
    assert window.std() > 10, "the window is not blank"


def test_a_photo_that_cannot_be_read_ends_in_a_sentence(person, tmp_path):
    bad = tmp_path / "bad.jpg"
    bad.write_text("a letter")
    run = person("--screenshot", tmp_path / "window.png", bad, QT_QPA_PLATFORM="offscreen")
    assert run.returncode == 1
    assert "bad.jpg" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_picture_that_cannot_be_saved_ends_in_a_sentence(person, photo, tmp_path):
    picture = tmp_path / "no such folder" / "window.png"
    run = person("--screenshot", picture, photo, QT_QPA_PLATFORM="offscreen")
    assert run.returncode == 1
    assert "no such folder" in run.stderr
