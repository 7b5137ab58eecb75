"""The lines above the quota table of a book of ours: whose it is, of which year and of which day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from workbook.incoming.cells import text_or_blank
from workbook.incoming.dates import read_date
from workbook.incoming.grid import Grid, address
from workbook.phrases import phrase
from workbook.text import key

#: How many lines are looked through; the superior's name is in the first, the committee's in the second.
LINES, _SUPERIOR, _COMMITTEE = 12, 0, 1

_Place = tuple[int, int]  # 0-based row and column


@dataclass(frozen=True, slots=True)
class Title:
    """What stands above the table; "", 0 and None where a line is gone. `at`: the cell of each that is there."""

    superior: str = ""
    committee: str = ""
    year: int = 0
    as_of: date | None = None
    at: Mapping[str, str] = field(default_factory=dict)


def title_of(grid: Grid | None, year_words: str) -> Title:
    """The title of the sheet of the quota table; `year_words` is what stands before the year."""
    lines = [[text_or_blank(value) for value in row] for row in grid.rows[:LINES]] if grid else []
    places = {
        "superior": _first_of(lines, _SUPERIOR),
        "committee": _first_of(lines, _COMMITTEE),
        "year": _year(lines, key(year_words)),
        "as_of": _day(lines, key(phrase("page.as_of", day=""))),
    }
    said = {name: lines[place[0]][place[1]] if place else "" for name, place in places.items()}
    return Title(
        superior=said["superior"],
        committee=said["committee"],
        year=int(said["year"] or 0),
        as_of=_told_of(said["as_of"]),
        at={name: address(*place) for name, place in places.items() if place},
    )


def _first_of(lines: Sequence[Sequence[str]], number: int) -> _Place | None:
    return (number, 0) if len(lines) > number and lines[number][0] else None


def _year(lines: Sequence[Sequence[str]], words: str) -> _Place | None:
    labelled = (number for number, line in enumerate(lines) if key(line[0]).startswith(words))
    return next(((row, at) for row in labelled for at, cell in enumerate(lines[row]) if cell.isdecimal()), None)


def _day(lines: Sequence[Sequence[str]], words: str) -> _Place | None:
    told = ((row, at) for row, line in enumerate(lines) for at, cell in enumerate(line) if key(cell).startswith(words))
    return next((place for place in told if _told_of(lines[place[0]][place[1]])), None)


def _told_of(shown: str) -> date | None:
    return read_date(key(shown).removeprefix(key(phrase("page.as_of", day="")))).day
