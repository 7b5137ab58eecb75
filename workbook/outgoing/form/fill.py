"""A form as received, filled in part by part: only the sheet is put in anew, every other part stays byte for byte.

Nothing that somebody wrote there is overwritten, no formula, no style. Where the sheet or another calculates, the
results are dropped and the application is told to calculate anew: they were of other numbers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from workbook.errors import CannotWrite, Protected, UnreadableWorkbook
from workbook.incoming.cells import as_text, text_or_blank
from workbook.incoming.quota_book import QuotaBook
from workbook.incoming.raw import Question
from workbook.outgoing.areas import Cell, address, areas
from workbook.outgoing.form.entries import Entry
from workbook.outgoing.form.groups import Known
from workbook.outgoing.form.mapping import Column, FormMap, shipped
from workbook.outgoing.form.opened import choose, in_a_child, open_form_here
from workbook.outgoing.form.part import FormPart, from_one
from workbook.outgoing.form.places import Sheet
from workbook.outgoing.form.plan import Plan, plan
from workbook.outgoing.form.rows import Lacking, rows
from workbook.outgoing.form.values import known_of, people_of
from workbook.outgoing.package import (
    Checksum,
    Package,
    checksums,
    open_package,
    parse,
    serialised,
    sheet_parts,
    workbook_part,
)
from workbook.outgoing.save import refuse_existing, save_new

#: A formula in a sheet, whatever the prefix.
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
#: What the part of the workbook lists before its settings of calculation.
_BEFORE_SETTINGS = frozenset({"sheets", "functionGroups", "externalReferences", "definedNames"})


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of a form: by which mapping, which cells got a value, what a person should look at or add.

    `lacking` of persons, `unsure` of numbers that nobody knows in full. `parts` are the checksums of all parts of the
    new file, read again from the disk.
    """

    form: str
    sheet: str
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    lacking: tuple[Lacking, ...]
    unsure: tuple[Lacking, ...] = ()
    parts: tuple[Checksum, ...] = ()


def fill_form(
    book: QuotaBook, form: Path, out: Path, mapping: FormMap | None = None, earlier: Sequence[QuotaBook] = ()
) -> Filled:
    """Fill the form at `form` with what the book knows, as a new file at `out`; without a mapping by one of ours.

    Of the `earlier` books the one of the same day last year fills the columns of the time before. Raises
    UnreadableWorkbook for what is no form that can be filled, CannotWrite where `out` exists or cannot be written.
    """
    refuse_existing(out)
    if out.suffix.lower() != form.suffix.lower():
        raise CannotWrite("form.suffix", {"path": str(out), "value": form.suffix})
    made, before, content = in_a_child(_filled, form, book, mapping, earlier)
    save_new(content, out)
    return replace(made, parts=checksums(before, _saved(out)))


def _filled(
    form: Path, book: QuotaBook, mapping: FormMap | None, earlier: Sequence[QuotaBook]
) -> tuple[Filled, Package, bytes]:
    """What became of the form, the form as received, and the new file; called in a child process."""
    package, grids = open_form_here(form)
    chosen, sheet = choose((mapping,) if mapping else shipped(), grids, form.name)
    name = sheet_parts(package)[sheet.grid.sheet]
    part = FormPart(package.part(name), package)
    made = plan(chosen, sheet, part, (known_of(book), _before(book, earlier)), own=mapping is not None)
    told = [rows(one, people_of(book, one.people), sheet, part) for one in chosen.rows]
    lines = tuple(Entry(cell, "", Column.NOW, value) for one in told for cell, value in one.cells.items())
    put, kept = _writable((*made.entries, *lines), sheet, part, form.name)
    models = {cell: (one.model, cell[1]) for one in told for cell in one.cells}
    after = _with(package, name, part, put, models)
    asked = (*made.questions, *kept, *(question for one in told for question in one.questions))
    missing = tuple(line for one in told for line in one.lacking)
    return Filled(chosen.name, sheet.grid.sheet, put, asked, missing, _unsure(made)), package, after.content()


def _unsure(made: Plan) -> tuple[Lacking, ...]:
    """What the list of what is missing says of numbers that are not known in full, from the top of the form."""
    entries = sorted(made.unsure, key=lambda one: one.cell)
    return tuple(Lacking(one.cell[0] + 1, "", "", (f"{one.label} ({one.address})",), (one.unsure,)) for one in entries)


def _saved(out: Path) -> Package:
    """The new file as it stands on the disk; raises CannotWrite where it cannot be read again."""
    try:
        return open_package(out.read_bytes())
    except (OSError, UnreadableWorkbook) as error:
        raise CannotWrite("write.refused", {"path": str(out)}) from error


def _before(book: QuotaBook, earlier: Sequence[QuotaBook]) -> Known:
    """What the book of the same day last year knew; nothing without one."""
    day = (book.as_of.year - 1, book.as_of.month, book.as_of.day)
    same = (one for one in earlier if (one.as_of.year, one.as_of.month, one.as_of.day) == day)
    return next((known_of(one) for one in same), Known())


def _writable(
    entries: Sequence[Entry], sheet: Sheet, part: FormPart, file: str
) -> tuple[tuple[Entry, ...], tuple[Question, ...]]:
    """The entries that may be put in, and what stands in the way of others. Raises Protected for a locked cell."""
    put: list[Entry] = []
    formulas: list[Cell] = []
    written: list[str] = []
    for one in entries:
        here, there = from_one(one.cell), text_or_blank(sheet.value(one.cell))
        if part.is_formula(here) and (one.value is not None or one.shows is Column.RULE):
            formulas.append(here)
        elif one.value is None:
            continue
        elif part.is_locked(here):
            raise Protected("form.locked", {"file": file, "cell": one.address})
        elif there and there != as_text(one.value):
            written.append(f"{one.address} ({there})")
        else:
            put.append(one)
    return tuple(put), tuple(_kept(formulas, written))


def _kept(formulas: Sequence[Cell], written: Sequence[str]) -> Iterator[Question]:
    """What stays as the form has it, said in one."""
    if formulas:
        spans = ", ".join(map(address, areas(set(formulas))))
        yield Question("form.formula", detail={"count": len(formulas), "cells": spans})
    if written:
        yield Question("form.written", detail={"count": len(written), "cells": ", ".join(written)})


def _with(package: Package, name: str, part: FormPart, put: Sequence[Entry], models: Mapping[Cell, Cell]) -> Package:
    """The package with the entries in one sheet; what calculates is calculated anew when the file is opened."""
    for one in put:
        assert one.value is not None
        part.put(from_one(one.cell), one.value, like=from_one(models.get(one.cell, one.cell)))
    if not put:
        return package
    part.forget_results()
    parts = {name: part.content()}
    if any(_FORMULA.search(package.part(other)) for other in sheet_parts(package).values()):
        book = workbook_part(package)
        parts[book] = _calculating(package.part(book))
    return package.replaced(parts)


def _calculating(workbook: bytes) -> bytes:
    """The workbook part that has everything calculated when it is opened."""
    root = parse(workbook)
    settings = root.find("{*}calcPr")
    if settings is None:
        before = [child for child in root.iterchildren("*") if etree.QName(child).localname in _BEFORE_SETTINGS]
        settings = etree.Element(f"{{{etree.QName(root).namespace}}}calcPr")
        before[-1].addnext(settings)
    settings.set("fullCalcOnLoad", "1")
    return serialised(root)
