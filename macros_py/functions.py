"""Three worksheet functions: the day due, the days past due, the stage. Each asks the law; none decides anything.

Only on Windows does Excel call them, through xlwings; elsewhere the decorator changes nothing. Arguments and answers
are `Any`: xlwings converts by type hint and knows neither unions nor `object`. Wrong input is answered in a sentence.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any

import pandas as pd
import xlwings as xw

from macros_py.clock import today
from macros_py.desk import Refused
from validation import stages
from validation.deadlines import clocks, overdue
from validation.provisions import DOSSIER_STARTED, PROBATION_ENDS, Deadline
from validation.regulation import load
from validation.triggers import DOSSIER_PAPERS
from validation.vocabulary import Stage, Step, year_of
from validation.workdays import WorkCalendar, add_months, calendar_of
from workbook import text
from workbook.incoming.cells import as_text, is_blank
from workbook.incoming.dates import read_date
from workbook.incoming.headings import column_named
from workbook.incoming.normalise import normalise
from workbook.incoming.raw import RawTable, stack
from workbook.labels import label
from workbook.layout import HEADING
from workbook.phrases import keys, phrase

_STAGE_DAYS = tuple(column for columns in stages.REACHED_BY.values() for column in columns)


@xw.func
def HAN_XU_LY(buoc: Any, ngay: Any) -> Any:  # noqa: N802 - a worksheet function is called so
    """Day due (a `datetime`) of the deadline of a step whose clock starts on a day; "" while that day is blank.

    `buoc`: key of a deadline or step, or what a clerk reads for either. `ngay`: a day as a register may hold it.
    """
    return "" if is_blank(ngay) else _answer(lambda: datetime.combine(_due_on(_key(buoc), _day(ngay)), time()))


@xw.func(volatile=True)  # today moves on while the arguments stand
def SO_NGAY_QUA_HAN(buoc: Any, ngay: Any, denngay: Any = None) -> Any:  # noqa: N802 - as above
    """Calendar days past that day due, as the list of what is overdue shows them; 0 in time, or while `ngay` is blank.

    Counted to `denngay`, today where it is left out.
    """
    return _answer(lambda: 0 if is_blank(ngay) else _days_late(_key(buoc), _day(ngay), _until(denngay)))


@xw.func(volatile=True)
@xw.arg("dong", ndim=2)
def TRANG_THAI(dong: Any, denngay: Any = None) -> Any:  # noqa: N802 - as above
    """The label of the stage that a person's cells make; "" where all are blank.

    `dong`: two rows, headings in any spelling registers use and the cells under them. `denngay`: as above.
    """
    return _answer(lambda: _stage(dong, _until(denngay)))


def _answer(asked: Callable[[], Any]) -> Any:
    """The answer, or why there is none."""
    try:
        return asked()
    except Refused as refused:
        return refused.sentence


# --- what was typed


def _day(value: object) -> date:
    day = read_date(value).day
    if day is None:
        raise Refused("function.no_day")
    return day


def _until(denngay: object) -> date:
    return today() if is_blank(denngay) else _day(denngay)


def _key(buoc: object) -> str:
    """The one deadline of that name; a step may have several, then only its own name will do."""
    wanted = text.key(as_text(buoc))
    newest = {key: load().eras(key)[-1].applied.deadline for key in load().keys}
    found = {key: deadline for key, deadline in newest.items() if wanted in map(text.key, _names(deadline))}
    if not found:
        raise Refused("function.no_step")
    if len(found) > 1:
        raise Refused("function.several", names="; ".join(_names(deadline)[0] for deadline in found.values()))
    return next(iter(found))


def _names(deadline: Deadline) -> tuple[str, ...]:
    """What a deadline goes by: first as the list of what is overdue calls it, where that is not simply the step."""
    own = f"clock.{deadline.code}"
    step = label(Step(deadline.step))
    return (phrase(own) if own in keys() else step, step, deadline.step, deadline.key)


# --- what the law says


@cache
def _calendar() -> WorkCalendar:
    return calendar_of()


def _due_on(key: str, day: date) -> date:
    due: date = _running(key, day, day)["due_on"].dt.date.iat[0]
    return due


def _days_late(key: str, day: date, as_of: date) -> int:
    return -int(overdue(_running(key, day, as_of))["days_left"].sum())


def _running(key: str, day: date, as_of: date) -> pd.DataFrame:
    """The one line of a clock, on its first day where `as_of` is earlier: nothing is late before it has begun."""
    made = _clocks(key, day, max(day, as_of))
    if made.empty:
        raise Refused("function.no_deadline")
    if made["due_on"].isna().any():
        raise Refused("function.no_calendar")
    return made


@lru_cache(maxsize=1 << 14)  # Excel asks a whole column anew at every change
def _clocks(key: str, day: date, as_of: date) -> pd.DataFrame:
    """The clock of one deadline started on a day, by the law's own count for a person of whom no more is known.

    No line where no deadline stood that day, or none can start then.
    """
    applied = load().deadline(key, day)
    cells = _started(applied.deadline.counted_from, day) if applied else {}
    made = clocks(_typed(cells), load(), _calendar(), as_of)
    return made[(made["key"] == key) & (made["started_on"] == pd.Timestamp(day))]


def _started(column: str, day: date) -> dict[str, object]:
    """The cell of a register that starts a clock on a day, also where the day only follows from it."""
    if column == DOSSIER_STARTED:
        return {DOSSIER_PAPERS[0]: day}
    if column == PROBATION_ENDS:
        ends = pd.Series([pd.Timestamp(day)])
        (began,) = add_months(ends, -load().numbers("probation_months", ends)).dt.date
        return {"ceremony_on": began}
    return {column: day}


def _stage(rows: Sequence[Sequence[object]], as_of: date) -> str:
    if len(rows) != 2:
        raise Refused("function.two_rows")
    if all(map(is_blank, rows[1])):
        return ""
    cells = _cells(*rows)
    typed = _typed(cells)
    for column in cells.keys() & set(_STAGE_DAYS):
        if not is_blank(cells[column]) and not typed[year_of(column)].iat[0]:
            raise Refused("function.unreadable", heading=HEADING[column])
    return label(Stage(str(stages.assign(typed, as_of).iat[0])))


def _cells(headings: Sequence[object], values: Sequence[object]) -> dict[str, object]:
    """Register column → cell; Refused where no column tells of a stage, or two are the same."""
    columns = [column_named(as_text(heading)) for heading in headings]
    twice = [column for column, times in Counter(columns).items() if times > 1 and column in HEADING]
    if twice:
        raise Refused("function.twice", heading=HEADING[twice[0]])
    if not {*_STAGE_DAYS, "certificate_number"} & set(columns):
        raise Refused("function.no_dates")
    return {column: value for column, value in zip(columns, values, strict=True) if column in HEADING}


def _typed(cells: Mapping[str, object]) -> pd.DataFrame:
    """A register of one person, read as any other."""
    columns = {name: [value] for name, value in cells.items()}
    table = RawTable("", (), columns, rows=[1], groups=[""], units=[""], letters={})
    return normalise(stack([(0, table)]))[0]
