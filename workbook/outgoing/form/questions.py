"""What a person should look at in a form that is filled in: one question for everything of a kind."""

from collections.abc import Collection, Iterator, Sequence

from workbook.incoming.raw import Question
from workbook.outgoing.areas import Cell
from workbook.outgoing.form.entries import Entry, Target
from workbook.outgoing.form.groups import Known
from workbook.outgoing.form.mapping import Column, FormMap
from workbook.outgoing.form.numbers import Numbers
from workbook.outgoing.form.places import Sheet
from workbook.outgoing.form.rules import Rules
from workbook.outgoing.form.wording import is_wording


def unplaced(targets: Sequence[Target]) -> Iterator[Question]:
    """Labels and headings that are not there, or more than once; a label without a value is missed by nobody."""
    faulty = [one for one in targets if one.fault and (one.value or one.fault != "form.no_label")]
    for fault in dict.fromkeys(one.fault for one in faulty):
        told = dict.fromkeys(_named(one) for one in faulty if one.fault == fault)
        yield Question(fault, detail={"count": len(told), "cells": list(told)})


def _named(one: Target) -> str:
    return f"{one.label} | {one.heading}" if one.heading else one.label


def unnamed(form: FormMap, now: Known) -> Iterator[Question]:
    """Names of values that the book does not have."""
    known = now.values.keys() | now.unsure.keys()
    names = list(dict.fromkeys(one.value for one in form.cells if one.value and one.value not in known))
    if names:
        yield Question("form.no_value", detail={"cells": names})


def without_rule(made: Sequence[Entry], rules: Rules) -> Iterator[Question]:
    """A column meant to follow a rule that the form does not state."""
    columns = {one.cell[1]: one for one in made if one.shows is Column.RULE and rules.of(one.cell) is None}
    for one in columns.values():
        yield Question("form.no_rule", one.address)


def blanks(
    made: Sequence[Entry], numbers: Numbers, unvalued: Collection[Cell], *, with_before: bool
) -> Iterator[Question]:
    """Cells that stay blank, by label: those `unvalued` for want of a value in the mapping, the others in the book.

    Without a book of last year its column is one thing to say, not many.
    """
    told = {Column.NOW, Column.BEFORE} if with_before else {Column.NOW}
    if not with_before and any(one.shows is Column.BEFORE for one in made):
        yield Question("form.no_before")
    blank: dict[str, dict[str, list[str]]] = {"form.unvalued": {}, "form.blank": {}}
    for one in made:
        if one.value is None and not one.unsure and one.shows in told and not numbers.is_kept(one.cell):
            why = "form.unvalued" if one.cell in unvalued else "form.blank"
            blank[why].setdefault(one.label, []).append(one.address)
    for why, labels in blank.items():
        if labels:
            cells = [f"{label} ({', '.join(places)})" for label, places in labels.items()]
            yield Question(why, detail={"count": sum(map(len, labels.values())), "cells": cells})


def unsure(entries: Sequence[Entry]) -> Iterator[Question]:
    """Cells that stay blank because nobody was counted for certain, and those that have what was counted so far.

    Cells of one reason are told together.
    """
    for code, blank in (("form.unsure_blank", True), ("form.unsure", False)):
        meant = [one for one in entries if (one.value is None) is blank]
        told: dict[str, list[str]] = {}
        for one in meant:
            told.setdefault(one.unsure, []).append(f"{one.label} ({one.address})")
        if meant:
            cells = "; ".join(f"{', '.join(labels)}: {why}" for why, labels in told.items())
            yield Question(code, detail={"count": len(meant), "cells": cells})


def noted(form: FormMap, made: Sequence[Entry]) -> Iterator[Question]:
    """What the mapping says of its own numbers, where such a number was put in."""
    filled = {one.label for one in made if one.value is not None}
    notes = [f"{one.label}: {one.note}" for one in form.cells if one.note and one.label in filled]
    if notes:
        yield Question("form.note", detail={"cells": "; ".join(notes)})


def unmapped(made: Sequence[Entry], form: FormMap, sheet: Sheet, numbers: Numbers) -> Iterator[Question]:
    """Lines of the table, from its first to its last, that the mapping does not speak of and that hold nothing."""
    labelled = {one.cell[0] for one in made}
    if not form.columns or not labelled:
        return
    columns = {one.cell[1] for one in made}
    counted = {one.cell[1] for one in made if one.shows is not Column.RULE}
    silent = [row for row in _table(sheet, labelled, columns, numbers) if row not in labelled]
    open_rows = [row for row in silent if not any(numbers.is_kept((row, column)) for column in counted)]
    texts = [f"{label} ({row + 1})" for row in open_rows if (label := _label(sheet, row))]
    if texts:
        yield Question("form.unmapped", detail={"count": len(texts), "cells": texts})


def _label(sheet: Sheet, row: int) -> str:
    """The longest text of a line."""
    texts = (value for value in sheet.grid.rows[row] if isinstance(value, str))
    return max(texts, key=len, default="").strip()


def _table(sheet: Sheet, labelled: Collection[int], columns: Collection[int], numbers: Numbers) -> range:
    """The lines from the first to the last one known, with those above and below that belong to the same table: a
    label, and no text in its columns.
    """
    rows = sheet.grid.rows

    def belongs(row: int) -> bool:
        texts = (is_wording(rows[row][column]) for column in columns if (row, column) not in numbers.formulas)
        return any(map(is_wording, rows[row][: min(columns)])) and not any(texts)

    first, last = min(labelled), max(labelled)
    while first and belongs(first - 1):
        first -= 1
    while last + 1 < len(rows) and belongs(last + 1):
        last += 1
    return range(first, last + 1)
