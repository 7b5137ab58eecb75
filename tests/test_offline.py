"""Nothing is sent over a network: not by a test, not by a process that a test starts."""

import os
import socket
import subprocess
import sys

import pytest

NOWHERE = "192.0.2.1"  # an address that is kept for examples

CONNECT = f"""
import socket
try:
    socket.create_connection(("{NOWHERE}", 9), timeout=1)
except RuntimeError as error:
    print(error)
"""


def test_a_test_opens_no_socket_to_elsewhere():
    with pytest.raises(RuntimeError, match="network socket"), socket.socket() as one:
        one.connect((NOWHERE, 9))


def test_a_test_asks_for_no_name():
    with pytest.raises(RuntimeError, match="network socket"):
        socket.getaddrinfo("vi.du", 443)


def test_a_process_that_a_test_starts_opens_none_either():
    done = subprocess.run([sys.executable, "-c", CONNECT], capture_output=True, text=True, check=True)
    assert "network socket" in done.stdout


def test_this_machine_is_elsewhere_unless_a_test_says_so():
    with pytest.raises(RuntimeError, match="network socket"), socket.socket() as one:
        one.bind(("127.0.0.1", 0))


@pytest.mark.localhost
def test_a_test_that_says_so_may_speak_to_this_machine():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        assert one.getsockname()[0] == "127.0.0.1"


@pytest.mark.skipif(os.name != "posix", reason="sockets of the file system")
def test_sockets_of_the_file_system_are_free(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # such an address is short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("pipe")
    assert (tmp_path / "pipe").exists()
