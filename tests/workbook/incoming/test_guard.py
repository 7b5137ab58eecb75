"""Whatever befalls a child becomes one named reason, and the rest goes on."""

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import psutil
import pytest

from workbook.errors import Damaged, NotAWorkbook, TooLarge, TooSlow, Unforeseen
from workbook.incoming import guard, ward
from workbook.incoming.guard import Limits, each, guarded
from workbook.messages import sentence

#: Short enough for a test, long enough for a busy machine to start a child and open a small file.
QUICK = Limits(seconds=2, memory=200 << 20)

# A child that is a new interpreter could not import this file; on such systems the hostile files speak for the guard.
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only a forked child knows the functions of a test file"
)


@pytest.fixture(autouse=True)
def fresh_children():
    yield
    guard.close()


def double(number):
    return 2 * number


def aborts(_):
    os.abort()


def overflows(_):
    ctypes.string_at(0)  # ends as a stack overflow in a native reader does: by a signal


def never_ends(_):
    while True:
        pass


def never_ends_and_cannot_be_asked(_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass


def eats(_):
    return len(bytearray(4 << 30))


def eats_slowly(_):
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    held = []
    while True:
        held.append(os.urandom(1 << 20))
        time.sleep(0.001)


def refuses(_):
    raise NotAWorkbook("file.pdf")


def quotes_a_cell(_):
    raise KeyError("Vi Thị Thử")


def panics(_):
    raise type("PanicException", (BaseException,), {})("index out of range")


def shouts(_):
    os.write(2, b"thread panicked")
    return True


def act(what, number):
    return what(number)


def test_an_error_is_sent_without_what_it_came_from():
    """A library that teaches pickle to send causes along (Dask brings one) must not lose a file to a panic."""
    error = Damaged("file.damaged", {"file": "x"})
    error.__cause__ = type("PanicException", (BaseException,), {})("index out of range")
    sent = ward._reason(error)
    assert (sent.code, sent.detail, sent.__cause__) == ("file.damaged", {"file": "x"}, None)


@pytest.mark.parametrize(
    ("what", "error", "code"),
    [
        (aborts, Damaged, "file.damaged"),
        (overflows, Damaged, "file.damaged"),
        (panics, Damaged, "file.damaged"),
        (never_ends, TooSlow, "file.too_slow"),
        (never_ends_and_cannot_be_asked, TooSlow, "file.too_slow"),
        (eats, TooLarge, "file.too_large"),
        (refuses, NotAWorkbook, "file.pdf"),
        (quotes_a_cell, Unforeseen, "file.unforeseen"),
    ],
)
def test_one_bad_file_costs_its_own_line_and_no_other(what, error, code):
    calls = [(double, 1), (what, 2), (double, 3), (double, 4)]
    outcomes = dict(each(act, calls, 2, QUICK))

    assert [outcomes[number] for number in (0, 2, 3)] == [2, 6, 8]
    assert type(outcomes[1]) is error
    assert outcomes[1].code == code
    assert sentence(code, outcomes[1].detail).fix


def test_memory_is_held_where_the_system_sets_no_limit(monkeypatch):
    monkeypatch.setattr(guard, "settle", lambda memory: None)
    with pytest.raises(TooLarge):
        guarded(act, eats_slowly, 1, limits=Limits(seconds=30, memory=100 << 20))


def test_a_fault_of_ours_is_told_by_its_type_and_place_and_quotes_nothing():
    with pytest.raises(Unforeseen) as told:
        guarded(act, quotes_a_cell, 1)
    said = sentence(told.value.code, told.value.detail).message

    assert "KeyError, test_guard.py:" in said
    assert "Vi Thị Thử" not in said + repr(told.value)


def test_many_crashes_in_a_row_lose_no_call():
    calls = [(aborts if number % 3 == 0 else double, number) for number in range(30)]
    outcomes = dict(each(act, calls, 2, QUICK))
    assert len(outcomes) == 30
    assert all(outcomes[number] == 2 * number for number in range(30) if number % 3)


def test_children_that_somebody_else_killed_are_started_anew():
    assert guarded(act, double, 1) == 2
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    assert guarded(act, double, 2) == 4


def test_a_child_serves_many_calls():
    (first,) = {guarded(os.getpid) for _ in range(3)}
    assert first != os.getpid()


def test_who_stops_listening_stops_the_children_at_once():
    began = time.monotonic()
    for _ in each(act, [(double, 1), (never_ends, 2), (never_ends, 3)], 2, Limits(seconds=60)):
        break
    assert time.monotonic() - began < 20
    assert not multiprocessing.active_children()


def test_what_a_dying_reader_says_is_not_heard(capfd):
    assert guarded(act, shouts, 1)
    assert capfd.readouterr().err == ""


def test_a_part_of_the_work_guards_itself_in_another_process():
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        assert pool.submit(guarded, act, double, 4).result(timeout=60) == 8
        with pytest.raises(Damaged):
            pool.submit(guarded, act, aborts, 4).result(timeout=60)


_ENDLESS = """
import sys, time
from workbook.incoming.guard import each

if __name__ == "__main__":
    for number, outcome in each(time.sleep, [(0.01,), (600.0,)], 2):
        print("begun", flush=True)
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL], ids=["asked to stop", "killed"])
def test_a_run_that_ends_leaves_no_child(tmp_path, ending):
    script = tmp_path / "run.py"
    script.write_text(_ENDLESS)
    root = str(Path(guard.__file__).parents[2])
    run = subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": root},
    )
    assert run.stdout is not None
    run.stdout.readline()
    children = psutil.Process(run.pid).children(recursive=True)
    assert children
    run.send_signal(ending)
    run.wait(20)
    run.stdout.close()
    ended = time.monotonic() + 10
    while time.monotonic() < ended and any(map(_lives, children)):
        time.sleep(0.1)
    assert not any(map(_lives, children))


def _lives(child):
    """Not one that is dead and only not yet buried."""
    try:
        return child.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
