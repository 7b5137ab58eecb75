"""What cells hold and how they show it: values, formulas, number formats; a block at a time."""

import datetime as dt
from dataclasses import replace
from functools import reduce
from typing import Any

from macros_py.engines import values
from macros_py.engines.address import Area, cell, overlap
from macros_py.engines.bridge import Remote, struct
from macros_py.engines.flags import CONTENTS, FORMATS
from macros_py.engines.place import Place, area_of
from macros_py.engines.values import Grid, Look


class Contents(Place):
    """Cells with their values."""

    @property
    def raw_value(self) -> Grid:
        """The values of the first area, always as rows; which error it is, is asked only where there is one."""
        first = self.over((self.area,))
        data = first.api.getDataArray()
        grid = values.read(data, first.looks(), self.area, self.sheet.epoch)
        if any(value is None for row in data for value in row):
            values.name_errors(grid, self.sheet.inside("ReadErrors", first.api)[1:], self.area)
        return grid

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        rows, columns = self.shape
        grid: Any = data if isinstance(data, list | tuple) else [[data] * columns] * rows
        if not isinstance(grid[0], list | tuple):
            grid = [grid]
        area = Area(self.row, self.column, self.row + len(grid) - 1, self.column + len(grid[0]) - 1)
        target = self.over((area,))
        if self.sheet.strict:
            target.refuse_retyping(grid)
        self.sheet.inside("WriteValues", self.sheet.document, target.writable, values.write(grid, self.sheet.epoch))
        target.dress(values.places(grid, dt.date, area), values.DATE_FORMAT)
        target.dress(values.places(grid, bool, area), "BOOLEAN")

    def refuse_retyping(self, grid: Grid) -> None:
        """ValueError, naming the cell only, where Excel would not keep a text as it stands."""
        text = [area for look in self.looks() if look.is_text for area in look.areas]
        for place in values.places([[values.retyped(value) or None for value in row] for row in grid], bool, self.area):
            if sum(len(part.row_numbers) for part in overlap([place], text)) < len(place.row_numbers):
                raise ValueError(f"Excel would re-type a text at {place.address}: set number_format '@' first")

    def dress(self, places: list[Area], code: str) -> None:
        """Give those of the cells that have no number format one, as Excel does with a typed date."""
        plain = [
            area
            for look in (self.over(tuple(places)).looks() if places else ())
            if look.number_format == "General"
            for area in look.areas
        ]
        if plain:
            self.over(tuple(plain)).number_format = code

    @property
    def formula(self) -> str | tuple[tuple[str, ...], ...]:
        """Formulas as Excel writes them, other cells as they would be typed; one text for a single cell."""
        texts = self.sheet.inside("ReadFormulas", self.over((self.area,)).api, self._parser())
        grid = tuple(tuple(text.removeprefix("'") for text in row) for row in texts)
        return grid[0][0] if self.shape == (1, 1) else grid

    @formula.setter
    def formula(self, data: Any) -> None:
        first = self.over((self.area,)).writable
        if isinstance(data, str) and data.startswith("="):
            self.sheet.inside("FillFormula", self.sheet.document, first, self._parser(), data)
            return
        grid = data if isinstance(data, list | tuple) else [[data] * self.shape[1]] * self.shape[0]
        texts = tuple(tuple("" if value is None else str(value) for value in row) for row in grid)
        self.sheet.inside("WriteFormulas", self.sheet.document, first, self._parser(), texts)

    formula2 = formula

    def office_formula(self, formula: Any) -> str:
        """A formula or value as rules want it: in the office's own words, read as standing in the first cell."""
        text = "" if formula is None else str(formula)
        if not text.startswith("="):
            return text
        at = self.over((cell(self.row, self.column),)).api.getCellByPosition(0, 0).CellAddress
        tokens = self._parser().parseFormula(text[1:], at)
        own = self.sheet.document.createInstance("com.sun.star.sheet.FormulaParser")
        own.CompileEnglish = True
        return str(own.printFormula(tokens, at))

    def _parser(self) -> Remote:
        parser: Remote = self.sheet.document.createInstance("com.sun.star.sheet.FormulaParser")
        parser.CompileEnglish = True
        parser.FormulaConvention = 3  # com.sun.star.sheet.AddressConvention.XL_OOX: commas, and "!" after the sheet
        return parser

    def clear_contents(self) -> None:
        """Take away values, texts, dates and formulas; looks and notes stay."""
        self.writable.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        """Take away hard formats and styles."""
        self.writable.clearContents(FORMATS)

    def clear(self) -> None:
        """Take away contents and formats; notes stay, as in Excel."""
        self.writable.clearContents(CONTENTS | FORMATS)

    def looks(self) -> list[Look]:
        """All cells in groups that look alike, in one call: fills, number formats and lists of a whole sheet."""
        box = self.over((reduce(Area.around, self.areas),))
        looks = [
            Look(tuple(map(area_of, areas)), values.rgb(fill), "General" if code == "Standard" else code, *kinds)
            for areas, fill, code, *kinds in self.sheet.inside("Looks", self.sheet.document, box.api)
        ]
        if box.areas == self.areas:
            return looks
        parts = [replace(look, areas=overlap(look.areas, self.areas)) for look in looks]
        return [look for look in parts if look.areas]

    @property
    def number_format(self) -> str | None:
        """The format code, None where the cells differ."""
        codes = {look.number_format for look in self.looks()}
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, code: str) -> None:
        here, english = struct("lang.Locale"), struct("lang.Locale", Language="en", Country="US")
        formats = self.sheet.document.NumberFormats
        # Codes are English everywhere in xlwings; the office keeps them in the words of its own locale.
        plain = code == "General"
        self.writable.NumberFormat = (
            formats.getStandardIndex(here) if plain else formats.addNewConverted(code, english, here)
        )
