"""What is to be asked about the books of lower committees, as lines of the sheet of findings."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pandas as pd

from workbook.committee import Branch, Committee
from workbook.frames import is_blank
from workbook.incoming.committee_book import Asked
from workbook.incoming.raw import Question
from workbook.located import COLUMNS, asked
from workbook.rollup.reasons import Reasons
from workbook.rollup.standing import Handed
from workbook.states import State
from workbook.text import key


def findings(handed: Sequence[Handed], committee: Committee, quotas: pd.DataFrame, day: date) -> pd.DataFrame:
    """The frame `findings` of `Book`: what each book says of itself, against its neighbours and the level above.

    Books that were replaced or withdrawn are asked nothing; what the committee has the reason of is a note. `quotas`:
    the quota table.
    """
    given = {branch.name: branch for branch in committee.branches}
    below, known = quotas.set_index("name")["quota_below"], Reasons(committee)
    records = [
        known.recalled({**asked(one.opened.file, sheet, question), "branch": one.branch}, question)
        for one in handed
        for sheet, question in _questions(one, committee, day, given, below)
    ]
    return pd.DataFrame(records, columns=[*COLUMNS, "branch"])


def _questions(
    one: Handed, committee: Committee, day: date, given: Mapping[str, Branch], below: "pd.Series[int]"
) -> Iterator[Asked]:
    book = one.opened.book
    told: dict[str, object] = {"there": one.told_on, "here": day}
    match one.state:
        case State.UNREADABLE if one.opened.error:
            yield "", Question(one.opened.error.code, detail=one.opened.error.detail)
        case State.WRONG_YEAR if book:
            yield "", Question("lower.wrong_year", detail={"there": book.title.year, "here": committee.year})
        case State.WRONG_PERIOD:
            yield "", Question("lower.wrong_period", detail=told)
        case State.NO_COMMITTEE if book:
            yield "", Question("lower.unknown_committee", detail={"value": book.title.committee})
        case State.COUNTED if book:
            if one.told_on not in (None, day):
                yield "", Question("lower.other_day", detail=told)
            if book.counted_by not in (None, committee.counted_by):
                yield "", Question("lower.other_count")
            yield from _superior(book.title.superior, committee.name)
            yield from _quota(given[one.branch], below)
            yield from book.questions


def _superior(said: str, name: str) -> Iterator[Asked]:
    if said and name and key(said) != key(name):
        yield "", Question("lower.other_superior", detail={"there": said, "here": name})


def _quota(branch: Branch, below: "pd.Series[int]") -> Iterator[Asked]:
    """Where the quota given above is not what the branches below were given."""
    there = below[branch.name]
    detail: dict[str, object] = {"branch": branch.name, "here": branch.quota, "there": there}
    if is_blank(there):
        return
    if branch.quota is None:
        yield "", Question("lower.quota_summed", detail=detail)
    elif branch.quota != there:
        yield "", Question("lower.quota_differs", detail=detail)
