"""`--dask ADDRESS`: a cluster of machines that reads the files, and one sentence where it cannot."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial
from logging import CRITICAL, getLogger
from pathlib import Path
from socket import create_connection
from typing import Any, TypeVar

from macros_py import shell
from macros_py.legible import legible
from workbook.errors import Unreachable

_R = TypeVar("_R")

#: Seconds until an address that says nothing is taken to be wrong.
_PATIENCE = 5

#: Seconds until a worker that says nothing is taken to stand still; asked for the first time it imports us first.
_WORKERS_PATIENCE = 15


@contextmanager
def cluster(address: str | None, inbox: Path, patience: float = _WORKERS_PATIENCE) -> Iterator[Executor | None]:
    """The executor of the Dask cluster at an address; None where none is named.

    Raises Unreachable where nobody answers, nobody works, a worker is silent for `patience` seconds, reads by other
    rules or does not find the inbox. What the cluster took and did not bring back is told on standard error at the end.
    """
    if address is None:
        yield None
        return
    client = _client(address)
    try:
        _refuse_unfit(client, address, inbox.resolve(), patience)
        # `pure` would hand out an older reading of a file that has changed since
        carrier = _Watched(client.get_executor(pure=False, retries=2))
        yield carrier
    finally:
        client.close()
    if carrier.lost:
        shell.say(legible(shell.told(Unreachable("cluster.lost", {"address": address}))), err=True)


class _Watched(Executor):
    """An executor, and whether anything that it was given ended without a result."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self.lost = False

    def submit(self, fn: Callable[..., _R], /, *args: Any, **kwargs: Any) -> "Future[_R]":
        """What the executor makes of it."""
        future = self._executor.submit(fn, *args, **kwargs)
        future.add_done_callback(self._look)
        return future

    def _look(self, future: "Future[Any]") -> None:
        if future.cancelled() or future.exception():
            self.lost = True


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise Unreachable("cluster.not_installed") from None
    getLogger("distributed").setLevel(CRITICAL + 1)  # what is wrong is told in one sentence
    try:
        asyncio.run(_knock(address))
        return Client(address, timeout=f"{_PATIENCE}s", set_as_default=False)
    except Exception:  # a stranger's words are taken for lengths and types: any error may come of them
        raise Unreachable("cluster.unreachable", {"address": address}) from None


async def _knock(address: str) -> None:
    """Raise where no scheduler speaks: a client that does not come about is loud, and never rests where one is mute."""
    from distributed.comm.addressing import get_address_host_port
    from distributed.comm.core import connect
    from distributed.security import Security

    with create_connection(get_address_host_port(address), _PATIENCE):
        pass  # a closed door says so at once; Dask would go on trying
    greeted = connect(address, **Security().get_connection_args("client"))
    await (await asyncio.wait_for(greeted, _PATIENCE)).close()


def _refuse_unfit(client: Any, address: str, inbox: Path, patience: float) -> None:
    from workbook.incoming.cache import rules

    told = _told(client, address, inbox, patience)
    if not told:
        raise Unreachable("cluster.empty", {"address": address})
    for worker, said in told.items():
        if isinstance(said, OSError):
            raise Unreachable("cluster.silent", {"worker": worker})
        if not isinstance(said, tuple) or said[0] != rules():
            raise Unreachable("cluster.other_rules", {"worker": worker})
        if not said[1]:
            raise Unreachable("cluster.blind", {"worker": worker, "path": str(inbox)})


def _told(client: Any, address: str, inbox: Path, patience: float) -> Mapping[str, object]:
    """What every worker says of itself, or the error instead: all at once, and where one is silent one by one."""
    from workbook.incoming.shards import sight

    ask = partial(client.run, sight, inbox, on_error="return", callback_timeout=patience)
    try:
        told: Mapping[str, object] = ask()
    except OSError:
        try:
            return {worker: _told_by(worker, ask) for worker in client.nthreads(callback_timeout=patience)}
        except OSError:
            raise Unreachable("cluster.unreachable", {"address": address}) from None
    return told


def _told_by(worker: str, ask: "partial[Any]") -> object:
    try:
        return ask(workers=[worker]).get(worker)
    except TimeoutError as silence:
        return silence
