"""A form as received: its parts and its sheets, and which mapping is its own."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from workbook.errors import NotAWorkbook, Protected, UnreadableWorkbook
from workbook.incoming.grid import Grid
from workbook.incoming.guard import guarded
from workbook.incoming.read import read_here
from workbook.outgoing.form.mapping import FormMap
from workbook.outgoing.form.places import Sheet
from workbook.outgoing.package import Package, open_package, workbook_part

_R = TypeVar("_R")
_OFFICE = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
#: What an application can save as one of those.
_SHEETS = frozenset({".xls", ".xlsb", ".xlt", ".ods", ".csv", ".et"})


def open_form(form: Path) -> tuple[Package, tuple[Grid, ...]]:
    """The parts of a form and its visible sheets. Raises UnreadableWorkbook, with the file's name, for what is none."""
    return in_a_child(open_form_here, form)


def in_a_child(function: Callable[..., _R], form: Path, *rest: object) -> _R:
    """What comes of a form from strange hands, whose parts may fill the memory; its errors with the file's name."""
    try:
        return guarded(function, form, *rest)
    except UnreadableWorkbook as error:
        raise type(error)(error.code, {**error.detail, "file": form.name}) from error


def open_form_here(form: Path) -> tuple[Package, tuple[Grid, ...]]:
    """The same as `open_form` in this very process, unguarded: what a child does."""
    if form.suffix.lower() not in _OFFICE:
        raise NotAWorkbook("form.old_kind" if form.suffix.lower() in _SHEETS else "form.no_sheets")
    grids = read_here(form).grids
    package = open_package(form.read_bytes())
    if package.is_signed:
        raise Protected("form.signed")
    workbook_part(package)
    return package, grids


def choose(mappings: Sequence[FormMap], grids: Sequence[Grid], file: str) -> tuple[FormMap, Sheet]:
    """The mapping and the one sheet on which all its texts stand. Raises NotAWorkbook for none, and for several."""
    sheets = [Sheet(grid) for grid in grids]
    fits = [(one, sheet) for one in mappings for sheet in sheets if _stands(one, sheet)]
    if len(fits) != 1:
        names = ", ".join(one.name for one in mappings)
        raise NotAWorkbook("form.several" if fits else "form.unknown", {"file": file, "value": names})
    return fits[0]


def _stands(mapping: FormMap, sheet: Sheet) -> bool:
    return mapping.sheet in ("", sheet.grid.sheet) and all(map(sheet.has, mapping.stands))
