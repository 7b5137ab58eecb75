"""What cells allow, how they look by their values, and which rows a filter lets through."""

from collections.abc import Mapping, Sequence
from typing import Any

from xlwings import base_classes

from macros_py.engines import values
from macros_py.engines.bridge import enum, present, properties
from macros_py.engines.contents import Contents
from macros_py.engines.font import BOLD, NORMAL
from macros_py.engines.place import Place, area_of

_TYPES = {"ANY": "none", "WHOLE": "whole_number", "TEXT_LEN": "text_length"}
_OPERATORS = {
    "between": "BETWEEN",
    "not_between": "NOT_BETWEEN",
    "equal_to": "EQUAL",
    "not_equal_to": "NOT_EQUAL",
    "greater_than": "GREATER",
    "less_than": "LESS",
    "greater_than_or_equal": "GREATER_EQUAL",
    "less_than_or_equal": "LESS_EQUAL",
}


class DataValidation:
    """What may be typed into the cells. Only lists are written."""

    def __init__(self, cells: Place) -> None:
        self._cells = cells

    @property
    def type(self) -> str:
        """In xlwings' words: "none", "list", "date" and so on."""
        name: str = self._cells.api.Validation.Type.value
        return _TYPES.get(name, name.lower())

    @property
    def source(self) -> str:
        """Of a list: its entries parted by commas, or the reference they stand in, after "="."""
        formula = self._cells.api.Validation.getFormula1()
        literal = formula.startswith('"')
        return ",".join(part.strip('"') for part in formula.split(";")) if literal else f"={formula}"

    formula1 = source

    @property
    def in_cell_dropdown(self) -> bool:
        """Whether the list drops down in the cell."""
        return bool(self._cells.api.Validation.ShowList)

    def set_list(self, source: Sequence[str] | Place, in_cell_dropdown: bool) -> None:
        """Offer these entries, or those in some cells, and refuse others; blanks are allowed."""
        if isinstance(source, Place):
            formula = "$'{}'.{}".format(source.sheet.name.replace("'", "''"), source.area.address)
        else:
            formula = ";".join('"{}"'.format(entry.replace('"', '""')) for entry in source)
        rule = self._cells.api.Validation
        rule.Type = enum("sheet.ValidationType", "LIST")
        rule.setFormula1(formula)
        rule.ShowList = int(in_cell_dropdown)
        rule.IgnoreBlankCells = rule.ShowErrorMessage = True
        self._cells.writable.Validation = rule

    def delete(self) -> None:
        """Allow anything."""
        rule = self._cells.api.Validation
        rule.Type = enum("sheet.ValidationType", "ANY")
        self._cells.writable.Validation = rule


class ConditionalFormats:
    """Looks that depend on values: added, counted, cleared; not read one by one."""

    def __init__(self, cells: Contents) -> None:
        self._cells = cells

    def __len__(self) -> int:
        return int(self._cells.api.ConditionalFormat.Count)

    def add_cell_value(self, spec: Mapping[str, Any]) -> "ConditionalFormats":
        """Compare each cell's value."""
        return self._add(_OPERATORS[spec["operator"]], spec["formula1"], spec["formula2"], spec)

    def add_custom(self, spec: Mapping[str, Any]) -> "ConditionalFormats":
        """Calculate a formula at each cell, written as for the first."""
        return self._add("FORMULA", spec["formula"], None, spec)

    def clear(self) -> None:
        """Take all of them away."""
        formats = self._cells.api.ConditionalFormat
        formats.clear()
        self._cells.writable.ConditionalFormat = formats

    def _add(self, operator: str, first: Any, second: Any, spec: Mapping[str, Any]) -> "ConditionalFormats":
        formats = self._cells.api.ConditionalFormat
        entry = properties(
            Operator=enum("sheet.ConditionOperator", operator),
            Formula1=self._cells.office_formula(first),
            Formula2=self._cells.office_formula(second),
            SourcePosition=self._cells(1, 1).api.getCellByPosition(0, 0).CellAddress,
            StyleName=self._style(spec),
        )
        formats.addNew(entry)
        self._cells.writable.ConditionalFormat = formats
        return self

    def _style(self, spec: Mapping[str, Any]) -> str:
        """The cell style that shows fill, letters and weight; made once a workbook."""
        fill, letters, bold = (spec.get(key) for key in ("fill_color", "font_color", "font_bold"))
        name = f"songuon {values.number(fill):x} {values.number(letters):x} {bool(bold):d}"
        document = self._cells.sheet.document
        styles = document.StyleFamilies.getByName("CellStyles")
        if not styles.hasByName(name):
            style = document.createInstance("com.sun.star.style.CellStyle")
            styles.insertByName(name, style)
            style.CellBackColor = values.number(fill)
            style.CharColor = values.number(letters)
            style.CharWeight = BOLD if bold else NORMAL
        return name


class AutoFilter:
    """What a filter on exactly these cells lets through; filters are read, never set."""

    def __init__(self, cells: Place) -> None:
        self._cells = cells

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """One entry a column, in xlwings' words; "none" where the column is not filtered."""
        found = [base_classes.empty_autofilter_criteria(field) for field in range(1, self._cells.shape[1] + 1)]
        database = filter_of(self._cells)
        if database is None or area_of(database.DataArea) != self._cells.area:
            return found
        for entry in database.getFilterDescriptor().getFilterFields3():
            found[entry.Field] = _criterion(entry)
        return found


def filter_of(cells: Place) -> Any:
    """The database range that carries the sheet's filter buttons, or None."""
    sheet, document = cells.sheet.uno.RangeAddress.Sheet, cells.sheet.document
    unnamed = present(document.getPropertyValue("UnnamedDatabaseRanges"))  # not listed among the properties
    named = document.DatabaseRanges
    candidates = [unnamed.getByTable(sheet)] if unnamed.hasByTable(sheet) else []
    candidates += [named.getByIndex(index) for index in range(named.Count)]
    return next((one for one in candidates if one.AutoFilter and one.DataArea.Sheet == sheet), None)


def _criterion(entry: Any) -> dict[str, Any]:
    texts = [str(value.NumericValue) if value.IsNumeric else value.StringValue for value in entry.Values]
    kind = "values" if entry.Operator == 2 else "unknown"  # com.sun.star.sheet.FilterOperator2.EQUAL
    empty = base_classes.empty_autofilter_criteria(entry.Field + 1, kind)
    return empty | ({"values": texts} if kind == "values" else {})
