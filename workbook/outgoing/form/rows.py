"""A line of a form per person, below its headings, and what is still missing for each. Nothing is made up."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from workbook.days import format_day
from workbook.errors import CannotWrite
from workbook.incoming.cells import as_text
from workbook.incoming.grid import address
from workbook.incoming.raw import Question
from workbook.outgoing.areas import Cell
from workbook.outgoing.form.mapping import RowsMap
from workbook.outgoing.form.numbering import numbering
from workbook.outgoing.form.part import FormPart, from_one
from workbook.outgoing.form.places import Sheet
from workbook.outgoing.sheet_part import Value
from workbook.phrases import phrase

#: The running number of a line; every other name is a column of the sheet of persons.
_COUNTER = "counter"
_NAME = "full_name"
#: The column of what is wrong, see `values.people_of`.
_WRONG = "wrong"
#: The place of a value in a hint.
_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Lacking:
    """The headings that a line of the form (`row`, 1-based) lacks for a person; `hints` say what is known instead."""

    row: int
    branch: str
    name: str
    headings: tuple[str, ...]
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of persons: 0-based cell → value, all new cells looking like those of the line `model`."""

    cells: Mapping[Cell, Value]
    model: int = 0
    lacking: tuple[Lacking, ...] = ()
    questions: tuple[Question, ...] = ()


def rows(mapping: RowsMap, people: pd.DataFrame, sheet: Sheet, part: FormPart) -> Rows:
    """The persons below the headings, from the first free line on; what the form has there already stays.

    Raises CannotWrite where the form has too few free lines: nothing of it is pushed down.
    """
    places, questions = _places(mapping, sheet)
    columns = {heading: column for heading, (_, column) in places.items()}
    if not columns or people.empty:
        return Rows({}, questions=questions)
    first = _first(sheet, max(row for row, _ in places.values()), columns, mapping)
    _refuse_full(sheet, first, len(people), columns)
    cells: dict[Cell, Value] = {}
    lacking: list[Lacking] = []
    for number, person in enumerate(people.to_dict("records")):
        row, wrong = first + number, person.pop(_WRONG, {})
        line = dict(_line(mapping, {**person, _COUNTER: number + 1}, columns))
        free = {column: value for column, value in line.items() if sheet.is_free((row, column))}
        cells |= {(row, column): _written(value, (row, column), first, part) for column, value in free.items()}
        blank = [heading for heading, column in columns.items() if column not in line and sheet.is_free((row, column))]
        lacking += _lacking(mapping, row, person, wrong, blank)
    return Rows(cells, first, tuple(lacking), questions)


def _places(mapping: RowsMap, sheet: Sheet) -> tuple[dict[str, Cell], tuple[Question, ...]]:
    found = {heading: sheet.heading(heading) for heading in mapping.columns}
    faults = dict.fromkeys(place.fault for place in found.values() if place.fault)
    named = {fault: [heading for heading, place in found.items() if place.fault == fault] for fault in faults}
    asked = (Question(fault, detail={"count": len(told), "cells": told}) for fault, told in named.items())
    return {heading: place.cell for heading, place in found.items() if not place.fault}, tuple(asked)


def _first(sheet: Sheet, top: int, columns: Mapping[str, int], mapping: RowsMap) -> int:
    """The first line below the headings, and below their row of numbers, in which nobody is named."""
    numbered = numbering(sheet.grid)
    start = max(top, numbered.row if numbered and numbered.row <= top + 2 else top) + 1
    named = [columns[heading] for heading, name in mapping.columns.items() if name == _NAME and heading in columns]
    row = start
    while not all(sheet.is_free((row, column)) for column in named or columns.values()):
        row += 1
    return row


def _refuse_full(sheet: Sheet, first: int, count: int, columns: Mapping[str, int]) -> None:
    """Lines that hold something in other columns than the first free one are no lines for persons."""
    prefilled = {column for column in columns.values() if not sheet.is_free((first, column))}
    for row in range(first, first + count):
        held = {column for column in columns.values() if not sheet.is_free((row, column))}
        if not held <= prefilled:
            raise CannotWrite("form.full", {"wanted": count, "count": row - first, "cell": address(row, min(held))})


def _line(mapping: RowsMap, person: Mapping[Any, Any], columns: Mapping[str, int]) -> Iterator[tuple[int, Value]]:
    """Column → value, for what the book knows of a person."""
    for heading, name in mapping.columns.items():
        value = person.get(name, "") if name else ""
        if heading in columns and value != "":
            yield columns[heading], value


def _written(value: Value, cell: Cell, first: int, part: FormPart) -> Value:
    """A day as text, dd/mm/yyyy, unless the form shows days there; everything else as it is."""
    if isinstance(value, date) and not part.shows_days(from_one(cell), from_one((first, cell[1]))):
        return format_day(value)
    return value


def _lacking(
    mapping: RowsMap, row: int, person: Mapping[Any, Any], wrong: Mapping[str, str], blank: Sequence[str]
) -> Iterator[Lacking]:
    """What a line lacks of its `blank` headings: what nobody wrote down, and what is written down wrong."""
    stand = {str(name): value for name, value in person.items() if value != ""}
    needed = {one for one in mapping.needed if mapping.only_with.get(one, _NAME) in stand.keys() | wrong.keys()}
    faulty = {one: wrong[mapping.columns[one]] for one in blank if mapping.columns[one] in wrong}
    missed = [one for one in blank if one in needed or one in faulty]
    if missed:
        hints = [said for one in missed if (said := _hint(mapping.hints.get(one, ""), stand))]
        hints += [phrase("form.wrong_value", heading=_plain(one), value=value) for one, value in faulty.items()]
        shown = (phrase("form.wrong", heading=_plain(one)) if one in faulty else _plain(one) for one in missed)
        name = wrong.get(_NAME) or str(person.get(_NAME, ""))
        yield Lacking(row + 1, str(person.get("branch", "")), name, tuple(shown), tuple(hints))


def _plain(heading: str) -> str:
    """A heading, or a path of them, without the star that says it must be filled."""
    return " ".join(heading.replace("*", " ").replace("|", "\u2013").split())


def _hint(text: str, known: Mapping[str, Value]) -> str:
    """A hint with the values that it names in braces; "" where one of them is not known of this person."""
    if not known.keys() >= set(_PLACE.findall(text)):
        return ""
    return _PLACE.sub(lambda place: as_text(known[place[1]]), text)
