"""Numbered frames and the film of them: each frame is made once for both, one at a time."""

from __future__ import annotations

from dataclasses import replace

import av
import numpy as np
import pytest

from blurstudio.engine.analysis import Analysis
from blurstudio.engine.export.request import Conflict, ExportRequest, Part
from blurstudio.engine.export.write import write_export
from blurstudio.media.photo import open_photo

BOTH = frozenset({Part.FRAMES, Part.VIDEO})


class Counting(Analysis):
    """An analysis that notes each frame that is made, and whether the one before was kept then."""

    kept = None
    """Says whether a numbered frame is on the disk."""

    def frames(self, count, interval=(-0.5, 0.5), size=None):
        for number, frame in enumerate(super().frames(count, interval, size), start=1):
            self.made.append(frame.shape[:2])
            assert self.kept is None or number == 1 or self.kept(number - 1)
            yield frame


@pytest.fixture
def analysis(photo, options):
    counting = Counting(photo, options)
    counting.made = []
    return counting


@pytest.fixture
def home(tmp_path):
    return tmp_path / "a photo.jpg"


@pytest.fixture
def asked(tmp_path):
    return ExportRequest(tmp_path, BOTH, video="mkv", frames=4, frame_depth=8)


def film_of(path):
    with av.open(str(path)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


def names(files):
    return [file.name for file in files]


def test_a_frame_is_made_once_and_written_before_the_next(analysis, asked, home):
    analysis.kept = lambda number: (home / "frames" / f"{number:04d}.png").exists()
    files = write_export(analysis, asked)
    assert names(files) == ["0001.png", "0002.png", "0003.png", "0004.png", "video.mkv"]
    assert analysis.made == [analysis.photo.size] * 4
    for file, shown in zip(files, film_of(home / "video.mkv"), strict=False):
        np.testing.assert_array_equal(np.rint(open_photo(file).pixels * 255), shown)


def test_the_same_files_are_written_one_kind_at_a_time(analysis, asked, home, tmp_path):
    apart = tmp_path / "apart"
    write_export(analysis, asked)
    for part in BOTH:
        write_export(analysis, replace(asked, folder=apart, parts=frozenset({part})))
    for number in range(1, 5):
        name = f"frames/{number:04d}.png"
        assert (home / name).read_bytes() == (apart / home.name / name).read_bytes()
    films = (film_of(home / "video.mkv"), film_of(apart / home.name / "video.mkv"))
    assert all(np.array_equal(*shown) for shown in zip(*films, strict=True))


def test_a_smaller_film_shows_the_frames_reduced(analysis, asked, home):
    files = write_export(analysis, replace(asked, video_fit=(65, 0)))
    assert analysis.made == [analysis.photo.size] * 4
    for file, shown in zip(files, film_of(home / "video.mkv"), strict=False):
        assert shown.shape == (45, 65, 3)
        large = open_photo(file).pixels
        assert large.shape == (90, 130, 3)
        reduced = large.reshape(45, 2, 65, 2, 3).mean(axis=(1, 3))
        np.testing.assert_allclose(shown / 255, reduced, atol=1.5 / 255)


@pytest.mark.parametrize(
    ("choices", "shown"), [({"pingpong": True}, 6), ({"loops": 2}, 8), ({"loops": 1}, 4)]
)
def test_a_film_that_shows_frames_again_has_them_all(analysis, asked, home, choices, shown):
    files = write_export(analysis, replace(asked, **choices))
    assert len(files) == 4 + 1
    film = film_of(home / "video.mkv")
    assert len(film) == shown
    last = np.rint(open_photo(home / "frames" / "0004.png").pixels * 255)
    np.testing.assert_array_equal(film[3], last)
    assert len(analysis.made) == shown + (0 if shown == 4 else 4)


def test_films_alone_are_made_as_large_as_they_are(analysis, asked):
    write_export(analysis, replace(asked, parts=frozenset({Part.VIDEO}), video_fit=(65, 0)))
    assert analysis.made == [(45, 65)] * 4


def test_what_is_there_already_is_left_out_of_either(analysis, asked, home):
    request = replace(asked, conflict=Conflict.SKIP)
    write_export(analysis, request)
    (home / "video.mkv").unlink()
    (home / "frames" / "0001.png").write_bytes(b"mine")
    assert names(write_export(analysis, request)) == ["video.mkv"]
    assert len(film_of(home / "video.mkv")) == 4
    (home / "video.mkv").write_bytes(b"mine")
    (home / "frames" / "0003.png").unlink()
    assert names(write_export(analysis, request)) == ["0003.png"]
    assert (home / "video.mkv").read_bytes() == b"mine"
    assert (home / "frames" / "0001.png").read_bytes() == b"mine"
    analysis.made.clear()
    assert write_export(analysis, request) == []
    assert analysis.made == []
