"""The part of a package that is a sheet of a form: which cells calculate, which are locked, which show a day."""

from lxml import etree
from openpyxl.formula.translate import Translator
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from workbook.incoming.grid import address
from workbook.outgoing.areas import Cell
from workbook.outgoing.package import Package, parse, targets, workbook_part
from workbook.outgoing.sheet_part import SheetPart

_NO = {"0", "false", "off"}


def from_one(cell: Cell) -> Cell:
    """A cell that counts from zero, as grids do, counted from one, as parts and areas do."""
    row, column = cell
    return row + 1, column + 1


class FormPart(SheetPart):
    """A sheet seen before anything is put into it. Rows and columns count from one."""

    def __init__(self, content: bytes, package: Package):
        super().__init__(content)
        self._looks = _looks(package)

    def is_formula(self, cell: Cell) -> bool:
        """Whether the cell calculates."""
        written = self._written(cell)
        return written is not None and written.find(self._name("f")) is not None

    def formulas(self) -> dict[Cell, str]:
        """Every cell that calculates with its formula, like "=B10*100/C10"; "=" where it is kept in another way."""
        made: dict[Cell, str] = {}
        shared: dict[str, tuple[str, str]] = {}
        for number in self._order:
            for column, element in self._columns(number).items():
                formula = element.find(self._name("f"))
                if formula is not None:
                    here = address(number - 1, column - 1)
                    made[number, column] = _translated(formula, here, shared)
        return made

    def shows_percent(self, cell: Cell) -> bool:
        """Whether the cell shows 0.5 as 50 %."""
        return "%" in self._look(cell).get("code", "")

    def is_locked(self, cell: Cell) -> bool:
        """Whether the sheet's protection keeps the cell from being typed into."""
        protection = self._look(cell).find("{*}protection")
        return self.is_protected and (protection is None or protection.get("locked", "1") not in _NO)

    def shows_days(self, cell: Cell, like: Cell | None = None) -> bool:
        """Whether a number in the cell would be shown as a day."""
        code = self._look(cell, like).get("code", "")
        return bool(code) and bool(is_date_format(code))

    def _look(self, cell: Cell, like: Cell | None = None) -> etree._Element:
        """The style of a cell, of one that is not written down the style it would get."""
        number = self.style(cell, like)
        return self._looks[number] if number < len(self._looks) else etree.Element("xf")


def _translated(formula: etree._Element, here: str, shared: dict[str, tuple[str, str]]) -> str:
    """The formula of a cell; one that it shares with others is written down once, for the first of them."""
    text, group = f"={formula.text or ''}", formula.get("si", "")
    if formula.get("t") != "shared":
        return text
    if formula.text:
        shared[group] = (text, here)
        return text
    first = shared.get(group)
    return str(Translator(first[0], origin=first[1]).translate_formula(here)) if first else text


def _looks(package: Package) -> list[etree._Element]:
    """The cell styles of a workbook by number, each with its number format as `code`; [] for a workbook without any."""
    part = next((target for _, target in targets(package, workbook_part(package), "/styles")), "")
    if not part:
        return []
    root = parse(package.part(part))
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iterfind(".//{*}numFmts/{*}numFmt")}
    looks = list(root.iterfind("{*}cellXfs/{*}xf"))
    for look in looks:
        number = look.get("numFmtId", "0")
        look.set("code", own.get(number) or BUILTIN_FORMATS.get(int(number), ""))
    return looks
