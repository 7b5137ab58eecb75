"""A cluster of machines reads what one machine reads, to the last byte; and where it cannot, one sentence says why."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import date

import pytest

pytest.importorskip("distributed")

from distributed import Client, LocalCluster

from macros_py.cluster import cluster
from workbook.demo.inbox import make
from workbook.errors import Unreachable
from workbook.incoming import shards
from workbook.run import consolidate_inbox

AS_OF = date(2026, 11, 22)

pytestmark = pytest.mark.localhost


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("demo"), AS_OF, branches=8)


@pytest.fixture(scope="module")
def local(made, tmp_path_factory):
    """The book as this machine makes it by itself, to the last byte."""
    out = tmp_path_factory.mktemp("local") / "so.xlsx"
    consolidate_inbox(made.inbox, made.committee_book, out, AS_OF)
    return out.read_bytes()


def started(folder):
    """Two workers as Dask starts them: daemons under a nanny that starts them again."""
    return LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        worker_dashboard_address=None,
        local_directory=str(folder / "dask"),
    )


@pytest.fixture
def two_workers(tmp_path, offline):
    """Two workers to be harmed."""
    with started(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def two_left_alone(tmp_path_factory):
    """Two workers that nobody harms, for all who only ask them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SONGUON_TESTS_LOCALHOST", "1")
        with started(tmp_path_factory.mktemp("workers")) as made:
            yield made


def words(made, out):
    return "consolidate", made.inbox, "--committee", made.committee_book, "--out", out, "--as-of", AS_OF


def in_a_process(made, out, *more):
    code = "from macros_py.cli import main; main()"
    command = [sys.executable, "-c", code, *map(str, [*words(made, out), *more])]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)


def test_two_workers_make_the_book_of_one_machine_to_the_last_byte(made, local, two_left_alone, tmp_path):
    alone = in_a_process(made, tmp_path / "mot-minh.xlsx", "--no-cache")
    done = in_a_process(made, tmp_path / "so.xlsx", "--dask", two_left_alone.scheduler_address, "--no-cache")

    assert (done.returncode, done.stderr) == (alone.returncode, alone.stderr)
    assert done.stdout.splitlines()[:-1] == alone.stdout.splitlines()[:-1]  # the last line says where the book is
    assert (tmp_path / "so.xlsx").read_bytes() == (tmp_path / "mot-minh.xlsx").read_bytes() == local


@pytest.mark.skipif(os.name != "posix", reason="a signal")
def test_what_a_killed_worker_was_at_is_done_again(made, local, two_workers, tmp_path, monkeypatch):
    monkeypatch.setattr(shards.shards, "__defaults__", (1, 1))
    with Client(two_workers, set_as_default=False) as client:
        victims = list(client.run(os.getpid).values())
    killed = []

    def kill_one_in_the_middle(done, total):
        if not killed and done < total:
            os.kill(victims[0], signal.SIGKILL)
            killed.append(done)

    out = tmp_path / "so.xlsx"
    with cluster(two_workers.scheduler_address, made.inbox) as executor:
        consolidate_inbox(
            made.inbox, made.committee_book, out, AS_OF, executor=executor, progress=kill_one_in_the_middle
        )

    assert killed
    assert out.read_bytes() == local


def test_a_cluster_that_goes_away_in_the_middle_stops_no_run(made, local, two_workers, tmp_path, monkeypatch):
    monkeypatch.setattr(shards.shards, "__defaults__", (1, 1))
    gone = []

    def switch_off(_done, _total):
        if not gone:
            gone.append(two_workers.close())

    out = tmp_path / "so.xlsx"
    with cluster(two_workers.scheduler_address, made.inbox) as executor:
        consolidate_inbox(made.inbox, made.committee_book, out, AS_OF, executor=executor, progress=switch_off)
    assert out.read_bytes() == local


def test_a_worker_of_another_release_is_refused(made, two_left_alone, monkeypatch):
    monkeypatch.setattr("workbook.incoming.cache.rules", lambda: "of another release")
    with pytest.raises(Unreachable) as caught, cluster(two_left_alone.scheduler_address, made.inbox):
        pass
    assert caught.value.code == "cluster.other_rules"


def test_a_worker_that_does_not_find_the_inbox_is_refused(two_left_alone, tmp_path):
    with pytest.raises(Unreachable) as caught, cluster(two_left_alone.scheduler_address, tmp_path / "khong-co"):
        pass
    assert caught.value.code == "cluster.blind"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def refused(made, tmp_path, songuon):
    """What is said within how many seconds, where nothing is read and nothing written."""

    def ask(address):
        start = time.monotonic()
        done = songuon(*words(made, tmp_path / "so.xlsx"), "--dask", address, "--no-cache")
        assert done.returncode == 2
        assert done.stdout == ""
        assert not (tmp_path / "so.xlsx").exists()
        return done.stderr, time.monotonic() - start

    return ask


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "127.0.0.1:{port}", "khong://biet", "khong biet"])
def test_an_address_that_does_not_answer_costs_one_sentence_and_seconds(refused, address):
    address = address.format(port=free_port())
    said, seconds = refused(address)
    assert said.count("\n") == 1
    assert f"Cụm máy ở {address} không trả lời." in said
    assert seconds < 20


def test_an_address_where_somebody_else_answers_with_silence_costs_no_more(refused):
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        said, seconds = refused(f"tcp://127.0.0.1:{mute.getsockname()[1]}")
    assert "không trả lời" in said
    assert seconds < 20


def test_a_cluster_without_workers_is_said_to_be_empty(refused, offline):
    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as empty:
        said, _ = refused(empty.scheduler_address)
    assert said.count("\n") == 1
    assert "chưa có máy nào làm việc" in said
