"""An earlier quota book of ours → what the next one is compared with, and the answers people wrote into it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from validation.vocabulary import DATE_COLUMNS, Level, Stage
from workbook.committee import Committee
from workbook.frames import whole_numbers
from workbook.incoming.board_states import state_of, unknown_states
from workbook.incoming.branches import Directory
from workbook.incoming.cells import as_text, is_blank, text_or_blank
from workbook.incoming.committee_book import Asked
from workbook.incoming.dates import read_date
from workbook.incoming.grid import Grid
from workbook.incoming.identifiers import read_count
from workbook.incoming.quota_book import part, table_of, title_in
from workbook.incoming.raw import Question
from workbook.incoming.read import read
from workbook.labels import label
from workbook.layout import HEADING
from workbook.matching.rulings import is_group_code, ruling
from workbook.query_codes import is_query_code
from workbook.states import State
from workbook.text import key

#: Without these nobody on the sheet of persons can be known again.
_NEEDED = ("branch", "full_name", "stage")

_OF_BRANCHES = ("number", "name", "admitted")

#: What the board says of a file: texts, then counts.
_OF_FILES = ("branch", "state", "file", "sha256", "last_sha256")
_COUNTED = ("version", "last_version", "errors", "queries")


def _no_board() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=object) for name in (*_OF_FILES, *_COUNTED)})


@dataclass(frozen=True, slots=True)
class Previous:
    """What an earlier quota book said.

    `people`: a line per person of its sheet of persons: `branch`, the register columns (a full day as Timestamp,
        anything else as the text shown, "" blank), `stage` (a Stage value, "" for those who left, NA where the
        sheet says something else), `admitted_in` (year, 0 none), `file`, `sheet`, `row`. Columns an older book
        does not have are lacking here too; None where the sheet is of no use.
    `branches`: `name`, `admitted` (of `year`), `members` (both Int64), in the order of the book. `handed_in`: names of
        the branches that had a file counted. `board`: a line per branch and file: `branch`, `file`, `sha256`,
        `last_sha256` (texts), `state` (State value, "" where the book says something else), `version`, `last_version`,
        `errors`, `queries` (Int64, NA blank). `answers`: (group, answer) pairs of the sheet of doubles. `reasons`:
        (code, reason) pairs of the queries explained on the sheet of findings.
    """

    committee: str
    year: int
    as_of: date | None
    people: pd.DataFrame | None
    branches: pd.DataFrame
    handed_in: frozenset[str]
    answers: tuple[tuple[str, str], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    questions: tuple[Asked, ...] = ()
    board: pd.DataFrame = field(default_factory=_no_board)

    def doubts(self, committee: Committee, as_of: date) -> tuple[Asked, ...]:
        """What makes it doubtful that this is the book before the one of `committee` and `as_of`."""
        sheet = part("branches").sheet
        asked = []
        if self.committee and committee.name and key(self.committee) != key(committee.name):
            detail: dict[str, object] = {"before": self.committee, "now": committee.name}
            asked.append((sheet, Question("previous.other_committee", detail=detail)))
        if self.as_of and self.as_of > as_of:
            asked.append((sheet, Question("previous.later", detail={"before": self.as_of, "now": as_of})))
        return (*asked, *self._left_out(committee, as_of))

    def _left_out(self, committee: Committee, as_of: date) -> Iterator[Asked]:
        """Branches merged since whose members nobody has added to their heir's: its number is still the old one."""
        directory = Directory(committee)
        names = [directory.named(name) for name in self.branches["name"]]
        before = dict(zip(names, self.branches["members"].fillna(0), strict=True))
        now = {branch.name: branch.members for branch in committee.branches}
        for name, heir in directory.homes(as_of).items():
            if before.get(name) and now[heir] is not None and now[heir] == before.get(heir):
                detail: dict[str, object] = {"branch": name, "members": before[name], "heir": heir, "count": now[heir]}
                yield part("branches").sheet, Question("previous.merged_members", detail=detail)


def read_previous(path: Path) -> Previous:
    """Read an earlier quota book. Raises UnreadableWorkbook: NotAWorkbook where we did not write it.

    Sheets and columns that are gone become questions; the rest is still read.
    """
    grids = read(path, quota_book=True).grids
    title = title_in(grids)
    people, of_people = _people(grids)
    branches, of_branches = _branches(grids, people, title.year)
    undated = [] if title.as_of else [_asked("branches", "previous.day_missing")]
    board, of_board = _board(grids)
    return Previous(
        committee=title.committee,
        year=title.year,
        as_of=title.as_of,
        people=people,
        branches=branches,
        handed_in=_handed_in(board, people),
        answers=pairs(grids, "doubles", ("group", "answer")),
        reasons=pairs(grids, "findings", ("memory", "reason")),
        questions=(*of_people, *of_branches, *undated, *of_board, *_unclear_answers(grids), *unremembered(grids)),
        board=_no_board() if board is None else board,
    )


def _asked(name: str, code: str, **detail: object) -> Asked:
    sheet = part(name).sheet
    return sheet, Question(code, detail={"wanted": sheet, **detail})


def _missing(name: str, needed: Sequence[str]) -> Asked:
    headings = ", ".join(part(name).headings[one] for one in needed)
    return _asked(name, "previous.sheet_missing", headings=headings)


def _table(grids: Sequence[Grid], name: str, needed: Sequence[str]) -> pd.DataFrame | None:
    """The lines below the headings, a column of cell values for each heading found; None without the needed ones."""
    table = table_of(grids, name, needed)
    return table.frame.reset_index(drop=True) if table else None


def _people(grids: Sequence[Grid]) -> tuple[pd.DataFrame | None, list[Asked]]:
    cells = _table(grids, "people", _NEEDED)
    if cells is None:
        return None, [_missing("people", _NEEDED)]
    cells = cells[~cells["branch"].map(is_blank).astype(bool)].reset_index(drop=True)
    readers: dict[str, Callable[[object], object]] = {
        **dict.fromkeys(HEADING, text_or_blank),
        **dict.fromkeys(DATE_COLUMNS, _day),
        **dict.fromkeys(("row", "admitted_in"), _count),
        "stage": _stage,
    }
    people = pd.DataFrame(
        {name: cells[name].map(readers.get(str(name), text_or_blank)).astype(object) for name in cells}
    )
    lacking = [heading for name, heading in part("people").headings.items() if name not in cells]
    return people, [_asked("people", "previous.columns_missing", columns=lacking)] if lacking else []


def _day(value: object) -> object:
    """A full day as such, whatever kind of cell it came in; anything else as the text it is."""
    day = read_date(value).day
    return pd.Timestamp(day) if day else text_or_blank(value)


def _count(value: object) -> int:
    return int(read_count(value).value or 0)


def _stage(value: object) -> object:
    return _stages().get(key(text_or_blank(value)), pd.NA)


@cache
def _stages() -> Mapping[str, str]:
    left = {key(part("people").words["left"]): ""}
    return left | {key(label(stage)): str(stage) for stage in Stage}


def _branches(grids: Sequence[Grid], people: pd.DataFrame | None, year: int) -> tuple[pd.DataFrame, list[Asked]]:
    """The numbered lines of the quota table: what follows them is the total and the signatures.

    A program that does not calculate saves the counts blank; they are then counted again from the persons.
    """
    cells = _table(grids, "branches", _OF_BRANCHES)
    if cells is None:
        number = pd.Series(dtype="Int64")
        empty = pd.DataFrame({"name": pd.Series(dtype=object), "admitted": number, "members": number})
        return empty, [_missing("branches", _OF_BRANCHES)]
    cells = cells[[isinstance(number, int | float) for number in cells["number"]]]
    names = [as_text(name) for name in cells["name"]]
    read = pd.Series([read_count(value).value for value in cells["admitted"]], dtype="Int64")
    admitted = read.fillna(_recounted(names, people, year))
    uncounted = [_asked("branches", "previous.uncounted")] if admitted.isna().any() else []
    return pd.DataFrame({"name": names, "admitted": admitted, "members": _members(cells)}), uncounted


def _members(cells: pd.DataFrame) -> "pd.Series[int]":
    """How many members each line tells of; NA where the book does not say."""
    told = cells["members"] if "members" in cells else [None] * len(cells)
    return pd.Series([read_count(value).value for value in told], dtype="Int64")


def _recounted(names: Sequence[str], people: pd.DataFrame | None, year: int) -> "pd.Series[int]":
    """How many persons were admitted for each branch in the year; NA where the sheet of persons does not say."""
    if people is None or "admitted_in" not in people or not year:
        return pd.Series([pd.NA] * len(names), dtype="Int64")
    counted_for = people["credited_to"] if "credited_to" in people else people["branch"]
    counts = counted_for[people["admitted_in"] == year].value_counts()
    return pd.Series([int(counts.get(name, 0)) for name in names], dtype="Int64")


def _board(grids: Sequence[Grid]) -> tuple[pd.DataFrame | None, Iterator[Asked]]:
    """The lines of the board, None where it is gone, and what is to be asked about their states.

    What an older book does not tell is blank.
    """
    table = table_of(grids, "submissions", ("branch", "state"))
    if table is None:
        return None, iter(())
    cells = table.frame.reset_index(drop=True).reindex(columns=[*_OF_FILES, *_COUNTED])
    texts = {name: cells[name].map(text_or_blank).astype(object) for name in _OF_FILES}
    counts = {name: whole_numbers(read_count(value).value for value in cells[name]) for name in _COUNTED}
    states = [state_of(text) or "" for text in texts["state"]]
    return pd.DataFrame({**texts, **counts}).assign(state=states), unknown_states(table)


def _handed_in(board: pd.DataFrame | None, people: pd.DataFrame | None) -> frozenset[str]:
    """Branches with a counted file; where the board is gone, or tells nothing of a branch, those that have people."""
    if board is None:
        return frozenset() if people is None else frozenset(people["branch"])
    counted = frozenset(board.loc[board["state"] == State.COUNTED, "branch"])
    unknown = frozenset(board.loc[board["state"] == "", "branch"])
    return counted if people is None else counted | unknown & frozenset(people["branch"])


def _unclear_answers(grids: Sequence[Grid]) -> Iterator[Asked]:
    """Answers about doubles that nothing can be made of: they are not carried on, and the group is asked about anew."""
    table = table_of(grids, "doubles", ("group", "answer"))
    if table is None:
        return
    for line in table.lines:
        code, said = table.cell(line, "group"), table.cell(line, "answer")
        if said.text and is_group_code(code.text) and not ruling(code.text, said.text):
            yield said.sheet, Question("committee.answer", said.address, detail={"value": said.text})


def unremembered(grids: Sequence[Grid]) -> Iterator[Asked]:
    """How many reasons stand beside findings that have no code to know them by; notes bring reasons of their own."""
    table = table_of(grids, "findings", ("level", "reason"))
    if table is None:
        return
    asked = {key(label(level)) for level in (Level.ERROR, Level.QUERY)}
    lost = [
        reason
        for line in table.lines
        if (reason := table.cell(line, "reason")).text and key(table.cell(line, "level").text) in asked
        if "memory" not in table.places or not is_query_code(table.cell(line, "memory").text)
    ]
    if lost:
        yield table.sheet, Question("previous.unremembered", lost[0].address, detail={"count": len(lost)})


def pairs(grids: Sequence[Grid], name: str, headings: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Each code with what was written beside it, in the order of the sheet, each pair once."""
    cells = _table(grids, name, headings)
    if cells is None:
        return ()
    told = zip(*(cells[heading].map(text_or_blank) for heading in headings), strict=True)
    return tuple(dict.fromkeys((code, said) for code, said in told if code and said))
