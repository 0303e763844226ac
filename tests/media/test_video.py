"""Films and animations: their colours, sizes and times, and what stops them."""

from __future__ import annotations

import errno
import os

import av
import numpy as np
import pytest
from PIL import Image, ImageSequence

from blurstudio.errors import Cancelled, ExportError
from blurstudio.media import encoding
from blurstudio.media.video import SUFFIXES, available_kinds, write_video

RED, GREEN, BLUE = (200, 30, 30), (30, 180, 60), (20, 40, 210)


def flat(colour, height=48, width=64):
    return np.full((height, width, 3), colour, np.uint8)


def film(path):
    """Decoded frames as sRGB bytes, and the stream's description."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        description = {
            "codec": context.name,
            "format": context.pix_fmt,
            "matrix": context.colorspace,
            "primaries": context.color_primaries,
            "transfer": context.color_trc,
            "range": context.color_range,
            "rate": float(stream.average_rate),
        }
        frames = [
            frame.reformat(
                format="rgb24",
                src_colorspace="ITU709",
                dst_colorspace="ITU709",
                src_color_range="MPEG",
                dst_color_range="JPEG",
            ).to_ndarray()
            for frame in container.decode(stream)
        ]
    return frames, description


def pictures(path):
    with Image.open(path) as image:
        assert image.info.get("loop") == 0
        return [
            (np.asarray(frame.convert("RGB")), frame.info["duration"])
            for frame in ImageSequence.Iterator(image)
        ]


@pytest.mark.parametrize("colour", [RED, GREEN, BLUE, (255, 255, 255), (0, 0, 0), (127, 127, 127)])
def test_mp4_shows_the_colours_it_was_given(tmp_path, colour):
    write_video(tmp_path / "v.mp4", [flat(colour)] * 3, 30)
    frames, _ = film(tmp_path / "v.mp4")
    for frame in frames:
        assert np.abs(frame.astype(int) - colour).max() <= 3


def test_mp4_says_which_colours_it_holds(tmp_path):
    write_video(tmp_path / "v.mp4", [flat(RED)] * 3, 24)
    _, description = film(tmp_path / "v.mp4")
    assert description == {
        "codec": "h264",
        "format": "yuv420p",
        "matrix": 1,
        "primaries": 1,
        "transfer": 1,
        "range": 1,
        "rate": 24,
    }


def test_frames_keep_their_order_and_number(tmp_path):
    shades = [10, 60, 110, 160, 210]
    write_video(tmp_path / "v.mp4", (flat((shade,) * 3) for shade in shades), 15)
    frames, _ = film(tmp_path / "v.mp4")
    assert [round(float(frame.mean()) / 10) * 10 for frame in frames] == shades


@pytest.mark.parametrize("size", [(1, 1), (47, 64), (48, 63), (33, 35)])
def test_odd_sizes_are_padded_to_even_with_the_border(tmp_path, size):
    frame = flat(RED, *size)
    frame[-1], frame[:, -1] = GREEN, GREEN
    write_video(tmp_path / "v.mp4", [frame], 30)
    (shown,), _ = film(tmp_path / "v.mp4")
    assert shown.shape == (size[0] + size[0] % 2, size[1] + size[1] % 2, 3)
    # Colour is stored at half size, so the red beside it bleeds in a little; black would not.
    assert np.abs(shown[-1, -1].astype(int) - GREEN).max() <= 16


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_animations_show_colours_and_last_as_long_as_they_should(tmp_path, suffix):
    path = tmp_path / f"v{suffix}"
    write_video(path, [flat(RED, 31, 33), flat(GREEN, 31, 33), flat(BLUE, 31, 33)], 10)
    shown = pictures(path)
    assert [duration for _, duration in shown] == [100, 100, 100]
    for (frame, _), colour in zip(shown, (RED, GREEN, BLUE), strict=True):
        assert frame.shape == (31, 33, 3)
        assert np.abs(frame.astype(int) - colour).max() <= 4


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_frames_are_taken_one_by_one_and_progress_is_told(tmp_path, suffix):
    alive, told = [], []

    def frames():
        for shade in range(0, 200, 50):
            alive.append(shade)
            assert len(told) == len(alive) - 1, "a frame was asked for before the last was done"
            yield flat((shade, 0, 0))

    write_video(
        tmp_path / f"v{suffix}", frames(), 30, 4, lambda share, text: told.append((share, text))
    )
    assert told == [(n / 4, f"frame {n} of 4") for n in (1, 2, 3, 4)]


def test_a_list_knows_its_own_length(tmp_path):
    told = []
    write_video(
        tmp_path / "v.gif", [flat(RED), flat(BLUE)], 30, progress=lambda *args: told.append(args)
    )
    assert [share for share, _ in told] == [0.5, 1.0]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_cancelled_film_leaves_the_old_one_and_nothing_else(tmp_path, suffix):
    def frames():
        yield flat(RED)
        yield flat(GREEN)
        raise Cancelled

    target = tmp_path / f"v{suffix}"
    target.write_bytes(b"old")
    with pytest.raises(Cancelled):
        write_video(target, frames(), 30)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path, suffix, monkeypatch):
    def full(*arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ExportError, match="disk is full"):
        write_video(tmp_path / f"v{suffix}", [flat(RED)], 30)
    assert list(tmp_path.iterdir()) == []


def test_an_encoder_that_is_not_there_is_told(tmp_path, monkeypatch):
    def missing(*arguments, **options):
        raise av.error.EncoderNotFoundError(1, "Encoder not found")

    monkeypatch.setattr(av, "open", missing)
    with pytest.raises(ExportError, match="MP4 can't be encoded here"):
        write_video(tmp_path / "v.mp4", [flat(RED)], 30)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "frames", "words"),
    [
        ("v.avi", [flat(RED)], "no known ending"),
        ("v.mp4", [], "no frames"),
        ("v.webp", [flat(RED, 1, 16384)], "too large"),
        ("v.gif", [flat(RED, 65536, 1)], "too large"),
        ("nowhere/v.mp4", [flat(RED)], "folder does not exist"),
    ],
)
def test_what_can_t_be_written_is_told(tmp_path, name, frames, words):
    with pytest.raises(ExportError, match=words):
        write_video(tmp_path / name, frames, 30)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "frames",
    [
        [flat(RED), flat(RED, 10, 10)],
        [flat(RED).astype(np.float32)],
        [flat(RED)[..., :2]],
    ],
)
def test_frames_that_don_t_fit_are_a_mistake_of_the_program(tmp_path, frames):
    with pytest.raises(ValueError, match="frames must be"):
        write_video(tmp_path / "v.mp4", frames, 30)
    with pytest.raises(ValueError, match="fps"):
        write_video(tmp_path / "v.mp4", [flat(RED)], 0)
    assert list(tmp_path.iterdir()) == []


def test_ffv1_keeps_every_pixel(tmp_path):
    noise = np.random.default_rng(3).integers(0, 256, (3, 33, 47, 3)).astype(np.uint8)
    write_video(tmp_path / "v.mkv", noise, 30)
    with av.open(str(tmp_path / "v.mkv")) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "ffv1"
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
    assert np.array_equal(frames, noise)


@pytest.mark.parametrize("colour", [RED, GREEN, BLUE, (127, 127, 127)])
def test_prores_shows_the_colours_it_was_given_and_says_which(tmp_path, colour):
    write_video(tmp_path / "v.mov", [flat(colour, 47, 63)] * 2, 25)
    frames, description = film(tmp_path / "v.mov")
    assert frames[0].shape == (48, 64, 3)
    assert np.abs(frames[0].astype(int) - colour).max() <= 3
    assert description["codec"] == "prores"
    assert description["format"] == "yuv422p10le"
    assert (description["matrix"], description["primaries"], description["rate"]) == (1, 1, 25)


def test_what_can_not_be_encoded_here_is_not_offered(tmp_path, monkeypatch):
    monkeypatch.setitem(encoding.ENCODERS, ".mov", "no such encoder")
    available_kinds.cache_clear()
    try:
        assert available_kinds() == ("mp4", "mkv", "gif", "webp")
        with pytest.raises(ExportError, match="MOV can't be encoded here; choose one of mp4, mkv"):
            write_video(tmp_path / "v.mov", [flat(RED)], 30)
    finally:
        available_kinds.cache_clear()
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("loops", [0, 1, 3])
def test_webp_tells_how_often_it_is_played(tmp_path, loops):
    write_video(tmp_path / "v.webp", [flat(RED), flat(GREEN)], 10, loops=loops)
    with Image.open(tmp_path / "v.webp") as image:
        assert image.info["loop"] == loops
