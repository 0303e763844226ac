"""Lanes: order, progress, cancelling, generations, failures and a clean end."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from blurstudio.engine.lanes.jobs import CancelToken, JobState, Lanes
from blurstudio.errors import Cancelled

WAIT = 20
"""Seconds until a broken test gives up; nothing here waits that long when all is well."""


@pytest.fixture
def lanes():
    lanes = Lanes()
    yield lanes
    assert lanes.shutdown(WAIT)


class Gate:
    """Work that says when it has begun and goes on until it is let go."""

    def __init__(self):
        self.begun = threading.Event()
        self.let_go = threading.Event()

    def __call__(self, context):
        self.begun.set()
        assert self.let_go.wait(WAIT)
        return "late"


def occupied(lanes, lane="compute"):
    gate = Gate()
    job = lanes.submit(lane, gate, title="Busy")
    assert gate.begun.wait(WAIT)
    return gate, job


def test_a_job_returns_what_its_function_returns(lanes):
    job = lanes.submit("compute", lambda context: 6 * 7, title="Answer")
    assert job.future.result(WAIT) == 42
    assert job.state is JobState.DONE
    assert job.progress.fraction == 1


def test_jobs_of_a_lane_run_in_order_and_never_at_once(lanes):
    gate, _ = occupied(lanes)
    order = []
    jobs = [
        lanes.submit("compute", lambda context, i=i: order.append(i), title=str(i))
        for i in range(5)
    ]
    assert order == []
    gate.let_go.set()
    for job in jobs:
        job.future.result(WAIT)
    assert order == [0, 1, 2, 3, 4]


def test_reading_goes_on_while_the_other_lane_computes(lanes):
    gate, busy = occupied(lanes)
    assert lanes.submit("io", lambda context: "read", title="Read").future.result(WAIT) == "read"
    assert busy.state is JobState.RUNNING
    gate.let_go.set()


def test_each_lane_has_a_thread_of_its_own(lanes):
    def name(context):
        return threading.current_thread().name

    names = {
        lanes.submit(lane, name, title="Who").future.result(WAIT)
        for lane in ("compute", "io", "compute")
    }
    assert names == {"blurstudio-compute", "blurstudio-io"}


def test_a_cancelled_queued_job_never_runs(lanes):
    gate, _ = occupied(lanes)
    ran = []
    job = lanes.submit("compute", ran.append, title="Stale")
    assert job.cancel()
    assert job.state is JobState.CANCELLED
    gate.let_go.set()
    lanes.submit("compute", lambda context: None, title="After").future.result(WAIT)
    assert ran == []
    with pytest.raises(Cancelled):
        job.future.result(WAIT)


def test_cancelling_a_running_job_frees_the_caller_at_once_and_drops_the_late_result(lanes):
    gate, job = occupied(lanes)
    states = []
    lanes.subscribe(lambda event: states.append((event.job.id, event.state)))
    assert job.cancel()
    with pytest.raises(Cancelled):
        job.future.result(0)
    gate.let_go.set()
    following = lanes.submit("compute", lambda context: None, title="After")
    following.future.result(WAIT)
    assert [state for number, state in states if number == job.id] == [JobState.CANCELLED]
    assert job.state is JobState.CANCELLED


def test_cancelling_twice_or_after_the_end_says_that_nothing_was_cancelled(lanes):
    job = lanes.submit("io", lambda context: 1, title="Quick")
    job.future.result(WAIT)
    assert not job.cancel()
    assert job.future.result(0) == 1


def test_a_running_job_hears_of_its_cancelling(lanes):
    begun, stopped = threading.Event(), threading.Event()

    def work(context):
        begun.set()
        if context.cancel.wait(WAIT):
            stopped.set()
        context.cancel.raise_if_cancelled()

    job = lanes.submit("compute", work, title="Patient")
    assert begun.wait(WAIT)
    job.cancel()
    assert stopped.wait(WAIT)


def test_work_that_stops_itself_counts_as_cancelled_not_as_failed(lanes):
    def work(context):
        raise Cancelled

    job = lanes.submit("compute", work, title="Stops")
    with pytest.raises(Cancelled):
        job.future.result(WAIT)
    assert job.state is JobState.CANCELLED


def test_a_cancelled_future_keeps_its_job_from_running(lanes):
    gate, _ = occupied(lanes)
    ran = []
    job = lanes.submit("compute", ran.append, title="Dropped")
    assert job.future.cancel()
    gate.let_go.set()
    lanes.submit("compute", lambda context: None, title="After").future.result(WAIT)
    assert ran == []
    assert job.state is JobState.CANCELLED


def test_a_failure_arrives_in_future_and_event_and_the_lane_goes_on(lanes):
    failures = []
    lanes.subscribe(
        lambda event: failures.append(event.error) if event.state is JobState.FAILED else None
    )

    def work(context):
        raise ValueError("no good")

    job = lanes.submit("compute", work, title="Fails")
    with pytest.raises(ValueError, match="no good"):
        job.future.result(WAIT)
    assert lanes.submit("compute", lambda context: 1, title="Next").future.result(WAIT) == 1
    assert [str(error) for error in failures] == ["no good"]
    assert job.state is JobState.FAILED


def test_events_tell_a_life_in_order_with_progress_and_result(lanes):
    events = []
    lanes.subscribe(events.append)

    def work(context):
        context.progress(0.25, "First step")
        context.progress(7.0, "Beyond")
        return "all"

    job = lanes.submit("compute", work, title="Told")
    job.future.result(WAIT)
    lanes.submit("compute", lambda context: None, title="After").future.result(WAIT)
    told = [(e.state, e.progress.fraction, e.progress.text) for e in events if e.job is job]
    assert told == [
        (JobState.QUEUED, 0, ""),
        (JobState.RUNNING, 0, ""),
        (JobState.RUNNING, 0.25, "First step"),
        (JobState.RUNNING, 1, "Beyond"),
        (JobState.DONE, 1, "Beyond"),
    ]
    assert [e.result for e in events if e.job is job][-1] == "all"


def test_a_listener_that_fails_or_leaves_stops_nothing(lanes, caplog):
    heard = []

    def broken(event):
        raise RuntimeError("listener")

    lanes.subscribe(broken)
    leave = lanes.subscribe(heard.append)
    lanes.submit("io", lambda context: None, title="One").future.result(WAIT)
    leave()
    leave()
    before = len(heard)
    assert lanes.submit("io", lambda context: 2, title="Two").future.result(WAIT) == 2
    assert len(heard) == before
    assert "listener" in caplog.text


def test_a_newer_generation_cancels_older_work_of_its_key_only(lanes):
    gate, _ = occupied(lanes)
    old = [lanes.submit("compute", lambda c: 0, title="", key="view", generation=g) for g in (1, 2)]
    new = lanes.submit("compute", lambda c: 3, title="New", key="view", generation=3)
    other = lanes.submit("compute", lambda c: 4, title="Other", key="export", generation=1)
    assert lanes.cancel_older("view", 3) == 2
    assert [job.state for job in old] == [JobState.CANCELLED] * 2
    gate.let_go.set()
    assert new.future.result(WAIT) == 3
    assert other.future.result(WAIT) == 4


def test_the_list_of_jobs_holds_those_that_have_not_ended(lanes):
    gate, busy = occupied(lanes)
    queued = lanes.submit("compute", lambda context: None, title="Queued")
    assert lanes.jobs() == (busy, queued)
    gate.let_go.set()
    queued.future.result(WAIT)
    assert lanes.jobs() == ()


def test_an_ended_job_lets_go_of_what_its_function_held(lanes):
    job = lanes.submit("io", lambda context: None, title="Heavy")
    job.future.result(WAIT)
    assert job.function is None


def test_shutdown_cancels_what_is_left_and_leaves_no_thread():
    before = threading.active_count()
    lanes = Lanes()
    gate, busy = occupied(lanes)
    queued = lanes.submit("compute", lambda context: None, title="Never")
    assert not lanes.shutdown(0)
    assert (busy.state, queued.state) == (JobState.CANCELLED, JobState.CANCELLED)
    gate.let_go.set()
    assert lanes.shutdown(WAIT)
    assert threading.active_count() == before
    with pytest.raises(RuntimeError, match="shut down"):
        lanes.submit("io", lambda context: None, title="Late")


class Steps:
    """Work in steps, each of which is told and noted."""

    def __init__(self):
        self.done = []
        self.begun = threading.Event()
        self.let_go = threading.Event()

    def __call__(self, context):
        self.begun.set()
        assert self.let_go.wait(WAIT)
        for step in range(3):
            context.progress(step / 3, f"Step {step}")
            self.done.append(step)
        return "all"


def test_the_queue_gives_way_to_computing_and_goes_on_where_it_was(lanes):
    steps = Steps()
    queued = lanes.submit("queue", steps, title="Can wait")
    assert steps.begun.wait(WAIT)
    gate, first = occupied(lanes)
    steps.let_go.set()
    told = threading.Event()
    lanes.subscribe(lambda event: told.set() if event.progress.text == "Step 0" else None)
    if queued.progress.text != "Step 0":
        assert told.wait(WAIT)
    assert steps.done == [], "it rests at its first step"
    gate.let_go.set()
    assert first.future.result(WAIT) == "late"
    assert queued.future.result(WAIT) == "all"
    assert steps.done == [0, 1, 2]


def test_the_queue_begins_nothing_while_something_computes(lanes):
    gate, _ = occupied(lanes)
    order = []
    queued = lanes.submit("queue", lambda _: order.append("queue"), title="Can wait")
    later = lanes.submit("compute", lambda _: order.append("compute"), title="First")
    assert queued.state is JobState.QUEUED
    gate.let_go.set()
    later.future.result(WAIT)
    queued.future.result(WAIT)
    assert order == ["compute", "queue"]


def test_files_are_read_while_the_queue_rests(lanes):
    lanes.hold("queue", True)
    queued = lanes.submit("queue", lambda _: "queue", title="Can wait")
    assert lanes.submit("io", lambda _: "io", title="Read").future.result(WAIT) == "io"
    assert lanes.submit("compute", lambda _: "c", title="Compute").future.result(WAIT) == "c"
    assert queued.state is JobState.QUEUED
    lanes.hold("queue", False)
    assert queued.future.result(WAIT) == "queue"


@pytest.mark.parametrize("how", ["cancel", "shutdown"])
def test_work_that_rests_can_be_stopped(lanes, how):
    lanes.hold("queue", True)
    steps = Steps()
    steps.let_go.set()
    queued = lanes.submit("queue", steps, title="Can wait")
    if how == "cancel":
        queued.cancel()
    assert lanes.shutdown(WAIT)
    assert queued.state is JobState.CANCELLED
    assert steps.done == []


def test_a_token_stops_only_those_who_ask():
    token = CancelToken()
    token.raise_if_cancelled()
    token.cancel()
    assert token.cancelled
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()


def test_lanes_and_options_come_without_torch_and_end_with_the_interpreter():
    code = (
        "import sys, threading\n"
        "import blurstudio.engine.options\n"
        "from blurstudio.engine.lanes.jobs import Lanes\n"
        "lanes = Lanes()\n"
        "lanes.submit('compute', lambda c: threading.Event().wait(), title='Endless')\n"
        "print('torch' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"
