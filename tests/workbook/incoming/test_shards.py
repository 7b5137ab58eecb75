"""Whoever carries the reading, what is read is the same; and what an executor loses is read here."""

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import psutil
import pytest

from workbook.demo.inbox import make
from workbook.incoming import apart, guard, shards
from workbook.incoming.apart import open_apart
from workbook.incoming.cache import rules
from workbook.incoming.inbox import Job, jobs, open_all
from workbook.incoming.shards import open_by, opened, sight

AS_OF = date(2026, 11, 22)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    return make(tmp_path_factory.mktemp("demo"), AS_OF, branches=6).inbox


@pytest.fixture(scope="module")
def read_here(inbox):
    return said(open_all(jobs([inbox])))


def said(files):
    """What is said of the files, errors by what they say, for two errors are never equal."""
    return [(one.error and one.error.args, replace(one, error=None)) for one in files]


@pytest.fixture(autouse=True)
def no_child_stays():
    yield
    apart.close()
    guard.close()


@pytest.fixture
def small_shards(monkeypatch):
    monkeypatch.setattr(shards.shards, "__defaults__", (3, 4 << 20))


@pytest.mark.parametrize("executor", [ThreadPoolExecutor, ProcessPoolExecutor], ids=lambda kind: kind.__name__)
def test_any_executor_reads_the_same(inbox, read_here, small_shards, executor):
    told = []
    with executor(2) as carrier:
        files = open_by(carrier, jobs([inbox]), lambda *said: told.append(said))
    assert said(files) == read_here
    assert told[-1] == (len(files), len(files))


def test_an_inbox_named_from_where_we_stand_is_found_from_elsewhere(inbox, read_here, monkeypatch):
    monkeypatch.chdir(inbox.parent)
    with ThreadPoolExecutor(1) as carrier:
        files = open_by(carrier, jobs([Path(inbox.name)]))
    assert [one.path for one in files] == [job.path for job in jobs([Path(inbox.name)])]
    assert [one.tables for one in files] == [one.tables for _, one in read_here]


def test_without_an_executor_the_files_are_read_here(inbox, read_here):
    assert said(opened(jobs([inbox]), 2)) == read_here


def told_by_a_daemon(answer, todo):
    answer.send([one.tables for one in open_apart(todo)])


@pytest.mark.skipif(sys.platform != "linux", reason="only a forked child knows the functions of a test file")
def test_a_daemon_that_may_start_no_children_reads_too(inbox, read_here):
    """So are the workers of Dask."""
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    daemon = fork.Process(target=told_by_a_daemon, args=(there, jobs([inbox])), daemon=True)
    daemon.start()
    there.close()
    assert here.recv() == [one.tables for _, one in read_here]
    daemon.join()


@pytest.mark.skipif(os.name != "posix", reason="a pipe in the file system")
def test_a_file_that_never_ends_costs_its_own_line_there_too(inbox, read_here, tmp_path, monkeypatch):
    code = "from workbook.incoming import apart, guard; guard.LIMITS = guard.Limits(seconds=2); apart._main()"
    monkeypatch.setattr(apart, "_COMMAND", ("-c", code))
    os.mkfifo(tmp_path / "so.xlsx")
    todo = [*jobs([inbox])[:2], Job("so.xlsx", tmp_path / "so.xlsx")]

    files = open_apart(todo)

    assert files[2].error.code == "file.too_slow"
    assert said(files[:2]) == read_here[:2]


def test_a_reading_process_that_is_gone_is_said_to_be_and_the_next_shard_has_a_new_one(inbox, read_here):
    open_apart(jobs([inbox])[:1])
    process = apart._ours.reader._process
    process.kill()
    process.wait()
    with pytest.raises(ChildProcessError):
        open_apart(jobs([inbox]))
    assert said(open_apart(jobs([inbox]))) == read_here


def test_a_reading_process_ends_with_its_thread(inbox):
    seen = []

    def work():
        open_apart(jobs([inbox])[:1])
        seen.append(apart._ours.reader._process.pid)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not psutil.pid_exists(seen[0])


@pytest.mark.skipif(os.name != "posix", reason="a signal")
def test_what_a_broken_executor_loses_is_read_here(inbox, read_here, small_shards):
    """A pool of the standard library that loses a process is broken for good, for what waits and for what comes."""
    with ProcessPoolExecutor(1) as pool:
        pool.submit(int).result()
        os.kill(next(iter(pool._processes)), signal.SIGKILL)
        assert said(open_by(pool, jobs([inbox]))) == read_here
        assert said(open_by(pool, jobs([inbox]))) == read_here


def test_an_executor_that_is_shut_carries_nothing_and_stops_nothing(inbox, read_here):
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    assert said(open_by(pool, jobs([inbox]))) == read_here


class Forgetful(Executor):
    """Loses its first task, never comes back to the third, and does the others as they come."""

    def __init__(self):
        self.futures = []

    def submit(self, fn, /, *args):
        future = Future()
        self.futures.append(future)
        if len(self.futures) == 1:
            future.set_exception(OSError())
        elif len(self.futures) != 3:
            future.set_result(fn(*args))
        return future


@pytest.fixture
def calls(monkeypatch):
    """How many files were opened apart at a time, and by how many processes."""
    made = []

    def noted(todo, workers=1):
        made.append((len(todo), workers))
        return open_apart(todo, workers)

    monkeypatch.setattr(shards, "open_apart", noted)
    return made


def test_what_is_lost_or_does_not_come_is_read_together_at_the_end_with_all_processes(
    inbox, read_here, small_shards, calls
):
    """Apart, for the threads of an executor must not be copied into children of ours."""
    guard.close()
    carrier, told = Forgetful(), []
    files = open_by(carrier, jobs([inbox]), lambda *said: told.append(said), workers=2, patience=0.5)
    assert said(files) == read_here
    assert calls[-1] == (6, 2)
    assert set(calls[:-1]) <= {(number, 1) for number in (1, 2, 3)}
    assert carrier.futures[2].cancelled()
    assert told[-1] == (len(files), len(files))
    assert not guard._kept


@pytest.mark.skipif(os.name != "posix", reason="a signal")
def test_a_reading_process_that_is_stopped_with_us_says_nothing(inbox, capfd):
    open_apart(jobs([inbox])[:1])
    process = apart._ours.reader._process
    process.send_signal(signal.SIGINT)
    process.wait()
    assert capfd.readouterr().err == ""


def test_a_worker_that_may_not_look_for_the_inbox_does_not_find_it():
    assert sight(Path("x" * 300)) == (rules(), False)


def test_shards_keep_the_order_and_their_size(tmp_path):
    todo = []
    for number, size in enumerate([10, 10, 90, 200, 10, 10, 10]):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(bytes(size))
        todo.append(Job(path.name, path))
    parts = [[job.path.stat().st_size for job in part] for part in shards.shards(todo, files=2, size=100)]
    assert parts == [[10, 10], [90], [200], [10, 10], [10]]
    assert [job for part in shards.shards(todo, files=2, size=100) for job in part] == todo
    assert list(shards.shards([])) == []


def test_a_file_that_is_gone_is_in_a_shard_all_the_same(tmp_path):
    gone = Job("so.xlsx", tmp_path / "so.xlsx")
    assert list(shards.shards([gone])) == [[gone]]
