"""The clocks of the law as formulas, so that a register shows what is late where our add-in is not.

Plain functions and two named ranges, so that every application since Excel 2013 calculates them. Working days
are counted, not added: a day is past due once as many working days as the term lie strictly between the trigger
and today, which heeds days worked in exchange where WORKDAY would not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from validation.deadlines import MAIN_EVENTS
from validation.provisions import DOSSIER_STARTED, PROBATION_ENDS, Deadline, Unit
from validation.rulebook import Era, Rulebook
from validation.triggers import DOSSIER_PAPERS
from validation.vocabulary import LEFT, Status, Step
from workbook import codes
from workbook.labels import label
from workbook.phrases import keys, phrase

#: Names of the ranges that hold weekdays off and weekend days worked in exchange.
DAYS_OFF, WORKED = "SN_days_off", "SN_worked"

_ORDER = {step: place for place, step in enumerate(Step)}


@dataclass(frozen=True, slots=True)
class Spell:
    """A deadline while its numbers stood unchanged; `arising` are the columns whose earliest day starts it."""

    deadline: Deadline
    start: date
    end: date | None
    arising: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Where a row's cells stand (register column → address, like "$AB7"), and what is today for it."""

    cells: Mapping[str, str]
    probation_months: int
    today: str = "TODAY()"

    def day(self, column: str) -> str:
        """The expression of a trigger day, the derived ones worked out."""
        if column == DOSSIER_STARTED:
            return f"MIN({','.join(self.cells[paper] for paper in DOSSIER_PAPERS)})"
        if column == PROBATION_ENDS:
            return f"EDATE({self.cells['ceremony_on']},{self.probation_months})"
        return self.cells[column]


def spells(rulebook: Rulebook) -> Iterator[Spell]:
    """Every deadline as it ever stood; eras that only another document parts are one."""
    for key in rulebook.keys:
        eras = rulebook.eras(key)
        arising = dict.fromkeys(column for era in eras for column in era.applied.deadline.triggers)
        for _, same in groupby(eras, key=_numbers):
            run = list(same)
            yield Spell(run[-1].applied.deadline, run[0].start, run[-1].end, tuple(arising))


def step_name(deadline: Deadline) -> str:
    """What has to be done by the day due, as the list of what is overdue calls it."""
    own = f"clock.{deadline.code}"
    return phrase(own) if own in keys() else label(Step(deadline.step))


def late(spell: Spell, row: Row) -> str:
    """A formula that is TRUE while the act of a spell is awaited past its day, or its paper has lapsed."""
    deadline = spell.deadline
    return f"=AND({','.join([_awaited(deadline, row), _still_here(row), *_arose(spell, row), _past(deadline, row)])})"


def _numbers(era: Era) -> tuple[object, ...]:
    deadline = era.applied.deadline
    return deadline.triggers, deadline.done, deadline.count, deadline.unit, deadline.nature


def _awaited(deadline: Deadline, row: Row) -> str:
    """Neither the act itself nor a later main act has happened; a day still to come has not."""
    later = [column for step, column in MAIN_EVENTS.items() if _ORDER[step] > _ORDER[deadline.step]]
    cells = [row.cells[column] for column in dict.fromkeys([deadline.done, *later])]
    to_come = "".join(f'-COUNTIF({cell},">"&{row.today})' for cell in cells)
    return f"COUNTA({','.join(cells)}){to_come}=0"


def _still_here(row: Row) -> str:
    status = row.cells["status"]
    return ",".join(f'{status}<>"{codes.label(gone)}"' for gone in Status if gone in LEFT)


def _arose(spell: Spell, row: Row) -> Iterator[str]:
    """The clock arose while the spell lasted, and the day it is counted from is known."""
    earliest = f"MIN({','.join(map(row.day, spell.arising))})"
    yield f"{earliest}>={_day(spell.start)}"
    if spell.end:
        yield f"{earliest}<{_day(spell.end)}"
    if len(spell.arising) > len(spell.deadline.triggers):
        yield f"ISNUMBER({row.day(spell.deadline.counted_from)})"


def _past(deadline: Deadline, row: Row) -> str:
    start = row.day(deadline.counted_from)
    if deadline.fallback:
        start = f"IF(ISNUMBER({start}),{start},{row.day(deadline.fallback)})"
    if deadline.unit is Unit.CALENDAR_MONTHS:
        return f"{row.today}>EDATE({start},{deadline.count})"
    weekdays = f"NETWORKDAYS({start}+1,{row.today}-1,{DAYS_OFF})"
    exchanged = f'COUNTIFS({WORKED},">"&{start},{WORKED},"<"&{row.today})'
    return f"{weekdays}+{exchanged}>={deadline.count}"


def _day(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"
