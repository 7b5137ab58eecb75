"""What will be put where: a form's mapping held against the form and the book. Nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.incoming.raw import Question
from workbook.outgoing.form import questions
from workbook.outgoing.form.entries import Entry, targets
from workbook.outgoing.form.mapping import Column, FormMap
from workbook.outgoing.form.numbers import Numbers
from workbook.outgoing.form.part import FormPart, from_one
from workbook.outgoing.form.places import Sheet
from workbook.outgoing.form.rules import Rules
from workbook.outgoing.sheet_part import Value


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes into one sheet, and what a person should look at."""

    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]


def plan(
    form: FormMap, sheet: Sheet, part: FormPart, known: tuple[Mapping[str, Value], Mapping[str, Value]], *, own: bool
) -> Plan:
    """Every cell the mapping speaks of. What it names and the book or the form lacks becomes a question.

    `known`: what the book knows, and the book of the year before. `own`: whether the mapping is a clerk's, who may have
    left a line without a value; ours do so where no book has one.
    """
    now, before = known
    wanted = targets(form, sheet)
    found = [one for one in wanted if not one.fault]
    values = {Column.NOW: now, Column.BEFORE: before, Column.RULE: {}}
    entries = [Entry(one.cell, one.label, one.shows, values[one.shows].get(one.value)) for one in found]
    rules = Rules(sheet, lambda cell: part.shows_percent(from_one(cell)))
    made, numbers = _ruled(entries, rules, sheet, part)
    unvalued = {one.cell for one in found if own and not one.value}
    asked = (
        *questions.unplaced(wanted),
        *questions.unnamed(form, now),
        *questions.without_rule(made, rules),
        *questions.blanks(made, numbers, unvalued, with_before=bool(before)),
        *questions.noted(form, made),
        *questions.unmapped(made, form, sheet, numbers),
        *rules.broken(numbers),
    )
    return Plan(made, asked)


def _ruled(entries: Sequence[Entry], rules: Rules, sheet: Sheet, part: FormPart) -> tuple[tuple[Entry, ...], Numbers]:
    """The entries with those that the row of numbers asks for worked out, and all numbers of the form.

    What the form has already is what is counted with, not what would have been put there.
    """
    formulas = {(row - 1, column - 1): text for (row, column), text in part.formulas().items()}
    numbers = Numbers(sheet, formulas, {one.cell: one.value for one in entries})
    asked = [one for one in entries if one.shows is Column.RULE]
    ruled = [one if one.cell in formulas else replace(one, value=rules.value(one.cell, numbers)) for one in asked]
    made = (*(one for one in entries if one.shows is not Column.RULE), *ruled)
    return made, Numbers(sheet, formulas, {one.cell: one.value for one in made})
