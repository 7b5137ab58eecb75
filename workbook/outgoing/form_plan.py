"""What will be put where: a form's mapping held against the form and the book. Nothing is written here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from workbook.incoming.cells import is_blank
from workbook.incoming.form_rules import Numbering, Rule, agrees, numbering
from workbook.incoming.grid import address
from workbook.incoming.raw import Question
from workbook.outgoing.areas import Cell, cell_of
from workbook.outgoing.form_map import CellMap, Column, FormMap
from workbook.outgoing.form_places import Sheet
from workbook.outgoing.sheet_part import Value

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of the form (0-based) with its label and the value it gets; None: stays blank."""

    cell: Cell
    label: str
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
    values = {Column.NOW: now, Column.BEFORE: before}
    entries: list[Entry] = []
    questions: list[Question] = []
    by_rule: list[Entry] = []
    for one in form.cells:
        if one.value and one.value not in now:
            questions.append(Question("form.no_value", one.cell, detail={"value": one.value}))
        for target, column, asked in _targets(one, form, sheet):
            if asked:
                questions.append(asked)
            elif column is Column.RULE:
                by_rule.append(Entry(target, one.row, None))
            else:
                entries.append(Entry(target, one.row or one.cell, values[column].get(one.value)))
    numbered = numbering(sheet.grid)
    ruled = [replace(one, value=_ruled(one, entries, sheet, numbered)) for one in by_rule]
    kept = Plan((*entries, *ruled), (*questions, *_without_rule(by_rule, numbered)))
    return replace(kept, questions=(*kept.questions, *_blanks(kept, form, sheet), *_broken(kept, sheet, numbered)))


def _targets(one: CellMap, form: FormMap, sheet: Sheet) -> Iterator[tuple[Cell, Column, Question | None]]:
    """The cells of one line of the mapping, each with what its column shows, or why there is none."""
    if one.cell:
        row, column = cell_of(one.cell)
        yield sheet.anchor((row - 1, column - 1)), Column.NOW, None
        return
    label = sheet.row(one.row, one.under)
    if label.fault:
        yield (0, 0), Column.NOW, Question(label.fault, detail={"value": one.row})
        return
    headings = {one.column: form.columns.get(one.column, Column.NOW)} if one.column else form.columns
    for heading, shows in headings.items():
        place = sheet.column(heading, label.cell)
        asked = Question(place.fault, detail={"value": one.row, "heading": heading}) if place.fault else None
        yield place.cell, shows, asked


def _rule_of(cell: Cell, numbered: Numbering | None) -> Rule | None:
    rules = numbered.rules if numbered and cell[0] > numbered.row else ()
    return next((rule for rule in rules if rule.column == cell[1]), None)


def _line(row: int, entries: Sequence[Entry], sheet: Sheet) -> dict[int, Decimal]:
    """The numbers of a line by column: those of the form, and over them those that are put in."""
    there = dict(enumerate(sheet.grid.rows[row])) if row < len(sheet.grid.rows) else {}
    put = {one.cell[1]: one.value for one in entries if one.cell[0] == row and one.value is not None}
    return {column: Decimal(str(value)) for column, value in (there | put).items() if _is_number(value)}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _exact(rule: Rule, row: int, entries: Sequence[Entry], sheet: Sheet, numbered: Numbering) -> Decimal | None:
    """What a rule comes to on a line. Under a heading of "%" a mere ratio is meant as a percentage."""
    result = numbered.result(rule, _line(row, entries, sheet))
    share = "/" in rule.tokens and "100" not in rule.tokens and _is_share(rule.column, sheet, numbered)
    return result * 100 if result is not None and share else result


def _is_share(column: int, sheet: Sheet, numbered: Numbering) -> bool:
    return any("%" in str(sheet.grid.rows[row][column]) for row in range(numbered.row))


def _ruled(one: Entry, entries: Sequence[Entry], sheet: Sheet, numbered: Numbering | None) -> Decimal | None:
    """The value that the row of numbers asks for: two decimals at most, halves up."""
    rule = _rule_of(one.cell, numbered)
    exact = _exact(rule, one.cell[0], entries, sheet, numbered) if rule and numbered else None
    if exact is None:
        return None
    rounded = exact.quantize(_CENT, ROUND_HALF_UP)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded.normalize()


def _without_rule(by_rule: Sequence[Entry], numbered: Numbering | None) -> Iterator[Question]:
    """A column meant to follow a rule that the form does not state."""
    columns = {one.cell[1]: one for one in by_rule if _rule_of(one.cell, numbered) is None}
    for one in columns.values():
        yield Question("form.no_rule", one.address)


def _broken(made: Plan, sheet: Sheet, numbered: Numbering | None) -> Iterator[Question]:
    """Numbers that are not what the row of numbers says."""
    if numbered is None:
        return
    for row in range(numbered.row + 1, len(sheet.grid.rows)):
        line = _line(row, made.entries, sheet)
        for rule in numbered.rules:
            exact = _exact(rule, row, made.entries, sheet, numbered)
            if exact is not None and rule.column in line and not agrees(line[rule.column], exact):
                detail = {"value": float(line[rule.column]), "rule": rule.text, "expected": float(round(exact, 4))}
                yield Question("form.rule", address(row, rule.column), detail=detail)


def _blanks(made: Plan, form: FormMap, sheet: Sheet) -> Iterator[Question]:
    """What stays blank: cells the book knows nothing of, and lines the mapping does not speak of."""
    blank = [f"{one.address} ({one.label})" for one in made.entries if one.value is None]
    if blank:
        yield Question("form.blank", detail={"count": len(blank), "cells": blank})
    labelled = {one.cell[0] for one in made.entries}
    columns = {one.cell[1] for one in made.entries}
    if form.columns and labelled:
        rows = [row for row in range(min(labelled), max(labelled)) if row not in labelled]
        silent = {row: _label(sheet, row) for row in rows if _is_open(sheet, row, columns)}
        texts = [f"{row + 1} ({label})" for row, label in silent.items() if label]
        if texts:
            yield Question("form.unmapped", detail={"count": len(texts), "cells": texts})


def _label(sheet: Sheet, row: int) -> str:
    """The longest text of a line."""
    return max((str(value) for value in sheet.grid.rows[row] if isinstance(value, str)), key=len, default="").strip()


def _is_open(sheet: Sheet, row: int, columns: set[int]) -> bool:
    return all(is_blank(sheet.grid.rows[row][column]) for column in columns)
