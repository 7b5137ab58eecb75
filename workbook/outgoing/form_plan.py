"""What will be put where: a form's mapping held against the form and the book. Nothing is written here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from workbook.incoming.cells import is_blank
from workbook.incoming.form_rules import Numbering, agrees, numbering
from workbook.incoming.grid import address
from workbook.incoming.number_row import Formula
from workbook.incoming.raw import Question
from workbook.outgoing.areas import Cell, cell_of
from workbook.outgoing.form_map import CellMap, Column, FormMap
from workbook.outgoing.form_places import Sheet
from workbook.outgoing.sheet_part import Value

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of the form (0-based) with its label, what it shows and the value it gets; None: stays blank."""

    cell: Cell
    label: str
    shows: Column
    value: Value | None

    @property
    def address(self) -> str:
        """Like "F12"."""
        return address(*self.cell)


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes into one sheet, and what a person should look at."""

    entries: tuple[Entry, ...] = ()
    questions: tuple[Question, ...] = field(default=())

    @property
    def filled(self) -> tuple[Entry, ...]:
        """The entries that have a value."""
        return tuple(one for one in self.entries if one.value is not None)


def plan(form: FormMap, sheet: Sheet, now: Mapping[str, Value], before: Mapping[str, Value]) -> Plan:
    """Every cell the mapping speaks of. What it names and the book or the form lacks becomes a question."""
    targets = [target for one in form.cells for target in _targets(one, form, sheet)]
    found = [one for one in targets if not one.fault]
    values = {Column.NOW: now, Column.BEFORE: before, Column.RULE: {}}
    entries = [Entry(one.cell, one.label, one.shows, values[one.shows].get(one.value)) for one in found]
    numbered = numbering(sheet.grid)
    ruled = [replace(one, value=_ruled(one, entries, sheet, numbered)) for one in entries if one.shows is Column.RULE]
    made = (*(one for one in entries if one.shows is not Column.RULE), *ruled)
    questions = (
        *_unplaced(targets),
        *_unnamed(form, now),
        *_without_rule(ruled, numbered),
        *_blanks(made, bool(before)),
        *_unmapped(made, form, sheet),
        *_broken(made, sheet, numbered),
    )
    return Plan(made, questions)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where one value of the mapping goes, 0-based, or why it goes nowhere."""

    label: str
    value: str
    cell: Cell = (0, 0)
    shows: Column = Column.NOW
    heading: str = ""
    fault: str = ""


def _targets(one: CellMap, form: FormMap, sheet: Sheet) -> Iterator[_Target]:
    if one.cell:
        row, column = cell_of(one.cell)
        yield _Target(one.cell.upper(), one.value, sheet.anchor((row - 1, column - 1)))
        return
    label = sheet.row(one.row, one.under)
    if label.fault:
        yield _Target(one.row, one.value, fault=label.fault)
        return
    headings = {one.column: form.columns.get(one.column, Column.NOW)} if one.column else form.columns
    for heading, shows in headings.items():
        place = sheet.column(heading, label.cell)
        yield _Target(one.row, one.value, place.cell, shows, heading, place.fault)


def _unplaced(targets: Sequence[_Target]) -> Iterator[Question]:
    """Labels and headings that are not there, or more than once; a label without a value is missed by nobody."""
    faulty = [one for one in targets if one.fault and (one.value or one.fault != "form.no_label")]
    for fault in dict.fromkeys(one.fault for one in faulty):
        told = dict.fromkeys(_named(one) for one in faulty if one.fault == fault)
        yield Question(fault, detail={"count": len(told), "cells": list(told)})


def _named(one: _Target) -> str:
    return f"{one.label} | {one.heading}" if one.heading else one.label


def _unnamed(form: FormMap, now: Mapping[str, Value]) -> Iterator[Question]:
    """Names of values that the book does not have."""
    names = list(dict.fromkeys(one.value for one in form.cells if one.value and one.value not in now))
    if names:
        yield Question("form.no_value", detail={"cells": names})


def _rule_of(cell: Cell, numbered: Numbering | None) -> Formula | None:
    return numbered.rules.get(cell[1]) if numbered and cell[0] > numbered.row else None


def _line(row: int, entries: Sequence[Entry], sheet: Sheet) -> dict[int, Decimal]:
    """The numbers of a line by column: those of the form, and over them those that are put in."""
    there = dict(enumerate(sheet.grid.rows[row])) if row < len(sheet.grid.rows) else {}
    put = {one.cell[1]: one.value for one in entries if one.cell[0] == row and one.value is not None}
    return {column: Decimal(str(value)) for column, value in (there | put).items() if _is_number(value)}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _exact(rule: Formula, cell: Cell, line: Mapping[int, Decimal], sheet: Sheet, top: int) -> Decimal | None:
    """What a rule comes to in a cell of a line; under a heading of "%" (above `top`) a mere ratio is a percentage."""
    result = rule.work_out(line)
    if result is None:
        return None
    share = rule.is_quotient and not rule.of_hundred and _is_share(cell[1], sheet, top)
    return Decimal(result.numerator * (100 if share else 1)) / result.denominator


def _is_share(column: int, sheet: Sheet, top: int) -> bool:
    return any("%" in str(sheet.grid.rows[row][column]) for row in range(top))


def _ruled(one: Entry, entries: Sequence[Entry], sheet: Sheet, numbered: Numbering | None) -> Decimal | None:
    """The value that the row of numbers asks for: two decimals at most, halves up."""
    rule = _rule_of(one.cell, numbered)
    line = _line(one.cell[0], entries, sheet)
    exact = _exact(rule, one.cell, line, sheet, numbered.row) if rule and numbered else None
    if exact is None:
        return None
    rounded = exact.quantize(_CENT, ROUND_HALF_UP)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded.normalize()


def _without_rule(ruled: Sequence[Entry], numbered: Numbering | None) -> Iterator[Question]:
    """A column meant to follow a rule that the form does not state."""
    columns = {one.cell[1]: one for one in ruled if _rule_of(one.cell, numbered) is None}
    for one in columns.values():
        yield Question("form.no_rule", one.address)


def _broken(made: Sequence[Entry], sheet: Sheet, numbered: Numbering | None) -> Iterator[Question]:
    """Numbers that are not what the row of numbers says."""
    if numbered is None:
        return
    for row in range(numbered.row + 1, len(sheet.grid.rows)):
        line = _line(row, made, sheet)
        for column, rule in numbered.rules.items():
            exact = _exact(rule, (row, column), line, sheet, numbered.row)
            if exact is not None and column in line and not agrees(line[column], exact):
                detail = {"value": float(line[column]), "rule": rule.shown, "expected": float(round(exact, 4))}
                yield Question("form.rule", address(row, column), detail=detail)


def _blanks(made: Sequence[Entry], with_before: bool) -> Iterator[Question]:
    """Cells that stay blank, by label. Without a book of last year its column is one thing to say, not many."""
    told = {Column.NOW, Column.BEFORE} if with_before else {Column.NOW}
    if not with_before and any(one.shows is Column.BEFORE for one in made):
        yield Question("form.no_before")
    blank: dict[str, list[str]] = {}
    for one in made:
        if one.value is None and one.shows in told:
            blank.setdefault(one.label, []).append(one.address)
    if blank:
        cells = [f"{label} ({', '.join(places)})" for label, places in blank.items()]
        yield Question("form.blank", detail={"count": sum(map(len, blank.values())), "cells": cells})


def _unmapped(made: Sequence[Entry], form: FormMap, sheet: Sheet) -> Iterator[Question]:
    """Lines of the form between those filled that the mapping does not speak of."""
    labelled = {one.cell[0] for one in made}
    if not form.columns or not labelled:
        return
    columns = {one.cell[1] for one in made}
    rows = [row for row in range(min(labelled), max(labelled)) if row not in labelled]
    silent = {row: _label(sheet, row) for row in rows if _is_open(sheet, row, columns)}
    texts = [f"{label} ({row + 1})" for row, label in silent.items() if label]
    if texts:
        yield Question("form.unmapped", detail={"count": len(texts), "cells": texts})


def _label(sheet: Sheet, row: int) -> str:
    """The longest text of a line."""
    return max((str(value) for value in sheet.grid.rows[row] if isinstance(value, str)), key=len, default="").strip()


def _is_open(sheet: Sheet, row: int, columns: set[int]) -> bool:
    return all(is_blank(sheet.grid.rows[row][column]) for column in columns)
