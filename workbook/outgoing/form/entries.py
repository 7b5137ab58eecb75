"""The cells of a form that a mapping speaks of: where each is, and what it gets. Cells count from zero."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbook.incoming.grid import address
from workbook.outgoing.areas import Cell, cell_of
from workbook.outgoing.form.mapping import CellMap, Column, FormMap
from workbook.outgoing.form.places import Sheet
from workbook.outgoing.sheet_part import Value


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of the form with its label, what it shows and the value it gets; None: stays blank.

    `unsure`: why the value is not the whole truth, or why there is none.
    """

    cell: Cell
    label: str
    shows: Column
    value: Value | None
    unsure: str = ""

    @property
    def address(self) -> str:
        """Like "F12"."""
        return address(*self.cell)


@dataclass(frozen=True, slots=True)
class Target:
    """Where one value of the mapping goes, `value` being its name, or why it goes nowhere: `fault` is a code."""

    label: str
    value: str
    cell: Cell = (0, 0)
    shows: Column = Column.NOW
    heading: str = ""
    fault: str = ""


def targets(form: FormMap, sheet: Sheet) -> list[Target]:
    """Every cell that a mapping speaks of: one of an address, of a label one under each of its headings."""
    return [target for one in form.cells for target in _targets(one, form, sheet)]


def _targets(one: CellMap, form: FormMap, sheet: Sheet) -> Iterator[Target]:
    if one.cell:
        row, column = cell_of(one.cell)
        yield Target(one.label, one.value, sheet.anchor((row - 1, column - 1)))
        return
    places = [sheet.row(text, one.under) for text in (one.row, *one.also)]
    label = next((place for place in places if not place.fault), places[0])
    if label.fault:
        yield Target(one.label, one.value, fault=label.fault)
        return
    headings = {one.column: form.columns.get(one.column, Column.NOW)} if one.column else form.columns
    for heading, shows in headings.items():
        place = sheet.column(heading, label.cell)
        yield Target(one.label, one.value, place.cell, shows, heading, place.fault)
