"""The benchmarks of the window run, and say on the page what was seen; no time is judged here."""

from __future__ import annotations

import math
import sys
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QTimer

from benchmarks import desk, frames, photos, soak, stalls
from benchmarks.desk_report import frames_section, soak_section, stalls_section
from benchmarks.launch import Launch, measure_launch
from benchmarks.stall_watch import Stall, StallWatch, innermost
from blurstudio.engine.lanes.jobs import CancelToken, JobContext
from blurstudio.errors import DataError


def quiet(fraction, text):
    pass


@pytest.fixture(autouse=True)
def _settings_of_its_own(monkeypatch, tmp_path, qapp):
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()


def test_both_viewers_make_every_motion(qapp):
    found = frames.measure_frames((60, 80), 3, quiet)
    assert set(found.motions) == {"pan", "zoom", "scrub"}
    for viewers in found.motions.values():
        assert {name: len(spread.clock) for name, spread in viewers.items()} == {
            "ours": 3,
            "ImageView": 3,
        }
    text = frames_section({2: found}, 3, "small and few").markdown()
    assert "| 2 Mpx, zoom |" in text
    assert "99th percentile" in text


def test_a_spread_tells_its_middle_and_its_end():
    spread = frames.Spread((0.001,) * 99 + (1.0,), (0.002,) * 100)
    assert (spread.median, spread.work) == (0.001, 0.002)
    assert spread.rarely > 0.001


def test_the_loop_is_watched_phase_by_phase(qtbot):
    watch = StallWatch()
    watch.start("idle")
    turns = []
    QTimer.singleShot(0, lambda: turns.append("idle"))
    qtbot.waitUntil(lambda: len(turns) == 1)
    watch.begin("busy")
    QTimer.singleShot(0, lambda: turns.append(sum(range(10**5))))
    qtbot.waitUntil(lambda: len(turns) == 2)
    watch.stop()
    assert list(watch.longest) == list(watch.most_worked) == ["idle", "busy"]
    assert watch.most_worked["busy"].worked > 0


def test_where_a_thread_is_seen_is_the_programs_own_innermost_function():
    seen = []
    context = JobContext(lambda *_: seen.append(innermost(sys._getframe())), CancelToken())
    context.progress(0.5)
    assert seen == ["engine.lanes.job.JobContext.progress"]


def test_the_program_is_launched_shows_a_result_and_closes(tmp_path):
    photo = photos.write_photo(tmp_path / "photo.jpg", 48, 64)
    launch = measure_launch(photo, tmp_path / "home", 0, quiet)
    assert 0 < launch.painted < launch.analysed
    assert launch.closing > 0


def test_launch_stalls_and_closing_are_judged():
    seen = {
        "nothing at all": Stall(0.02, 0.001),
        "scrubbing it": Stall(0.061, 0.012, "app.canvas.view.paint"),
    }
    section = stalls_section(
        Launch(0.8, 4.0, 3.5, 0.02, 0.01), stalls.Stalls(seen, seen), "the sample"
    )
    assert [(each.reached, each.verdict) for each in section.figures] == [
        ("0.80 s", "reached"),
        ("4.0 s", "reached"),
        ("3.50 s", "not reached"),
        ("61 ms (scrubbing it)", "not reached"),
        ("12 ms (scrubbing it)", "reached"),
    ]
    assert "`app.canvas.view.paint`" in section.body


def test_a_sitting_with_three_photos_at_the_real_engine(tmp_path, tiny_models):
    three = soak.make_photos(tmp_path, 3, ((48, 64), (60, 90)))
    told = []
    result = soak.soak(
        three, tmp_path, replace(tiny_models, max_side=64), 2, lambda _, text: told.append(text)
    )
    assert told == [photo.name for photo in three]
    assert len(result.memory) == 3
    assert min(result.memory) > 10 << 20
    assert "| 3 |" in soak_section(result, "3 photos").markdown()


def test_growth_is_counted_from_the_twentieth_photo_between_photos_of_all_sizes():
    # Two sizes in turns, 50 MB apart, 100 MB of warming up, then 1 MB more with each photo.
    memory = [10**6 * (1000 + 50 * (n % 2) + (n if n >= 20 else 5 * n)) for n in range(60)]
    assert soak.Soak(tuple(memory), 1.0, 2).growth == pytest.approx(38e6)
    assert math.isnan(soak.Soak((1,), 1.0, 2).growth)
    assert soak.Soak((1, 2, 5), 1.0, 5).growth == 3


def test_photos_of_a_folder_are_copied_as_often_as_is_asked(tmp_path):
    source, folder = tmp_path / "source", tmp_path / "folder"
    source.mkdir()
    folder.mkdir()
    for name in ("a.jpg", "b.png", "c.txt"):
        (source / name).write_bytes(name.encode())
    copies = soak.copy_photos(source, folder, 5)
    assert [copy.name for copy in copies] == ["1 a.jpg", "2 b.png", "3 a.jpg", "4 b.png", "5 a.jpg"]
    with pytest.raises(DataError, match="no photos"):
        soak.copy_photos(folder / "none", folder, 1)


def test_made_up_pictures_differ_with_their_seed():
    one, other = desk.plain_picture(40, 60, 1), desk.plain_picture(40, 60, 2)
    assert one.shape == (40, 60, 3)
    assert not np.array_equal(one, other)
    assert np.array_equal(one, desk.plain_picture(40, 60, 1))
