"""What was typed → typed columns, or a finding that says what could not be read.

Legibility only: "31/02/2025" is no date. What a value means, and whether it may stand, is the law's.
Every row stays, every row id is kept; a value that cannot be read is NA, never a default.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from validation import findings
from validation.vocabulary import CODE_COLUMNS, COUNT_COLUMNS, DATE_COLUMNS, TEXT_COLUMNS, Level, year_of
from workbook import text
from workbook.frames import made_once
from workbook.incoming import ditto
from workbook.incoming.cells import Reading, as_text, read_number, read_text
from workbook.incoming.coded import read_code, read_groups, read_schooling
from workbook.incoming.columns import Distinct, distinct
from workbook.incoming.dates import Read, read_date
from workbook.incoming.identifiers import read_count, read_identifier
from workbook.incoming.raw import Stacked
from workbook.incoming.swapped import Days, suspects
from workbook.layout import REGISTER

#: How grave it is that something could not be read as typed.
LEVELS: dict[str, Level] = {
    "date.unreadable": Level.ERROR,
    "date.impossible": Level.ERROR,
    "date.two_digit_year": Level.ERROR,
    "date.range": Level.ERROR,
    "date.range_text": Level.QUERY,
    "date.partial": Level.QUERY,
    "date.tick": Level.QUERY,
    "dates.swapped": Level.QUERY,
    "dates.serial": Level.NOTE,
    "id.unreadable": Level.ERROR,
    "id.scientific": Level.ERROR,
    "count.unreadable": Level.ERROR,
    "schooling.became_date": Level.QUERY,
    "number.became_date": Level.QUERY,
    "text.legacy_font": Level.QUERY,
    "ditto.used": Level.NOTE,
    "ditto.nothing": Level.QUERY,
    "ditto.own": Level.ERROR,
    "cell.error": Level.ERROR,
}

# What a formula shows when it cannot be worked out.
_ERROR_VALUES = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})

# What belongs to one person alone is never "as above".
_OWN = frozenset({"full_name", "birth_on", "citizen_id", "card_number"})

# A course lasts some days, so its column often holds both ends.
_PERIODS = frozenset({"certificate_on"})

# How old somebody is can be judged by the year: the law asks where it must be sure.
_YEAR_SERVES = frozenset({"birth_on"})

_READERS: dict[str, Callable[[object], Reading]] = {
    **dict.fromkeys(TEXT_COLUMNS, read_text),
    **dict.fromkeys(("certificate_number", "decision_number"), read_number),
    **dict.fromkeys(("citizen_id", "card_number"), read_identifier),
    **dict.fromkeys(COUNT_COLUMNS, read_count),
    **{name: partial(read_code, enum) for name, enum in CODE_COLUMNS.items()},
    "schooling": read_schooling,
    "target_groups": read_groups,
}

_Record = tuple[int, str, str, Level, Mapping[str, object]]


def normalise(stacked: Stacked) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the typed frame of `docs/architecture.md` and the findings about what could not be read."""
    frame = stacked.frame
    table = frame["table"].to_numpy()
    data: dict[str, Any] = {name: frame[name] for name in ("file", "table", "row")}
    data["name_key"] = None  # keeps its place in front
    records: list[_Record] = []
    days: dict[str, Days] = {}
    for name in (column.name for column in REGISTER):
        sound, broken = _without_errors(name, distinct(frame[name].tolist()))
        cells, notes = _resolved(name, sound, table)
        if name in DATE_COLUMNS:
            days[name] = Days(cells, [read_date(value) for value in cells.values])
            typed, faults = _dates(name, days[name], table)
        else:
            typed, faults = _values(name, cells)
        data.update(typed)
        records += broken + notes + faults
    records += [
        _record(one.row, one.column, "dates.swapped", count=one.count, day=one.day, suggestion=one.other)
        for one in suspects(days, table)
    ]
    data["name_key"] = made_once(pd.Series(data["full_name"]), text.key).array
    return pd.DataFrame(data, index=frame.index), findings.join(findings.frame(records))


def _without_errors(name: str, cells: Distinct) -> tuple[Distinct, list[_Record]]:
    """The column with its error values blank, and a finding for each: a broken formula says nothing."""
    broken = np.array([value in _ERROR_VALUES for value in cells.values])
    if not broken.any():
        return cells, []
    values = ["" if value in _ERROR_VALUES else value for value in cells.values]
    rows = np.flatnonzero(broken[cells.codes])
    return Distinct(cells.codes, values), [_record(row, name, "cell.error") for row in rows]


def _resolved(name: str, cells: Distinct, table: NDArray[np.int64]) -> tuple[Distinct, list[_Record]]:
    """The column with its "as above" marks resolved, and a finding for each mark."""
    if name == "number" or not (marks := ditto.marked(cells)).any():
        return cells, []
    own = name in _OWN
    filled = ditto.fill(cells, marks, table, own=own)
    values, codes = filled.column.values, filled.column.codes
    taken = [_record(row, name, "ditto.used", taken=as_text(values[codes[row]])) for row in filled.taken]
    return filled.column, taken + [_record(row, name, "ditto.own" if own else "ditto.nothing") for row in filled.empty]


def _values(name: str, cells: Distinct) -> tuple[dict[str, Any], list[_Record]]:
    """A column of anything but days."""
    readings = [_READERS[name](value) for value in cells.values]
    values: list[Any] = [reading.value for reading in readings]
    typed: Any = pd.array(values, dtype="Int64") if name in COUNT_COLUMNS else pd.array(values, dtype="str")
    return {name: typed.take(cells.codes)}, _faults(
        name, cells, [(reading.fault, reading.suggestion) for reading in readings]
    )


def _dates(name: str, column: Days, table: NDArray[np.int64]) -> tuple[dict[str, Any], list[_Record]]:
    """A column of days and its companion of years."""
    cells, reads = column.cells, column.reads
    days = np.array([read.day for read in reads], dtype="datetime64[us]")
    years = np.array([read.year for read in reads], dtype="int16")
    faults = _faults(name, cells, [(_date_fault(name, read), read.suggestion) for read in reads])
    found = faults + _serials(name, cells, reads, table)
    return {name: days[cells.codes], year_of(name): years[cells.codes]}, found


def _serials(name: str, cells: Distinct, reads: Sequence[Read], table: NDArray[np.int64]) -> list[_Record]:
    """One note for every sheet on which days stand as bare numbers: who looks at the sheet sees no day there."""
    bare = np.array(
        [isinstance(value, int | float) and bool(read.day) for value, read in zip(cells.values, reads, strict=True)]
    )
    if not bare.any():
        return []
    rows = np.flatnonzero(bare[cells.codes])
    _, firsts, counts = np.unique(table[rows], return_index=True, return_counts=True)
    shown = ((row, count, reads[cells.codes[row]].day) for row, count in zip(rows[firsts], counts, strict=True))
    return [_record(row, name, "dates.serial", count=int(count), day=day) for row, count, day in shown]


def _date_fault(name: str, read: Read) -> str:
    if read.precision in ("month", "year") and name not in _YEAR_SERVES:
        return "date.partial"
    return "date.unreadable" if read.fault == "date.range_text" and name not in _PERIODS else read.fault


def _faults(name: str, cells: Distinct, faults: list[tuple[str, str]]) -> list[_Record]:
    """A finding for every cell whose value has a fault; `faults` gives code and suggestion by value."""
    faulty = np.array([code != "" for code, _ in faults])
    found = [(row, *faults[cells.codes[row]]) for row in np.flatnonzero(faulty[cells.codes])]
    return [_record(row, name, code, **({"suggestion": other} if other else {})) for row, code, other in found]


def _record(row: int | np.intp, name: str, code: str, **detail: object) -> _Record:
    return int(row), name, code, LEVELS[code], detail
