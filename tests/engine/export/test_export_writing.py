"""Exports: the files are those that were announced, as large as was said, and what they hold."""

from __future__ import annotations

import json
from dataclasses import replace

import av
import numpy as np
import pytest
from PIL import Image, ImageCms

from blurstudio.engine.analysis import Analysis
from blurstudio.engine.export.extras import Extras, NamedMask
from blurstudio.engine.export.films import runs
from blurstudio.engine.export.names import RULE, plan
from blurstudio.engine.export.request import (
    FLOWS,
    STILLS,
    Conflict,
    ExportRequest,
    Part,
)
from blurstudio.engine.export.write import facts_of, write_export
from blurstudio.engine.lanes.jobs import CancelToken
from blurstudio.engine.pictures import reduced_photo
from blurstudio.errors import Cancelled, ExportError
from blurstudio.locations import resource
from blurstudio.media.colour import linear_profile
from blurstudio.media.exif import read_facts
from blurstudio.media.flow import read_flo
from blurstudio.media.pfm import read_pfm
from blurstudio.media.photo import open_photo
from blurstudio.media.video import available_kinds
from tests.provenance import read_provenance


class Sharpened(Analysis):
    """An analysis whose sharp picture is the photo: tiny networks make noise, which weighs more."""

    @property
    def sharpened(self):
        return self.photo.pixels


HALF = NamedMask("Left half", lambda size: np.tile(np.arange(size[1]) < size[1] / 2, (size[0], 1)))
EXTRAS = Extras(command="blurstudio process", masks=(HALF,))


@pytest.fixture(scope="module")
def sample():
    return reduced_photo(open_photo(resource("samples", "cafe_cup.jpg")), 320)


@pytest.fixture
def analysis(sample, options):
    return Sharpened(sample, options)


def exported(analysis, request, extras=EXTRAS):
    """Export, and give the files by their names below the photo's folder."""
    files = write_export(analysis, request, extras=extras)
    home = request.folder / analysis.photo.path.name
    return {file.relative_to(home).as_posix(): file for file in files}


def pixels_of(path):
    if path.suffix in (".mp4", ".mkv", ".mov"):
        with av.open(str(path)) as film:
            return film.streams.video[0].height, film.streams.video[0].width
    return open_photo(path).size


def frames_of(path):
    with av.open(str(path)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


def test_files_sizes_and_names_are_those_of_the_preview(analysis, tmp_path):
    request = ExportRequest(tmp_path, frozenset(Part), frames=4, flows=FLOWS, still="png")
    announced = plan(request, facts_of(analysis, EXTRAS))
    written = exported(analysis, request)
    assert [*written] == [file.path for file in announced]
    on_disk = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert on_disk == {*written.values()}
    for file in announced:
        true = written[file.path].stat().st_size
        assert true / 5 < file.bytes < true * 5, file
        if file.size is not None and not file.path.endswith((".flo", ".pfm")):
            assert pixels_of(written[file.path]) == file.size


@pytest.mark.parametrize("kind", available_kinds())
def test_each_kind_of_video_is_about_as_large_as_announced(analysis, tmp_path, kind):
    parts = frozenset({Part.VIDEO, Part.OVERLAY_VIDEO})
    request = ExportRequest(tmp_path, parts, video=kind, frames=5, video_fit=(201, 0))
    announced = plan(request, facts_of(analysis))
    written = exported(analysis, request)
    for file in announced:
        true = written[file.path].stat().st_size
        assert true / 5 < file.bytes < true * 5
        assert pixels_of(written[file.path]) == file.size


@pytest.mark.parametrize("still", STILLS)
@pytest.mark.parametrize(("depth", "quality"), [(8, 95), (16, 80), (32, 40)])
def test_each_kind_of_picture_is_about_as_large_as_announced(
    analysis, tmp_path, still, depth, quality
):
    request = ExportRequest(
        tmp_path, frozenset({Part.SHARP}), still=still, depth=min(depth, 16) if still == "png"
        else depth, quality=quality,
    )  # fmt: skip
    (file,) = plan(request, facts_of(analysis))
    (written,) = exported(analysis, request).values()
    true = written.stat().st_size
    assert true / 3 < file.bytes < true * 3
    shown = open_photo(written)
    assert shown.bit_depth == {"jpg": 8, "png": min(depth, 16), "exr": 32}.get(still, depth)


@pytest.mark.parametrize("still", sorted({*STILLS} - {"exr"}))
def test_pictures_keep_profile_and_exif_and_tell_how_they_were_made(
    analysis, options, tmp_path, still
):
    photo = replace(analysis.photo, icc_profile=linear_profile())
    written = exported(
        Sharpened(photo, options), ExportRequest(tmp_path, frozenset({Part.SHARP}), still=still)
    )
    path = written[f"sharp.{still}"]
    back = open_photo(path)
    assert back.icc_profile == linear_profile()
    with Image.open(path) as other:
        assert ImageCms.ImageCmsProfile(_stream(other.info["icc_profile"]))
    assert read_facts(back.exif).orientation == 1
    record = read_provenance(back.xmp)
    assert record["software"].startswith("Blur Studio")
    models = json.loads(record["models"])
    assert models["motion"]["name"] == "tiny-motion"
    assert len(models["motion"]["sha256"]) == 64
    assert json.loads(record["options"])["device"] == "cpu"


def _stream(data):
    import io

    return io.BytesIO(data)


def test_before_and_after_lie_side_by_side_with_a_thin_line(analysis, tmp_path):
    request = ExportRequest(tmp_path, frozenset({Part.STRIP}), still="png")
    strip = open_photo(exported(analysis, request)["strip.png"]).pixels
    width = analysis.photo.size[1]
    np.testing.assert_allclose(strip[:, :width], analysis.photo.pixels, atol=1e-4)
    np.testing.assert_allclose(strip[:, width + RULE :], analysis.sharp, atol=1e-4)
    assert np.ptp(strip[:, width : width + RULE]) == 0


def test_masks_are_white_where_a_region_governs(analysis, tmp_path):
    mask = exported(analysis, ExportRequest(tmp_path, frozenset({Part.MASKS})))
    pixels = open_photo(mask["mask-1-Left half.png"]).pixels
    assert pixels[:, 10].min() == 1
    assert pixels[:, -10].max() == 0


def test_flow_is_the_same_in_every_kind_of_file(analysis, tmp_path):
    request = ExportRequest(tmp_path, frozenset({Part.FLOW}), flows=("flo", "pfm"))
    written = exported(analysis, request)
    assert np.array_equal(read_flo(written["flow.flo"]), read_pfm(written["flow.pfm"]))


def test_ping_pong_runs_back_without_stopping_at_the_ends():
    request = ExportRequest(folder=None, frames=5, pingpong=True, loops=2)
    times = [
        round(float(time), 6)
        for count, (first, last) in runs(request)
        for time in np.linspace(first, last, count)
    ]
    once = [-0.5, -0.25, 0, 0.25, 0.5, 0.25, 0, -0.25]
    assert times == once * 2


@pytest.mark.parametrize(
    ("choices", "frames"),
    [({}, 4), ({"pingpong": True}, 6), ({"loops": 3}, 12), ({"pingpong": True, "loops": 2}, 12)],
)
def test_a_film_holds_its_frames_as_often_as_it_is_played(analysis, tmp_path, choices, frames):
    request = ExportRequest(
        tmp_path, frozenset({Part.VIDEO}), frames=4, video_fit=(64, 0), **choices
    )
    assert len(frames_of(exported(analysis, request)["video.mp4"])) == frames


@pytest.mark.parametrize(("loops", "told"), [(0, 0), (1, None), (3, 2)])
def test_an_animation_tells_viewers_how_often(analysis, tmp_path, loops, told):
    request = ExportRequest(
        tmp_path, frozenset({Part.VIDEO}), video="gif", frames=3, loops=loops, video_fit=(64, 0)
    )
    with Image.open(exported(analysis, request)["video.gif"]) as shown:
        assert shown.n_frames == 3
        assert shown.info.get("loop") == told


def test_the_overlay_film_shows_a_marker_that_moves(analysis, tmp_path):
    flowing = analysis.replaced(analysis.trajectory.scaled(0.0))
    moving = _moving(analysis, 40.0)
    request = ExportRequest(tmp_path, frozenset({Part.OVERLAY_VIDEO}), frames=2, video="mkv")
    still = frames_of(exported(flowing, request)["overlay-video.mkv"])
    assert np.abs(still[0].astype(int) - still[1]).max() <= 1, "nothing moves, nothing is drawn"
    first, last = frames_of(exported(moving, request)["overlay-video.mkv"])
    plain = exported(moving, replace(request, parts=frozenset({Part.VIDEO})))["video.mkv"]
    drawn = [np.abs(a.astype(int) - b).max(axis=2) > 60 for a, b in zip(
        (first, last), frames_of(plain), strict=True)]  # fmt: skip
    assert drawn[0].any()
    assert (drawn[0] != drawn[1]).any()


def _moving(analysis, length):
    import torch

    from blurstudio.exposure.trajectory import Trajectory

    flow = torch.zeros(2, *analysis.photo.size)
    flow[0] = length
    return analysis.replaced(Trajectory.from_flow(flow))


def test_files_that_are_there_stay_if_that_is_asked_for(analysis, tmp_path):
    request = ExportRequest(tmp_path, frozenset({Part.SHARP, Part.FIGURES}), conflict=Conflict.SKIP)
    mine = tmp_path / "cafe_cup.jpg" / "sharp.tif"
    mine.parent.mkdir()
    mine.write_text("mine")
    written = exported(analysis, request)
    assert [*written] == ["analysis.json"]
    assert mine.read_text() == "mine"
    assert json.loads(written["analysis.json"].read_text())["files"] == ["sharp.tif"]


def test_both_are_kept_with_a_number(analysis, tmp_path):
    request = ExportRequest(tmp_path, frozenset({Part.PATHS}), conflict=Conflict.NUMBER)
    assert [*exported(analysis, request)] == ["path.npz"]
    assert [*exported(analysis, request)] == ["path (2).npz"]
    assert [*exported(analysis, request)] == ["path (3).npz"]


def test_nothing_to_write_is_a_sentence(analysis, tmp_path):
    with pytest.raises(ExportError, match="nothing to write"):
        write_export(analysis, ExportRequest(tmp_path, frozenset({Part.MASKS})))
    assert not [*tmp_path.iterdir()]


def test_a_bad_name_is_refused_before_anything_is_written(analysis, tmp_path):
    request = ExportRequest(tmp_path, frozenset({Part.SHARP}), pattern="{nobody}")
    with pytest.raises(ExportError, match="no token here"):
        write_export(analysis, request)
    assert not [*tmp_path.iterdir()]


def test_stopping_between_frames_keeps_those_that_are_whole(analysis, tmp_path):
    stop = CancelToken()
    told = []

    def progress(fraction, text):
        told.append(text)
        if fraction > 0.4:
            stop.cancel()

    request = ExportRequest(tmp_path, frozenset({Part.FRAMES}), frames=5)
    with pytest.raises(Cancelled):
        write_export(analysis, request, progress, stop)
    left = sorted(path.name for path in (tmp_path / "cafe_cup.jpg" / "frames").iterdir())
    assert left == ["0001.png", "0002.png", "0003.png"]
    assert set(told) == {"Writing frames"}
