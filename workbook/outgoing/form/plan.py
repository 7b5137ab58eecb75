"""What will be put where: a form's mapping held against the form and the book. Nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbook.incoming.raw import Question
from workbook.outgoing.form import questions
from workbook.outgoing.form.entries import Entry, targets
from workbook.outgoing.form.groups import Known
from workbook.outgoing.form.mapping import Column, FormMap
from workbook.outgoing.form.numbers import Numbers
from workbook.outgoing.form.part import FormPart, from_one
from workbook.outgoing.form.places import Sheet
from workbook.outgoing.form.rules import Rules
from workbook.phrases import phrase


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes into one sheet, and what a person should look at; `unsure`: the entries not known in full."""

    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    unsure: tuple[Entry, ...] = ()


def plan(form: FormMap, sheet: Sheet, part: FormPart, known: tuple[Known, Known], *, own: bool) -> Plan:
    """Every cell the mapping speaks of. What it names and the book or the form lacks becomes a question.

    `known`: what the book knows, and the book of the year before. `own`: whether the mapping is a clerk's, who may have
    left a line without a value; ours do so where no book has one.
    """
    now, before = known
    wanted = targets(form, sheet)
    found = [one for one in wanted if not one.fault]
    of = {Column.NOW: now, Column.BEFORE: before, Column.RULE: Known()}
    entries = [
        Entry(one.cell, one.label, one.shows, of[one.shows].value(one.value), of[one.shows].unsure.get(one.value, ""))
        for one in found
    ]
    rules = Rules(sheet, lambda cell: part.shows_percent(from_one(cell)))
    made, numbers = _ruled(entries, rules, sheet, part)
    unsure = tuple(one for one in made if one.unsure and not numbers.is_kept(one.cell))
    unvalued = {one.cell for one in found if own and not one.value}
    asked = (
        *questions.unplaced(wanted),
        *questions.unnamed(form, now),
        *questions.without_rule(made, rules),
        *questions.blanks(made, numbers, unvalued, with_before=bool(before.values)),
        *questions.unsure(unsure),
        *questions.noted(form, made),
        *questions.unmapped(made, form, sheet, numbers),
        *rules.broken(numbers),
    )
    return Plan(made, asked, unsure)


def _ruled(entries: Sequence[Entry], rules: Rules, sheet: Sheet, part: FormPart) -> tuple[tuple[Entry, ...], Numbers]:
    """The entries with those that the row of numbers asks for worked out, and all numbers of the form.

    What the form has already is what is counted with, not what would have been put there. Of a number that is not known
    in full nothing is worked out: a share of a part says nothing.
    """
    formulas = {(row - 1, column - 1): text for (row, column), text in part.formulas().items()}
    numbers = Numbers(sheet, formulas, {one.cell: one.value for one in entries})
    partly = {one.cell[0] for one in entries if one.unsure and not numbers.is_kept(one.cell)}

    def worked_out(one: Entry) -> Entry:
        value = None if one.cell in formulas else rules.value(one.cell, numbers)
        if value is not None and one.cell[0] in partly:
            return replace(one, unsure=phrase("form.left_rule"))
        return replace(one, value=value)

    ruled = [worked_out(one) for one in entries if one.shows is Column.RULE]
    made = (*(one for one in entries if one.shows is not Column.RULE), *ruled)
    return made, Numbers(sheet, formulas, {one.cell: one.value for one in made})
