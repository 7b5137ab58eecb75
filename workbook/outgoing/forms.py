"""A form as received, filled in part by part: only the sheet is put in anew, every other part stays byte for byte.

Nothing that somebody wrote there is overwritten, no formula, no style. Where the sheet or another calculates, the
results are dropped and the application is told to calculate anew: they were of other numbers.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pandas as pd
from lxml import etree

from workbook.book import Book
from workbook.committee import Committee
from workbook.errors import CannotWrite, NotAWorkbook, Protected, UnreadableWorkbook
from workbook.incoming.cells import as_text, is_blank
from workbook.incoming.grid import Grid
from workbook.incoming.guard import guarded
from workbook.incoming.quota_book import QuotaBook
from workbook.incoming.raw import Question
from workbook.incoming.read import read_here
from workbook.outgoing.areas import Cell, address, areas
from workbook.outgoing.form_entries import Entry
from workbook.outgoing.form_map import Column, FormMap, shipped
from workbook.outgoing.form_places import Sheet
from workbook.outgoing.form_plan import plan
from workbook.outgoing.form_rows import Lacking, rows
from workbook.outgoing.form_sheet import FormSheet
from workbook.outgoing.form_values import people_of, values_of
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
from workbook.outgoing.sheet_part import Value
from workbook.outgoing.sheets import lacking
from workbook.outgoing.write import render

_R = TypeVar("_R")
#: A formula in a sheet, whatever the prefix.
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
#: What the part of the workbook lists before its settings of calculation.
_BEFORE_SETTINGS = frozenset({"sheets", "functionGroups", "externalReferences", "definedNames"})
_OFFICE = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
#: What an application can save as one of those.
_SHEETS = frozenset({".xls", ".xlsb", ".xlt", ".ods", ".csv", ".et"})


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of a form: by which mapping, which cells got a value, what a person should look at or add.

    `parts` are the checksums of all parts of the new file, read again from the disk.
    """

    form: str
    sheet: str
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    lacking: tuple[Lacking, ...]
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
    made, before, content = _in_a_child(_filled, form, book, mapping, earlier)
    save_new(content, out)
    return replace(made, parts=checksums(before, _saved(out)))


def _filled(
    form: Path, book: QuotaBook, mapping: FormMap | None, earlier: Sequence[QuotaBook]
) -> tuple[Filled, Package, bytes]:
    """What became of the form, the form as received, and the new file; called in a child process."""
    package, grids = _opened(form)
    chosen, grid = _chosen(mapping, grids, form.name)
    name = sheet_parts(package)[grid.sheet]
    part, sheet = FormSheet(package.part(name), package), Sheet(grid)
    made = plan(chosen, sheet, part, (values_of(book), _before(book, earlier)), own=mapping is not None)
    told = [rows(one, people_of(book, one.people), sheet, part) for one in chosen.rows]
    lines = tuple(Entry(cell, "", Column.NOW, value) for one in told for cell, value in one.cells.items())
    put, kept = _writable((*made.entries, *lines), sheet, part, form.name)
    models = {cell: (one.model, cell[1]) for one in told for cell in one.cells}
    after = _with(package, name, part, put, models)
    asked = (*made.questions, *kept, *(question for one in told for question in one.questions))
    missing = tuple(line for one in told for line in one.lacking)
    return Filled(chosen.name, grid.sheet, put, asked, missing), package, after.content()


def _saved(out: Path) -> Package:
    """The new file as it stands on the disk; raises CannotWrite where it cannot be read again."""
    try:
        return open_package(out.read_bytes())
    except (OSError, UnreadableWorkbook) as error:
        raise CannotWrite("write.refused", {"path": str(out)}) from error


def open_form(form: Path) -> tuple[Package, tuple[Grid, ...]]:
    """The parts of a form and its visible sheets. Raises UnreadableWorkbook, with the file's name, for what is none."""
    return _in_a_child(_opened, form)


def _in_a_child(function: Callable[..., _R], form: Path, *rest: object) -> _R:
    """What comes of a form from strange hands, whose parts may fill the memory; its errors with the file's name."""
    try:
        return guarded(function, form, *rest)
    except UnreadableWorkbook as error:
        raise type(error)(error.code, {**error.detail, "file": form.name}) from error


def _opened(form: Path) -> tuple[Package, tuple[Grid, ...]]:
    if form.suffix.lower() not in _OFFICE:
        raise NotAWorkbook("form.old_kind" if form.suffix.lower() in _SHEETS else "form.no_sheets")
    grids = read_here(form).grids
    package = open_package(form.read_bytes())
    if package.is_signed:
        raise Protected("form.signed")
    workbook_part(package)
    return package, grids


def _chosen(mapping: FormMap | None, grids: Sequence[Grid], file: str) -> tuple[FormMap, Grid]:
    """The mapping and the one sheet on which all its texts stand."""
    known = (mapping,) if mapping else shipped()
    fits = [(one, grid) for one in known for grid in grids if _stands(one, grid)]
    if len(fits) != 1:
        names = ", ".join(one.name for one in known)
        raise NotAWorkbook("form.several" if fits else "form.unknown", {"file": file, "value": names})
    return fits[0]


def _stands(mapping: FormMap, grid: Grid) -> bool:
    sheet = Sheet(grid)
    return mapping.sheet in ("", grid.sheet) and all(sheet.has(text) for text in mapping.stands)


def _before(book: QuotaBook, earlier: Sequence[QuotaBook]) -> Mapping[str, Value]:
    """What the book of the same day last year knew; nothing without one."""
    day = (book.as_of.year - 1, book.as_of.month, book.as_of.day)
    same = (one for one in earlier if (one.as_of.year, one.as_of.month, one.as_of.day) == day)
    return next((values_of(one) for one in same), {})


def _writable(
    entries: Sequence[Entry], sheet: Sheet, part: FormSheet, file: str
) -> tuple[tuple[Entry, ...], tuple[Question, ...]]:
    """The entries that may be put in, and what stands in the way of others. Raises Protected for a locked cell."""
    put: list[Entry] = []
    formulas: list[Cell] = []
    written: list[str] = []
    for one in entries:
        here = (one.cell[0] + 1, one.cell[1] + 1)
        there = _there(sheet, one.cell)
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


def _there(sheet: Sheet, cell: Cell) -> str:
    """What the form shows in a cell, "" where nothing but dots and dashes."""
    row, column = cell
    lines = sheet.grid.rows
    value = lines[row][column] if row < len(lines) and column < len(lines[row]) else ""
    return "" if is_blank(value) else as_text(value)


def _with(package: Package, name: str, part: FormSheet, put: Sequence[Entry], models: Mapping[Cell, Cell]) -> Package:
    """The package with the entries in one sheet; what calculates is calculated anew when the file is opened."""
    for one in put:
        assert one.value is not None
        row, column = models.get(one.cell, one.cell)
        part.put((one.cell[0] + 1, one.cell[1] + 1), one.value, (row + 1, column + 1))
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
        before = [child for child in root if etree.QName(child).localname in _BEFORE_SETTINGS]
        settings = etree.Element(f"{{{etree.QName(root).namespace}}}calcPr")
        before[-1].addnext(settings)
    settings.set("fullCalcOnLoad", "1")
    return serialised(root)


def write_lacking(made: Filled, book: QuotaBook, out: Path) -> None:
    """Write what the persons put into a form still lack as a list of its own. Raises CannotWrite where `out` exists."""
    name = book.title.name.text if book.title.name else ""
    nothing = pd.DataFrame()
    empty = Book(Committee(name), book.as_of, nothing, nothing, nothing, nothing, nothing, nothing, ())
    save_new(render(empty, lambda _file, _sheet, _cell: "", (lacking.writer(made.lacking),), kind=""), out)
