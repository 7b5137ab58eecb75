"""Which quota book of a lower committee counts: the newest of the right year and period. The others say why not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from workbook.committee import Committee
from workbook.errors import NotAWorkbook
from workbook.incoming.branches import Directory
from workbook.incoming.lower.files import LowerFile
from workbook.incoming.versions import copies_among, is_withdrawn, numbered, withdrawn_by
from workbook.states import State


@dataclass(frozen=True, slots=True)
class Handed:
    """One file in the light of the lower committee it is of ("" unknown); `version` counts from 1."""

    opened: LowerFile
    branch: str
    state: State
    version: int = 0

    @property
    def told_on(self) -> date | None:
        """The day the book tells of."""
        return self.opened.book.title.as_of if self.opened.book else None


def choose(files: Sequence[LowerFile], committee: Committee, as_of: date) -> tuple[list[Handed], date]:
    """Every file with its state, in the order of `files`, and the day of the period they are held against.

    The period is the month of the committee's closing day; where none is past, of the day that most books tell of.
    """
    directory, withdrawn = Directory(committee), withdrawn_by(committee)
    copies = copies_among([opened for opened in files if not is_withdrawn(opened, withdrawn)])
    handed = [_alone(opened, directory, withdrawn, copies) for opened in files]
    handed = [_in_year(one, committee.year) for one in handed]
    day = _period(handed, committee, as_of)
    return _newest([_in_period(one, day) for one in handed]), day


def _alone(opened: LowerFile, directory: Directory, withdrawn: set[str], copies: set[str]) -> Handed:
    """The file by itself, before it is held against the others."""
    named = directory.named(opened.book.title.committee) if opened.book else ""
    branch = directory.decided(opened) or named
    if is_withdrawn(opened, withdrawn):
        return Handed(opened, branch, State.WITHDRAWN)
    if isinstance(opened.error, NotAWorkbook):
        return Handed(opened, branch, State.NO_QUOTA_BOOK)
    if opened.error:
        return Handed(opened, branch, State.UNREADABLE)
    if opened.file in copies:
        return Handed(opened, branch, State.COPY)
    return Handed(opened, branch, State.COUNTED if branch else State.NO_COMMITTEE)


def _in_year(one: Handed, year: int) -> Handed:
    """A book that does not say its year is asked about, not refused."""
    told = one.opened.book.title.year if one.opened.book else 0
    wrong = one.state is State.COUNTED and told not in (0, year)
    return replace(one, state=State.WRONG_YEAR) if wrong else one


def _period(handed: Sequence[Handed], committee: Committee, as_of: date) -> date:
    if committee.closing_on and committee.closing_on <= as_of:
        return committee.closing_on
    told = {(one.branch, one.told_on) for one in handed if one.state is State.COUNTED}
    days = Counter(day for _, day in told if day and day <= as_of)
    return max(days, key=lambda day: (days[day], day), default=as_of)


def _in_period(one: Handed, day: date) -> Handed:
    told = one.told_on or day
    wrong = one.state is State.COUNTED and (told.year, told.month) != (day.year, day.month)
    return replace(one, state=State.WRONG_PERIOD) if wrong else one


def _newest(handed: Sequence[Handed]) -> list[Handed]:
    """Number each committee's books by the day they tell of, then by the file's time, and let only the newest count."""
    rivals = [one for one in handed if one.state is State.COUNTED]
    ranked = {
        one.opened.file: replace(one, version=at, state=State.COUNTED if newest else State.REPLACED)
        for one, at, newest in numbered(rivals, lambda one: one.branch, _age)
    }
    return [ranked.get(one.opened.file, one) for one in handed]


def _age(one: Handed) -> tuple[date, datetime, datetime, str]:
    first, opened = datetime.min.replace(tzinfo=UTC), one.opened
    return one.told_on or date.min, opened.received_at or first, opened.written_at or first, opened.file
