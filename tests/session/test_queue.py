"""The queue and its file: what was finished is not done again, what is damaged is set aside."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import pytest
from session_shapes import ellipse, rectangle

from blurstudio.engine.options import AnalysisOptions
from blurstudio.session.conflicts import Conflict
from blurstudio.session.queue import Entry, Outcome, Queue, State, store
from blurstudio.session.regions import Edit, Region

DONE = Outcome(State.DONE, "2 files.")
FAILED = Outcome(State.FAILED, "b.jpg is no photo.")


class Kind(StrEnum):
    """Something that can be written."""

    VIDEO = "video"
    SHARP = "sharp"


@dataclass(frozen=True)
class Wanted:
    """A request, as another room has them."""

    folder: Path
    parts: frozenset[Kind] = frozenset()
    frames: int = 15
    interval: tuple[float, float] = (-0.5, 0.5)
    side: int | None = None


@pytest.fixture
def path(tmp_path):
    """Return where the queue is kept."""
    return tmp_path / "data" / "queue.json"


def queue_of(*names):
    """Return a queue of photos."""
    wanted = Wanted(Path("/results"), frozenset(Kind), interval=(0.0, 0.25), side=480)
    return Queue().add(Entry(Path("/photos") / name, wanted) for name in names)


def again(path, queue):
    """Save a queue, and read it as the next start does."""
    store.save(path, queue)
    return store.load(path, Wanted)


def states(queue):
    """Return the states of the entries, in order."""
    return [entry.state.value for entry in queue.entries]


def test_entries_are_worked_on_in_their_order():
    queue = queue_of("a.jpg", "b.jpg")
    assert queue.next.photo.name == "a.jpg"
    queue = queue.begin(queue.next.number)
    assert queue.next is None, "one at a time"
    queue = queue.end(queue.running.number, DONE)
    assert queue.next.photo.name == "b.jpg"
    assert queue.left == 1


def test_a_failure_stops_nothing_and_can_be_tried_again():
    queue = queue_of("a.jpg", "b.jpg", "c.jpg")
    for outcome in (DONE, FAILED, DONE):
        queue = queue.begin(queue.next.number)
        queue = queue.end(queue.running.number, outcome)
    assert states(queue) == ["done", "failed", "done"]
    assert queue.entries[1].sentence == "b.jpg is no photo."
    queue = queue.clear_finished().retry()
    assert [(entry.photo.name, entry.sentence) for entry in queue.entries] == [("b.jpg", "")]
    assert states(queue) == ["waiting"]


def test_a_paused_queue_begins_nothing():
    queue = queue_of("a.jpg").pause(True)
    assert queue.next is None
    assert queue.pause(False).next.photo.name == "a.jpg"


def test_the_order_can_be_changed_as_far_as_there_is_room():
    queue = queue_of("a.jpg", "b.jpg", "c.jpg")
    first, second, third = (entry.number for entry in queue.entries)
    queue = queue.move(third, -1).move(first, 5).move(second, -5)
    assert [entry.photo.name for entry in queue.entries] == ["b.jpg", "c.jpg", "a.jpg"]
    assert [entry.photo.name for entry in queue.remove(third).entries] == ["b.jpg", "a.jpg"]
    assert queue.move(99, 1) == queue


def test_numbers_are_never_given_twice_at_a_time():
    queue = queue_of("a.jpg", "b.jpg")
    queue = queue.remove(queue.entries[0].number).add(queue.entries)
    assert len({entry.number for entry in queue.entries}) == 3


def test_a_queue_comes_back_as_it_was(path):
    entry = Entry(
        Path("/photos/Größe \udcff.jpg"),
        Wanted(Path("/results")),
        AnalysisOptions(constraint="linear", reverse=True, flips=((0.25, 0.5),)),
        (Region(1, "Wheel", ellipse(1, 2, 30, 40), edit=Edit.SCALE, factor=1.25),
         Region(2, "Sky", rectangle(0, 0, 40, 60), edit=Edit.FREEZE)),
        own_document=True,
        conflict=Conflict.NUMBER,
    )  # fmt: skip
    queue = queue_of("a.jpg").add([entry]).pause(True)
    queue = queue.settle(queue.entries[0].number, Path("/results/a.jpg (2)"))
    left = again(path, queue)
    assert left.queue == queue
    assert not left.remarks
    assert left.saveable


def test_after_a_crash_what_is_finished_is_not_done_again(path):
    queue = queue_of("a.jpg", "b.jpg", "c.jpg")
    queue = queue.begin(1).end(1, DONE).begin(2).settle(2, Path("/results/b.jpg (2)"))
    queue = again(path, queue).queue
    assert states(queue) == ["done", "waiting", "waiting"]
    assert queue.next.photo.name == "b.jpg"
    assert queue.next.home == Path("/results/b.jpg (2)"), "half written there, and gone on with"


def test_a_photo_that_the_program_ended_over_twice_is_left_alone(path):
    queue = queue_of("a.jpg", "b.jpg")
    queue = again(path, queue.begin(1)).queue
    queue = again(path, queue.begin(1)).queue
    assert states(queue) == ["failed", "waiting"]
    assert "ended twice" in queue.entries[0].sentence


def test_closing_the_window_is_no_crash(path):
    queue = queue_of("a.jpg")
    for _ in range(5):
        queue = again(path, queue.begin(1).interrupt()).queue
        assert states(queue) == ["waiting"]


def test_an_empty_queue_leaves_no_file(path):
    store.save(path, queue_of("a.jpg"))
    store.save(path, Queue())
    assert not path.exists()
    assert store.load(path, Wanted).queue == Queue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'{"format": "blurstudio-queue", "version": 1, "entr', "is no JSON"),
        (b"\xff\xfe\x00", "it is no text"),
        (b"[1, 2]", "no queue of Blur Studio"),
        (b'{"format": "blurstudio-queue"}', "version is missing"),
    ],
)
def test_a_damaged_file_is_set_aside_and_never_written_over(path, content, why):
    path.parent.mkdir()
    path.write_bytes(content)
    left = store.load(path, Wanted)
    assert left.queue == Queue()
    assert why in left.remarks[0]
    assert "queue.json.aside" in left.remarks[0]
    store.save(path, queue_of("a.jpg"))
    assert path.with_name("queue.json.aside").read_bytes() == content


def damaged(path, queue, change):
    """Save a queue, and change its file as another program might."""
    store.save(path, queue)
    table = json.loads(path.read_text())
    change(table)
    path.write_text(json.dumps(table))
    return store.load(path, Wanted)


def test_a_damaged_entry_spoils_no_other(path):
    def change(table):
        table["entries"][0]["state"] = "asleep"
        table["entries"][1]["request"].pop("folder")
        table["entries"].append("nonsense")

    left = damaged(path, queue_of("a.jpg", "b.jpg", "c.jpg"), change)
    assert [entry.photo.name for entry in left.queue.entries] == ["c.jpg"]
    assert "damaged" in left.remarks[0]
    assert path.with_name("queue.json.aside").exists()


def test_what_another_version_knows_of_a_request_is_left_out(path):
    def change(table):
        request = table["entries"][0]["request"]
        request["sparkle"] = True
        request["frames"] = "many"
        del request["side"]

    left = damaged(path, queue_of("a.jpg"), change)
    entry = left.queue.entries[0]
    assert entry.request == replace(queue_of("a").entries[0].request, side=None)
    assert "“frames”" in left.remarks[0]


def test_a_newer_version_is_left_untouched(path):
    left = damaged(path, queue_of("a.jpg"), lambda table: table.update(version=99))
    assert left.queue == Queue()
    assert not left.saveable
    assert "newer" in left.remarks[0]
    assert json.loads(path.read_text())["version"] == 99
