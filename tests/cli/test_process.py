"""``blurstudio process``: photos in, folders of results out, one bad photo spoiling no other."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from blurstudio.engine.export import films
from blurstudio.media.photo import open_photo
from tests.provenance import read_provenance
from tests.result_files import files_below

EXPECTED = {
    "sharp.png", "path.npz", "flow.flo", "flow.png", "overlay.png", "residual.png",
    "kernels.png", "frames/0001.png", "frames/0002.png", "video.mp4", "analysis.json",
}  # fmt: skip


def test_it_writes_every_file_and_prints_its_path(process, photo, tmp_path):
    outcome = process(photo)
    assert outcome.code == 0
    folder = tmp_path / "out" / "photo.png"
    assert files_below(folder) == EXPECTED
    assert set(outcome.out.splitlines()) == {str(folder / name) for name in EXPECTED}
    assert all((folder / name).stat().st_size for name in EXPECTED)


def test_figures_come_last_and_list_the_files_as_they_were_written(process, photo, tmp_path):
    told = process(photo, "--part", ":0.5").out.splitlines()
    folder = tmp_path / "out" / "photo.png"
    names = [Path(path).relative_to(folder).as_posix() for path in told]
    assert {*names} == {*EXPECTED, "exposed.png"}
    figures = json.loads((folder / "analysis.json").read_text(encoding="utf-8"))
    assert figures["files"] == names[:-1]


@pytest.mark.parametrize("words", [(), ("--fps", 7)])
def test_every_picture_tells_which_networks_made_it(process, photo, tmp_path, words):
    assert process(photo, *words).code == 0
    folder = tmp_path / "out" / "photo.png"
    for name in ("sharp.png", "frames/0001.png"):
        record = read_provenance(open_photo(folder / name).xmp)
        assert "models" in record
        assert record["Software"].startswith("Blur Studio")


def test_the_reblur_figure_never_comes_without_its_companions(process, photo):
    [sentence] = [line for line in process(photo).sentences if "dB" in line or "no motion" in line]
    assert "no motion found" in sentence or ("gradient energy" in sentence and "px" in sentence)


def test_json_is_one_document_with_files_and_figures(process, photo):
    [result] = process(photo, "--json").document["results"]
    assert result["photo"] == str(photo)
    assert len(result["files"]) == len(EXPECTED)
    assert {"psnr", "gradient_gain", "mean_length", "motion_found"} <= set(result["report"])


def test_a_bad_photo_spoils_no_other(process, photo, tmp_path):
    bad = tmp_path / "bad.jpg"
    bad.write_text("no picture at all")
    another = tmp_path / "another.png"
    another.write_bytes(photo.read_bytes())
    outcome = process(photo, bad, another, "--json")
    assert outcome.code == 1
    assert [r["photo"] for r in outcome.document["results"]] == [str(photo), str(another)]
    assert [e["photo"] for e in outcome.document["errors"]] == [str(bad)]
    assert "bad.jpg" in outcome.err
    assert not (tmp_path / "out" / "bad.jpg").exists()


def test_a_folder_means_the_photos_in_it(process, photo, tmp_path):
    (tmp_path / "readme.txt").write_text("no photo")
    outcome = process(tmp_path, "--json")
    assert outcome.code == 0
    assert [r["photo"] for r in outcome.document["results"]] == [str(photo)]


def test_a_folder_without_photos_is_a_sentence(process, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    outcome = process(empty)
    assert outcome.code == 1
    assert len(outcome.sentences) == 1
    assert "holds no photo" in outcome.err


def test_an_empty_folder_spoils_no_photo(process, photo, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    outcome = process(photo, empty, "--json")
    assert outcome.code == 1
    assert [r["photo"] for r in outcome.document["results"]] == [str(photo)]
    assert [e["photo"] for e in outcome.document["errors"]] == [str(empty)]
    assert "holds no photo" in outcome.err


def test_a_damaged_network_is_said_once(process, photo, tmp_path, user_weights):
    [weights] = user_weights.glob("tiny-motion.safetensors")
    weights.write_bytes(weights.read_bytes()[:1000])
    another = tmp_path / "another.png"
    another.write_bytes(photo.read_bytes())
    outcome = process(photo, another)
    assert outcome.code == 1
    assert len([line for line in outcome.sentences if "tiny-motion" in line]) == 1
    assert outcome.sentences[-1] == "2 of 2 photos could not be processed."


def test_names_with_spaces_and_other_letters_stay_as_they_are(process, photo, tmp_path):
    named = photo.rename(tmp_path / "свадьба & 写真 (1).png")
    assert process(named).code == 0
    assert files_below(tmp_path / "out" / named.name) == EXPECTED


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_the_video_is_of_the_kind_asked_for(process, photo, tmp_path, kind):
    assert process(photo, "--video", kind).code == 0
    assert f"video.{kind}" in files_below(tmp_path / "out" / "photo.png")


def test_a_part_of_the_exposure_gives_its_frames_and_a_shorter_exposure(process, photo, tmp_path):
    assert process(photo, "--part", "0.25:0.75").code == 0
    assert files_below(tmp_path / "out" / "photo.png") == EXPECTED | {"exposed.png"}


@pytest.mark.parametrize(
    ("part", "words"),
    [("0.75:0.25", "runs backwards"), ("0.5:0.5", "no length"), ("0:2", "outside"), ("1", "0.25:")],
)
def test_what_is_no_part_of_the_exposure_is_a_sentence(process, photo, tmp_path, part, words):
    outcome = process(photo, "--part", part)
    assert outcome.code == 2
    assert len(outcome.sentences) == 1
    assert words in outcome.err
    assert not (tmp_path / "out").exists()


def test_max_side_reduces_the_results(process, photo, tmp_path):
    assert process(photo, "--max-side", 48).code == 0
    sharp = cv2.imread(str(tmp_path / "out" / "photo.png" / "sharp.png"), cv2.IMREAD_UNCHANGED)
    assert sharp.shape == (36, 48, 3)
    assert sharp.dtype == np.uint16


def test_a_second_run_replaces_the_first(process, photo, tmp_path):
    assert process(photo).code == 0
    assert process(photo).code == 0
    assert files_below(tmp_path / "out" / "photo.png") == EXPECTED


def test_a_second_run_replaces_the_frames_of_the_first_and_nothing_else(
    process, blurstudio, tiny_networks, photo, tmp_path
):
    out = tmp_path / "out"
    assert blurstudio("process", photo, "-o", out, "--frames", 4, *tiny_networks).code == 0
    frames = out / "photo.png" / "frames"
    assert (frames / "0004.png").exists()
    (frames / "mine.png").write_bytes(b"kept")
    assert process(photo).code == 0
    assert {path.name for path in frames.iterdir()} == {"0001.png", "0002.png", "mine.png"}


def test_the_whole_exposure_leaves_nothing_of_a_part_behind(process, photo, tmp_path):
    assert process(photo, "--part", ":0.5").code == 0
    assert process(photo).code == 0
    home = tmp_path / "out" / "photo.png"
    assert files_below(home) == EXPECTED
    figures = json.loads((home / "analysis.json").read_text(encoding="utf-8"))
    assert figures["exposure_part"] == [0, 1]


def test_two_photos_of_one_name_are_refused_before_any_work(process, photo, tmp_path):
    twin = tmp_path / "twin" / "photo.png"
    twin.parent.mkdir()
    twin.write_bytes(photo.read_bytes())
    outcome = process(photo, twin)
    assert outcome.code == 1
    assert "photo.png" in outcome.err
    assert not (tmp_path / "out").exists()


def test_one_photo_named_twice_is_one_photo(process, photo):
    assert len(process(photo, photo, "--json").document["results"]) == 1


def test_an_output_that_is_a_file_is_refused_before_any_work(process, photo, tmp_path):
    (tmp_path / "out").write_text("kept")
    outcome = process(photo)
    assert outcome.code == 1
    assert len(outcome.sentences) == 1
    assert (tmp_path / "out").read_text() == "kept"


def test_an_output_folder_that_may_not_be_written_is_refused(process, photo, monkeypatch):
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & os.W_OK)
    outcome = process(photo)
    assert outcome.code == 1
    assert "can't be written to" in outcome.err


def test_a_full_disk_is_a_sentence_and_leaves_nothing_half_written(
    process, photo, tmp_path, monkeypatch
):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    outcome = process(photo)
    assert outcome.code == 1
    assert len(outcome.sentences) == 1
    assert "full" in outcome.err
    assert not files_below(tmp_path / "out")


def test_ctrl_c_keeps_whole_files_and_leaves_no_others(process, photo, tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(films, "write_video", interrupted)
    outcome = process(photo)
    assert outcome.code == 130
    assert "Traceback" not in outcome.err
    assert files_below(tmp_path / "out" / "photo.png") <= EXPECTED - {"video.mp4"}


def test_an_unknown_network_is_a_sentence(blurstudio, photo, tmp_path):
    outcome = blurstudio("process", photo, "-o", tmp_path / "out", "--model-motion", "huge")
    assert outcome.code == 1
    assert "huge" in outcome.err
    assert not (tmp_path / "out").exists()


def test_an_unknown_device_is_a_sentence(process, photo, tmp_path):
    outcome = process(photo, "--device", "abacus")
    assert outcome.code == 2
    assert "abacus" in outcome.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("damage", ["truncated", "replaced", "missing"])
def test_damaged_or_missing_weights_are_a_sentence(process, photo, tmp_path, user_weights, damage):
    [weights] = user_weights.glob("tiny-deblur.safetensors")
    if damage == "truncated":
        weights.write_bytes(weights.read_bytes()[:1000])
    elif damage == "replaced":
        weights.write_bytes((user_weights / "tiny-motion.safetensors").read_bytes())
    else:
        weights.unlink()
    outcome = process(photo)
    assert outcome.code == 1
    assert len(outcome.sentences) == 1
    assert "tiny-deblur" in outcome.err
    assert not (tmp_path / "out").exists()


def test_only_the_parts_that_were_named_are_written(process, photo, tmp_path):
    outcome = process(photo, "--parts", "sharp,report", "--json")
    assert outcome.code == 0
    folder = tmp_path / "out" / "photo.png"
    assert files_below(folder) == {"sharp.png", "report.html"}
    assert outcome.document["results"][0]["files"] == [
        str(folder / "sharp.png"),
        str(folder / "report.html"),
    ]
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert "--parts sharp,report" in report


def test_a_part_that_there_is_not_is_a_sentence(process, photo, tmp_path):
    outcome = process(photo, "--parts", "sharp,cake")
    assert outcome.code == 2
    assert '"cake" can\'t be written; choose from sharp' in outcome.err
    assert not (tmp_path / "out").exists()
