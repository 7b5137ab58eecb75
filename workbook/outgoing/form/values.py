"""What a quota book knows, by the names that mappings of forms use. A name that has no value here stays blank there.

`book.committee`, `.superior`, `.year`, `.as_of`; `summary.total.<column>` and `summary.<branch>.<column>`; likewise
`progress` and `forecast`; `composition.<line>.total` and `.share` with the line by its name, whatever its label is by
now (`consolidate.composition_keys`: `sex.female`, `age.18_30`), or by its label (`composition.<block>.<line>.…` where
it stands in several blocks); `persons.admitted`, `.recognized`, `.struck_off` in the year.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

import pandas as pd

from validation.vocabulary import Level, Status
from workbook import codes
from workbook.incoming.cells import as_text, is_blank
from workbook.incoming.dates import read_date
from workbook.incoming.quota_book import QuotaBook, Table
from workbook.labels import label
from workbook.layout import HEADING
from workbook.outgoing.form.groups import Known, groups_of, number
from workbook.outgoing.form.mapping import People
from workbook.outgoing.sheet_part import Value
from workbook.text import key

#: Name in mappings → table of the book.
_TABLES = {"summary": "branches", "progress": "progress", "forecast": "forecast"}
_TOTAL = "total"
#: Where a person stands in a register.
_PLACE = ("file", "sheet", "row")
#: What the sheet of errors must have to say what is wrong with whom.
_OF_FINDINGS = {"level", "column", "value", "cell", "file", "sheet"}
_COLUMN_OF = {heading: name for name, heading in HEADING.items()}


def values_of(book: QuotaBook) -> dict[str, Value]:
    """Every value of a book by its name, known or not quite; blanks and dashes have none."""
    return dict(known_of(book).values)


def known_of(book: QuotaBook) -> Known:
    """The same, and how far each of them is known."""
    title = book.title
    told: dict[str, Value] = {"book.year": book.year, "book.as_of": book.as_of}
    told |= {
        f"book.{name}": cell.text for name, cell in (("committee", title.name), ("superior", title.superior)) if cell
    }
    for name, table in _TABLES.items():
        if table in book.tables:
            told |= dict(_figures(name, book.tables[table]))
    told |= {f"persons.{name}": len(lines) for name, lines in _persons(book).items()}
    groups = groups_of(book)
    return Known({**told, **groups.values}, groups.unsure)


def people_of(book: QuotaBook, wanted: tuple[People, ...]) -> pd.DataFrame:
    """The persons a form has a line for, in the order of the book: its columns, day cells as dates, all else as text.

    Somebody admitted and recognised in the same year has one line. What the book itself holds for an error is blank:
    the column `wrong` has, by column, what stands there as the sheet of errors shows it.
    """
    persons = _persons(book)
    lines = [persons[str(one)] for one in wanted if str(one) in persons]
    if not lines:
        return pd.DataFrame()
    frame = book.tables["people"].frame
    chosen = frame.loc[frame.index.isin(pd.concat(lines).index)].map(_shown)
    faults = _faults(book)
    places = zip(*(frame.loc[chosen.index, name].map(as_text) for name in _PLACE), strict=True)
    wrong = pd.Series([faults.get(place, {}) for place in places], chosen.index, dtype=object)
    for line, columns in wrong.items():
        if columns:
            chosen.loc[[line], [name for name in columns if name in frame]] = ""
    return chosen.assign(wrong=wrong)


def _faults(book: QuotaBook) -> dict[tuple[str, ...], dict[str, str]]:
    """File, sheet and line of a register → the columns in error there, with what the sheet of errors shows of them."""
    table = book.tables.get("findings")
    if table is None or not table.places.keys() >= _OF_FINDINGS:
        return {}
    made: dict[tuple[str, ...], dict[str, str]] = {}
    found = table.frame.map(as_text)
    errors = found[found["level"] == label(Level.ERROR)].assign(row=found["cell"].str.extract(r"(\d+)$", expand=False))
    for one in errors.to_dict("records"):
        if name := _COLUMN_OF.get(one["column"]):
            made.setdefault(tuple(one[part] for part in _PLACE), {})[name] = one["value"]
    return made


def _shown(value: object) -> date | str:
    """A value as a line of a form takes it: a day, else text, "" for nothing."""
    if is_blank(value):
        return ""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else as_text(value)


def _figures(name: str, table: Table) -> Iterator[tuple[str, Value]]:
    """The numbers of the branches and of the total line, down to it."""
    total = table.total
    for line in table.lines:
        if total is not None and line > total:
            return
        who = _TOTAL if line == total else table.cell(line, "name").text
        for column in table.places:
            count = number(table.cell(line, column).value)
            if who and count is not None:
                yield f"{name}.{who}.{column}", count


def _persons(book: QuotaBook) -> Mapping[str, pd.DataFrame]:
    """The persons of the year: admitted, recognised, struck off; none where the book has no sheet of persons."""
    table = book.tables.get("people")
    if table is None:
        return {}
    frame = table.frame
    struck = key(codes.label(Status.STRUCK_OFF))
    status = frame["status"].map(as_text).map(key) if "status" in frame else pd.Series("", frame.index)
    picked = {
        "admitted": _years(frame, "admitted_in") == book.year,
        "recognized": _years(frame, "recognized_on") == book.year,
        "struck_off": (status == struck) & (_years(frame, "status_changed_on") == book.year),
    }
    return {name: frame[rows] for name, rows in picked.items()}


def _years(frame: pd.DataFrame, column: str) -> "pd.Series[int]":
    """The year of each cell of a column of days or years; 0 where there is none."""
    if column not in frame:
        return pd.Series(0, frame.index)
    return frame[column].map(_year).astype(int)


def _year(value: object) -> int:
    if isinstance(value, int | float):
        return int(value)
    day = None if is_blank(value) else read_date(value).day
    return day.year if day else 0
