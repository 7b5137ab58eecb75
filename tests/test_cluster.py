"""A cluster of machines reads what one machine reads, to the last byte; and where it cannot, one sentence says why."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date

import pytest

pytest.importorskip("distributed")

from distributed import Client, LocalCluster

from macros_py.cluster import cluster
from workbook.demo.inbox import make
from workbook.errors import Unreachable
from workbook.incoming import shards
from workbook.incoming.inbox import jobs, open_all
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
    victims = workers_of(two_workers)
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


@pytest.fixture(scope="module")
def read_here(made):
    return said(open_all(jobs([made.inbox])))


def said(files):
    """What is said of the files, errors by what they say, for two errors are never equal."""
    return [(one.error and one.error.args, replace(one, error=None)) for one in files]


@contextmanager
def frozen(*pids):
    """Workers that stand still, and go on afterwards."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def workers_of(made):
    with Client(made, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def read_by(made, cluster_, in_the_middle):
    """What is read where something happens after the first file."""
    happened = []

    def told(_done, _total):
        if not happened:
            happened.append(in_the_middle())

    with cluster(cluster_.scheduler_address, made.inbox) as executor:
        return said(shards.opened(jobs([made.inbox]), 2, told, executor=executor, patience=3))


def test_what_a_cluster_without_its_workers_leaves_is_read_here_and_said_so(
    made, read_here, two_workers, monkeypatch, capsys
):
    """Its scheduler keeps what is to do until there is a worker, for ever if need be."""
    monkeypatch.setattr(shards.shards, "__defaults__", (1, 1))

    def send_them_home():
        two_workers.scale(0)
        two_workers.sync(two_workers._correct_state)

    assert read_by(made, two_workers, send_them_home) == read_here
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert f"Cụm máy ở {two_workers.scheduler_address} để lại" in told


@pytest.mark.skipif(os.name != "posix", reason="a signal")
def test_what_a_frozen_worker_is_at_is_read_here(made, read_here, two_left_alone, monkeypatch, capsys):
    monkeypatch.setattr(shards.shards, "__defaults__", (1, 1))
    stopped = frozen(workers_of(two_left_alone)[0])
    try:
        assert read_by(made, two_left_alone, stopped.__enter__) == read_here
    finally:
        stopped.__exit__(None, None, None)
    assert capsys.readouterr().err.count("để lại") == 1


@pytest.mark.skipif(os.name != "posix", reason="a signal")
def test_a_worker_that_is_frozen_from_the_start_is_named(made, two_left_alone):
    with (
        frozen(workers_of(two_left_alone)[1]),
        pytest.raises(Unreachable) as caught,
        cluster(two_left_alone.scheduler_address, made.inbox, patience=1),
    ):
        pass
    assert caught.value.code == "cluster.silent"
    with Client(two_left_alone, set_as_default=False) as client:
        assert caught.value.detail == {"worker": list(client.nthreads())[1]}


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


@contextmanager
def greeter(greeting):
    """Somebody else who speaks first, to whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def greet():
            with suppress(OSError):  # the door is shut
                while True:
                    guest, _ = door.accept()
                    guest.sendall(greeting)
                    guests.append(guest)

        guests = []
        threading.Thread(target=greet, daemon=True).start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)
        for guest in guests:
            guest.close()


SHELL = b"SSH-2.0-OpenSSH_9.6\r\n"


@pytest.mark.parametrize(
    ("scheme", "greeting"),
    [("tcp", SHELL), ("tls", SHELL), ("tcp", (16).to_bytes(8, "little") + bytes(16))],
    ids=["a shell", "a shell, enciphered", "in the shape of a scheduler"],
)
def test_an_address_where_somebody_else_speaks_first_costs_one_sentence(made, tmp_path, scheme, greeting):
    with greeter(greeting) as port:
        done = in_a_process(made, tmp_path / "so.xlsx", "--dask", f"{scheme}://127.0.0.1:{port}", "--no-cache")
    assert done.stderr.startswith(f"Cụm máy ở {scheme}://127.0.0.1:{port} không trả lời.")
    assert done.stderr.count("\n") == 1
    assert done.returncode == 2


def test_a_cluster_without_workers_is_said_to_be_empty(refused, offline):
    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as empty:
        said, _ = refused(empty.scheduler_address)
    assert said.count("\n") == 1
    assert "chưa có máy nào làm việc" in said
