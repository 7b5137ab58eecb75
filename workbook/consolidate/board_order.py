"""What a board of registers and a board of quota books share: the order of their lines, and when a file came."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from workbook.incoming.container import VIETNAM


class Versioned(Protocol):
    """A file in the light of the branch it is of ("" unknown), one of that branch's versions."""

    @property
    def branch(self) -> str:
        """Whose it is."""

    @property
    def version(self) -> int:
        """From 1 on; 0 for a file that could never count."""


T = TypeVar("T", bound=Versioned)


def in_order(files: Iterable[T], branches: Sequence[str]) -> tuple[list[tuple[str, list[T]]], list[T]]:
    """Each of the `branches` with its files, newest version first; and the files of all others, by what they are of."""
    by_branch: dict[str, list[T]] = {}
    for one in files:
        by_branch.setdefault(one.branch, []).append(one)
    of_branches = [(name, sorted(by_branch.pop(name, []), key=lambda one: -one.version)) for name in branches]
    return of_branches, [one for name in sorted(by_branch) for one in by_branch[name]]


def local_time(moment: datetime | None) -> datetime | None:
    """As a clock in Viet Nam shows it, without its zone: Excel knows none."""
    return moment and moment.astimezone(VIETNAM).replace(tzinfo=None)
