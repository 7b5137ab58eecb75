"""Which submission of a branch counts: the newest readable one. Nothing is deleted; the others say why not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from workbook.committee import Committee, DecisionKind
from workbook.incoming.branches import Claim, Directory, Filed, Known, claim
from workbook.incoming.inbox import Opened
from workbook.states import State
from workbook.text import key

T = TypeVar("T")


#: Another file counts, or nobody wants this one to.
_PASSED_OVER = (State.REPLACED, State.WITHDRAWN, State.COPY)


@dataclass(frozen=True, slots=True)
class Submission:
    """One file in the light of one branch (`branch` is "" where none is known); `version` counts from 1."""

    opened: Opened
    claim: Claim
    branch: str
    state: State
    version: int = 0

    @property
    def is_passed_over(self) -> bool:
        """Whether another file counts in its place, or somebody took it out."""
        return self.state in _PASSED_OVER

    @property
    def received_at(self) -> datetime | None:
        """The time written in the file, else the file's own; None where neither is known."""
        return self.opened.received_at

    @property
    def received_on(self) -> date | None:
        """The day of `received_at` in Viet Nam."""
        return self.opened.received_on


def choose(files: Sequence[Opened], committee: Committee) -> list[Submission]:
    """Every file with every branch it speaks for, each with its state; in the order of `files`."""
    directory = Directory(committee)
    withdrawn = withdrawn_by(committee)
    claims = [claim(opened, directory) for opened in files]
    copies = copies_among([opened for opened in files if not is_withdrawn(opened, withdrawn)])
    placed: list[Submission] = []
    for opened, said in zip(files, claims, strict=True):
        state = _standing(opened, said, withdrawn, copies)
        placed += [Submission(opened, said, branch, state) for branch in said.branches or ("",)]
    return _newest(placed)


def _standing(opened: Opened, said: Claim, withdrawn: set[str], copies: set[str]) -> State:
    """The state a file has by itself, before it is held against the branch's other files."""
    if is_withdrawn(opened, withdrawn):
        return State.WITHDRAWN
    if opened.error:
        return State.UNREADABLE
    if not opened.tables:
        return State.NO_REGISTER
    if opened.file in copies:
        return State.COPY
    return State.COUNTED if said.branches else State.NO_BRANCH


def withdrawn_by(committee: Committee) -> set[str]:
    """Keys of the names and contents of files that a person took out."""
    return {key(one.subject) for one in committee.decisions if one.kind is DecisionKind.WITHDRAW}


def is_withdrawn(opened: Filed, withdrawn: set[str]) -> bool:
    """Whether a person took the file out, by its path, its name or its content."""
    return bool(withdrawn & {key(opened.file), key(opened.file.rsplit("/", 1)[-1]), key(opened.sha256)})


def copies_among(files: Iterable[Filed]) -> set[str]:
    """Files whose content an earlier file of the list has, byte for byte."""
    seen: set[str] = set()
    copies = set()
    for opened in files:
        if opened.sha256 and opened.sha256 in seen:
            copies.add(opened.file)
        seen.add(opened.sha256)
    return copies


def _newest(placed: Sequence[Submission]) -> list[Submission]:
    """Number each branch's versions by time and let only the newest count.

    A file known by its name alone never replaces one that names its branch inside.
    """
    rivals = [one for one in placed if one.state is State.COUNTED]
    ranked = {
        (one.branch, one.opened.file): (version, State.COUNTED if newest else State.REPLACED)
        for one, version, newest in numbered(rivals, lambda one: one.branch, _age)
    }
    stood = ((one, ranked.get((one.branch, one.opened.file), (0, one.state))) for one in placed)
    return [replace(one, version=version, state=state) for one, (version, state) in stood]


def numbered(rivals: Iterable[T], whose: Callable[[T], str], age: Callable[[T], Any]) -> Iterator[tuple[T, int, bool]]:
    """Each file of those that could count for somebody, with its version from 1 on, and whether it is the newest."""
    families: dict[str, list[T]] = {}
    for one in rivals:
        families.setdefault(whose(one), []).append(one)
    for same in families.values():
        for version, one in enumerate(sorted(same, key=age), start=1):
            yield one, version, version == len(same)


def _age(one: Submission) -> tuple[bool, datetime, datetime]:
    return one.claim.known is not Known.NAME, _comparable(one.received_at), _comparable(one.opened.modified_at)


def _comparable(moment: datetime | None) -> datetime:
    """What is not known came before everything else; what tells no zone is taken for UTC."""
    if moment is None:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
