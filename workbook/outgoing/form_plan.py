"""What will be put where: a form's mapping held against the form and the book. Nothing is written here."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbook.incoming.raw import Question
from workbook.outgoing.areas import Cell, cell_of
from workbook.outgoing.form_checks import Rules
from workbook.outgoing.form_entries import Entry, unmapped
from workbook.outgoing.form_map import CellMap, Column, FormMap
from workbook.outgoing.form_numbers import Numbers
from workbook.outgoing.form_places import Sheet
from workbook.outgoing.form_sheet import FormSheet
from workbook.outgoing.sheet_part import Value


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes into one sheet, and what a person should look at."""

    entries: tuple[Entry, ...] = ()
    questions: tuple[Question, ...] = field(default=())

    @property
    def filled(self) -> tuple[Entry, ...]:
        """The entries that have a value."""
        return tuple(one for one in self.entries if one.value is not None)


def plan(
    form: FormMap, sheet: Sheet, part: FormSheet, known: tuple[Mapping[str, Value], Mapping[str, Value]], *, own: bool
) -> Plan:
    """Every cell the mapping speaks of. What it names and the book or the form lacks becomes a question.

    `known`: what the book knows, and the book of the year before. `own`: whether the mapping is a clerk's, who may have
    left a line without a value; ours do so where no book has one.
    """
    now, before = known
    targets = [target for one in form.cells for target in _targets(one, form, sheet)]
    found = [one for one in targets if not one.fault]
    values = {Column.NOW: now, Column.BEFORE: before, Column.RULE: {}}
    entries = [Entry(one.cell, one.label, one.shows, values[one.shows].get(one.value)) for one in found]
    rules = Rules(sheet, lambda cell: part.shows_percent((cell[0] + 1, cell[1] + 1)))
    made, numbers = _ruled(entries, rules, sheet, part)
    questions = (
        *_unplaced(targets),
        *_unnamed(form, now),
        *_without_rule(made, rules),
        *_blanks(made, numbers, bool(before), {one.cell for one in found if own and not one.value}),
        *_noted(form, made),
        *unmapped(made, form, sheet, numbers),
        *rules.broken(numbers),
    )
    return Plan(made, questions)


def _ruled(entries: Sequence[Entry], rules: Rules, sheet: Sheet, part: FormSheet) -> tuple[tuple[Entry, ...], Numbers]:
    """The entries with those that the row of numbers asks for worked out, and all numbers of the form.

    What the form has already is what is counted with, not what would have been put there.
    """
    formulas = {(row - 1, column - 1): text for (row, column), text in part.formulas().items()}
    numbers = Numbers(sheet, formulas, {one.cell: one.value for one in entries})
    asked = [one for one in entries if one.shows is Column.RULE]
    ruled = [one if one.cell in formulas else replace(one, value=rules.value(one.cell, numbers)) for one in asked]
    made = (*(one for one in entries if one.shows is not Column.RULE), *ruled)
    return made, Numbers(sheet, formulas, {one.cell: one.value for one in made})


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
    places = [sheet.row(text, one.under) for text in (one.row, *one.also)]
    label = next((place for place in places if not place.fault), places[0])
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


def _without_rule(made: Sequence[Entry], rules: Rules) -> Iterator[Question]:
    """A column meant to follow a rule that the form does not state."""
    columns = {one.cell[1]: one for one in made if one.shows is Column.RULE and rules.of(one.cell) is None}
    for one in columns.values():
        yield Question("form.no_rule", one.address)


def _blanks(
    made: Sequence[Entry], numbers: Numbers, with_before: bool, unvalued: Collection[Cell]
) -> Iterator[Question]:
    """Cells that stay blank, by label: those `unvalued` for want of a value in the mapping, the others in the book.

    Without a book of last year its column is one thing to say, not many.
    """
    told = {Column.NOW, Column.BEFORE} if with_before else {Column.NOW}
    if not with_before and any(one.shows is Column.BEFORE for one in made):
        yield Question("form.no_before")
    blank: dict[str, dict[str, list[str]]] = {"form.unvalued": {}, "form.blank": {}}
    for one in made:
        if one.value is None and one.shows in told and not numbers.is_kept(one.cell):
            why = "form.unvalued" if one.cell in unvalued else "form.blank"
            blank[why].setdefault(one.label, []).append(one.address)
    for why, labels in blank.items():
        if labels:
            cells = [f"{label} ({', '.join(places)})" for label, places in labels.items()]
            yield Question(why, detail={"count": sum(map(len, labels.values())), "cells": cells})


def _noted(form: FormMap, made: Sequence[Entry]) -> Iterator[Question]:
    """What the mapping says of its own numbers, where such a number was put in."""
    filled = {one.label for one in made if one.value is not None}
    noted = [f"{one.row or one.cell}: {one.note}" for one in form.cells if one.note and (one.row or one.cell) in filled]
    if noted:
        yield Question("form.note", detail={"cells": "; ".join(noted)})
