"""The bridge between lanes and window: order, generations, threads, the end."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from blurstudio.app.bridge import JobBridge
from blurstudio.app.photo import work
from blurstudio.app.photo.scrub import PictureRequests
from blurstudio.engine.lanes.jobs import JobState
from blurstudio.errors import PhotoError


@pytest.fixture
def bridge(qapp):
    """Return a bridge that is closed after the test."""
    owner = QObject()
    made = JobBridge(owner)
    yield made
    assert made.close(10)


@pytest.fixture
def heard():
    """Return a list to append what arrives to."""
    return []


def test_a_result_arrives_on_the_thread_of_the_window(bridge, heard, qtbot):
    def done(result):
        heard.append((result, threading.current_thread()))

    bridge.ask("io", lambda _: threading.current_thread().name, key="a", done=done)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("blurstudio-io", threading.main_thread())]


def test_what_is_renewed_is_dropped(bridge, heard, qtbot):
    started, goes_on = threading.Event(), threading.Event()

    def deaf(_context):
        started.set()
        goes_on.wait(10)
        return "late"

    bridge.ask("compute", deaf, key="a", done=heard.append)
    started.wait(10)
    bridge.renew("a")
    goes_on.set()
    bridge.ask("compute", lambda _: "new", key="a", done=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["new"]


def test_a_result_that_is_on_its_way_when_it_gets_stale_is_dropped(bridge, heard, qtbot):
    returned = threading.Event()
    bridge.ask("io", lambda _: "old", key="a", done=heard.append)
    bridge.ask("io", lambda _: returned.set(), key="b", done=lambda _: None)
    returned.wait(10)
    bridge.renew("a")
    bridge.ask("io", lambda _: "new", key="a", done=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["new"]


def test_a_job_is_busy_until_its_result_was_told(bridge, heard, qtbot):
    returned = threading.Event()
    bridge.ask("io", lambda _: returned.set(), key="a", done=heard.append)
    returned.wait(10)
    assert bridge.is_busy("a")
    assert not bridge.is_idle
    qtbot.waitUntil(lambda: bool(heard))
    assert not bridge.is_busy("a")
    assert bridge.is_idle


def test_what_a_result_changes_is_seen_to_before_the_next_one_is_told(bridge, heard, qtbot):
    """Both were ready: what the first one has the window do later comes before the second."""
    both = threading.Barrier(3)

    class Window(QObject):
        def customEvent(self, event):
            heard.append("painted")

    window = Window()

    def told(_):
        heard.append("told")
        QCoreApplication.postEvent(window, QEvent(QEvent.Type.User))

    for lane in ("io", "compute"):
        bridge.ask(lane, lambda _: both.wait(10), key=lane, done=told)
    both.wait(10)
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert heard == ["told", "painted", "told", "painted"]


def test_renewing_one_key_leaves_the_others_alone(bridge, heard, qtbot):
    bridge.ask("io", lambda _: "kept", key="a", done=heard.append)
    bridge.renew("b")
    qtbot.waitUntil(lambda: heard == ["kept"])


def test_an_error_for_the_person_is_told_in_its_own_words(bridge, heard, qtbot):
    def fails(_context):
        raise PhotoError("The photo is gone; look elsewhere.")

    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.ask("io", fails, key="a", done=heard.append, ended=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert failed.args == ["The photo is gone; look elsewhere."]
    assert heard == [JobState.FAILED]


def test_a_cancelled_job_ends_and_says_nothing(bridge, heard, qtbot):
    goes_on = threading.Event()
    sentences = []
    bridge.failed.connect(sentences.append)
    bridge.ask("io", lambda _: goes_on.wait(10), key="a", done=heard.append)
    waiting = bridge.ask("io", lambda _: None, key="a", done=heard.append, ended=heard.append)
    bridge.cancel(waiting)
    goes_on.set()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert JobState.CANCELLED in heard
    assert sentences == []


def test_jobs_with_a_title_are_told_of_from_beginning_to_end(bridge, heard, qtbot):
    def works(context):
        context.progress(0.5, "half")

    bridge.added.connect(lambda id_, title: heard.append(("added", id_, title)))
    bridge.progressed.connect(lambda id_, *how: heard.append(("progressed", id_, *how)))
    bridge.ended.connect(lambda id_: heard.append(("ended", id_)))
    with qtbot.waitSignal(bridge.ended):
        number = bridge.ask("io", works, key="a", title="Job", done=lambda _: None)
    assert heard[0] == ("added", number, "Job")
    assert ("progressed", number, 0.5, "half") in heard
    assert heard[-1] == ("ended", number)


def test_jobs_without_a_title_are_not_told_of(bridge, heard, qtbot):
    bridge.added.connect(lambda *_: heard.append("added"))
    bridge.ended.connect(lambda *_: heard.append("ended"))
    bridge.ask("io", lambda _: None, key="a", done=lambda _: heard.append("done"))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["done"]


def test_nothing_arrives_after_the_end(qapp, heard, qtbot):
    owner = QObject()
    bridge = JobBridge(owner)
    finished = threading.Event()
    bridge.ask("io", lambda _: finished.set(), key="a", done=heard.append)
    finished.wait(10)
    assert bridge.close(10)
    qapp.processEvents()
    assert heard == []


class SlowPlayer:
    """A player that makes one frame for each permission."""

    def __init__(self):
        self.allowed = threading.Semaphore(0)
        self.made = []

    def frame(self, time):
        import numpy as np

        self.allowed.acquire(timeout=10)
        self.made.append(time)
        return np.full((2, 2, 3), round(100 * (time + 0.5)), np.uint8)


@pytest.fixture
def frames(bridge):
    """Return the requests for frames on a bridge."""
    return PictureRequests(bridge, "frame", "io", work.frame, bridge)


def test_only_the_newest_moment_is_made(frames, qtbot):
    player = SlowPlayer()
    frames.use(player)
    seen = []
    frames.ready.connect(lambda time, _: seen.append(time))
    for time in (-0.5, -0.4, -0.3, 0.1, 0.5):
        frames.request(time)
    player.allowed.release(2)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [-0.5, 0.5]
    assert player.made == [-0.5, 0.5]


def test_frames_of_another_result_are_dropped(frames, qtbot):
    old, new = SlowPlayer(), SlowPlayer()
    seen = []
    frames.ready.connect(lambda time, picture: seen.append((time, picture.width())))
    frames.use(old)
    frames.request(0.0)
    frames.use(new)
    frames.request(0.25)
    old.allowed.release()
    new.allowed.release()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(0.25, 2)]


def test_without_a_result_no_frame_is_asked_for(frames, bridge):
    frames.request(0.1)
    assert not bridge.is_busy("frame")


def test_after_a_frame_that_failed_the_next_one_is_made(frames, bridge, qtbot):
    class Stumbling(SlowPlayer):
        def frame(self, time):
            if time == 0.0:
                raise MemoryError("no room")
            return super().frame(time)

    player = Stumbling()
    frames.use(player)
    with qtbot.waitSignal(bridge.crashed):
        frames.request(0.0)
    player.allowed.release()
    with qtbot.waitSignal(frames.ready) as ready:
        frames.request(0.5)
    assert ready.args[0] == 0.5
