"""A line of a form per person, below its headings, and what is still missing for each. Nothing is made up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from workbook.errors import CannotWrite
from workbook.incoming.cells import is_blank
from workbook.incoming.form_rules import numbering
from workbook.incoming.grid import address
from workbook.incoming.raw import Question
from workbook.outgoing.areas import Cell
from workbook.outgoing.form_map import RowsMap
from workbook.outgoing.form_places import Sheet
from workbook.outgoing.form_sheet import FormSheet
from workbook.outgoing.sheet_part import Value
from workbook.phrases import phrase

#: The running number of a line; every other name is a column of the sheet of persons.
_COUNTER = "counter"
_NAME = "full_name"
#: The column of what is wrong, see `form_values.people_of`.
_WRONG = "wrong"


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


def rows(mapping: RowsMap, people: pd.DataFrame, sheet: Sheet, part: FormSheet) -> Rows:
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
        row = first + number
        line = dict(_line(mapping, {**person, _COUNTER: number + 1}, columns))
        free = {column: value for column, value in line.items() if _is_free(sheet, (row, column))}
        cells |= {(row, column): _written(value, (row, column), first, part) for column, value in free.items()}
        lacking += _lacking(mapping, person, sheet, {heading: (row, at) for heading, at in columns.items()}, line)
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
    while not all(_is_free(sheet, (row, column)) for column in named or columns.values()):
        row += 1
    return row


def _refuse_full(sheet: Sheet, first: int, count: int, columns: Mapping[str, int]) -> None:
    """Lines that hold something in other columns than the first free one are no lines for persons."""
    prefilled = {column for column in columns.values() if not _is_free(sheet, (first, column))}
    for row in range(first, first + count):
        held = {column for column in columns.values() if not _is_free(sheet, (row, column))}
        if not held <= prefilled:
            raise CannotWrite("form.full", {"wanted": count, "count": row - first, "cell": address(row, min(held))})


def _is_free(sheet: Sheet, cell: Cell) -> bool:
    row, column = cell
    lines = sheet.grid.rows
    return row >= len(lines) or column >= len(lines[row]) or is_blank(lines[row][column])


def _line(mapping: RowsMap, person: Mapping[Any, Any], columns: Mapping[str, int]) -> Iterator[tuple[int, Value]]:
    """Column → value, for what the book knows of a person."""
    for heading, name in mapping.columns.items():
        value = person.get(name, "") if name else ""
        if heading in columns and value != "":
            yield columns[heading], value


def _written(value: Value, cell: Cell, first: int, part: FormSheet) -> Value:
    """A day as text, dd/mm/yyyy, unless the form shows days there; everything else as it is."""
    row, column = cell
    if isinstance(value, date) and not part.shows_days((row + 1, column + 1), (first + 1, column + 1)):
        return f"{value:%d/%m/%Y}"
    return value


def _lacking(
    mapping: RowsMap, person: Mapping[Any, Any], sheet: Sheet, places: Mapping[str, Cell], line: Mapping[int, Value]
) -> Iterator[Lacking]:
    """What a line lacks: what nobody wrote down, and what is written down wrong."""
    wrong: Mapping[str, str] = person.get(_WRONG, {})
    stand = {str(name): value for name, value in person.items() if value != "" and name != _WRONG}
    needed = {one for one in mapping.needed if mapping.only_with.get(one, _NAME) in stand.keys() | wrong.keys()}
    open_ones = [one for one, cell in places.items() if cell[1] not in line and _is_free(sheet, cell)]
    faulty = {one: wrong[mapping.columns[one]] for one in open_ones if mapping.columns[one] in wrong}
    blank = [one for one in open_ones if one in needed or one in faulty]
    if blank:
        known = {name: _text(value) for name, value in stand.items()}
        said = [mapping.hints[one] for one in blank if one in mapping.hints]
        hints = [one.format_map(known) for one in said if _names(one) <= known.keys()]
        hints += [phrase("form.wrong_value", heading=_plain(one), value=value) for one, value in faulty.items()]
        shown = (phrase("form.wrong", heading=_plain(one)) if one in faulty else _plain(one) for one in blank)
        row, name = next(iter(places.values()))[0] + 1, wrong.get(_NAME) or str(person.get(_NAME, ""))
        yield Lacking(row, str(person.get("branch", "")), name, tuple(shown), tuple(hints))


def _plain(heading: str) -> str:
    """A heading, or a path of them, without the star that says it must be filled."""
    return " ".join(heading.replace("*", " ").replace("|", "\u2013").split())


def _text(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _names(text: str) -> set[str]:
    """The names in braces."""
    return {part.partition("}")[0] for part in text.split("{")[1:]}
