"""For every process that the tests start: nothing is sent over a network. Python runs this file by itself.

An audit hook sees every socket of Python, whichever library opens it, and nobody can take it out again.
"""

import os
import sys

_LOCAL = {"localhost", "127.0.0.1", "::1"}


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Stop a socket that would leave the machine; those of the file system (AF_UNIX, pipes) may be opened."""
    if event not in {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"}:
        return
    where = arguments[0] if event == "socket.getaddrinfo" else arguments[1] if len(arguments) > 1 else None
    host = where[0] if isinstance(where, tuple) and where else where
    if event != "socket.getaddrinfo" and not isinstance(where, tuple):
        return  # a name in the file system, or none
    if host in _LOCAL and os.environ.get("SONGUON_TESTS_LOCALHOST") == "1":
        return
    raise RuntimeError(f"a test opens a network socket: {event}")


sys.addaudithook(refuse)
