"""`--dask ADDRESS`: a cluster of machines that reads the files, and one sentence where it cannot."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from logging import CRITICAL, getLogger
from pathlib import Path
from typing import Any

from workbook.errors import Unreachable

#: Seconds until an address that says nothing is taken to be wrong.
_PATIENCE = "5s"


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
        from distributed.comm import resolve_address
    except ImportError:
        raise Unreachable("cluster.not_installed") from None
    getLogger("distributed").setLevel(CRITICAL)  # what is wrong is told in one sentence
    try:
        resolve_address(address)  # a client that cannot follow its address never comes to rest
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        raise Unreachable("cluster.unreachable", {"address": address}) from None


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
