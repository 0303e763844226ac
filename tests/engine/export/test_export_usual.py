"""The usual files of an export: complete, readable, atomic, stoppable."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
import torch

from blurstudio.cli.writing import USUAL_PARTS
from blurstudio.engine.analysis import analyze
from blurstudio.engine.export import sizes
from blurstudio.engine.export.request import Part
from blurstudio.engine.lanes.jobs import CancelToken
from blurstudio.errors import Cancelled, ExportError
from blurstudio.media.colour import linear_profile
from blurstudio.media.flow import read_flo
from blurstudio.media.paths import read_paths
from blurstudio.media.photo import open_photo
from tests.engine.conftest import photo_of, waves
from tests.engine.usual_files import write_usual
from tests.provenance import read_provenance


@pytest.fixture
def analysis(photo, options):
    return analyze(photo, options)


def test_everything_is_written_and_listed(analysis, tmp_path):
    files = write_usual(analysis, tmp_path, frames=3)
    home = tmp_path / "a photo.jpg"
    names = [
        "sharp.png", "overlay.png", "flow.png", "residual.png", "frames/0001.png",
        "frames/0002.png", "frames/0003.png", "video.mp4", "flow.flo", "path.npz", "kernels.png",
        "analysis.json",
    ]  # fmt: skip
    assert files == [home / name for name in names]
    on_disk = {p.relative_to(home).as_posix() for p in home.rglob("*") if p.is_file()}
    assert on_disk == set(names)


def test_what_is_written_is_what_was_found(analysis, tmp_path):
    write_usual(analysis, tmp_path, frames=2)
    home = tmp_path / "a photo.jpg"
    sharp = open_photo(home / "sharp.png")
    assert sharp.bit_depth == 16
    np.testing.assert_allclose(sharp.pixels, analysis.sharp, atol=1e-4)
    np.testing.assert_allclose(read_flo(home / "flow.flo"), analysis.flow, atol=1e-5)
    stored = read_paths(home / "path.npz")
    np.testing.assert_array_equal(stored.maps, analysis.trajectory.maps.numpy())
    assert stored.size == analysis.photo.size
    last = open_photo(home / "frames" / "0002.png")
    assert last.bit_depth == 8
    np.testing.assert_allclose(last.pixels, np.clip(analysis.frame(0.5), 0, 1), atol=1 / 255)
    for name in ("flow", "overlay", "residual"):
        assert open_photo(home / f"{name}.png").size == analysis.photo.size


def test_the_figures_never_come_without_their_companions(analysis, tmp_path):
    files = write_usual(analysis, tmp_path, frames=1)
    content = json.loads(files[-1].read_text(encoding="utf-8"))
    assert set(content["reblur"]) == {"psnr", "gradient_gain", "mean_length", "motion_found"}
    assert content["reblur"]["psnr"] == analysis.report.psnr
    assert content["photo"]["width"] == 130
    assert content["models"]["motion"]["sha256"] == analysis.models["motion"].sha256
    assert content["files"][0] == "sharp.png"
    assert set(content["seconds"]) == {"motion", "sharp", "reblur"}
    assert "torch" in content["versions"]
    assert content["notes"] == []


def test_the_sharp_picture_says_how_it_was_made(analysis, tmp_path):
    write_usual(analysis, tmp_path, frames=1)
    record = read_provenance(open_photo(tmp_path / "a photo.jpg" / "sharp.png").xmp)
    assert analysis.models["deblur"].sha256 in record["models"]
    assert record["photo"] == "a photo.jpg"


def test_the_video_has_the_frames(analysis, tmp_path):
    write_usual(analysis, tmp_path, frames=4)
    with av.open(str(tmp_path / "a photo.jpg" / "video.mp4")) as film:
        decoded = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    assert len(decoded) == 4
    middle = analysis.frame(-0.5)
    assert np.abs(decoded[0][:90, :130] / 255 - middle).mean() < 0.05


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_other_kinds_of_video(analysis, tmp_path, kind):
    files = write_usual(analysis, tmp_path, frames=2, video=kind)
    [film] = [file for file in files if file.stem == "video"]
    assert film.name == f"video.{kind}"
    assert film.stat().st_size > 0


def test_a_16_bit_photo_with_profile_and_alpha_stays_one(options, tmp_path):
    photo = photo_of(
        waves(40, 60),
        path=Path("deep.tif"),
        bit_depth=16,
        icc_profile=linear_profile(),
        alpha=np.full((40, 60), 0.25, np.float32),
        notes=("A note from reading.",),
    )
    analysis = analyze(photo, options)
    files = write_usual(analysis, tmp_path, frames=2)
    for name in ("sharp.png", "frames/0001.png"):
        written = open_photo(tmp_path / "deep.tif" / name)
        assert written.bit_depth == 16
        assert written.icc_profile == photo.icc_profile
        np.testing.assert_allclose(written.alpha, 0.25, atol=1e-4)
    assert json.loads(files[-1].read_text())["notes"] == ["A note from reading."]


@pytest.mark.parametrize("size", [(1, 1), (1, 4100), (5, 3)])
def test_tiny_and_narrow_photos_give_a_whole_folder(options, tmp_path, size):
    analysis = analyze(photo_of(waves(*size)), options)
    files = write_usual(analysis, tmp_path, frames=2)
    assert all(file.stat().st_size > 0 for file in files)
    assert open_photo(tmp_path / "a photo.jpg" / "sharp.png").size == size


def test_a_large_photo_makes_a_video_that_players_can_show(options, tmp_path, monkeypatch):
    monkeypatch.setitem(sizes.VIDEO_SIDE, "mp4", 64)
    analysis = analyze(photo_of(waves(90, 130)), options)
    write_usual(analysis, tmp_path, frames=1)
    with av.open(str(tmp_path / "a photo.jpg" / "video.mp4")) as film:
        assert film.streams.video[0].width == 64
    assert open_photo(tmp_path / "a photo.jpg" / "frames" / "0001.png").size == (90, 130)


def test_progress_is_told_in_order(analysis, tmp_path):
    told = []
    write_usual(analysis, tmp_path, lambda f, text: told.append((f, text)), frames=2)
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0, 1)
    frames = [fraction for fraction, text in told if text == "Writing frames"]
    assert len(frames) == 1 + 2
    assert frames[-1] - frames[0] == pytest.approx(2 / 9), "seven more steps, as long as a frame"


def test_cancelling_leaves_whole_files_only(analysis, tmp_path):
    token = CancelToken()
    home = tmp_path / "a photo.jpg"

    def step(fraction, text):
        if (home / "frames" / "0002.png").exists():
            token.cancel()

    with pytest.raises(Cancelled):
        write_usual(analysis, tmp_path, step, token, frames=4)
    left = {p.name for p in home.rglob("*") if p.is_file()}
    assert {"sharp.png", "0001.png", "0002.png"} <= left
    assert not left & {"0004.png", "video.mp4", "analysis.json"}
    assert not any(name.startswith(".") for name in left)
    for name in left:
        if name.endswith(".png"):
            open_photo(next(home.rglob(name)))


def test_frames_of_a_part_come_with_a_picture_exposed_for_only_so_long(analysis, tmp_path):
    parts = USUAL_PARTS | {Part.EXPOSED}
    files = write_usual(analysis, tmp_path, parts=parts, frames=3, interval=(-0.25, 0.25))
    home = tmp_path / "a photo.jpg"
    assert home / "exposed.png" in files
    first = open_photo(home / "frames" / "0001.png").pixels
    np.testing.assert_allclose(first, np.clip(analysis.frame(-0.25), 0, 1), atol=1 / 255)
    content = json.loads((home / "analysis.json").read_text(encoding="utf-8"))
    assert content["exposure_part"] == [0.25, 0.75]


def test_what_is_no_part_of_the_exposure_is_refused_before_any_file(analysis, tmp_path):
    with pytest.raises(ExportError, match="runs backwards"):
        write_usual(analysis, tmp_path, interval=(0.25, -0.25))
    assert list(tmp_path.iterdir()) == []


def test_a_photo_without_a_file_gets_a_folder_too(options, tmp_path):
    analysis = analyze(photo_of(waves(40, 40), path=None), options)
    assert write_usual(analysis, tmp_path, frames=1)[0] == tmp_path / "photo" / "sharp.png"


def test_a_file_in_the_way_gets_a_sentence(analysis, tmp_path):
    (tmp_path / "a photo.jpg").write_bytes(b"the photo itself")
    with pytest.raises(ExportError, match="choose another folder"):
        write_usual(analysis, tmp_path)
    assert (tmp_path / "a photo.jpg").read_bytes() == b"the photo itself"


def test_wrong_wishes_are_refused_before_anything_is_written(analysis, tmp_path):
    with pytest.raises(ExportError, match="choose mp4, mkv, mov, gif, webp"):
        write_usual(analysis, tmp_path, video="avi")
    with pytest.raises(ValueError, match="at least 1"):
        write_usual(analysis, tmp_path, frames=0)
    assert list(tmp_path.iterdir()) == []


def test_edited_paths_are_what_is_written(analysis, tmp_path):
    mask = np.zeros((9, 13), bool)
    mask[:, :6] = True
    edited = analysis.replaced(analysis.trajectory.reversed(torch.from_numpy(mask)))
    write_usual(edited, tmp_path, frames=1)
    stored = read_paths(tmp_path / "a photo.jpg" / "path.npz")
    np.testing.assert_array_equal(stored.flipped, mask)
    assert replace(edited.report, psnr=0) == replace(analysis.report, psnr=0)
