"""`--dask ADDRESS`: a cluster of machines that reads the files, and one sentence where it cannot."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from logging import CRITICAL, getLogger
from pathlib import Path
from socket import create_connection
from typing import Any

from workbook.errors import Unreachable

#: Seconds until an address that says nothing is taken to be wrong.
_PATIENCE = 5


@contextmanager
def cluster(address: str | None, inbox: Path) -> Iterator[Executor | None]:
    """The executor of the Dask cluster at an address; None where none is named.

    Raises Unreachable where nobody answers, nobody works, or a worker reads by other rules or does not find the inbox.
    """
    if address is None:
        yield None
        return
    client = _client(address)
    try:
        _refuse_unfit(client, address, inbox.resolve())
        # `pure` would hand out an older reading of a file that has changed since
        yield client.get_executor(pure=False, retries=2)
    finally:
        client.close()


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise Unreachable("cluster.not_installed") from None
    getLogger("distributed").setLevel(CRITICAL)  # what is wrong is told in one sentence
    try:
        _knock(address)
        return Client(address, timeout=f"{_PATIENCE}s", set_as_default=False)
    except (OSError, ValueError):
        raise Unreachable("cluster.unreachable", {"address": address}) from None


def _knock(address: str) -> None:
    """Raise OSError or ValueError where no scheduler speaks; a client never comes to rest where a stranger is mute.

    A scheduler speaks first, but for one that enciphers.
    """
    from distributed.comm.addressing import get_address_host_port, parse_address

    host, port = get_address_host_port(address)
    with create_connection((host, port), _PATIENCE) as line:
        if parse_address(address)[0] == "tcp" and not line.recv(1):
            raise ConnectionError


def _refuse_unfit(client: Any, address: str, inbox: Path) -> None:
    from workbook.incoming.cache import rules
    from workbook.incoming.shards import sight

    told: Mapping[str, object] = client.run(sight, inbox, on_error="return")
    if not told:
        raise Unreachable("cluster.empty", {"address": address})
    for worker, said in told.items():
        if not isinstance(said, tuple) or said[0] != rules():
            raise Unreachable("cluster.other_rules", {"worker": worker})
        if not said[1]:
            raise Unreachable("cluster.blind", {"worker": worker, "path": str(inbox)})
