"""What ``blurstudio process`` writes and how: formats, names, frames, video and flow files."""

from __future__ import annotations

import html
import re
import shlex

import av
import cv2
import numpy as np
import pytest
from PIL import Image

from blurstudio.cli import export_options, one_photo
from blurstudio.engine.export.request import DEPTHS, STILLS, VIDEOS
from blurstudio.media.flow import read_flo
from blurstudio.media.pfm import read_pfm
from blurstudio.session import files
from blurstudio.session.document import Choices, Document, mark_of
from blurstudio.session.regions import Region
from blurstudio.session.shapes import Shape, ShapeKind
from tests.result_files import files_below


def picture(path):
    """Read a picture as it is stored."""
    return cv2.imread(str(path), cv2.IMREAD_UNCHANGED)


@pytest.mark.parametrize(
    ("still", "depth", "kind"),
    [
        ("tif", 32, np.float32),
        ("tif", 16, np.uint16),
        ("png", 8, np.uint8),
        ("png", 32, np.uint16),
        ("jpg", 16, np.uint8),
    ],
)
def test_pictures_have_the_format_and_depth_that_was_asked_for(
    process_photo, home, still, depth, kind
):
    assert process_photo("--parts", "sharp,strip", "--still", still, "--depth", depth).code == 0
    assert files_below(home) == {f"sharp.{still}", f"strip.{still}"}
    assert picture(home / f"sharp.{still}").dtype == kind


def test_jpeg_is_smaller_with_less_quality(process_photo, home):
    sizes = []
    for quality in (95, 30):
        assert process_photo("--parts", "sharp", "--still", "jpg", "--quality", quality).code == 0
        sizes.append((home / "sharp.jpg").stat().st_size)
    assert sizes[1] < sizes[0] / 2


def test_files_are_called_by_a_pattern(process_photo, home):
    words = ("--names", "{name}-{part}", "--frame-names", "single/{name}_{frame:02d}")
    assert process_photo("--parts", "sharp,frames", "--frame-still", "jpg", *words).code == 0
    assert files_below(home) == {"photo-sharp.png", *(f"single/photo_0{n}.jpg" for n in (1, 2, 3))}


@pytest.mark.parametrize(("words", "kind"), [((), np.uint8), (("--frame-depth", 16), np.uint16)])
def test_frames_are_as_deep_as_the_photo_unless_told(process_photo, home, words, kind):
    assert process_photo("--parts", "frames", *words).code == 0
    assert picture(home / "frames" / "0001.png").dtype == kind


def test_a_film_is_as_fast_as_large_and_as_long_as_was_asked_for(process_photo, home):
    words = ("--fps", 7.5, "--video-size", "48x40", "--ping-pong", "--loops", 2)
    assert process_photo("--parts", "video", "--video", "mkv", *words).code == 0
    with av.open(str(home / "video.mkv")) as film:
        stream = film.streams.video[0]
        assert float(stream.average_rate) == 7.5
        assert (stream.width, stream.height) == (48, 36)
        assert sum(1 for _ in film.decode(stream)) == 2 * (3 + 1)


def test_an_animation_tells_how_often_it_is_played(process_photo, home):
    words = ("--video", "gif", "--video-size", 32, "--loops", 3, "--fps", 10)
    assert process_photo("--parts", "video", *words).code == 0
    with Image.open(home / "video.gif") as animation:
        assert (animation.size, animation.n_frames) == ((32, 24), 3)
        assert animation.info["loop"] == 2, "twice more"
        assert animation.info["duration"] == 100


def test_flow_is_written_in_every_kind_that_is_named(process_photo, home):
    assert process_photo("--parts", "flow").code == 0
    assert files_below(home) == {"flow.flo"}
    assert process_photo("--parts", "flow", "--flows", "flo, pfm, KITTI").code == 0
    assert files_below(home) == {"flow.flo", "flow.pfm", "flow_kitti.png"}
    assert np.allclose(read_pfm(home / "flow.pfm"), read_flo(home / "flow.flo"), atol=1e-4)


def test_a_word_about_one_file_leaves_the_others_as_usual(process_photo, home):
    assert process_photo().code == 0
    usual = files_below(home)
    flow, frame = (home / "flow.png").read_bytes(), picture(home / "frames" / "0002.png")
    assert process_photo("--fps", 7).code == 0
    assert files_below(home) == usual
    assert (home / "flow.png").read_bytes() == flow
    assert np.array_equal(picture(home / "frames" / "0002.png"), frame)
    assert process_photo("--fps", 7, "--part", "0:0.5").code == 0
    assert files_below(home) == usual | {"exposed.png"}


def test_frames_of_an_earlier_run_are_not_taken_for_those_of_this_one(process_photo, home):
    assert process_photo("--fps", 7, "--part", "0:0.5").code == 0
    assert process_photo("--fps", 7, "--frames", 2).code == 0
    assert {n for n in files_below(home) if "0" in n} == {"frames/0001.png", "frames/0002.png"}
    assert "exposed.png" not in files_below(home)


@pytest.mark.parametrize("way", [".", "below/.."])
def test_beside_the_photo_its_name_is_taken(blurstudio, tiny_networks, photo, way):
    words = ("-o", photo.parent / way, "--parts", "sharp")
    assert blurstudio("process", photo, *words, *tiny_networks).code == 0
    assert files_below(photo.parent / "photo results") == {"sharp.png"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--names", "{whom}"), "{whom} is no token here"),
        (("--names", "all alike"), "put {part} into the name"),
        (("--frame-names", "all alike"), "put {frame:04d} into the name"),
        (("--names", "con"), "Windows keeps the name"),
        (("--flows", "cake"), '"cake" is no flow file; choose from flo, kitti, pfm'),
        (("--flows", ","), "No kind of flow file is named"),
        (("--video-size", "huge"), "like 1920x1080"),
        (("--video-size", "8"), "from 16 to 16384 px"),
        (("--video-size", "1920x"), "like 1920x1080"),
        (("--parts", "masks"), "There is nothing to write"),
    ],
)
def test_what_can_not_be_is_one_sentence_before_any_work(
    process_photo, tmp_path, monkeypatch, words, sentence
):
    monkeypatch.setattr(one_photo, "_analysed", lambda *_: pytest.fail("analysed in vain"))
    outcome = process_photo(*words)
    assert outcome.code == (1 if words == ("--parts", "masks") else 2), "there may be masks"
    assert len(outcome.sentences) == 1
    assert sentence in outcome.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--still", "bmp"),
        ("--depth", 12),
        ("--quality", 0),
        ("--frame-still", "gif"),
        ("--frame-depth", 24),
        ("--fps", 0.5),
        ("--loops", 100),
    ],
)
def test_a_value_that_the_dialog_does_not_offer_is_a_wrong_command_line(
    process_photo, option, value
):
    outcome = process_photo(option, value)
    assert outcome.code == 2
    assert option in outcome.err


def test_masks_are_those_of_the_document(process_photo, photo, home):
    shape = Shape(ShapeKind.RECTANGLE, ((0.0, 0.0), (48.0, 72.0)))
    choices = Choices(regions=(Region(1, "Left", shape),))
    files.save(Document(mark_of(photo, (72, 96)), choices))
    assert process_photo("--parts", "masks", "--document").code == 0
    assert files_below(home) == {"mask-1-Left.png"}


def test_the_command_of_a_report_makes_just_these_files_again(process_photo, blurstudio, home):
    words = ("--still", "jpg", "--quality", 80, "--video", "gif", "--names", "{name}'s {part}")
    assert process_photo("--parts", "sharp,video,report", "--amount", 60, *words).code == 0
    before = files_below(home)
    page = (home / "photo's report.html").read_text(encoding="utf-8")
    [line] = re.findall("<pre><code>(.*?)</code></pre>", page)
    again = blurstudio(*shlex.split(html.unescape(line))[1:], "--json")
    assert [result["folder"] for result in again.document["skipped"]] == [str(home)]
    assert files_below(home) == before


def test_options_offer_what_the_dialog_offers():
    assert {*export_options.Still} == {*STILLS}
    assert {*export_options.Video} == {*VIDEOS}
    assert [int(depth) for depth in export_options.Depth] == [*DEPTHS]
