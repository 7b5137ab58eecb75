"""The journal in a workbook that was marked with our buttons: read, and written again in the same place.

A workbook without a journal gets none: a slip has no sheet that the branch did not have.
"""

from collections.abc import Sequence

from lxml import etree

from workbook.layout import JOURNAL_SHEET
from workbook.outgoing import journal
from workbook.outgoing.areas import cell_of
from workbook.outgoing.journal import Kept
from workbook.outgoing.package import SPACE, Package, main_tag, parse, serialised, sheet_parts, workbook_part
from workbook.outgoing.package_links import linked, with_parts
from workbook.phrases import phrase

_WIDTH = 4  # a formula, and three texts beside it


def read(package: Package) -> list[Kept]:
    """What is kept, where everything stands now; [] without a journal."""
    part = sheet_parts(package).get(JOURNAL_SHEET)
    if part is None:
        return []
    shared = _shared(package)
    lines = [_line(row, shared) for row in parse(package.part(part)).iterfind(f".//{main_tag('row')}")]
    return journal.read([line[0] for line in lines], [line[1:] for line in lines])


def _shared(package: Package) -> list[str]:
    """The texts that cells refer to by number."""
    part = next(iter(linked(package, workbook_part(package), "sharedStrings").values()), "")
    if part not in package.names:
        return []
    return ["".join(one.itertext(main_tag("t"))) for one in parse(package.part(part)).iterfind(main_tag("si"))]


def _line(row: etree._Element, shared: Sequence[str]) -> list[str]:
    """The formula ("" none) and the texts of one row."""
    told = [""] * _WIDTH
    for cell in row.iterfind(main_tag("c")):
        column = cell_of(cell.get("r", "A1"))[1]
        if column <= _WIDTH:
            told[column - 1] = _text(cell, shared)
    return told


def _text(cell: etree._Element, shared: Sequence[str]) -> str:
    formula, value = cell.find(main_tag("f")), cell.findtext(main_tag("v")) or ""
    if formula is not None:
        return f"={formula.text or ''}"
    if cell.get("t") == "s" and value:
        return shared[int(value)]
    return "".join(cell.itertext(main_tag("t"))) or value


def written(package: Package, kept: Sequence[Kept]) -> Package:
    """The package with another journal in the place of the one it has."""
    part = sheet_parts(package)[JOURNAL_SHEET]
    root = parse(package.part(part))
    data = root.find(main_tag("sheetData"))
    data.clear()
    _row(data, 1, "", [phrase("button.journal")])
    for number, (formula, texts) in enumerate(zip(*journal.written(kept), strict=True), start=2):
        _row(data, number, formula, texts)
    if (dimension := root.find(main_tag("dimension"))) is not None:
        dimension.set("ref", f"A1:D{len(kept) + 1}")
    return with_parts(package, {part: serialised(root)})


def _row(data: etree._Element, number: int, formula: str, texts: Sequence[str]) -> None:
    row = etree.SubElement(data, main_tag("row"), {"r": str(number)})
    if formula:
        etree.SubElement(etree.SubElement(row, main_tag("c"), {"r": f"A{number}"}), main_tag("f")).text = formula[1:]
    for letter, text in zip("BCD" if formula else "A", texts, strict=False):
        if text:
            cell = etree.SubElement(row, main_tag("c"), {"r": f"{letter}{number}", "t": "inlineStr"})
            said = etree.SubElement(etree.SubElement(cell, main_tag("is")), main_tag("t"))
            said.text = text
            said.set(SPACE, "preserve")
